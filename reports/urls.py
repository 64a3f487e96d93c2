from django.urls import path

from reports.views import documents, home, writing

urlpatterns = [
    path("", home.home, name="home"),
    path("plans/<int:pk>/recipients.pdf", documents.print_recipients, name="print-recipients"),
    path("obligations/<int:pk>/start/", writing.start_report, name="start-report"),
    path("reports/<int:pk>/edit/", writing.edit_report, name="edit-report"),
    path("reports/<int:pk>/keep/", writing.keep_report, name="keep-report"),
    path("reports/<int:pk>/check/", writing.check_report, name="check-report"),
    path("reports/<int:pk>/submit/", writing.submit_report, name="submit-report"),
    path("reports/<int:pk>/withdraw/", writing.withdraw_report, name="withdraw-report"),
    path("reports/<int:pk>/discard/", writing.discard_report, name="discard-report"),
    path("reports/<int:pk>/revise/", writing.revise_report, name="revise-report"),
]
