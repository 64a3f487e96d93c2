"""The recipients below "Nơi nhận", each with what it gets the plan for."""

import re

from .folding import fold
from .lines import Line
from .markers import find_marker, is_rule
from .outline import ARCHIVE, FOR_ACTION, FOR_COORDINATION, FOR_REPORT, Recipient
from .signature import is_signature

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
SIDE_LABEL = re.compile(r"(?:de )?(?:bao cao|phoi hop|thuc hien) ?: ?")


def is_recipients_heading(line: Line) -> bool:
    """Whether the line begins the list of recipients."""
    return not line.cells and re.match(r"\W{0,4}noi nhan\s?(?:[:.]|\W{0,3}$)", line.folded) is not None


def read_recipients(lines: list[Line]) -> list[Recipient]:
    """The recipients in the lines from "Nơi nhận" on, up to the signature."""
    items: list[tuple[str, int, bool]] = []
    heading = HEADING.match(lines[0].folded)
    first = lines[0].text[heading.end() :] if heading else ""
    if first.strip(" :.-"):
        items.append((first, lines[0].number, False))
    for line in lines[1:]:
        if is_signature(line) or line.cells:
            break
        if not is_rule(line.text):
            _add(line, items)
    found = [_recipient(part, number) for text, number, _ in items for part in _parts(text)]
    return [recipient for recipient in found if recipient]


def _add(line: Line, items: list[tuple[str, int, bool]]) -> None:
    """Add the line as an item, or to the item before that it continues."""
    marker = find_marker(line.text)
    text = line.text[marker.length :] if marker else line.text
    if marker is None and items and items[-1][2] and not items[-1][0].endswith((";", ".")):
        previous, number, marked = items[-1]
        items[-1] = (f"{previous} {text}", number, marked)
    else:
        items.append((text, line.number, marker is not None))


def _parts(text: str) -> list[str]:
    """The recipients of one line, separated by semicolons outside brackets."""
    if ARCHIVED.match(fold(text)):
        return [text]
    parts, depth, start = [], 0, 0
    for position, character in enumerate(text):
        depth = max(0, depth + (character in "([") - (character in ")]"))
        if character == ";" and depth == 0:
            parts.append(text[start:position])
            start = position + 1
    return [*parts, text[start:]]


def _recipient(text: str, line: int) -> Recipient | None:
    text = re.sub(r"^[\s\-–—+•*]+", "", text).rstrip(" ;.,/")
    folded = fold(text)
    if archived := ARCHIVED.match(folded):
        return Recipient(text[archived.end() :].strip(" :;.,") or text, ARCHIVE, line)
    purpose = None
    if match := PURPOSE.search(folded):
        stated = match["bracketed"] or match["worded"] or match["bare"]
        purpose = next(name for name, pattern in WORDS if re.fullmatch(pattern, stated))
        text = text[: match.start()].rstrip(" ,;-")
    return Recipient(text, purpose, line) if any(map(str.isalpha, text)) else None
