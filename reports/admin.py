from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count, Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from plans.admin import PartAdmin, PlanFilter
from reports.forms.periods import PeriodForm
from reports.history import period_timeline
from reports.models import (
    Answer,
    Attachment,
    IndicatorValue,
    Obligation,
    Period,
    ProgressEntry,
    ProgressReport,
    Proposal,
)
from units import access
from units.admin import GuardedTable, RecordedAdmin, nobody
from units.history import Timeline


@admin.register(Period)
class PeriodAdmin(PartAdmin):
    """Opened on its own screen, which asks the units; corrected here too."""

    may_add = staticmethod(nobody)
    may_delete = staticmethod(access.may_manage_people)
    form = PeriodForm
    list_display = ("name", "kind", "figures_from", "figures_to", "due_on", "locks_on", "owing", "short_plan")
    list_filter = ("kind", "due_on", PlanFilter)
    search_fields = ("name", "plan__folded")
    autocomplete_fields = ()
    readonly_fields = ("plan",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Period]:
        return super().get_queryset(request).annotate(owing=Count("obligations"))

    @admin.display(description=_("reports owed"), ordering="owing")
    def owing(self, period: Any) -> int:
        return period.owing

    def timeline(self, row: Period) -> Timeline:
        return period_timeline(row)


class PeriodFilter(admin.SimpleListFilter):
    title = _("reporting period")
    parameter_name = "period"
    path = "period"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(str(period.pk), str(period)) for period in Period.objects.only("name")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        known = {pk for pk, _name in self.lookup_choices}
        return queryset.filter(**{self.path: self.value()}) if self.value() in known else queryset


class ObligationPlanFilter(PlanFilter):
    path = "period__plan"


@admin.register(Obligation)
class ObligationAdmin(RecordedAdmin):
    may_delete = staticmethod(access.may_manage_people)
    list_display = ("unit", "period", "extended_to", "extension_reason")
    list_select_related = ("unit", "period")
    list_filter = (
        ("extended_to", admin.EmptyFieldListFilter),
        PeriodFilter,
        "unit__kind",
        ObligationPlanFilter,
    )
    search_fields = ("unit__folded", "period__name")
    autocomplete_fields = ("unit", "period")

    def get_readonly_fields(self, request: HttpRequest, obj: Obligation | None = None) -> tuple[str, ...]:
        return ("period", "unit") if obj else ()

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[list, dict, set, list]:
        """The unit's report keeps it; no key of the database would say so."""
        deletable, counts, forbidden, protected = super().get_deleted_objects(objs, request)
        reports = [report for owed in objs for report in owed.period.reports.filter(unit=owed.unit_id)]
        protected += [f"{report._meta.verbose_name}: {report}" for report in reports]
        return deletable, counts, forbidden, protected


class ReportedAdmin(RecordedAdmin):
    """What units report is written, answered and corrected on its own screens; here it is looked up."""

    may_add = may_change = may_delete = staticmethod(nobody)


class ReportedTable(GuardedTable):
    may_add = may_change = may_delete = staticmethod(nobody)
    show_change_link = True


class EntryInline(ReportedTable):
    model = ProgressEntry
    fields = ("number", "title", "status", "percent", "result", "return_reason")
    readonly_fields = ("number", "title")


class ProposalInline(ReportedTable):
    model = Proposal
    fields = ("addressee", "text")


class AttachmentInline(ReportedTable):
    model = Attachment
    fields = ("name", "media_type", "size", "added_by", "added_at")
    readonly_fields = ("added_at",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Attachment]:
        return super().get_queryset(request).select_related("added_by")


@admin.register(ProgressReport)
class ProgressReportAdmin(ReportedAdmin):
    list_display = ("unit", "period", "revision", "state", "reported_on", "submitted_at", "accepted_at")
    list_select_related = ("unit", "period")
    list_filter = ("state", PeriodFilter, "submitted_at", "unit__kind", PlanFilter)
    search_fields = ("unit__folded", "period__name", "overview", "difficulties")
    readonly_fields = ("started_at", "first_submitted_at")
    inlines = (EntryInline, ProposalInline, AttachmentInline)


class ReportPlanFilter(PlanFilter):
    path = "report__plan"


class ReportPeriodFilter(PeriodFilter):
    path = "report__period"


class ReportPartAdmin(ReportedAdmin):
    """A part of a report; its list names unit and period."""

    list_select_related = ("report__unit", "report__period")
    list_filter: ClassVar[tuple[Any, ...]] = ("report__state", ReportPeriodFilter, ReportPlanFilter)

    @admin.display(description=_("unit"), ordering="report__unit__folded")
    def unit(self, part: Any) -> Model:
        return part.report.unit

    @admin.display(description=_("reporting period"), ordering="report__period")
    def period(self, part: Any) -> Model | None:
        return part.report.period


@admin.register(ProgressEntry)
class ProgressEntryAdmin(ReportPartAdmin):
    list_display = ("__str__", "unit", "period", "status", "percent")
    list_filter = ("status", *ReportPartAdmin.list_filter)
    search_fields = ("report__unit__folded", "title", "result")
    readonly_fields = ("number", "title")


@admin.register(Proposal)
class ProposalAdmin(ReportPartAdmin):
    list_display = ("addressee", "text", "unit", "period")
    search_fields = ("report__unit__folded", "addressee", "text")


@admin.register(Answer)
class AnswerAdmin(ReportedAdmin):
    list_display = ("proposal", "unit", "state", "text", "answered_at", "answered_by")
    list_select_related = ("proposal__report__unit", "answered_by")
    list_filter = ("state", "answered_at")
    search_fields = ("proposal__report__unit__folded", "proposal__text", "text")
    readonly_fields = ("answered_at", "answered_by")

    @admin.display(description=_("unit"), ordering="proposal__report__unit__folded")
    def unit(self, answer: Answer) -> Model:
        return answer.proposal.report.unit


@admin.register(Attachment)
class AttachmentAdmin(ReportPartAdmin):
    list_display = ("name", "unit", "period", "media_type", "size", "added_by", "added_at")
    list_select_related = (*ReportPartAdmin.list_select_related, "added_by")
    list_filter = ("media_type", *ReportPartAdmin.list_filter)
    search_fields = ("report__unit__folded", "name", "digest")
    readonly_fields = ("added_at",)


@admin.register(IndicatorValue)
class IndicatorValueAdmin(ReportedAdmin):
    list_display = ("indicator", "value", "unit", "entry")
    list_select_related = ("indicator", "entry__report__unit")
    list_filter = ("entry__report__state",)
    search_fields = ("entry__report__unit__folded", "indicator__name")

    @admin.display(description=_("unit"), ordering="entry__report__unit__folded")
    def unit(self, value: IndicatorValue) -> Model:
        return value.entry.report.unit
