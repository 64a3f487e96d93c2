"""Which units a name printed in a document stands for."""

import re
from collections.abc import Iterable

from units.folding import fold
from units.models import Unit

FRONT = re.compile(r"\b(?:(?:uy ban|ub) ?)?(?:mttq|mat tran to quoc)(?: ?vn| viet nam)?\b")
# The standing committee acts for its Front, and in a Front's papers a ward is that ward's Front.
STANDING_COMMITTEE = re.compile(r"\b(?:ban thuong truc|btt) (?=mttq\b)")
FRONT_OF_WARDS = re.compile(r"\bmttq (?=(?:cac )?(?:phuong|xa|thi tran)\b)")
WARDS_OF_ALL_KINDS = re.compile(
    r"\bcac (?:phuong|xa|thi tran)(?:(?:, va | va |, )(?:phuong|xa|thi tran))+(?=$|[,;]| va )"
)
ALL_WARDS = "cac phuong xa"
WARDS_OF_A_KIND = {"cac phuong": "phuong ", "cac xa": "xa ", "cac thi tran": "thi tran "}
MEMBERS = re.compile(r"(?:cac )?to chuc thanh vien(?: cua (?:mttq|mat tran))?(?: thanh pho)?")
BETWEEN_PARTS = re.compile(r"[,;] (?:va )?| va ")


def plain(name: str) -> str:
    """The name folded, with the abbreviations of the Front's papers written alike.

    >>> plain("Ban Thường trực UB MTTQ P. Trường Sơn")
    'phuong truong son'
    """
    text = re.sub(r"[^\w\s,;/-]", " ", fold(name))
    text = " ".join(re.sub(r"\s*([,;])\s*", r"\1 ", text).split()).strip(" ,;")
    text = re.sub(r"\btp\b", "thanh pho", text)
    text = re.sub(r"\bp (?=\w)", "phuong ", text)
    text = FRONT.sub("mttq", text)
    text = STANDING_COMMITTEE.sub("", text)
    text = FRONT_OF_WARDS.sub("", text)
    return WARDS_OF_ALL_KINDS.sub(ALL_WARDS, text)


class UnitNames:
    """Finds units by a whole name, a collective name or a list of such names; unsure means none."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.units = list(units)
        self.names = {id(unit): {plain(name) for name in unit.known_names} - {""} for unit in self.units}
        named: dict[str, list[Unit]] = {}
        for unit in self.units:
            for name in self.names[id(unit)]:
                named.setdefault(name, []).append(unit)
        # A name that two units bear says neither.
        self.single = {name: bearers[0] for name, bearers in named.items() if len(bearers) == 1}

    def find(self, name: str) -> list[Unit]:
        text = plain(name)
        return self._whole(text) or self._listed(BETWEEN_PARTS.split(text))

    def _whole(self, text: str) -> list[Unit]:
        if text in self.single:
            return [self.single[text]]
        if MEMBERS.fullmatch(text):
            return [unit for unit in self.units if unit.kind == Unit.Kind.MEMBER]
        wards = [unit for unit in self.units if unit.kind == Unit.Kind.WARD]
        if text == ALL_WARDS:
            return wards
        start = WARDS_OF_A_KIND.get(text)
        return [unit for unit in wards if start and self._starts(unit, start)]

    def _starts(self, unit: Unit, start: str) -> bool:
        return any(name.startswith(start) for name in self.names[id(unit)])

    def _listed(self, parts: list[str]) -> list[Unit]:
        if len(parts) == 1:
            return []
        found = [*(self._part(part, parts[-1]) for part in parts[:-1]), self._whole(parts[-1])]
        return distinct(unit for units in found for unit in units) if all(found) else []

    def _part(self, part: str, last: str) -> list[Unit]:
        """In "Ban Tuyên giáo, Ban Dân vận Thành ủy" the end of the last name belongs to each."""
        words = last.split()
        longer = (f"{part} {' '.join(words[place:])}" for place in range(1, len(words)))
        ended = [self.single[name] for name in longer if name in self.single]
        readings = distinct([*ended, *self._whole(part)]) if ended else []
        if len(readings) > 1:
            return []
        return readings or self._whole(part)


def distinct(units: Iterable[Unit]) -> list[Unit]:
    return list({id(unit): unit for unit in units}.values())
