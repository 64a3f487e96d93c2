from django.urls import path

from plans.views import plans

urlpatterns = [
    path("plans/", plans.list_plans, name="list-plans"),
    path("plans/<int:pk>/edit/", plans.edit_plan, name="edit-plan"),
]
