"""What a report to leadership tells of a plan: as of a day, or of one period as it was known on the day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plans.models import Plan, TaskGroup
from reports.models import Period, ProgressEntry, ProgressReport
from reports.state.counts import count
from reports.state.dashboard import Change, Dashboard, Silent, silent_of
from reports.state.days import end_of
from reports.state.indicators import Cell, Measured
from reports.state.measuring import measured
from reports.state.register import Register, known_plan
from reports.state.remarks import Remark, remarks_of, reports_of, unfollowed_of
from reports.state.reporting import Outcomes, Reporting, reporting
from reports.state.work import Work, works
from units.models import Unit


@dataclass(frozen=True)
class Scope:
    """What is told: all of the plan, or one of its groups by its key, and one kind of units by its name.

    What a unit says of its whole report is told where the unit has a part in what is told.
    """

    group: int | None = None
    kind: str = ""

    @property
    def is_narrow(self) -> bool:
        return self.group is not None or bool(self.kind)

    def register(self, whole: Register) -> Register:
        return whole if self.group is None else whole.of_group(self.group)

    def keeps(self, unit: Unit) -> bool:
        return not self.kind or unit.kind == self.kind

    def tells_of(self, unit: Unit, parts: set[int]) -> bool:
        """Of its reports as a whole."""
        return self.keeps(unit) and (self.group is None or unit.pk in parts)

    def works(
        self, register: Register, closed_on: date | None = None, period: Period | None = None
    ) -> list[Work]:
        """Of a register that is narrowed already."""
        return [work for work in works(register, closed_on, period) if self.keeps(work.carrier)]

    def reporting(self, whole: Reporting, parts: set[int]) -> Reporting:
        """`parts` are the keys of the units that have a part."""
        return replace(whole, rows=[row for row in whole.rows if self.tells_of(row.carrier, parts)])

    def measures(self, register: Register) -> list[Measured]:
        found = [row.narrowed(self.keeps) for row in measured(register)] if self.kind else measured(register)
        return [row for row in found if row.holders or row.values]


@dataclass(frozen=True)
class Words:
    """What one report says of difficulties or of what comes next."""

    carrier: Unit
    text: str


@dataclass(frozen=True)
class Summary:
    """`closed_on` is the day of the figures: the end of the period's, or `day`. The reports of the period
    count though they may speak of days until its cut-off; everything else counts until the end of its
    figures. `results` are the words of the units by the key of the assignment."""

    day: date
    closed_on: date
    period: Period | None
    scope: Scope
    dashboard: Dashboard
    change: Change | None
    measures: list[Measured]
    results: dict[int, str]
    difficulties: list[Words]
    next_steps: list[Words]
    proposals: list[Remark]

    @property
    def plan(self) -> Plan:
        return self.dashboard.plan

    @property
    def works(self) -> list[Work]:
        return self.dashboard.works

    @cached_property
    def units(self) -> list[Unit]:
        """That have a part, in the order in which they first come."""
        return list({work.carrier.pk: work.carrier for work in self.works}.values())

    @property
    def group(self) -> TaskGroup | None:
        return None if self.scope.group is None else self.dashboard.register.groups[0]

    @property
    def asked_for(self) -> Period | None:
        """The period whose reports are told of: the chosen one, or the current one."""
        return self.period or self.dashboard.reporting.current

    @cached_property
    def outcomes(self) -> Outcomes | None:
        return self.dashboard.reporting.outcomes_of(self.asked_for) if self.asked_for else None

    @cached_property
    def silent(self) -> Silent | None:
        return silent_of(self.dashboard.reporting, self.asked_for) if self.asked_for else None

    def cell(self, row: Measured) -> Cell | None:
        """What was counted in the chosen period, and until its end."""
        cells = (cell for cell in row.cells if cell.period and self.period)
        return next((cell for cell in cells if cell.period.pk == self.period.pk), None)  # type: ignore[union-attr]


def last_told_day(period: Period) -> date:
    """The last day of which anything may speak that counts for the period."""
    return max(period.figures_to, period.cut_off_on)


def summary(plan: Plan, day: date, period: Period | None = None, scope: Scope | None = None) -> Summary:
    """The same number of queries however large the plan.

    Raises LookupError, with words for the person, where the plan, the period or the group was not there yet.
    """
    scope = scope or Scope()
    plan = known_plan(plan, day)
    told = reporting(plan, day)
    period = known_period(told, period)
    register = known_part(Register.of_plans([plan], day), scope)
    closed_on = min(day, period.figures_to) if period else day
    found = scope.works(register, closed_on, period)
    if scope.kind:
        kept = {work.task.pk for work in found}
        tasks = [task for task in register.tasks if task.pk in kept]
        groups = {scope.group, *(task.group_id for task in tasks)}
        register = replace(
            register, tasks=tasks, groups=[group for group in register.groups if group.pk in groups]
        )
    parts = {work.carrier.pk for work in found}
    dashboard = Dashboard(plan, register, found, scope.reporting(told, parts))
    return Summary(
        day,
        closed_on,
        period,
        scope,
        dashboard,
        change_of(dashboard, scope, period, closed_on),
        scope.measures(register),
        results_of(found, day, period, closed_on),
        *words_of(plan, day, period, lambda unit: scope.tells_of(unit, parts)),
    )


def known_period(told: Reporting, period: Period | None) -> Period | None:
    if period is None:
        return None
    known = next((row for row in told.calendar.rows if row.pk == period.pk), None)
    if known is None:
        raise LookupError(_("This reporting period was not there yet on that day."))
    return known


def known_part(whole: Register, scope: Scope) -> Register:
    register = scope.register(whole)
    if scope.group is not None and not register.groups:
        raise LookupError(_("This task group was not there yet on that day."))
    return register


def change_of(dashboard: Dashboard, scope: Scope, period: Period | None, closed_on: date) -> Change | None:
    """Of a period since the last one that was over before it, both as known on the day; else as the
    dashboard has it."""
    calendar = dashboard.reporting.calendar
    if period is None:
        before = calendar.before
        since = before.last_day_in_time if before else date.min
    else:
        earlier = [row for row in calendar.rows if last_told_day(row) < closed_on]
        before = earlier[-1] if earlier else None
        since = before.figures_to if before else date.min
    if before is None:
        return None
    if period is None:
        then = scope.works(scope.register(Register.of_plans([dashboard.plan], since)))
    else:
        then = scope.works(dashboard.register, since, before)
    was, now = count(then).classes, dashboard.counts.classes
    return Change(before, since, {progress: now[progress] - was[progress] for progress in now})


def results_of(found: list[Work], day: date, period: Period | None, closed_on: date) -> dict[int, str]:
    """Of a period what its reports say, and what meanwhile was logged by staff or reported where the task is
    in no period of this plan; else what counts last."""
    reports = {work.pk: work.account.report for work in found if work.account}
    tasks = {work.task.pk for work in found}
    said = ProgressEntry.objects.filter(assignment__task__in=tasks).exclude(result="").oldest_first()
    if period is None:
        said = said.filter(report__in=set(reports.values()))
    else:
        known = ProgressReport.objects.standing(before=end_of(day), until=closed_on, period=period)
        of_others = ~Q(report__period__plan=period.plan_id)
        meanwhile = of_others & Q(report__reported_on__gte=period.figures_from)
        said = said.filter(meanwhile | Q(report__period=period.pk), report__in=known.order_by().values("pk"))
    facts = said.values_list("assignment", "report", "result")
    return {pk: text for pk, report, text in facts if period or reports.get(pk) == report}


def words_of(
    plan: Plan, day: date, period: Period | None, keeps: Callable[[Unit], bool]
) -> tuple[list[Words], list[Words], list[Remark]]:
    """Difficulties, next steps and proposals: of the period's reports, or those that hold on the day."""
    reports, known = reports_of(plan, day)
    remarks = remarks_of(plan, day, reports, known)
    holding = unfollowed_of(reports, known)
    told = [
        report
        for report in reports
        if keeps(known.carrier(report.unit))
        and (report.pk in holding if period is None else report.period_id == period.pk)
    ]
    asked = [
        remark
        for remark in remarks
        if remark.proposal
        and keeps(remark.carrier)
        and (remark.is_current if period is None else remark.report.period_id == period.pk)
    ]
    difficulties = [Words(known.carrier(row.unit), row.difficulties) for row in told if row.difficulties]
    next_steps = [Words(known.carrier(row.unit), row.next_steps) for row in told if row.next_steps]
    return difficulties, next_steps, asked
