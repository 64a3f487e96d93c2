from django.urls import path

from reports.views import documents, home

urlpatterns = [
    path("", home.home, name="home"),
    path("plans/<int:pk>/recipients.pdf", documents.print_recipients, name="print-recipients"),
]
