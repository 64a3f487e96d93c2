"""The body of a plan as a tree: every enumerated line is a node below the one it belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from .folding import is_capitals
from .labels import is_fact
from .lines import Line
from .markers import Marker, find_marker, is_rule

HEADINGS = ("part", "roman", "upper", "heading")
SECTION_NAME = (
    r"(?:cac |mot so |nhung )?(?:muc dich|yeu cau|muc tieu|quan diem|noi dung|nhiem vu|giai phap|to chuc "
    r"thuc hien|"
    r"kinh phi(?: thuc hien)?|thoi gian(?: thuc hien)?|dia diem|doi tuong|phan cong(?: nhiem vu| thuc hien)?|"
    r"trach nhiem|chi tieu|tien do|hinh thuc|hoat dong|dac diem|tinh hinh|bien phap|cong viec|can cu|che "
    r"do bao cao)"
    r"(?: (?:trong tam|chu yeu|cu the|thuc hien|chung|chinh|phap ly))?"
)
SECTION_LINE = re.compile(rf"{SECTION_NAME}(?:(?: ?[,;-] ?| va |, va ){SECTION_NAME}){{0,3}} ?[:.]?")
INTRODUCES = re.compile(r"\b(?:sau(?: day)?|gom|cu the|nhu|la) ?:?$")
LONGEST_TITLE = 120


@dataclass
class Node:
    """An enumerated line with what stands below it.

    ``parts`` holds plain lines and deeper nodes in order.
    """

    text: str
    line: Line
    marker: Marker | None = None
    parts: list[Line | Node] = field(default_factory=list)

    @property
    def children(self) -> list[Node]:
        return [part for part in self.parts if isinstance(part, Node)]

    @property
    def paragraphs(self) -> list[Line]:
        return [part for part in self.parts if isinstance(part, Line)]

    @property
    def label(self) -> str | None:
        return self.marker.label if self.marker and not self.marker.is_bullet and self.marker.label else None

    @property
    def end(self) -> int:
        ends = [part.end for part in self.parts]
        return max([self.line.end, *ends])


def build_tree(lines: list[Line]) -> Node:
    """The tree of the lines.

    The first style of enumeration met is the highest, each new one goes below.
    """
    root = Node("", lines[0] if lines else Line("", 1, 1))
    path: list[tuple[str, Node]] = [("", root)]
    markers = _markers(lines)
    for line, marker in zip(lines, markers, strict=True):
        if line.cells or is_rule(line.text):
            continue
        if marker is None:
            _add_plain(path[-1][1], line)
            continue
        node = Node(line.text[marker.length :].strip(), line, marker)
        _climb(path, marker, line)
        path[-1][1].parts.append(node)
        path.append((_style(marker, line), node))
    return root


def body_start(lines: list[Line]) -> int:
    """The index of the first line of the body: the first main heading, or else the first enumerated
    line."""
    markers = _markers(lines)
    styles = [marker.style if marker else "" for marker in markers]
    for wanted in (HEADINGS, ("decimal1", "word", "named"), ("decimal1)", "letter", "(1)", "decimal2")):
        found = [index for index, style in enumerate(styles) if style in wanted]
        if found:
            return found[0]
    for index, marker in enumerate(markers):
        if marker and not lines[index].folded[marker.length :].startswith("can cu"):
            return index
    return len(lines)


def _markers(lines: list[Line]) -> list[Marker | None]:
    """The enumerator of each line; titles without one count as such where nothing is numbered."""
    found = [None if line.cells else find_marker(line.text) for line in lines]
    if not any(marker and marker.style in HEADINGS for marker in found):
        found = [
            Marker("heading", "", 1, 0) if marker is None and is_unnumbered_heading(line) else marker
            for line, marker in zip(lines, found, strict=True)
        ]
    for place in _titles_over_bullets(lines, found):
        found[place] = Marker("title", "", 1, 0)
    return found


def _titles_over_bullets(lines: list[Line], markers: list[Marker | None]) -> list[int]:
    """The places of unnumbered group titles: plain lines that stand, twice or more, over the bullets of a
    section in which nothing is numbered."""
    headings = [place for place, marker in enumerate(markers) if marker and marker.style in HEADINGS]
    places: list[int] = []
    for start, end in pairwise([*headings, len(lines)]):
        inner = [marker for marker in markers[start + 1 : end] if marker]
        if all(marker.is_bullet for marker in inner):
            titles = [place for place in range(start + 1, end - 1) if _is_title(lines, markers, place)]
            places += titles if len(titles) > 1 else []
    return places


def _is_title(lines: list[Line], markers: list[Marker | None], place: int) -> bool:
    line, below = lines[place], markers[place + 1]
    if markers[place] or line.cells or not (below and below.is_bullet) or is_rule(line.text):
        return False
    is_short = len(line.text) <= LONGEST_TITLE and line.text[0].isupper()
    is_told = line.text.endswith((".", ";", ",")) or INTRODUCES.search(line.folded) or is_fact(line.text)
    return is_short and not is_told


def is_unnumbered_heading(line: Line) -> bool:
    """Whether the line is the name of a part of a plan, such as "Mục đích, yêu cầu", and nothing else."""
    is_short = not line.cells and len(line.text) <= LONGEST_TITLE and line.text[0].isupper()
    return is_short and SECTION_LINE.fullmatch(line.folded) is not None


def _climb(path: list[tuple[str, Node]], marker: Marker, line: Line) -> None:
    """Shorten the path to the parent of the new node."""
    style = _style(marker, line)
    styles = [name for name, _ in path]
    if style not in styles:
        style = _sloppy_sibling(path, marker) or style
    if style in styles:
        del path[len(styles) - 1 - styles[::-1].index(style) :]
    elif marker.style in HEADINGS and marker.style != "upper":
        _climb_to_heading(path)


def _climb_to_heading(path: list[tuple[str, Node]]) -> None:
    """A main heading never stands below an item of a list."""
    for place, (style, _) in enumerate(path):
        if place and style.split("@")[0] not in HEADINGS:
            del path[place:]
            return


def _sloppy_sibling(path: list[tuple[str, Node]], marker: Marker) -> str | None:
    """The style of the item before when only the sign behind the number differs: "1." and then "2)"."""
    if marker.is_bullet or marker.value == 1:
        return None
    for style, node in reversed(path[1:]):
        same = node.marker and node.marker.style.rstrip(")") == marker.style.rstrip(")")
        if same and node.marker and node.marker.value == marker.value - 1:
            return style
    return None


def _style(marker: Marker, line: Line) -> str:
    return f"{marker.style}@{line.level}" if marker.is_bullet else marker.style


def _add_plain(node: Node, line: Line) -> None:
    """A line without enumerator belongs to the node before it; it is the title of a bare "Phần thứ
    nhất"."""
    if node.marker and not node.text and node.marker.style in HEADINGS and not node.parts:
        node.text = line.text
    elif _goes_on(node, line):
        node.text = f"{node.text} {line.text}"
    else:
        node.parts.append(line)


def _goes_on(node: Node, line: Line) -> bool:
    """Whether a heading in capitals is continued on the next line."""
    is_heading = node.marker is not None and node.marker.style in HEADINGS and not node.parts
    return (
        is_heading
        and is_capitals(node.text)
        and is_capitals(line.text)
        and not node.text.endswith((".", ":", ";"))
    )
