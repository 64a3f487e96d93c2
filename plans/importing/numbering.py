"""Word's automatic numbering: "1.", "a)", "-" that stand in paragraph properties and not in the text."""

import re
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DEEPEST = 9
LETTERS = "abcdefghijklmnopqrstuvwxyz"
ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True)
class Level:
    """How one level is counted and printed; ``text`` holds %1 … %9 for the numbers of the levels."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    legal: bool = False


class Numbering:
    """Gives the printed number of each paragraph in turn, counting as Word does."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._styles = {_attribute(style, "styleId"): style for style in _all(styles, "style")}
        self._default = next((name for name, style in self._styles.items() if _is_default(style)), None)
        self._abstracts = {_attribute(item, "abstractNumId"): item for item in _all(numbering, "abstractNum")}
        self._lists = {_attribute(item, "numId"): item for item in _all(numbering, "num")}
        self._levels: dict[str, dict[int, Level]] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._restarted: set[tuple[str, int]] = set()

    def label(self, paragraph: etree._Element) -> tuple[str, int]:
        """The number or bullet printed before the paragraph, and its level from 0; "" where there is
        none."""
        identity, depth = self._list_of(paragraph)
        if not identity or identity == "0" or identity not in self._lists:
            return "", 0
        levels = self._levels_of(identity)
        level = levels.get(depth)
        if level is None:
            return "", 0
        numbers = self._count(identity, depth, levels)
        return _printed(level, numbers, levels), depth

    def _list_of(self, paragraph: etree._Element) -> tuple[str | None, int]:
        """The list and level that the paragraph or its style names."""
        properties = paragraph.find(f"{W}pPr")
        identity, depth = _numbered(properties)
        if identity is not None:
            return identity, depth or 0
        style = _value(properties, "pStyle") or self._default
        for _ in range(DEEPEST):
            found = self._styles.get(style or "")
            if found is None:
                break
            identity, style_depth = _numbered(found.find(f"{W}pPr"))
            if identity is not None:
                return identity, self._linked_depth(
                    identity, style, depth if depth is not None else style_depth
                )
            depth = depth if depth is not None else style_depth
            style = _value(found, "basedOn")
        return None, 0

    def _linked_depth(self, identity: str, style: str | None, depth: int | None) -> int:
        if depth is not None:
            return depth
        for level in _all(self._abstract(identity), "lvl"):
            if _value(level, "pStyle") == style:
                return _number(_attribute(level, "ilvl"), 0)
        return 0

    def _abstract(self, identity: str) -> etree._Element | None:
        """The definition behind a list, followed through a list style."""
        for _ in range(DEEPEST):
            item = self._lists.get(identity)
            abstract = self._abstracts.get(_value(item, "abstractNumId") or "")
            link = _value(abstract, "numStyleLink")
            style = self._styles.get(link or "")
            linked = _numbered(style.find(f"{W}pPr"))[0] if style is not None else None
            if not linked or linked == identity:
                return abstract
            identity = linked
        return None

    def _levels_of(self, identity: str) -> dict[int, Level]:
        if identity not in self._levels:
            levels = {_depth(item): _level(item) for item in _all(self._abstract(identity), "lvl")}
            for override in _all(self._lists[identity], "lvlOverride"):
                inner = override.find(f"{W}lvl")
                if inner is not None:
                    levels[_depth(override)] = _level(inner)
            self._levels[identity] = levels
        return self._levels[identity]

    def _count(self, identity: str, depth: int, levels: dict[int, Level]) -> dict[int, int]:
        """Count one more on the level; deeper levels begin again."""
        shared = _value(self._lists[identity], "abstractNumId") or identity
        numbers = self._counters.setdefault(shared, {})
        self._restart_once(identity, numbers)
        start = levels[depth].start
        numbers[depth] = numbers[depth] + 1 if depth in numbers else start
        for deeper in [place for place in numbers if place > depth]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or (restart and depth < restart):
                del numbers[deeper]
        return numbers

    def _restart_once(self, identity: str, numbers: dict[int, int]) -> None:
        for override in _all(self._lists[identity], "lvlOverride"):
            depth = _depth(override)
            start = _value(override, "startOverride")
            if start is not None and (identity, depth) not in self._restarted:
                self._restarted.add((identity, depth))
                numbers[depth] = _number(start, 1) - 1


def _printed(level: Level, numbers: dict[int, int], levels: dict[int, Level]) -> str:
    if level.format == "bullet":
        return _bullet(level.text)
    if level.format == "none":
        return re.sub(r"%\d", "", level.text).strip()

    def number(match: re.Match[str]) -> str:
        depth = int(match[1]) - 1
        shown = levels.get(depth, Level())
        value = numbers.get(depth, shown.start)
        return _formatted(value, "decimal" if level.legal else shown.format)

    return re.sub(r"%([1-9])", number, level.text).strip()


def _bullet(text: str) -> str:
    """The bullet; what symbol fonts keep in the private area is turned to a sign when the text is
    cleaned."""
    text = text.strip()
    return "◦" if text == "o" else text or "•"


def _formatted(value: int, style: str) -> str:
    if style in ("upperRoman", "lowerRoman"):
        roman = _roman(value)
        return roman.upper() if style == "upperRoman" else roman
    if style in ("upperLetter", "lowerLetter"):
        letter = LETTERS[(value - 1) % 26] * ((value - 1) // 26 % 20 + 1) if value > 0 else ""
        return letter.upper() if style == "upperLetter" else letter
    return f"{value:02d}" if style == "decimalZero" else str(value)


def _roman(value: int) -> str:
    if not 0 < value < 400:
        return str(value)
    text = ""
    for unit, sign in ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), *ROMAN):
        while value >= unit:
            text, value = text + sign, value - unit
    return text


def _level(item: etree._Element) -> Level:
    restart = _value(item, "lvlRestart")
    return Level(
        format=_value(item, "numFmt") or "decimal",
        text=_value(item, "lvlText") or "",
        start=_number(_value(item, "start"), 1),
        restart=_number(restart, 0) if restart is not None else None,
        legal=item.find(f"{W}isLgl") is not None,
    )


def _numbered(properties: etree._Element | None) -> tuple[str | None, int | None]:
    found = properties.find(f"{W}numPr") if properties is not None else None
    depth = _value(found, "ilvl")
    return _value(found, "numId"), None if depth is None else min(_number(depth, 0), DEEPEST)


def _depth(item: etree._Element) -> int:
    return _number(_attribute(item, "ilvl"), 0)


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,5}", text) else otherwise


def _is_default(style: etree._Element) -> bool:
    return _attribute(style, "type") == "paragraph" and _attribute(style, "default") in ("1", "true", "on")


def _all(element: etree._Element | None, name: str) -> list[etree._Element]:
    return [] if element is None else element.findall(f"{W}{name}")


def _attribute(element: etree._Element, name: str) -> str:
    return element.get(f"{W}{name}", "")


def _value(element: etree._Element | None, name: str) -> str | None:
    """The w:val of a child element."""
    found = element.find(f"{W}{name}") if element is not None else None
    return None if found is None else found.get(f"{W}val")
