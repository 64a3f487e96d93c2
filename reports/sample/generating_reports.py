"""What happened in the quarters of the generated sample, in the order of time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from plans.models import Plan
from reports.models import Obligation, Period
from reports.owed.calendar import PeriodDates
from reports.sample import generating_words as words
from reports.sample import telling
from reports.sample.book import Book
from reports.sample.generating_units import Houses
from reports.sample.generating_walks import Walk, content_of, correct
from reports.sample.moments import at, open_quarter, owed
from reports.sample.telling import Fate, Told
from reports.writing.typed import typed_again
from tasks.models import Task
from units.models import Succession, User
from units.records import acting_as

# Of a hundred reports; each happens at least once in every quarter.
SHARES = {
    Fate.IN_TIME: 76,
    Fate.IN_GRACE: 7,
    Fate.LATE: 5,
    Fate.MISSING: 4,
    Fate.MENDED: 5,
    Fate.REVISED: 3,
}


@dataclass
class Office:
    """Who acts, and where everything stands while the story goes on; `officers` and `walks` by the key of
    the unit.

    Of the wards the first has not begun its present report, the second one's was returned, the third's and
    the fourth's wait, the sixth loses a task and the seventh goes on in the eighth; of the other members the
    first was given more days and the second is writing.
    """

    plan: Plan
    houses: Houses
    staff: User
    officers: dict[int | None, User]
    walks: dict[int, list[Walk]]
    rng: Random
    book: Book = field(default_factory=Book)

    def moment(self, day: date) -> datetime:
        return at(day, self.rng.randint(8, 16), self.rng.randrange(60))


def tell_year(office: Office, calendar: list[PeriodDates], today: date) -> Iterator[tuple[int, int]]:
    """Gives how much is told, and of how much."""
    units = len(office.houses.wards) + len(office.houses.members)
    turn = calendar[len(calendar) // 2]
    for place, dates in enumerate(calendar):
        # The reports of the quarter before had mostly come by then.
        day = dates.figures_from + timedelta(days=10)
        if place == 1:
            end_assignment(office, day)
        if dates is turn:
            merge(office, day)
            move_deadline(office, day)
        log(office, dates, today)
        period = open_quarter(office.plan, dates, today, office.staff)
        if dates is calendar[-1]:
            tell_present(office, period, today)
        else:
            for number, _told in enumerate(tell_past(office, period, today, is_first=place == 0), 1):
                yield place * units + number, len(calendar) * units
        office.book.write()


def end_assignment(office: Office, day: date) -> None:
    walk = office.walks[office.houses.wards[5].pk].pop()
    walk.assignment.ended_on = day
    with acting_as(office.staff, at(day, 9)):
        walk.assignment.save()


def merge(office: Office, day: date) -> None:
    ended, successor = office.houses.wards[6:8]
    ended.valid_to = day - timedelta(days=1)
    with acting_as(office.staff, at(day, 8)):
        ended.save()
        Succession.objects.create(
            predecessor=ended, successor=successor, effective_on=day, decision_number="01/NQ-MẪU"
        )


def move_deadline(office: Office, day: date) -> None:
    task = Task.objects.of_plan(office.plan).filter(due_on__isnull=False).latest("due_on", "pk")
    assert task.due_on
    task.due_on += timedelta(days=30)
    with acting_as(office.staff, at(day, 14)):
        task.save()


def log(office: Office, dates: PeriodDates, today: date) -> None:
    """What wards told by telephone, and what the city has done itself."""
    rng = office.rng
    wards = [ward for ward in office.houses.wards if ward.valid_to is None]
    called = rng.sample(wards, 1 + len(wards) // 20)
    walks = [rng.choice(office.walks[ward.pk]) for ward in called]
    walks += [walk for walk in office.walks[office.houses.city.pk] if rng.random() < 0.6]
    for walk in walks:
        if walk.percent == 100:
            continue
        walk.go_on(rng)
        day = min(dates.figures_from + timedelta(days=rng.randint(20, 55)), today - timedelta(days=1))
        told_by = "" if walk.assignment.unit_id == office.houses.city.pk else words.TOLD_BY
        key = UUID(int=rng.getrandbits(128), version=4)
        telling.log(office.book, walk.said(rng), office.staff, office.moment(day), told_by, key)


def tell_past(office: Office, period: Period, today: date, is_first: bool) -> Iterator[Obligation]:
    fixed = {office.houses.wards[place].pk: Fate.IN_TIME for place in (0, 5, 6)}
    if is_first:
        fixed[office.houses.members[0].pk] = Fate.EXTENDED
    obligations = owed(period)
    deck = fates(sum(each.unit_id not in fixed for each in obligations), office.rng)
    for obligation in obligations:
        tell(office, obligation, fixed.get(obligation.unit_id) or deck.pop(), today)
        yield obligation


def fates(count: int, rng: Random) -> list[Fate]:
    rare = [fate for fate in SHARES if fate != Fate.IN_TIME]
    deck = [*rare, *rng.choices(list(SHARES), list(SHARES.values()), k=count)][:count]
    rng.shuffle(deck)
    return deck


def tell(office: Office, obligation: Obligation, fate: Fate, today: date) -> None:
    period, rng = obligation.period, office.rng
    walks = office.walks[obligation.unit_id]
    for walk in walks:
        walk.go_on(rng)
    room = (today - period.last_day_in_time).days - 2
    match fate:
        case Fate.MISSING:
            return
        case Fate.IN_GRACE:
            day = period.due_on + timedelta(days=rng.randint(1, period.grace_days))
        case Fate.LATE:
            day = period.last_day_in_time + timedelta(days=rng.randint(1, min(20, room)))
        case Fate.EXTENDED:
            day = extend(office, obligation, today)
            if day > today - timedelta(days=2):
                return
        case Fate.MENDED:
            day = period.due_on - timedelta(days=5)
        case _:
            day = period.due_on - timedelta(days=rng.randint(0, 5))
    send(office, obligation, fate, day, today)


def extend(office: Office, obligation: Obligation, today: date) -> date:
    """The day on which the unit makes use of it."""
    locks_on = obligation.period.locks_on
    assert locks_on
    obligation.extended_to = locks_on + timedelta(days=14)
    obligation.extension_reason = words.EXTENSION
    asked_on = min(locks_on + timedelta(days=1), today - timedelta(days=1))
    with acting_as(office.staff, at(asked_on, 8)):
        obligation.save()
    return locks_on + timedelta(days=5)


def send(office: Office, obligation: Obligation, fate: Fate, day: date, today: date) -> None:
    """From the first words to what was accepted."""
    rng, officer, staff = office.rng, office.officers[obligation.unit_id], office.staff
    walks = office.walks[obligation.unit_id]
    content = content_of(walks, rng)
    report = telling.start(office.book, obligation, officer, at(day, 7, rng.randrange(60)))
    report.submit(content, officer, office.moment(day))
    day += timedelta(days=1)
    if fate == Fate.MENDED:
        mended = dict.fromkeys(correct(content, walks, rng), words.sample(rng.choice(words.RETURN_REASONS)))
        report.send_back(staff, office.moment(day), "", mended)
        report.submit(content, officer, office.moment(day + timedelta(days=2)))
        day += timedelta(days=3)
    report.accept(staff, office.moment(day))
    answer(office, report, day, today)
    if fate == Fate.REVISED:
        correct(content, walks, rng)
        content.overview = words.sample(words.REVISED)
        day += timedelta(days=2)
        revision = report.revise(officer, at(day, 7, rng.randrange(60)))
        revision.submit(content, officer, office.moment(day))
        revision.accept(staff, office.moment(day + timedelta(days=1)))


def answer(office: Office, told: Told, accepted_on: date, today: date) -> None:
    """Some of what it proposes, after some days and before today."""
    for proposal in told.proposals:
        text = office.rng.choice((words.sample(words.ANSWER), "", None, None))
        day = min(accepted_on + timedelta(days=office.rng.randint(2, 20)), today - timedelta(days=1))
        if text is not None:
            telling.answer(office.book, proposal, text, office.staff, at(day, 17))


def tell_present(office: Office, period: Period, today: date) -> None:
    """Of the open quarter two reports wait, one was returned, one is being written."""
    rng, yesterday = office.rng, today - timedelta(days=1)
    by_unit = {obligation.unit_id: obligation for obligation in owed(period)}
    for unit in (*office.houses.wards[1:4], office.houses.members[1]):
        officer, walks = office.officers[unit.pk], office.walks[unit.pk]
        for walk in walks:
            walk.go_on(rng)
        content = content_of(walks, rng)
        if unit == office.houses.members[1]:
            telling.start(office.book, by_unit[unit.pk], officer, at(yesterday, 9), typed_again(content))
            continue
        report = telling.start(office.book, by_unit[unit.pk], officer, at(yesterday, 8))
        report.submit(content, officer, at(yesterday, 10, rng.randrange(60)))
        if unit == office.houses.wards[1]:
            first = content.entries[0].assignment.pk
            reason = words.sample(words.RETURN_REASONS[0])
            report.send_back(office.staff, at(yesterday, 15), reason, {first: reason})
