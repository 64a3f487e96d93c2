"""What is odd about an entry and about a report, each by itself."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from reports.models import Attachment, Period, ProgressEntry, ProgressReport
from reports.reading.content import Content, EntryContent, ProposalContent
from reports.reading.oddities import Odd, odd_as_a_whole, odd_in_entry, oddities
from reports.reading.reports import EntryReading, Reading, ValueReading
from tasks.models import Assignment, Indicator

LAST, ADDED = Indicator(sum="last"), Indicator(sum="added")
OF_FIVE, OF_NOTHING = Indicator(target=Decimal(5)), Indicator(target=Decimal(0))
FILE = Attachment(name="anh.jpg")


def entry(
    status="in_progress", percent=50, result="Mới.", last=None, values=(), files=(FILE,), corrects=False
):
    """`last` is status, percent and result of the account before; `values` (indicator, now, before)."""
    before = ProgressEntry(status=last[0], percent=last[1], result=last[2]) if last else None
    return EntryReading(
        content=EntryContent(Assignment(), "1.1", "Học tập", status, percent, result),
        previous=before,
        values=[ValueReading(indicator, now, then, now) for indicator, now, then in values],
        attachments=list(files),
        corrects=corrects,
    )


AT_WORK = ("in_progress", 50, "Cũ.")
DONE = ("done", 100, "Xong.")


@pytest.mark.parametrize(
    ("reading", "odd"),
    [
        (entry(), []),
        (entry(last=AT_WORK), []),
        (entry("not_started", 0, ""), []),
        (entry("not_started", 0, "", last=("not_started", 0, "")), []),
        # Status
        (entry("not_started", 0, "", last=AT_WORK), [Odd.BACKWARDS]),
        (entry("in_progress", 90, last=DONE), [Odd.BACKWARDS]),
        (entry("done", 100, last=AT_WORK), []),
        (entry("in_progress", 10, last=("not_started", 0, "")), []),
        # Percent
        (entry(percent=49, last=AT_WORK), [Odd.FEWER_PERCENT]),
        (entry(percent=50, last=AT_WORK), []),
        # Evidence
        (entry("done", 100, files=()), [Odd.NO_EVIDENCE]),
        (entry("done", 100, last=AT_WORK, files=()), [Odd.NO_EVIDENCE]),
        (entry("done", 100, last=DONE, files=()), []),
        (entry(files=()), []),
        # Words
        (entry(result="Cũ.", last=AT_WORK), [Odd.SAME_WORDS]),
        (entry(result=" Cũ.\n", last=AT_WORK), [Odd.SAME_WORDS]),
        (entry("done", 100, "Cũ.", last=AT_WORK), [Odd.SAME_WORDS]),
        (entry("done", 100, "Xong.", last=DONE), []),
        (entry(result="Cũ.", last=AT_WORK, corrects=True), []),
        (entry("not_started", 0, "", last=AT_WORK, corrects=True), [Odd.BACKWARDS]),
    ],
)
def test_of_an_entry(reading, odd):
    assert odd_in_entry(reading) == odd


@pytest.mark.parametrize(
    ("values", "odd"),
    [
        ([(LAST, Decimal(9), Decimal(10))], [Odd.LOWER_VALUE]),
        ([(LAST, Decimal(10), Decimal(10))], []),
        ([(LAST, Decimal(10), None)], []),
        ([(LAST, None, Decimal(10))], [Odd.NO_VALUE]),
        ([(ADDED, Decimal(9), Decimal(10))], []),
        ([(ADDED, Decimal(0), Decimal(10))], []),
        ([(ADDED, None, Decimal(10))], [Odd.NO_VALUE]),
        ([(ADDED, None, None)], [Odd.NO_VALUE]),
        ([(ADDED, Decimal(100), Decimal(10))], []),
        ([(ADDED, Decimal(101), Decimal(10))], [Odd.FAR_OFF]),
        ([(LAST, Decimal(101), Decimal(10))], [Odd.FAR_OFF]),
        ([(ADDED, Decimal(101), Decimal(0))], []),
        ([(OF_FIVE, Decimal(50), None)], []),
        ([(OF_FIVE, Decimal(51), None)], [Odd.FAR_OFF]),
        ([(OF_FIVE, Decimal(51), Decimal(50))], [Odd.FAR_OFF]),
        ([(OF_NOTHING, Decimal(51), None)], []),
        ([(LAST, Decimal(1), Decimal(2)), (ADDED, None, None)], [Odd.LOWER_VALUE, Odd.NO_VALUE]),
    ],
)
def test_of_the_values_of_an_entry(values, odd):
    assert odd_in_entry(entry(last=AT_WORK, values=values)) == odd


def test_values_are_not_missed_where_there_is_nothing_more_to_say():
    nothing = [(ADDED, None, None)]
    assert odd_in_entry(entry("not_started", 0, "", values=nothing)) == []
    assert odd_in_entry(entry("done", 100, "Xong.", last=DONE, values=nothing)) == []
    assert odd_in_entry(entry("done", 100, "Xong.", last=AT_WORK, values=nothing)) == [Odd.NO_VALUE]


def reading(entries=None, difficulties="", proposals=(), **fields):
    period = Period(due_on=date(2026, 9, 20), grace_days=2)
    fields.setdefault("first_submitted_at", datetime(2026, 9, 20, tzinfo=UTC))
    report = ProgressReport(period=period, **fields)
    content = Content(difficulties=difficulties, proposals=list(proposals))
    return Reading(report, content, [entry()] if entries is None else entries, [])


@pytest.mark.parametrize(
    ("read", "odd"),
    [
        (reading(), []),
        (reading(first_submitted_at=datetime(2026, 9, 22, 16, 59, tzinfo=UTC)), []),
        # 17:00 in Greenwich is the next day in Vietnam.
        (reading(first_submitted_at=datetime(2026, 9, 22, 17, 0, tzinfo=UTC)), [Odd.LATE]),
        (reading(first_submitted_at=datetime(2026, 12, 1, tzinfo=UTC), revision=2), []),
        (reading(returned_at=datetime(2026, 9, 21, tzinfo=UTC)), [Odd.WAS_RETURNED]),
        (reading(difficulties="Thiếu kinh phí."), [Odd.TO_BE_READ]),
        (reading(proposals=[ProposalContent("Thành phố", "Cấp loa.")]), [Odd.TO_BE_READ]),
        (reading([entry("done", 100, "Xong.", last=DONE)]), [Odd.NOTHING_NEW]),
        (reading([entry("done", 100, "Xong.", last=DONE), entry(last=AT_WORK)]), []),
        (reading([]), [Odd.NOTHING_NEW]),
        (reading([entry("done", 100, "Xong.", last=DONE, corrects=True)]), []),
    ],
)
def test_of_the_whole(read, odd):
    assert odd_as_a_whole(read) == odd


@pytest.mark.parametrize(
    ("values", "odd"),
    [
        ([(LAST, Decimal(10), Decimal(10)), (ADDED, Decimal(0), Decimal(5))], [Odd.NOTHING_NEW]),
        ([(LAST, Decimal(11), Decimal(10))], []),
        ([(ADDED, Decimal(5), Decimal(5))], []),
    ],
)
def test_a_new_value_is_news_of_a_task_that_is_done(values, odd):
    assert odd_as_a_whole(reading([entry("done", 100, "Xong.", last=DONE, values=values)])) == odd


def test_each_is_named_once_with_those_of_entries_first():
    entries = [entry("done", 100, files=()), entry("done", 100, files=()), entry(percent=1, last=AT_WORK)]
    assert oddities(reading(entries, difficulties="Có.")) == [
        Odd.FEWER_PERCENT,
        Odd.NO_EVIDENCE,
        Odd.TO_BE_READ,
    ]
