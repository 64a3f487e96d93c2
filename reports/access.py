"""Who may see and do what with reporting periods, reports and their evidence.

An officer reads and writes the own unit's reports and knows of no others; leaders read everything; staff
write everything that is not accepted, also for a unit that sent its report on paper.
"""

from dataclasses import replace
from datetime import date

from django.db.models import Exists, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from plans.access import readable_plan
from plans.models import Plan
from reports.models import Attachment, Obligation, Period, ProgressReport, Proposal
from reports.press.tickets import Ticket, ticket_of
from reports.querysets import ObligationQuerySet, ProgressReportQuerySet, ProposalQuerySet
from reports.state.lineage import Lineage
from reports.state.register import Register
from tasks.access import readable_task
from tasks.models import Assignment, Task
from units.access import may_manage_work, reads_everything, require
from units.models import Unit, User


def may_write_reports_of(user: User, unit_id: int | None) -> bool:
    own = user.is_active and user.role == User.Role.OFFICER and user.unit_id == unit_id
    return own or may_manage_work(user)


def may_review(user: User) -> bool:
    return may_manage_work(user)


def may_submit_on(user: User, report: ProgressReport, day: date) -> bool:
    """A unit sends until the period's lock or its own exception, while the plan is in force; staff send for
    it at any time."""
    return may_manage_work(user) or Obligation.objects.of_report(report).open_on(day).exists()


def visible_periods(user: User) -> QuerySet[Period]:
    """An officer sees the periods that the own unit reports on."""
    periods = Period.objects.select_related("plan")
    if reads_everything(user):
        return periods
    return periods.filter(pk__in=Obligation.objects.filter(unit=user.unit_id).values("period"))


def readable_period(user: User, pk: int) -> Period:
    period = get_object_or_404(visible_periods(user), pk=pk)
    require(reads_everything(user))
    return period


def writable_period(user: User, pk: int) -> Period:
    period = get_object_or_404(visible_periods(user), pk=pk)
    require(may_manage_work(user))
    return period


def plan_with_state(user: User, pk: int) -> Plan:
    """How everybody's work stands is for those who read everything."""
    plan = readable_plan(user, pk)
    require(reads_everything(user))
    return plan


def may_print(user: User, kind: str) -> bool:
    """An officer prints the own unit's reports, and whom a plan was sent to."""
    return reads_everything(user) or kind in ("unit-report", "recipients")


def printable_plan(user: User, pk: int, kind: str) -> Plan:
    plan = readable_plan(user, pk)
    require(may_print(user, kind))
    return plan


def readable_part(user: User, pk: int, day: date) -> Register:
    """Of one assignment as it stood on the day, also where it had ended by then."""
    register = Register.of_assignment(pk, day)
    rows = (*register.assignments, *register.ended)
    if not any(reads_everything(user) or row.unit_id == user.unit_id for row in rows):
        raise Http404
    return register


def readable_task_on(user: User, pk: int, day: date) -> tuple[Task, Register]:
    """The task as it stood on the day, also one that was removed since, with what the person may see of it;
    where it was not there yet, as it is today."""
    register = own_register(user, Register.of_task(pk, day))
    if register.tasks and (reads_everything(user) or register.assignments):
        return register.tasks[0], register
    task = readable_task(user, pk)
    return (register.tasks or [task])[0], register


def own_register(user: User, register: Register) -> Register:
    """An officer sees what the own unit has been given."""
    if reads_everything(user):
        return register
    own = [row for row in register.assignments if row.unit_id == user.unit_id]
    return replace(register, assignments=own, ended=[])


def gone_on_for(user: User, lineage: Lineage) -> list[Unit]:
    """The units whose reports are read with those of the one that goes on for them; an officer reads none."""
    return lineage.predecessors if reads_everything(user) else []


def visible_obligations(user: User) -> ObligationQuerySet:
    obligations = Obligation.objects.select_related("unit", "period__plan")
    return obligations if reads_everything(user) else obligations.filter(unit=user.unit_id)


def startable_obligation(user: User, pk: int) -> Obligation:
    obligation = get_object_or_404(visible_obligations(user), pk=pk)
    require(may_write_reports_of(user, obligation.unit_id))
    return obligation


def extendable_obligation(user: User, pk: int) -> Obligation:
    obligation = get_object_or_404(visible_obligations(user), pk=pk)
    require(may_manage_work(user))
    return obligation


def visible_reports(user: User) -> ProgressReportQuerySet:
    reports = ProgressReport.objects.select_related("unit", "period", "plan")
    return reports if reads_everything(user) else reports.filter(unit=user.unit_id)


def readable_report(user: User, pk: int) -> ProgressReport:
    return get_object_or_404(visible_reports(user), pk=pk)


def may_read_text_of(user: User, report: ProgressReport) -> bool:
    """What is still being written is for those who write it."""
    return report.state != report.State.DRAFT or may_write_reports_of(user, report.unit_id)


def may_read_typed_of(user: User, report: ProgressReport) -> bool:
    """Also of a report that was returned: others read what was sent until it is sent again."""
    return report.is_writable and may_write_reports_of(user, report.unit_id)


def printable_report(user: User, pk: int) -> ProgressReport:
    report = readable_report(user, pk)
    require(may_read_text_of(user, report))
    return report


def readable_paper(user: User, token: str, name: str) -> Ticket:
    """A printed file is for the person whom its address was given, who was asked for the right then."""
    ticket = ticket_of(user, token, name)
    if ticket is None:
        raise Http404
    return ticket


def told_reports(user: User) -> ProgressReportQuerySet:
    """Those of which `may_read_text_of` is true."""
    reports = visible_reports(user)
    writes = may_manage_work(user) or not reads_everything(user)
    return reports if writes else reports.exclude(state=ProgressReport.State.DRAFT)


def told_proposals(user: User) -> ProposalQuerySet:
    """Each once: what an accepted revision says is no longer looked for in the one before it."""
    last = Proposal.objects.filter(~Exists(ProgressReport.objects.accepted().later_than("report__")))
    return last.filter(report__in=told_reports(user).values("pk"))


def writable_report(user: User, pk: int) -> ProgressReport:
    """One that the person may write as far as its state lets anybody."""
    report = readable_report(user, pk)
    require(may_write_reports_of(user, report.unit_id))
    return report


def reviewable_report(user: User, pk: int) -> ProgressReport:
    report = readable_report(user, pk)
    require(may_review(user))
    return report


def reports_to_review(user: User) -> ProgressReportQuerySet:
    require(may_review(user))
    return visible_reports(user).waiting()


def answerable_proposal(user: User, pk: int) -> Proposal:
    """With `origin`; what is not accepted yet may still be said otherwise, and waits for its answer."""
    proposals = Proposal.objects.with_origin().select_related("report__unit", "report__period")
    accepted = proposals.filter(report__in=visible_reports(user).accepted())
    proposal = get_object_or_404(accepted, pk=pk)
    require(may_manage_work(user))
    return proposal


def readable_attachment(user: User, pk: int) -> Attachment:
    attachments = Attachment.objects.select_related("report__unit", "report__period")
    attachment = get_object_or_404(attachments.filter(report__in=visible_reports(user)), pk=pk)
    if not may_read_text_of(user, attachment.report):
        raise Http404
    return attachment


def writable_attachment(user: User, pk: int) -> Attachment:
    attachment = readable_attachment(user, pk)
    require(may_write_reports_of(user, attachment.report.unit_id))
    return attachment


def assignment_to_evidence(report: ProgressReport, key: str) -> Assignment | None:
    """The assignment that the report may speak of, by its key as posted; none where it is empty."""
    if not key:
        return None
    of_report = Assignment.objects.filter(unit=report.unit_id, task__group__plan=report.plan_id)
    number = int(key) if key.isascii() and key.isdecimal() and len(key) < 19 else 0
    return get_object_or_404(of_report, pk=number)
