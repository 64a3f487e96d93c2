from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from plans.admin import PartAdmin, PlanFilter
from plans.models import TaskGroup
from tasks.history import task_timeline
from tasks.models import Assignment, Indicator, Task
from units.admin import GuardedTable, RecordedAdmin
from units.history import Timeline


class TaskInline(GuardedTable):
    model = Task
    fields = ("position", "title", "due_on", "ongoing", "product")
    show_change_link = True


@admin.register(TaskGroup)
class TaskGroupAdmin(PartAdmin):
    list_display = ("__str__", "kind", "position", "short_plan")
    list_filter = ("kind", PlanFilter)
    search_fields = ("number", "title", "plan__folded")
    inlines = (TaskInline,)


class TaskPlanFilter(PlanFilter):
    path = "group__plan"


class AssignmentPlanFilter(PlanFilter):
    path = "task__group__plan"


class AssignmentForm(forms.ModelForm):
    """Two hundred wards share a task: a row that exists shows its unit instead of looking it up again."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            shown = [(self.instance.unit_id, str(self.instance.unit))]
            self.fields["unit"].disabled = True
            self.fields["unit"].widget = forms.Select(choices=shown)


class IndicatorInline(GuardedTable):
    model = Indicator
    fields = ("position", "name", "measure", "target", "sum")


class AssignmentInline(GuardedTable):
    model = Assignment
    form = AssignmentForm
    autocomplete_fields = ("unit",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Assignment]:
        return super().get_queryset(request).select_related("unit", "task")


@admin.register(Task)
class TaskAdmin(RecordedAdmin):
    list_display = ("title", "group", "due_on", "ongoing", "assignment_count", "short_plan")
    list_select_related = ("group__plan",)
    list_filter = ("group__kind", "ongoing", "due_on", TaskPlanFilter)
    search_fields = ("title", "text", "group__plan__folded")
    autocomplete_fields = ("group",)
    inlines = (IndicatorInline, AssignmentInline)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Task]:
        return (
            super()
            .get_queryset(request)
            .annotate(assignment_count=Count("assignments", filter=Q(assignments__ended_on__isnull=True)))
        )

    @admin.display(description=_("assignments"), ordering="assignment_count")
    def assignment_count(self, task: Any) -> int:
        return task.assignment_count

    @admin.display(description=_("plan"), ordering="group__plan")
    def short_plan(self, task: Task) -> str:
        return Truncator(task.group.plan).chars(60)

    def timeline(self, row: Task) -> Timeline:
        return task_timeline(row)


@admin.register(Assignment)
class AssignmentAdmin(RecordedAdmin):
    list_display = ("unit", "task", "role", "due_on", "ended_on")
    list_select_related = ("unit", "task")
    list_filter = ("role", "unit__kind", "due_on", AssignmentPlanFilter)
    search_fields = ("unit__folded", "task__title", "task__group__plan__folded")
    autocomplete_fields = ("task", "unit")

    def get_readonly_fields(self, request: HttpRequest, obj: Assignment | None = None) -> tuple[str, ...]:
        """Reports will hang on the row: another unit's part is another assignment."""
        return ("task", "unit") if obj else ()
