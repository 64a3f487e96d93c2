"""An office of which a seed draws what happens in a year, done as the product does it and told to a log."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Model, ProtectedError

from plans.models import Plan, TaskGroup
from reports.models import Obligation, Period
from tasks.models import Assignment, Indicator, Task
from tests.reports.state.oracle import Facts, Log, World
from units.models import Succession, Unit, User

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST_DAY = date(2026, 1, 5)
LAST_MOMENT = time(23, 59, 59, 999999)
MODELS: dict[str, type[Model]] = {
    "plans": Plan,
    "groups": TaskGroup,
    "tasks": Task,
    "units": Unit,
    "successions": Succession,
    "indicators": Indicator,
    "periods": Period,
    "obligations": Obligation,
}
ROLES = Assignment.Role.values
KINDS = (Unit.Kind.WARD, Unit.Kind.MEMBER, Unit.Kind.PARTY)


class Office:
    def __init__(self, seed: int, clock: Any, staff: User) -> None:
        self.random, self.clock, self.staff, self.log = Random(seed), clock, staff, Log()
        self.names = 0
        self.now = datetime.combine(FIRST_DAY, time(8), HANOI)
        self.clock.move_to(self.now.astimezone(UTC), tick=False)

    # The clock

    def go_to(self, moment: datetime) -> None:
        self.now = max(self.now, moment)
        self.clock.move_to(self.now.astimezone(UTC), tick=False)

    def begin_next_day(self) -> None:
        self.go_to(datetime.combine(self.now.date() + timedelta(days=1), time(0), HANOI))

    def tick(self) -> None:
        """What is reported and accepted in one instant has no order of its own; rows that are edited have."""
        self.go_to(self.now + timedelta(microseconds=1))

    def moments(self, count: int) -> list[datetime]:
        """In order, many of a day, some of one instant, some at its very beginning and end."""
        days = [FIRST_DAY + timedelta(days=self.random.randrange(360)) for _day in range(count // 3)]
        times = [time(0), LAST_MOMENT, time(9), None, None]
        found = []
        for _moment in range(count):
            at = self.random.choice(times) or time(self.random.randrange(24), self.random.randrange(60))
            found.append(datetime.combine(self.random.choice(days), at, HANOI))
        return sorted(found)

    # Rows and what is told of them

    @cached_property
    def world(self) -> World:
        """As it is now."""
        return self.log.told()

    def tell(self, kind: str, key: Any, facts: Facts | None) -> None:
        self.log.tell(self.now, kind, key, facts)
        self.__dict__.pop("world", None)

    def add(self, kind: str, unsaid: Facts | None = None, /, **facts: Any) -> Any:
        """`unsaid` is what no figure depends on."""
        row = MODELS[kind](**columns(MODELS[kind], {**facts, **(unsaid or {})}))
        row.save()
        self.tell(kind, row.pk, facts)
        return row

    def change(self, kind: str, key: int, /, **facts: Any) -> None:
        row = MODELS[kind]._default_manager.get(pk=key)
        for name, value in columns(MODELS[kind], facts).items():
            setattr(row, name, value)
        row.save()
        self.tell(kind, key, facts)

    def drop(self, kind: str, key: int) -> bool:
        """Unless something hangs on it, which is told."""
        try:
            with transaction.atomic():
                MODELS[kind]._default_manager.get(pk=key).delete()
        except ProtectedError:
            return False
        self.tell(kind, key, None)
        return True

    # What is drawn

    def name(self, of: str) -> str:
        """Never the same twice, in no order of time."""
        self.names += 1
        return f"{of} {self.random.choice('abcdefghij')}{self.names}"

    def one(self, rows: Any) -> Any:
        """One of them, None of none."""
        rows = list(rows)
        return self.random.choice(rows) if rows else None

    def some(self, rows: Any) -> list:
        rows = list(rows)
        return self.random.sample(rows, self.random.randint(1, min(3, len(rows)))) if rows else []

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def day(self, earliest: int = -60, latest: int = 90) -> date:
        """Near today, which is drawn often: days that count are days on which something happens."""
        away = 0 if self.chance(0.1) else self.random.randint(earliest, latest)
        return self.now.date() + timedelta(days=away)

    def deadline(self) -> date | None:
        return self.day(-20, 200) if self.chance(0.8) else None


def columns(model: type[Model], facts: Facts) -> Facts:
    return {model._meta.get_field(name).attname: value for name, value in facts.items()}
