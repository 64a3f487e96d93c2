"""How far an assignment of the generated sample is, and what its unit says of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from plans.models import Plan
from reports.models import ProgressEntry
from reports.reading.content import Content, EntryContent, ProposalContent
from reports.sample import generating_words as words
from reports.sample.generating_words import sample
from tasks.models import Assignment, Indicator
from tasks.overview import task_numbers

Status = ProgressEntry.Status
# By how many percent it may go on in a period: not at all, hardly, steadily, quickly.
PACES = ((0,), (0, 0, 5, 10, 20), (5, 15, 20, 30, 40), (35, 50, 70, 100))
# How often a unit or a task has each of them; both together decide.
MOODS = ((1, 4, 6, 3), (0, 2, 6, 6), (3, 6, 4, 1))


@dataclass
class Walk:
    """One assignment on its way, `most` of what has no target. It was `settled` when it was said to be done
    before."""

    assignment: Assignment
    number: str
    pace: tuple[int, ...]
    most: int
    percent: int = 0
    result: str = ""
    settled: bool = False

    def go_on(self, rng: Random) -> None:
        """Mostly forward; now and then it turns out that less is done."""
        before, chance = self.percent, rng.random()
        self.settled = before == 100
        if before >= 30 and chance < (0.02 if self.settled else 0.05):
            self.percent, self.result = before - 15, sample(words.BACK)
        elif not self.settled:
            self.percent = min(100, before + rng.choice(self.pace))
            if self.percent != before or chance < 0.5:
                self.say(rng)

    def correct(self, rng: Random) -> None:
        """Say it more exactly, mostly with another figure."""
        self.settled = False
        self.percent = min(95, max(5, self.percent + rng.choice((-10, -5, 5, 10))))
        before = self.result
        while self.result == before:
            self.say(rng)

    def say(self, rng: Random) -> None:
        if self.percent == 0:
            self.result = ""
        else:
            self.result = sample(rng.choice(words.DONE if self.percent == 100 else words.DOING))

    def said(self, rng: Random) -> EntryContent:
        status = {0: Status.NOT_STARTED, 100: Status.DONE}.get(self.percent, Status.IN_PROGRESS)
        values = {}
        for indicator in self.assignment.task.indicators.all():
            value = self.value(indicator, rng)
            if value is not None:
                values[indicator.pk] = value
        title = self.assignment.task.title
        return EntryContent(
            self.assignment, self.number, title, status.value, self.percent, self.result, values
        )

    def value(self, indicator: Indicator, rng: Random) -> Decimal | None:
        """Nothing where nothing was done, and now and then nothing although it was."""
        if self.percent == 0 or rng.random() < 0.03:
            return None
        if indicator.sum == Indicator.Sum.LAST:
            return Decimal(int(indicator.target or self.most) * self.percent // 100)
        if self.settled:
            return None
        return Decimal(rng.randint(1, 4) if indicator.target else rng.randint(20, 400))


def make_walks(plan: Plan, rng: Random) -> dict[int, list[Walk]]:
    """By the key of the unit, in the order of the plan."""
    numbers = task_numbers(plan)
    assignments = Assignment.objects.of_plan(plan).select_related("unit", "task__group__plan")
    in_order = assignments.prefetch_related("task__indicators").order_by(
        "task__group__position", "task__position", "unit"
    )
    walks: dict[int, list[Walk]] = defaultdict(list)
    moods: dict[tuple[str, int], tuple[int, ...]] = {}
    for each in in_order:
        of_unit = moods.setdefault(("unit", each.unit_id), rng.choice(MOODS))
        of_task = moods.setdefault(("task", each.task_id), rng.choice(MOODS))
        weights = [one * other for one, other in zip(of_unit, of_task, strict=True)]
        pace = rng.choices(PACES, weights)[0]
        walks[each.unit_id].append(Walk(each, numbers[each.task_id], pace, rng.randint(4, 20)))
    return walks


def content_of(walks: Iterable[Walk], rng: Random) -> Content:
    """The whole report of a unit."""
    content = Content(
        entries=[walk.said(rng) for walk in walks],
        overview=sample(rng.choice(words.OVERVIEWS)),
        next_steps=sample(rng.choice(words.NEXT_STEPS)),
    )
    if rng.random() < 0.25:
        content.difficulties = sample(rng.choice(words.DIFFICULTIES))
    if rng.random() < 0.15:
        asked = rng.sample(words.PROPOSALS, rng.choice((1, 1, 2)))
        content.proposals = [ProposalContent(addressee, sample(text)) for addressee, text in asked]
    return content


def correct(content: Content, walks: list[Walk], rng: Random) -> list[int]:
    """Say one or two entries of the content anew; the keys of their assignments."""
    places = sorted(rng.sample(range(len(walks)), min(2, len(walks))))
    for place in places:
        walks[place].correct(rng)
        content.entries[place] = walks[place].said(rng)
    return [walks[place].assignment.pk for place in places]
