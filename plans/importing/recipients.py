"""The recipients below "Nơi nhận", each with what it gets the plan for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .folding import fold
from .lines import Line
from .markers import find_marker, is_rule
from .outline import ARCHIVE, FOR_ACTION, FOR_COORDINATION, FOR_REPORT, Recipient
from .signature import closes_recipients, is_signature

HEADING = re.compile(r"\W{0,4}noi nhan\s?[:.]?\W{0,3}")
WORDS = (
    (FOR_REPORT, r"(?:b ?[/.\\] ?c|bc|b/cao|bao cao)"),
    (FOR_COORDINATION, r"(?:p ?[/.\\] ?h|ph|p/hop|phoi hop)(?: (?:thuc hien|chi dao))?"),
    (
        FOR_ACTION,
        r"(?:t ?[/.\\] ?h|th|t/hien|thuc hien|trien khai(?: thuc hien)?|chi dao,? (?:t/h|thuc hien))",
    ),
)
INNER = "|".join(pattern for _, pattern in WORDS)
PURPOSE = re.compile(
    rf"(?:\s?[(\[]\s?(?:(?:de|thay)\s)?(?P<bracketed>{INNER})(?:\s?[,;&]\s?.{{0,20}}|\s?va "
    rf".{{0,20}})?\s?[)\]]"
    rf"|[,\s-]+(?:de|thay)\s(?P<worded>{INNER})|\s(?P<bare>b/c|p/h|t/h))$"
)
ARCHIVED = re.compile(r"luu\b(?:\s?[:;.]\s?|\s)?")
SIDE_HEADING = re.compile(rf"(?:(?:de|thay)\s)?(?P<purpose>{INNER})\s?:\s*")


@dataclass
class Item:
    """What one mark of the list says. ``purpose`` is that of the heading it stands below, if there is one."""

    text: str
    line: int
    marked: bool = False
    purpose: str | None = None

    @property
    def is_archive(self) -> bool:
        return ARCHIVED.match(fold(self.text)) is not None


def is_recipients_heading(line: Line) -> bool:
    """Whether the line begins the list of recipients."""
    return not line.cells and re.match(r"\W{0,4}noi nhan\s?(?:[:.]|\W{0,3}$)", line.folded) is not None


def read_recipients(lines: list[Line]) -> list[Recipient]:
    """The recipients in the lines from "Nơi nhận" on, up to the signature."""
    items: list[Item] = []
    heading = HEADING.match(lines[0].folded)
    first = lines[0].text[heading.end() :] if heading else ""
    if first.strip(" :.-"):
        items.append(Item(first.strip(" -"), lines[0].number))
    for line in lines[1:]:
        is_last = bool(items) and items[-1].is_archive
        if is_signature(line) or line.cells or (is_last and closes_recipients(line)):
            break
        if not is_rule(line.text):
            _add(line, items)
    found: list[Recipient] = []
    for item in _below_headings(items):
        for part in _parts(item.text):
            _add_recipient(part, item, found)
    return found


def _add_recipient(part: str, item: Item, found: list[Recipient]) -> None:
    """Add the recipient; a purpose behind a semicolon, "Huyện ủy; (b/c)", is that of the one before."""
    recipient = _recipient(part, item)
    alone = PURPOSE.fullmatch(fold(part.strip(" ;.,/")))
    if alone and found and found[-1].purpose is None:
        found[-1].purpose = _purpose(alone["bracketed"] or alone["worded"] or alone["bare"])
    elif recipient and not alone:
        found.append(recipient)


def _add(line: Line, items: list[Item]) -> None:
    """Add the line as an item, or to the item before that it continues."""
    marker = find_marker(line.text)
    text = line.text[marker.length :] if marker else line.text
    if marker is None and items and items[-1].marked and not items[-1].text.endswith((";", ".", ":")):
        items[-1].text = f"{items[-1].text} {text}"
    else:
        items.append(Item(text, line.number, marker is not None))


def _below_headings(items: list[Item]) -> Iterator[Item]:
    """The items with the purpose of the heading above them: "Để báo cáo:" and then the bodies."""
    purpose = None
    for item in items:
        heading = SIDE_HEADING.match(fold(item.text))
        if heading:
            stated, rest = _purpose(heading["purpose"]), item.text[heading.end() :]
            purpose = purpose if rest.strip(" .;") else stated
            item = Item(rest, item.line, item.marked, stated)
        elif not item.is_archive:
            item = replace(item, purpose=purpose)
        if item.text.strip(" .;"):
            yield item


def _parts(text: str) -> list[str]:
    """The recipients of one line: what semicolons outside brackets separate, and commas behind a purpose."""
    if ARCHIVED.match(fold(text)):
        return [text]
    folded = fold(text)
    parts, depth, start = [], 0, 0
    for position, character in enumerate(text):
        depth = max(0, depth + (character in "([") - (character in ")]"))
        if character not in ";," or depth:
            continue
        if character == ";" or _ends_recipient(folded[start:position], folded[position + 1 : position + 8]):
            parts.append(text[start:position])
            start = position + 1
    return [*parts, text[start:]]


def _ends_recipient(before: str, after: str) -> bool:
    """Whether a comma stands between two recipients: "Tỉnh (b/c), Thị ủy (b/c), lưu VT"."""
    has_purpose = PURPOSE.search(before[-60:]) is not None
    return has_purpose or ARCHIVED.match(after.lstrip()) is not None


def _recipient(text: str, item: Item) -> Recipient | None:
    text = re.sub(r"^[\s\-–—+•*]+", "", text).rstrip(" ;.,/")
    folded = fold(text)
    if archived := ARCHIVED.match(folded):
        return Recipient(text[archived.end() :].strip(" :;.,") or text, ARCHIVE, item.line)
    purpose = item.purpose
    if match := PURPOSE.search(folded):
        purpose = _purpose(match["bracketed"] or match["worded"] or match["bare"])
        text = text[: match.start()].rstrip(" ,;-")
    return Recipient(text, purpose, item.line) if any(map(str.isalpha, text)) else None


def _purpose(stated: str) -> str:
    return next(name for name, pattern in WORDS if re.fullmatch(pattern, stated))
