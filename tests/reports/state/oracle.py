"""What an office should be told of a day: a plain log of what happened, read again from its beginning.

Slow and obvious on purpose: it reads no database and shares no code with what it judges.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

Facts = dict[str, Any]
Rows = dict[Any, Facts]

ROLES = ["lead", "support", "carry_out"]


@dataclass
class Log:
    """`events`: when, what kind of row, which one, and what holds of it from then on; None where it went."""

    events: list[tuple[datetime, str, Any, Facts | None]] = field(default_factory=list)

    def tell(self, at: datetime, kind: str, key: Any, facts: Facts | None) -> None:
        self.events.append((at, kind, key, facts))

    def told(self, day: date = date.max) -> World:
        """The world when the day ended; `at` are local times."""
        world = World(day)
        for at, kind, key, facts in self.events:
            if at.date() <= day:
                rows = getattr(world, kind)
                if facts is None:
                    del rows[key]
                else:
                    rows[key] = {**rows.get(key, {}), **facts}
        return world


@dataclass
class World:
    """Rows by the key that the office gave them; an assignment's is (task, unit)."""

    day: date
    plans: Rows = field(default_factory=dict)
    groups: Rows = field(default_factory=dict)
    tasks: Rows = field(default_factory=dict)
    units: Rows = field(default_factory=dict)
    successions: Rows = field(default_factory=dict)
    assignments: Rows = field(default_factory=dict)
    indicators: Rows = field(default_factory=dict)
    periods: Rows = field(default_factory=dict)
    obligations: Rows = field(default_factory=dict)
    reports: Rows = field(default_factory=dict)
    answers: Rows = field(default_factory=dict)

    # What is assigned

    def groups_of(self, plan: int) -> list[int]:
        own = [key for key, group in self.groups.items() if group["plan"] == plan]
        return sorted(own, key=lambda key: (self.groups[key]["position"], key))

    def tasks_of(self, group: int) -> list[int]:
        own = [key for key, task in self.tasks.items() if task["group"] == group]
        return sorted(own, key=lambda key: (self.tasks[key]["position"], key))

    def tasks_of_plan(self, plan: int) -> list[tuple[int, str]]:
        """With their numbers."""
        return [
            (task, f"{place}.{number}")
            for place, group in enumerate(self.groups_of(plan), 1)
            for number, task in enumerate(self.tasks_of(group), 1)
        ]

    def given(self, task: int, ended: bool = False) -> list[int]:
        """The units that have the task, or had it."""
        own = [
            unit
            for (of, unit), given in self.assignments.items()
            if of == task and (given["ended_on"] is not None) == ended
        ]

        def place(unit: int) -> tuple:
            return ROLES.index(self.assignments[task, unit]["role"]), self.units[unit]["short_name"], unit

        return sorted(own, key=place)

    def line(self, unit: int) -> list[int]:
        """The unit and those that it goes on in, one by one; a line that comes back leads nowhere."""
        found = [unit]
        while True:
            followers = {
                each["successor"]
                for each in self.successions.values()
                if each["predecessor"] == found[-1] and each["effective_on"] <= self.day
            }
            if len(followers) != 1:
                return found
            if followers <= set(found):
                return [unit]
            found += followers

    def heir(self, unit: int) -> int:
        return self.line(unit)[-1]

    # What counts

    def standing(self) -> dict[int, Facts]:
        """The accepted reports that no accepted revision has replaced."""
        accepted = {key: report for key, report in self.reports.items() if report["state"] == "accepted"}
        return {
            key: report
            for key, report in accepted.items()
            if report["period"] is None
            or not any(
                (other["unit"], other["period"]) == (report["unit"], report["period"])
                and other["revision"] > report["revision"]
                for other in accepted.values()
            )
        }

    def told_of(self, task: int, unit: int) -> list[tuple[int, Facts]]:
        """The reports that speak of it, oldest first: by the day they speak of, then as accepted."""
        found = [
            (key, report)
            for key, report in self.standing().items()
            if report["unit"] == unit and task in report["said"]
        ]
        return sorted(found, key=lambda told: (told[1]["reported_on"], told[1]["accepted_at"]))

    def work(self, task: int, unit: int, number: str = "") -> Facts:
        """All that a page says of one assignment."""
        given, facts, heir = self.assignments[task, unit], self.tasks[task], self.heir(unit)
        deadline = given["due_on"] or facts["due_on"]
        status = percent = reported_on = report = revision = done_on = None
        for key, told in self.told_of(task, unit):
            status, percent, _values = told["said"][task]
            reported_on, report, revision = told["reported_on"], key, told["revision"]
            done_on = (done_on or reported_on) if status == "done" else None
        is_past = deadline is not None and deadline < self.day
        if status == "done":
            late = deadline is not None and done_on > deadline
            progress = "done_late" if late else "done_in_time"
        elif is_past:
            progress = "overdue"
        else:
            progress = "in_progress" if status == "in_progress" else "not_started"
        return {
            "task": (task, number, facts["title"]),
            "group": (facts["group"], self.groups[facts["group"]]["title"]),
            "unit": (unit, self.units[unit]["short_name"]),
            "carrier": (heir, self.units[heir]["short_name"], self.units[heir]["kind"]),
            "role": given["role"],
            "deadline": deadline,
            "progress": progress,
            "said": (status, percent, reported_on, report, revision),
            "done_on": done_on,
            "days_overdue": (self.day - deadline).days if progress == "overdue" else 0,
            "due_soon": (
                status != "done" and deadline is not None and self.day <= deadline <= self.day + days(30)
            ),
        }

    # The figures of the pages

    def works_of_plan(self, plan: int) -> list[Facts]:
        return [
            self.work(task, unit, number)
            for task, number in self.tasks_of_plan(plan)
            for unit in self.given(task)
        ]

    def works_of_task(self, task: int | None) -> list[Facts]:
        """None of a task that was not there."""
        if task not in self.tasks:
            return []
        plan = self.groups[self.tasks[task]["group"]]["plan"]
        return [work for work in self.works_of_plan(plan) if work["task"][0] == task]

    def works_of_unit(self, unit: int | None) -> list[Facts]:
        """Without numbers; the newest plan first."""
        return [
            self.work(task, unit)
            for plan in sorted(self.plans, reverse=True)
            for task, _number in self.tasks_of_plan(plan)
            if unit in self.given(task)
        ]

    def ended(self, plan: int) -> list[tuple[int, int]]:
        return [(task, unit) for task, _number in self.tasks_of_plan(plan) for unit in self.given(task, True)]

    def counts(self) -> dict[str, dict]:
        """Of each plan, group, kind of unit and unit that has work."""
        found: dict[str, dict] = {"plan": {}, "group": {}, "kind": {}, "unit": {}}
        for plan in self.plans:
            for work in self.works_of_plan(plan):
                carrier, _name, kind = work["carrier"]
                keys = {"plan": plan, "group": work["group"][0], "kind": kind, "unit": carrier}
                for what, key in keys.items():
                    found[what].setdefault(key, Counter())[work["progress"]] += 1
        return found

    def periods_of(self, plan: int) -> Facts:
        own = {key: period for key, period in self.periods.items() if period["plan"] == plan}
        keys = sorted(own, key=lambda key: (own[key]["figures_to"], key))
        closed = [key for key in keys if own[key]["cut_off_on"] <= self.day]
        coming = [key for key in keys if own[key]["cut_off_on"] > self.day]

        def ends_on(key: int) -> date:
            """The last day on which a report is in time."""
            return own[key]["due_on"] + days(own[key]["grace_days"])

        # What of the current one has come already is news since the reports before were in.
        before = [key for key in closed if ends_on(key) < min(self.day, ends_on(closed[-1]))]
        return {
            "all": [(own[key]["name"], own[key]["due_on"], own[key]["grace_days"]) for key in keys],
            "current": closed[-1] if closed else None,
            "before": max(before, key=ends_on, default=None),
            "coming": coming[0] if coming else None,
        }

    # Who reported

    def reports_of(self, unit: int, period: int) -> list[tuple[int, Facts]]:
        """The revisions, the first one first."""
        own = [
            (key, report)
            for key, report in self.reports.items()
            if (report["unit"], report["period"]) == (unit, period)
        ]
        return sorted(own, key=lambda each: each[1]["revision"])

    def outcome(self, owed: Facts) -> tuple[str, int | None]:
        """What became of a report that is owed, and which one is shown for it."""
        period, revisions = self.periods[owed["period"]], self.reports_of(owed["unit"], owed["period"])
        accepted = [key for key, report in revisions if report["state"] == "accepted"]
        if accepted or (revisions and revisions[-1][1]["state"] in ("submitted", "returned")):
            shown = accepted[-1] if accepted else revisions[-1][0]
            came_on, due_on = revisions[0][1]["first_sent_on"], period["due_on"]
            if came_on <= due_on:
                return "on_time", shown
            return ("in_grace" if came_on <= due_on + days(period["grace_days"]) else "late"), shown
        is_over = self.day > period["due_on"] + days(period["grace_days"])
        is_locked = period["locks_on"] is not None and self.day > period["locks_on"]
        return ("missing" if is_over or is_locked else "time_left"), None

    def exception(self, owed: Facts) -> date | None:
        """Its last day, while it holds."""
        until = owed["extended_to"]
        return until if until and self.day <= until else None

    def reporting(self, plan: int) -> Facts:
        """Of each unit what it owes, then of each period how many came how."""
        owed = [each for each in self.obligations.values() if self.periods[each["period"]]["plan"] == plan]
        rows: dict[int, Facts] = {}
        for each in owed:
            rows.setdefault(each["unit"], {})[each["period"]] = *self.outcome(each), self.exception(each)

        def place(unit: int) -> tuple:
            heir = self.heir(unit)
            return (
                self.units[heir]["short_name"],
                heir,
                unit != heir,
                self.units[unit]["short_name"],
            )

        counts: dict[int, Counter] = {}
        for each in owed:
            counts.setdefault(each["period"], Counter())[self.outcome(each)[0]] += 1
        return {
            "rows": [(unit, self.heir(unit), rows[unit]) for unit in sorted(rows, key=place)],
            "counts": counts,
        }

    # What stands in the way

    def remarks(self, plan: int) -> list[Facts]:
        """Those sent last first; of one report its difficulties, then its proposals."""
        standing = [
            (key, report)
            for key, report in self.standing().items()
            if report["plan"] == plan and report["period"] is not None
        ]
        found = []
        for key, report in sorted(standing, key=lambda told: told[1]["sent_at"], reverse=True):
            holds = not any(self.is_followed(report, other) for _key, other in standing)
            facts = {
                "report": key,
                "unit": self.units[report["unit"]]["short_name"],
                "period": self.periods[report["period"]]["name"],
                "sent_on": report["sent_at"].date(),
            }
            if report["difficulties"]:
                said = ("difficulties", "", report["difficulties"])
                found.append({**facts, "said": said, "holds": holds, "reply": None})
            for addressee, text in report["proposals"]:
                answer = self.answers.get((report["unit"], report["period"], addressee, text))
                state = answer["state"] if answer else "none"
                found.append(
                    {
                        **facts,
                        "said": ("proposal", addressee, text),
                        "holds": holds or state != "answered",
                        "reply": (state, answer["text"] if answer else ""),
                    }
                )
        return found

    def is_followed(self, report: Facts, other: Facts) -> bool:
        """Whether the other one is a later word: of the same unit, or of one it had gone on in by then."""
        if (other["reported_on"], other["accepted_at"]) <= (report["reported_on"], report["accepted_at"]):
            return False
        line = self.line(report["unit"])
        if other["unit"] not in line:
            return False
        steps = pairwise(line[: line.index(other["unit"]) + 1])
        return all(self.effective_on(*step) <= other["reported_on"] for step in steps)

    # What was counted

    def measures(self, plan: int) -> list[Facts]:
        """Each indicator with what it has come to: in all, of each period until its end, of each unit."""
        periods = sorted(
            (key for key, period in self.periods.items() if period["plan"] == plan),
            key=lambda key: (self.periods[key]["figures_to"], key),
        )
        asked = [
            (task, key) for task, _number in self.tasks_of_plan(plan) for key in self.indicators_of(task)
        ]
        used = {value["period"] for task, key in asked for value in self.values(task, key, periods)}
        begun = {key for key in periods if self.periods[key]["figures_from"] <= self.day}
        shown = [key for key in periods if key in used | begun]
        return [self.measure(task, key, periods, shown) for task, key in asked]

    def indicators_of(self, task: int) -> list[int]:
        own = [key for key, indicator in self.indicators.items() if indicator["task"] == task]
        return sorted(own, key=lambda key: (self.indicators[key]["position"], key))

    def measure(self, task: int, key: int, periods: list[int], shown: list[int]) -> Facts:
        indicator, values = self.indicators[key], self.values(task, key, periods)
        of_periods = []
        for period in shown:
            own = [value for value in values if value["period"] == period]
            until = [value for value in values if value["closes_on"] <= self.periods[period]["figures_to"]]
            of_periods.append((period, *(self.total(task, indicator, each) for each in (own, until))))
        return {
            "indicator": (task, indicator["name"], indicator["measure"], indicator["sum"]),
            "total": self.total(task, indicator, values),
            "target": self.target(indicator, self.given(task)),
            "periods": of_periods,
            "units": self.of_units(task, indicator, values),
        }

    def of_units(self, task: int, indicator: Facts, values: list[Facts]) -> list[tuple]:
        """Who has the task or said what counts, with all that it answers for and what is wanted of it."""
        counted = self.counting(task, indicator, values)
        units = {self.heir(unit) for unit in self.given(task)} | {self.heir(each["unit"]) for each in counted}
        found = []
        for unit in sorted(units, key=lambda unit: (self.units[unit]["short_name"], unit)):
            own = [each for each in values if self.heir(each["unit"]) == unit]
            given = [each for each in self.given(task) if self.heir(each) == unit]
            found.append((unit, self.total(task, indicator, own), self.target(indicator, given)))
        return found

    def target(self, indicator: Facts, units: list[int]) -> Any:
        """Of all of them; None where nothing is wanted."""
        return None if indicator["target"] is None else indicator["target"] * len(units)

    def values(self, task: int, indicator: int, periods: list[int]) -> list[Facts]:
        """What reports that count say of it, oldest first."""
        found = []
        told = sorted(
            self.standing().values(), key=lambda report: (report["reported_on"], report["accepted_at"])
        )
        for report in told:
            if (task, report["unit"]) not in self.assignments or task not in report["said"]:
                continue
            values = report["said"][task][2]
            if indicator in values:
                period = self.falls_into(report, periods)
                closes_on = self.periods[period]["figures_to"] if period else report["reported_on"]
                facts = {"unit": report["unit"], "on": report["reported_on"], "amount": values[indicator]}
                found.append({**facts, "period": period, "closes_on": closes_on})
        return found

    def falls_into(self, report: Facts, periods: list[int]) -> int | None:
        """The report's own period; what staff logged, or was said when the task was in another plan, the
        first to end of those that hold its day."""
        if report["period"] in periods:
            return report["period"]
        for key in periods:
            period = self.periods[key]
            if period["figures_from"] <= report["reported_on"] <= period["figures_to"]:
                return key
        return None

    def total(self, task: int, indicator: Facts, values: list[Facts]) -> Any:
        """None where nothing was said."""
        counted = self.counting(task, indicator, values)
        return sum(value["amount"] for value in counted) if counted else None

    def counting(self, task: int, indicator: Facts, values: list[Facts]) -> list[Facts]:
        if indicator["sum"] == "added":
            return values
        last = {value["unit"]: value for value in values}
        return [value for value in last.values() if not self.is_over(task, value, last)]

    def is_over(self, task: int, value: Facts, last: dict[int, Facts]) -> bool:
        """A last value is over when its unit lost the task and goes on in none, and when one that it goes on
        in has said its own since."""
        unit = value["unit"]
        if self.assignments[task, unit]["ended_on"] and self.heir(unit) == unit:
            return True
        since = date.min
        for before, after in pairwise(self.line(unit)):
            since = max(since, self.effective_on(before, after))
            if after in last and last[after]["on"] >= since:
                return True
        return False

    def effective_on(self, predecessor: int, successor: int) -> date:
        (found,) = [
            each["effective_on"]
            for each in self.successions.values()
            if (each["predecessor"], each["successor"]) == (predecessor, successor)
        ]
        return found


def days(count: int) -> timedelta:
    return timedelta(days=count)
