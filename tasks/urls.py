from django.urls import path

from tasks.views import imports, plans, tasks

urlpatterns = [
    path("plans/import/", imports.import_plan, name="import-plan"),
    path("plans/import/<int:pk>/", imports.review_import, name="review-import"),
    path("plans/import/<int:pk>/keep/", imports.keep_import, name="keep-import"),
    path("plans/import/<int:pk>/discard/", imports.discard_import, name="discard-import"),
    path("plans/<int:pk>/content/", plans.show_content, name="show-content"),
    path("plans/<int:pk>/assign/", plans.assign_tasks, name="assign-tasks"),
    path("plans/<int:pk>/history/", plans.show_plan_history, name="show-plan-history"),
    path("plans/<int:pk>/tasks/add/", plans.add_task, name="add-task"),
    path("tasks/<int:pk>/edit/", tasks.edit_task, name="edit-task"),
    path("tasks/<int:pk>/remove/", tasks.remove_task, name="remove-task"),
    path("assignments/<int:pk>/edit/", tasks.edit_assignment, name="edit-assignment"),
    path("assignments/<int:pk>/remove/", tasks.remove_assignment, name="remove-assignment"),
]
