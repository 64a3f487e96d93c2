"""Sentences of summaries: numbers, names in a row, and the same words of several units said once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from reports.documents.content import Percent, shown
from reports.documents.texts import tidy, tidy_lines
from reports.state.counts import percent
from reports.state.summary import Words
from units.folding import fold
from units.models import Unit

# What stands before a line that its unit numbered or gave a dash: no part of "10.000", "-5%" or "P. Bãi Cát".
BULLET = re.compile(r"^(?:[-–—+*•]+|\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ][.)])(?!\d)\s*(?=\S)")
# How units write that there is nothing to say.
NOTHING_SAID = {
    f"{nothing}{of}"
    for nothing in ("khong", "khong co", "chua co", "khong co gi")
    for of in ("", " kho khan", " kho khan, vuong mac", " vuong mac", " kien nghi", " de xuat")
} | {"khong co kien nghi, de xuat", "khong kien nghi"}
LONGEST = 220


@dataclass(frozen=True)
class Voice:
    """What the units say in the same words."""

    text: str
    units: tuple[str, ...]

    @property
    def is_long(self) -> bool:
        return self.said != f"{self.text} ({', '.join(self.units)})"

    @property
    def said(self) -> str:
        return self.said_within(LONGEST)

    def said_within(self, longest: int) -> str:
        return f"{cut(self.text, longest)} ({several(self.units)})"


def voices(words: Iterable[Words]) -> list[Voice]:
    """What most units say first; of as many, in the order in which it was said."""
    found: dict[str, tuple[str, dict[int, str]]] = {}
    for said in words:
        for line in lines_of(said.text):
            _text, units = found.setdefault(same(line), (line, {}))
            units.setdefault(said.carrier.pk, tidy(said.carrier.short_name))
    told = [Voice(text, tuple(sorted(units.values(), key=fold))) for text, units in found.values()]
    return sorted(told, key=lambda voice: -len(voice.units))


def same(text: str) -> str:
    """What lines have in common that say the same: the marks of "bàn" and "bản" are not the same."""
    return " ".join(text.casefold().split())


def lines_of(text: str) -> list[str]:
    """Without the numbers and dashes before them and the stops behind them."""
    lines = (BULLET.sub("", line).rstrip(" .;,") for line in tidy_lines(text))
    return [line for line in lines if line and fold(line) not in NOTHING_SAID]


def cut(text: str, longest: int = LONGEST) -> str:
    """At the end of a word."""
    if len(text) <= longest:
        return text
    return f"{text[:longest].rsplit(' ', 1)[0].rstrip(' ,;:.-–(')}…"


def several(names: Sequence[str], most: int = 3, what: str = "đơn vị") -> str:
    """
    >>> several(["phường A", "phường B", "xã C", "xã D"], most=2)
    'phường A, phường B và 2 đơn vị khác'
    """
    if len(names) <= most + 1:
        return ", ".join(names)
    return f"{', '.join(names[:most])} và {shown(len(names) - most)} {what} khác"


def names_of(units: Iterable[Unit]) -> list[str]:
    return [tidy(unit.short_name) for unit in units]


def written_day(day: date) -> str:
    """Within a sentence: "ngày 05/09/2023"."""
    return f"ngày {shown(day)}"


def share(part: int, whole: int) -> str:
    return shown(Percent(percent(part, whole)))


def changed(what: str, before: int, now: int) -> str:
    """ "số phần việc hoàn thành tăng 12 (từ 8 lên 20)"."""
    if now == before:
        return f"{what} giữ nguyên ({shown(now)})"
    way, to = ("tăng", "lên") if now > before else ("giảm", "xuống")
    return f"{what} {way} {shown(abs(now - before))} (từ {shown(before)} {to} {shown(now)})"
