from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from plans.history import parts_timeline
from plans.models import ImportDraft, LegalBasis, Plan, Recipient, TaskGroup
from units import access
from units.admin import GuardedTable, RecordedAdmin, nobody
from units.history import Timeline


class PlanFilter(admin.SimpleListFilter):
    """Plans by number or the start of the title: a whole title is a paragraph."""

    title = _("plan")
    parameter_name = "plan"
    path = "plan"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        plans = Plan.objects.only("number", "title")
        return [(str(plan.pk), Truncator(plan).chars(60)) for plan in plans]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        known = {pk for pk, _name in self.lookup_choices}
        return queryset.filter(**{self.path: self.value()}) if self.value() in known else queryset


class LegalBasisInline(GuardedTable):
    model = LegalBasis


class TaskGroupInline(GuardedTable):
    model = TaskGroup
    show_change_link = True


class RecipientInline(GuardedTable):
    model = Recipient
    autocomplete_fields = ("units",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Recipient]:
        return super().get_queryset(request).prefetch_related("units")


@admin.register(Plan)
class PlanAdmin(RecordedAdmin):
    may_delete = staticmethod(access.may_manage_people)
    list_display = ("short_title", "number", "issued_on", "issuing_unit", "state", "task_count")
    list_select_related = ("issuing_unit",)
    list_filter = ("state", "issued_on")
    search_fields = ("folded",)
    autocomplete_fields = ("issuing_unit", "parent")
    inlines = (LegalBasisInline, TaskGroupInline, RecipientInline)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Plan]:
        return super().get_queryset(request).annotate(task_count=Count("groups__tasks"))

    @admin.display(description=_("title"), ordering="title")
    def short_title(self, plan: Plan) -> str:
        return Truncator(plan.title).chars(120)

    @admin.display(description=_("tasks"), ordering="task_count")
    def task_count(self, plan: Any) -> int:
        return plan.task_count

    def timeline(self, row: Plan) -> Timeline:
        return parts_timeline(row)


class PartAdmin(RecordedAdmin):
    """A part of a plan; its list names the plan in short."""

    list_filter: ClassVar[tuple[Any, ...]] = (PlanFilter,)
    list_select_related = ("plan",)
    autocomplete_fields: ClassVar[tuple[str, ...]] = ("plan",)

    @admin.display(description=_("plan"), ordering="plan")
    def short_plan(self, part: LegalBasis | TaskGroup | Recipient) -> str:
        return Truncator(part.plan).chars(60)


@admin.register(LegalBasis)
class LegalBasisAdmin(PartAdmin):
    list_display = ("__str__", "date", "position", "short_plan")
    search_fields = ("number", "text", "plan__folded")


@admin.register(Recipient)
class RecipientAdmin(PartAdmin):
    list_display = ("name", "purpose", "unit_count", "position", "short_plan")
    list_filter = ("purpose", PlanFilter)
    search_fields = ("name", "plan__folded")
    autocomplete_fields = ("plan", "units")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Recipient]:
        return super().get_queryset(request).annotate(unit_count=Count("units"))

    @admin.display(description=_("stands for"), ordering="unit_count")
    def unit_count(self, recipient: Any) -> int:
        return recipient.unit_count


@admin.register(ImportDraft)
class ImportDraftAdmin(RecordedAdmin):
    """To see who read what and when; a draft is confirmed or dropped on its own screen."""

    may_add = may_change = may_delete = staticmethod(nobody)
    list_display = ("__str__", "created_by", "created_at", "plan")
    list_select_related = ("created_by", "plan")
    list_filter = ("created_at", ("plan", admin.EmptyFieldListFilter))
    search_fields = ("file_name", "plan__folded")
    fields = ("file_name", "created_by", "created_at", "plan")
