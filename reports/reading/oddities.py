"""What a reviewer should look at before accepting; where nothing is odd, many may be accepted at once."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from reports.models import ProgressEntry
from reports.owed.standing import Arrival, arrival_of
from reports.reading.reports import EntryReading, Reading
from tasks.models import Indicator

Status = ProgressEntry.Status
ORDER = list(Status)
# So many times the target or the last value is rather a slip of the finger.
TOO_MANY_TIMES = 10


class Odd(TextChoices):
    BACKWARDS = "backwards", _("status went backwards")
    FEWER_PERCENT = "fewer_percent", _("percent went down")
    LOWER_VALUE = "lower_value", _("indicator went down")
    FAR_OFF = "far_off", _("check the figure")
    NO_VALUE = "no_value", _("indicator is missing")
    NO_EVIDENCE = "no_evidence", _("done without evidence")
    SAME_WORDS = "same_words", _("result worded as last time")
    LATE = "late", _("came late")
    WAS_RETURNED = "was_returned", _("was returned before")
    TO_BE_READ = "to_be_read", _("difficulties or proposals")
    NOTHING_NEW = "nothing_new", _("nothing has changed")


def is_settled(entry: EntryReading) -> bool:
    """Done last time already: there is nothing more to be said of it."""
    return is_done(entry) and entry.previous is not None and entry.previous.status == Status.DONE


def is_done(entry: EntryReading) -> bool:
    return entry.content.status == Status.DONE


def is_at_work(entry: EntryReading) -> bool:
    return entry.content.status in (Status.IN_PROGRESS, Status.DONE) and not is_settled(entry)


def went_backwards(entry: EntryReading) -> bool:
    last = entry.previous
    return last is not None and ORDER.index(Status(entry.content.status)) < ORDER.index(Status(last.status))


def has_fewer_percent(entry: EntryReading) -> bool:
    """Of one status; one that went backwards says so already."""
    said, last = entry.content, entry.previous
    return last is not None and said.status == last.status and (said.percent or 0) < last.percent


def has_a_lower_value(entry: EntryReading) -> bool:
    return any(
        value.value is not None and value.previous is not None and value.value < value.previous
        for value in entry.values
        if value.indicator.sum == Indicator.Sum.LAST
    )


def has_a_value_far_off(entry: EntryReading) -> bool:
    return any(
        value.value > TOO_MANY_TIMES * usual
        for value in entry.values
        for usual in (value.indicator.target, value.previous)
        if value.value is not None and usual
    )


def lacks_a_value(entry: EntryReading) -> bool:
    return is_at_work(entry) and any(value.value is None for value in entry.values)


def lacks_evidence(entry: EntryReading) -> bool:
    return is_done(entry) and not is_settled(entry) and not entry.attachments


def repeats_its_words(entry: EntryReading) -> bool:
    """Those of the own earlier revision may well stay."""
    last = None if entry.corrects else entry.previous
    return is_at_work(entry) and last is not None and entry.content.result.split() == last.result.split()


OF_ENTRIES: dict[Odd, Callable[[EntryReading], bool]] = {
    Odd.BACKWARDS: went_backwards,
    Odd.FEWER_PERCENT: has_fewer_percent,
    Odd.LOWER_VALUE: has_a_lower_value,
    Odd.FAR_OFF: has_a_value_far_off,
    Odd.NO_VALUE: lacks_a_value,
    Odd.NO_EVIDENCE: lacks_evidence,
    Odd.SAME_WORDS: repeats_its_words,
}


def is_late(reading: Reading) -> bool:
    return arrival_of(reading.report) == Arrival.LATE


def was_returned(reading: Reading) -> bool:
    return reading.report.returned_at is not None


def asks_to_be_read(reading: Reading) -> bool:
    return bool(reading.content.difficulties or reading.content.proposals)


def says_nothing_new(reading: Reading) -> bool:
    return not any(entry.is_changed or entry.corrects for entry in reading.entries)


OF_REPORTS: dict[Odd, Callable[[Reading], bool]] = {
    Odd.LATE: is_late,
    Odd.WAS_RETURNED: was_returned,
    Odd.TO_BE_READ: asks_to_be_read,
    Odd.NOTHING_NEW: says_nothing_new,
}


def odd_in_entry(entry: EntryReading) -> list[Odd]:
    return [odd for odd, holds in OF_ENTRIES.items() if holds(entry)]


def odd_as_a_whole(reading: Reading) -> list[Odd]:
    return [odd for odd, holds in OF_REPORTS.items() if holds(reading)]


def oddities(reading: Reading) -> list[Odd]:
    """Everything odd about the report, each once, what is odd in entries first."""
    entries = {odd for entry in reading.entries for odd in odd_in_entry(entry)}
    return [odd for odd in OF_ENTRIES if odd in entries] + odd_as_a_whole(reading)
