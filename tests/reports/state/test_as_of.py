"""Random histories of an office: every figure of any day is the oracle's, and stays what it was for ever.

HISTORIES says how many are drawn; HISTORY=17 draws only that one.
"""

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pprint import pformat

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from reports.state.work import works_of_plans
from tests.factories import make_user
from tests.reports.state.acts import act, begin_office
from tests.reports.state.figures import Asked, expected, figures
from tests.reports.state.histories import FIRST_DAY, Office
from tests.reports.state.on_pages import counted, listed, printed
from tests.reports.state.past_pages import OF_PLANS, changed, texts
from units.past import rows_as_of

pytestmark = pytest.mark.django_db

HISTORIES = int(os.environ.get("HISTORIES", "12"))
ONE = os.environ.get("HISTORY")
SEEDS = [int(ONE)] if ONE else range(HISTORIES)
# Few enough to be shared between processes, many enough to be set up once for all of them.
BLOCKS = [SEEDS[first : first + 25] for first in range(0, len(SEEDS), 25)]
ACTS = 24
# The pages of one in so many are looked at too, and looked at again at its end.
PAGES_OF = 10


class Difference(AssertionError):  # noqa: N818 - a finding, not a fault
    """A figure is not what it should be."""


class History:
    """One office through its year, and the days that were read when they ended."""

    def __init__(self, seed, clock, staff, leader):
        self.seed, self.leader, self.readings, self.pages = seed, leader, [], []
        self.office = Office(seed, clock, staff)

    def run(self):
        office = self.office
        begin_office(office)
        for moment in office.moments(ACTS):
            if moment.date() > office.now.date() and office.chance(0.15):
                self.read_as_it_ends()
            office.go_to(moment)
            act(office)
        for day, asked, found in self.readings:
            self.asked = asked
            self.compare(day, self.read(day), found, "when it ended it was otherwise")
        self.ask()
        day = FIRST_DAY + timedelta(days=office.random.randrange(-1, 361))
        self.judge(day, self.read(day))
        if self.looks_at_pages:
            self.judge_pages(min(day, office.now.date()))
            office.begin_next_day()
            for day, pages in self.pages:
                self.judge_texts(day, pages)

    @property
    def looks_at_pages(self):
        return self.seed % PAGES_OF == 0

    def ask(self):
        """All plans, and what there is to ask of one of its kinds."""
        office, world = self.office, self.office.world
        asked = Asked(list(world.plans), office.one(world.plans))
        given = [(*pair, facts["row"]) for pair, facts in world.assignments.items()]
        kind = office.one({"task": world.tasks, "unit": world.units, "assignment": given}.items())
        self.asked = replace(asked, **{kind[0]: office.one(kind[1])})

    def read_as_it_ends(self):
        office = self.office
        office.go_to(office.now.replace(hour=23, minute=59, second=59, microsecond=999999))
        day = office.now.date()
        self.ask()
        found = self.read(day)
        self.judge(day, found)
        self.readings.append((day, self.asked, found))
        if self.looks_at_pages:
            office.begin_next_day()
            self.pages.append((day, texts(self.leader, self.addresses(), day)))

    def addresses(self):
        """Of one plan and two of all else."""
        office, world = self.office, self.office.world
        rows = [given["row"] for given in world.assignments.values()]
        of_one = {"show-task": world.tasks, "show-unit": world.units, "show-assignment": rows}
        found = [(name, key) for name, keys in of_one.items() for key in office.some(keys)[:2]]
        return [(name, self.asked.plan) for name in OF_PLANS] + found

    def read(self, day):
        return figures(self.asked, day)

    def judge(self, day, found):
        self.compare(day, found, expected(self.office.log, self.asked, day), "the oracle says otherwise")

    def judge_pages(self, day):
        """Of the first plan: every figure and the rows."""
        client, plan = Client(), self.asked.plans[0]
        client.force_login(self.office.staff)
        world = self.office.log.told(day)
        figures = printed(client, plan, day)
        right = {address: counted(world, plan, address) for address in figures}
        self.compare(day, {"pages": figures}, {"pages": right}, "the oracle counts otherwise")
        rows = [(work["task"][1], work["task"][2], work["unit"][1]) for work in world.works_of_plan(plan)]
        self.compare(day, {"rows": listed(client, plan, day)}, {"rows": rows}, "the oracle lists otherwise")

    def judge_texts(self, day, before):
        after = texts(self.leader, list(before), day)
        for (name, key), text in after.items():
            if text != before[name, key]:
                raise Difference(
                    f"history {self.seed}, {day}, {name} {key}:\n{changed(before[name, key], text)}"
                )

    def compare(self, day, found, right, what):
        assert found.keys() == right.keys()
        for name in found:
            if found[name] != right[name]:
                raise Difference(
                    f"history {self.seed}, {day}, {name}: {what}\n{difference(found[name], right[name])}"
                )


def difference(found, right):
    """The first rows that differ."""
    if isinstance(found, list) and len(found) == len(right):
        found, right = next((one, other) for one, other in zip(found, right, strict=True) if one != other)
    if isinstance(found, dict) and isinstance(right, dict):
        names = [name for name in {**found, **right} if found.get(name) != right.get(name)]
        found, right = ({name: each.get(name) for name in names} for each in (found, right))
    return f"found: {pformat(found, width=100)}\nright: {pformat(right, width=100)}"


@pytest.fixture
def people():
    return make_user("staff"), make_user("leader")


def run(seed, clock, people):
    """One history, of which nothing stays."""
    try:
        with transaction.atomic():
            History(seed, clock, *people).run()
            transaction.set_rollback(True)
    except Exception as error:
        error.add_note(f"again: HISTORY={seed} pytest {__name__.replace('.', '/')}.py")
        raise


def run_all(seeds, clock, people):
    for seed in seeds:
        run(seed, clock, people)


@pytest.mark.parametrize("seeds", BLOCKS, ids=lambda seeds: f"from {seeds[0]}")
def test_the_figures_of_a_day_are_those_of_the_oracle(seeds, people, time_machine):
    run_all(seeds, time_machine, people)


FAR_AWAY = datetime(2100, 1, 1, tzinfo=UTC)


def todays_rows(model, moment, **where):
    return rows_as_of(model, FAR_AWAY, **where)


def no_end(day):
    return FAR_AWAY


def todays_works(plans, day):
    return works_of_plans(plans, timezone.localdate())


@pytest.mark.parametrize(
    ("name", "instead"),
    [
        ("state.register.rows_as_of", todays_rows),
        ("state.succession.rows_as_of", todays_rows),
        ("state.periods.rows_as_of", todays_rows),
        ("state.reporting.rows_as_of", todays_rows),
        ("state.remarks.rows_as_of", todays_rows),
        ("state.measuring.rows_as_of", todays_rows),
        ("state.lineage.rows_as_of", todays_rows),
        ("state.reports.rows_as_of", todays_rows),
        ("state.work.end_of", no_end),
        ("state.remarks.end_of", no_end),
        ("state.measuring.end_of", no_end),
        ("state.timeline.end_of", no_end),
        ("state.dashboard.works_of_plans", todays_works),
        # Names in a timeline are drawn too seldom: test_show_task_on_a_day.py holds them.
        # Only on pages and in files.
        ("state.work.works_of_plans", todays_works),
        ("documents.excel.matrix.end_of", no_end),
    ],
)
def test_who_reads_what_there_is_today_is_found(monkeypatch, people, time_machine, name, instead):
    monkeypatch.setattr(f"reports.{name}", instead)
    with pytest.raises(Difference):
        run_all(range(40), time_machine, people)
