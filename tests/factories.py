"""Small makers of rows; each gives a valid one from its own name alone."""

from datetime import date, datetime
from io import BytesIO
from itertools import count

from django.utils import timezone

from plans.models import LegalBasis, Plan, Recipient, TaskGroup
from reports.evidence.actions import evidence_storage
from reports.models import Answer, Attachment, Obligation, Period, ProgressEntry, ProgressReport, Proposal
from tasks.models import Assignment, Task
from units.models import Letterhead, Unit, User

PASSWORD = "mat-khau-thu-2026"
serial = count(1)


def make_unit(short_name: str = "", kind: str = Unit.Kind.WARD, **fields) -> Unit:
    number = next(serial)
    short_name = short_name or f"phường Mẫu {number}"
    fields.setdefault("name", f"Ủy ban MTTQ Việt Nam {short_name}")
    fields.setdefault("code", f"unit-{number}")
    return Unit.objects.create(kind=kind, short_name=short_name, **fields)


def make_user(role: str, unit: Unit | None = None, username: str = "", **fields) -> User:
    username = username or f"{role}-{next(serial)}"
    fields.setdefault("full_name", username)
    return User.objects.create_user(username, PASSWORD, role=role, unit=unit, **fields)


def make_letterhead(unit: Unit, **fields) -> Letterhead:
    fields.setdefault("superior_name", "ỦY BAN MTTQ VIỆT NAM TỈNH MẪU")
    fields.setdefault("issuer_name", "ỦY BAN MTTQ VIỆT NAM\nTHÀNH PHỐ MẪU")
    fields.setdefault("place", "Thành phố Mẫu")
    fields.setdefault("signing_authority", "TM. BAN THƯỜNG TRỰC")
    fields.setdefault("signer_position", "CHỦ TỊCH")
    return Letterhead.objects.create(unit=unit, **fields)


def make_plan(**fields) -> Plan:
    fields.setdefault("title", "Thực hiện nghị quyết mẫu")
    return Plan.objects.create(**fields)


def make_group(plan: Plan, kind: str = TaskGroup.Kind.PROPAGANDA, **fields) -> TaskGroup:
    fields.setdefault("title", "Tuyên truyền, phổ biến")
    fields.setdefault("number", "1")
    return TaskGroup.objects.create(plan=plan, kind=kind, **fields)


def make_task(group: TaskGroup, **fields) -> Task:
    fields.setdefault("title", "Tổ chức hội nghị học tập")
    return Task.objects.create(group=group, **fields)


def make_assignment(task: Task, unit: Unit, **fields) -> Assignment:
    return Assignment.objects.create(task=task, unit=unit, **fields)


def make_basis(plan: Plan, **fields) -> LegalBasis:
    fields.setdefault("number", "01-NQ/TW")
    fields.setdefault("date", date(2022, 11, 17))
    fields.setdefault("text", "Nghị quyết số 01-NQ/TW ngày 17/11/2022")
    return LegalBasis.objects.create(plan=plan, **fields)


def make_recipient(plan: Plan, units: tuple[Unit, ...] = (), **fields) -> Recipient:
    fields.setdefault("name", "Các tổ chức thành viên")
    recipient = Recipient.objects.create(plan=plan, **fields)
    if units:
        recipient.units.set(units)
    return recipient


def make_period(plan: Plan, **fields) -> Period:
    fields.setdefault("name", "Quý III/2026")
    fields.setdefault("kind", Period.Kind.QUARTER)
    fields.setdefault("figures_from", date(2026, 6, 15))
    fields.setdefault("figures_to", date(2026, 9, 14))
    fields.setdefault("cut_off_on", fields["figures_to"])
    fields.setdefault("due_on", date(2026, 9, 20))
    return Period.objects.create(plan=plan, **fields)


def make_obligation(period: Period, unit: Unit, **fields) -> Obligation:
    return Obligation.objects.create(period=period, unit=unit, **fields)


def make_report(unit: Unit, period: Period | None = None, state: str = "draft", **fields) -> ProgressReport:
    """In any state; one that is to have entries begins as a draft and goes on with `bring_to`."""
    by, at = fields.pop("by", None), fields.pop("at", None)
    fields.setdefault("plan", period.plan if period else None)
    fields.setdefault("started_by", by)
    return bring_to(ProgressReport.objects.create(unit=unit, period=period, **fields), state, by, at)


def bring_to(
    report: ProgressReport, state: str, by: User | None = None, at: datetime | None = None
) -> ProgressReport:
    """Store the state with the acts that lead there, all of one person and time."""
    if state == "draft":
        return report
    at, by = at or timezone.now(), by or make_user("staff")
    report.mark_submitted(by, timezone.localdate(at), now=at)
    if state == "returned":
        report.returned_at, report.returned_by, report.return_reason = at, by, "Thiếu số liệu."
    if state == "accepted":
        report.accepted_at, report.accepted_by = at, by
    report.state = state
    report.save()
    return report


def make_entry(report: ProgressReport, assignment: Assignment, **fields) -> ProgressEntry:
    fields.setdefault("number", "1.1")
    fields.setdefault("title", assignment.task.title)
    fields.setdefault("status", ProgressEntry.Status.IN_PROGRESS)
    fields.setdefault("percent", 50)
    return ProgressEntry.objects.create(report=report, assignment=assignment, **fields)


def make_attachment(
    report: ProgressReport,
    by: User,
    assignment: Assignment | None = None,
    content: bytes = b"%PDF-1.4",
    **fields,
) -> Attachment:
    """A stored file of any content, without the look that an uploaded one gets."""
    stored = evidence_storage().store(BytesIO(content))
    fields.setdefault("name", "bien-ban.pdf")
    fields.setdefault("media_type", "application/pdf")
    return Attachment.objects.create(
        report=report, assignment=assignment, digest=stored.digest, size=stored.size, added_by=by, **fields
    )


def make_proposal(report: ProgressReport, **fields) -> Proposal:
    """Of a report that is not accepted yet; `bring_to` does that afterwards."""
    fields.setdefault("addressee", "MTTQ thành phố")
    fields.setdefault("text", "Cấp thêm tài liệu.")
    return Proposal.objects.create(report=report, **fields)


def make_answer(proposal: Proposal, by: User | None = None, **fields) -> Answer:
    fields.setdefault("state", Answer.State.ANSWERED)
    if fields["state"] == Answer.State.ANSWERED:
        fields.setdefault("text", "Đã cấp 100 bộ.")
    fields.setdefault("answered_at", timezone.now())
    return Answer.objects.create(proposal=proposal, answered_by=by or make_user("staff"), **fields)
