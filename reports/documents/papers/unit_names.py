"""Units as papers name them: many of a kind shortly, few one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from reports.documents.content import Column, Row, Table
from reports.documents.texts import tidy
from reports.state.days import end_of
from reports.state.succession import lines
from units.folding import fold
from units.models import Succession, Unit
from units.past import rows_as_of

# As papers speak of them in the plural.
KINDS: dict[str, str] = {
    Unit.Kind.CITY: "MTTQ thành phố",
    Unit.Kind.SUPERIOR: "cơ quan cấp trên",
    Unit.Kind.PARTY: "cơ quan Đảng",
    Unit.Kind.MEMBER: "tổ chức thành viên",
    Unit.Kind.WARD: "phường, xã",
}
# As a part of all.
BLOCS: dict[str, str] = {
    **KINDS,
    Unit.Kind.CITY: "Mặt trận Tổ quốc thành phố",
    Unit.Kind.WARD: "Mặt trận Tổ quốc phường, xã",
}
# So many names of one kind are told in a cell; so many may be excepted of "all", and no more than a fifth.
MOST_NAMES = 5
MOST_EXCEPTIONS = 10


def all_of(kind: str) -> str:
    return KINDS[kind] if kind == Unit.Kind.CITY else f"các {KINDS[kind]}"


def now_called(unit: Unit, carrier: Unit) -> str:
    """The name, with that of the unit that answers for it by now: "xã Cũ (nay là xã Mới)"."""
    name = tidy(str(unit))
    return name if unit.pk == carrier.pk else f"{name} (nay là {tidy(str(carrier))})"


def standing_units(day: date) -> list[Unit]:
    """Those that are valid on the day and go on in no other; two queries."""
    moment = end_of(day)
    gone_on = lines(rows_as_of(Succession, moment, effective_on__lte=day))
    return [unit for unit in rows_as_of(Unit, moment) if unit.is_valid_on(day) and unit.pk not in gone_on]


def by_name(units: Iterable[Unit]) -> list[Unit]:
    return sorted({unit.pk: unit for unit in units}.values(), key=lambda unit: (fold(str(unit)), unit.pk))


class Crowds:
    """Says units shortly and keeps the names that it did not say: `lists` by what they are for."""

    def __init__(self, standing: Iterable[Unit]) -> None:
        self.whole: dict[str, list[Unit]] = {}
        for unit in standing:
            self.whole.setdefault(unit.kind, []).append(unit)
        self.lists: list[tuple[str, str, list[Unit]]] = []

    def named(self, units: Iterable[Unit], what: str) -> str:
        """For example "MTTQ thành phố; các phường, xã, trừ xã Quảng Hùng"."""
        there = by_name(units)
        parts = [[unit for unit in there if unit.kind == kind] for kind in KINDS]
        return "; ".join(self.of_kind(part, what) for part in parts if part)

    def of_kind(self, units: list[Unit], what: str) -> str:
        kind, whole = units[0].kind, by_name(self.whole.get(units[0].kind, ()))
        if len(units) <= MOST_NAMES and len(units) < max(len(whole), 2):
            return ", ".join(tidy(str(unit)) for unit in units)
        there = {unit.pk for unit in units}
        absent = [unit for unit in whole if unit.pk not in there]
        if there <= {unit.pk for unit in whole} and len(absent) <= min(MOST_EXCEPTIONS, len(whole) // 5):
            names = ", ".join(tidy(str(unit)) for unit in absent)
            return f"{all_of(kind)}, trừ {names}" if absent else f"{all_of(kind)} ({len(units)} đơn vị)"
        self.lists.append((what, kind, units))
        return f"{len(units)} {KINDS[kind]} (danh sách kèm theo)"

    def tables(self) -> Iterator[Table]:
        """The names that were not said, one row for each list; equal lists are told once, and without any
        there is no table."""
        found: dict[tuple[str, tuple[int, ...]], tuple[list[str], list[Unit]]] = {}
        for what, kind, units in self.lists:
            key = kind, tuple(unit.pk for unit in units)
            found.setdefault(key, ([], units))[0].append(what)
        rows = tuple(
            Row(
                (
                    "; ".join(dict.fromkeys(whats)),
                    f"{len(units)} {KINDS[kind]}",
                    ", ".join(tidy(str(unit)) for unit in units),
                )
            )
            for (kind, _keys), (whats, units) in found.items()
        )
        columns = (Column("Nhiệm vụ", 15), Column("Số đơn vị", 15), Column("Tên đơn vị", 70))
        if rows:
            yield Table("Danh sách đơn vị", columns, rows, "Danh sách đơn vị được giao nhiệm vụ")
