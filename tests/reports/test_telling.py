"""What the samples tell of times gone by is what the same acts would have stored then."""

from datetime import datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from reports import actions
from reports.models import Answer, IndicatorValue, ProgressEntry, ProgressReport, Proposal
from reports.reading.content import Content, EntryContent, ProposalContent
from reports.sample import telling
from reports.sample.book import Book
from tasks.models import Indicator
from tests.factories import make_assignment, make_obligation
from tests.reports.acts import accept, keep, send_back, submit
from units.models import Unit, User
from units.records import acting_as

PARTS = (ProgressReport, ProgressEntry, IndicatorValue, Proposal)
# What differs because the units do.
OWN = {"id", "history_id", "report", "unit", "assignment", "entry", "indicator", "form_key", "folded"}


def at(text: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(text))


@pytest.fixture
def two(owed) -> SimpleNamespace:
    """The other ward has the same tasks and owes the same report; the first task has two indicators."""
    other = owed.cast.other_ward
    indicators = [
        Indicator.objects.create(task=owed.task, position=place, name=name, sum=counted)
        for place, (name, counted) in enumerate([("Hội nghị", "added"), ("Tổ", "last")])
    ]
    return SimpleNamespace(
        other=other,
        others=[make_assignment(assignment.task, other) for assignment in (owed.assignment, owed.second)],
        own=[owed.assignment, owed.second],
        others_obligation=make_obligation(owed.period, other),
        indicators=indicators,
        **{name: value for name, value in vars(owed).items() if name not in ("second", "assignment")},
    )


def said(assignments: list, indicators: list, percent: int, result: str, asked: str = "") -> Content:
    entries = [
        EntryContent(
            assignment,
            f"1.{place}",
            assignment.task.title,
            "in_progress" if percent < 100 else "done",
            percent,
            f"{result} {place}",
        )
        for place, assignment in enumerate(assignments, 1)
    ]
    entries[0].values = {indicators[0].pk: Decimal(percent), indicators[1].pk: Decimal(7)}
    proposals = [ProposalContent("MTTQ thành phố", asked)] if asked else []
    return Content(entries, proposals, "Ổn định.", "Mưa bão.", "Làm tiếp.")


def typed(assignments: list, indicators: list, percent: int, result: str, asked: str = "") -> dict[str, str]:
    """The same, as the page sends it."""
    fields = {"overview": "Ổn định.", "difficulties": "Mưa bão.", "next_steps": "Làm tiếp."}
    for place, assignment in enumerate(assignments, 1):
        prefix = f"e{assignment.pk}"
        fields[f"{prefix}-status"] = "in_progress" if percent < 100 else "done"
        fields[f"{prefix}-percent"] = str(percent) if percent < 100 else ""
        fields[f"{prefix}-result"] = f"{result} {place}"
    fields[f"e{assignments[0].pk}-i{indicators[0].pk}"] = str(percent)
    fields[f"e{assignments[0].pk}-i{indicators[1].pk}"] = "7"
    if asked:
        fields |= {"p0-addressee": "MTTQ thành phố", "p0-text": asked}
    return fields


def done_by_people(two, clock) -> None:
    """Sent, returned, mended, accepted, revised, accepted; each act at its time."""
    owner, staff = two.cast.owner, two.cast.staff
    clock.move_to(at("2026-09-15 08:00"), tick=False)
    with acting_as(owner):
        report = actions.start_report(two.obligation, owner)
    clock.move_to(at("2026-09-15 09:00"), tick=False)
    submit(report, owner, typed(two.own, two.indicators, 40, "Đang làm", "Cấp tài liệu."))
    clock.move_to(at("2026-09-15 15:00"), tick=False)
    send_back(report, staff, "Thiếu số liệu.", {two.own[0].pk: "Bao nhiêu người?"})
    clock.move_to(at("2026-09-17 09:00"), tick=False)
    submit(report, owner, typed(two.own, two.indicators, 100, "Xong", "Cấp thêm tài liệu."))
    clock.move_to(at("2026-09-18 09:00"), tick=False)
    accept(report, staff)
    clock.move_to(at("2026-09-19 08:00"), tick=False)
    with acting_as(owner):
        revision = actions.revise_report(report, owner)
    clock.move_to(at("2026-09-19 09:00"), tick=False)
    submit(revision, owner, typed(two.own, two.indicators, 95, "Sửa", "Cấp thêm tài liệu."))
    accept(revision, staff)


def told(two) -> None:
    officer, staff, book = two.cast.outsider, two.cast.staff, Book()
    report = telling.start(book, two.others_obligation, officer, at("2026-09-15 08:00"))
    first = said(two.others, two.indicators, 40, "Đang làm", "Cấp tài liệu.")
    report.submit(first, officer, at("2026-09-15 09:00"))
    reasons = {two.others[0].pk: "Bao nhiêu người?"}
    report.send_back(staff, at("2026-09-15 15:00"), "Thiếu số liệu.", reasons)
    mended = said(two.others, two.indicators, 100, "Xong", "Cấp thêm tài liệu.")
    report.submit(mended, officer, at("2026-09-17 09:00"))
    report.accept(staff, at("2026-09-18 09:00"))
    revision = report.revise(officer, at("2026-09-19 08:00"))
    revised = said(two.others, two.indicators, 95, "Sửa", "Cấp thêm tài liệu.")
    revision.submit(revised, officer, at("2026-09-19 09:00"))
    revision.accept(staff, at("2026-09-19 09:00"))
    book.write()


def rows_of(unit: Unit) -> dict[str, list[dict[str, Any]]]:
    """All rows of the reports and of their history, without what differs from unit to unit."""
    reports = list(ProgressReport.objects.filter(unit=unit).values_list("pk", flat=True))
    entries = list(ProgressEntry.objects.filter(report__in=reports).values_list("pk", flat=True))
    ways = {ProgressReport: ("id", reports), IndicatorValue: ("entry_id", entries)}
    found = {}
    for model in PARTS:
        name, keys = ways.get(model, ("report_id", reports))
        wanted = {f"{name}__in": keys}
        found[model.__name__] = [plain(row) for row in model.objects.filter(**wanted).order_by("pk")]
        found[f"{model.__name__} before"] = [
            plain(row) for row in model.history.filter(**wanted).order_by("history_id")
        ]
    return found


def plain(row: Any) -> dict[str, Any]:
    facts = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.name)
        if field.name == "typed":
            value = sorted(value.values())
        if isinstance(value, User):
            value = value.role
        if field.name not in OWN:
            facts[field.name] = value
    return facts


def test_a_whole_story_is_stored_as_people_would_have_left_it(two, time_machine):
    done_by_people(two, time_machine)
    time_machine.move_to(at("2026-11-23 08:00"))
    told(two)
    done = rows_of(two.cast.ward)
    assert {name: len(rows) for name, rows in done.items()} == {
        "ProgressReport": 2,
        "ProgressReport before": 8,
        "ProgressEntry": 4,
        "ProgressEntry before": 7,
        "IndicatorValue": 4,
        "IndicatorValue before": 5,
        "Proposal": 2,
        "Proposal before": 3,
    }
    assert rows_of(two.other) == done


def test_what_is_typed_in_a_draft_is_kept_with_its_time(two, time_machine):
    time_machine.move_to(at("2026-09-15 08:00"), tick=False)
    with acting_as(two.cast.owner):
        report = actions.start_report(two.obligation, two.cast.owner)
    keep(report, two.cast.owner, typed(two.own, two.indicators, 40, "Đang làm"))
    time_machine.move_to(at("2026-11-23 08:00"))
    words = typed(two.others, two.indicators, 40, "Đang làm")
    book = Book()
    telling.start(book, two.others_obligation, two.cast.outsider, at("2026-09-15 08:00"), words)
    book.write()
    assert rows_of(two.other) == rows_of(two.cast.ward)


def test_a_log_is_stored_as_staff_would_have_left_it(two, time_machine):
    staff = two.cast.staff
    time_machine.move_to(at("2026-09-15 08:00"), tick=False)
    with acting_as(staff):
        heard = said(two.own, two.indicators, 40, "Đang làm").entries[0]
        report = actions.start_log(two.own[0], heard, staff, UUID(int=1))
        actions.finish_log(report, staff, timezone.localdate(), "Bà Mẫu")
    time_machine.move_to(at("2026-11-23 08:00"))
    heard = said(two.others, two.indicators, 40, "Đang làm").entries[0]
    book = Book()
    telling.log(book, heard, staff, at("2026-09-15 08:00"), "Bà Mẫu", UUID(int=2))
    book.write()
    assert rows_of(two.other) == rows_of(two.cast.ward)


def test_answers_are_dated(two):
    told(two)
    book = Book()
    first, second = Proposal.objects.order_by("pk")
    telling.answer(book, first, "Sẽ cấp.", two.cast.staff, at("2026-09-25 09:00"))
    telling.answer(book, second, "", two.cast.staff, at("2026-09-26 09:00"))
    book.write()
    assert [
        (answer.state, answer.text, answer.answered_at, answer.history.get().history_date)
        for answer in Answer.objects.order_by("pk")
    ] == [
        ("answered", "Sẽ cấp.", at("2026-09-25 09:00"), at("2026-09-25 09:00")),
        ("in_hand", "", at("2026-09-26 09:00"), at("2026-09-26 09:00")),
    ]
