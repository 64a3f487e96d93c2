"""From the nodes of a plan's body to its task groups and tasks."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .body import HEADINGS, Node
from .folding import is_capitals
from .group_kinds import kind_of
from .labels import is_core_fact, is_fact
from .lines import Line
from .outline import Group, Task
from .roles import (
    ASSIGNMENT,
    CONTENT,
    ORGANISATION,
    PURPOSE,
    UNKNOWN,
    is_generic,
    is_purpose_only,
    items_of,
    role_of,
)  # fmt: skip
from .titles import propose_title

END_MARK = re.compile(r"\s*\.\s?/\s?[-.]?\s*$")
CLOSING = re.compile(
    r"(?:tren day la|yeu cau cac (?:don vi|co quan|dia phuong)|de nghi cac (?:don vi|co quan|dia phuong))\b"
)
LONGEST_HEADING = 220
LONGEST_SUBHEADING = 60


@dataclass
class Piece:
    """The lines of one task before its facts are read."""

    text: str
    line: int
    end: int


@dataclass
class Draft:
    """A group, and the facts that it states once for all its tasks."""

    group: Group
    shared: str = ""


def find_groups(root: Node, plan_title: str) -> list[Draft]:
    """The groups of the sections that hold the work; of sections with another name where there are none.

    Tasks that stand below no heading at all become one group under the title of the plan.
    """
    if root.children and not any(_is_section(child) for child in root.children):
        root.text = plan_title
        return [_group_of(root, items_of(root))] if items_of(root) else []
    working = _working_sections(root)
    groups: list[Draft] = []
    for section in working:
        holds_groups = len(working) == 1 or role_of(section.text) != UNKNOWN or _holds_lists(section)
        groups += _groups_of(section) if holds_groups else [_group(section)]
    return [draft for draft in groups if draft.group.tasks]


def passed_over(root: Node) -> list[Node]:
    """The sections of unknown name that are not read, because others are called the work."""
    working = {id(section) for section in _working_sections(root)}
    sections = [section for section in root.children if _is_section(section) and section.parts]
    unknown = [section for section in sections if role_of(section.text) == UNKNOWN]
    opened = any(id(child) in working for section in unknown for child in section.children)
    return [] if opened else [section for section in unknown if id(section) not in working]


def _working_sections(root: Node) -> list[Node]:
    """Sections of work, else those of unknown name, else "Phân công nhiệm vụ", else how it is organised."""
    roles = [(section, role_of(section.text)) for section in root.children]
    for section, role in list(roles):
        if section.label and (role in (PURPOSE, UNKNOWN) or not section.text):
            roles += [(child, CONTENT) for child in section.children if _is_inner_section(child)]
    for wanted in (CONTENT, UNKNOWN):
        if found := [section for section, role in roles if role == wanted]:
            return found
    for wanted in (ASSIGNMENT, ORGANISATION):
        if found := [section for section, role in roles if role == wanted and section.children]:
            return found
    return []


def _holds_lists(section: Node) -> bool:
    """Whether the items of a section have lists below them, so that each of them is a group."""
    items = items_of(section)
    return bool(items) and all(item.label and items_of(item) for item in items)


def _is_section(node: Node) -> bool:
    """Whether a top item is a heading: by its style, its name, or by what stands below it."""
    is_heading = node.marker is not None and node.marker.style in HEADINGS
    return is_heading or role_of(node.text) != UNKNOWN or not _is_task(node)


def _is_inner_section(node: Node) -> bool:
    is_heading = node.marker is not None and node.marker.style in ("roman", "upper")
    return is_heading and role_of(node.text) == CONTENT


def _groups_of(section: Node) -> list[Draft]:
    items = [item for item in items_of(section) if not is_purpose_only(item.text)]
    if not items:
        return [_group(section)]
    if all(_is_task(item) for item in items):
        return [_group_of(section, items)]
    return [group for item in items for group in _inner_groups(item)]


def _inner_groups(item: Node) -> list[Draft]:
    """A heading that only says "Nhiệm vụ" over two more levels is opened; others are groups themselves."""
    deep = any(items_of(child) for child in items_of(item))
    if (deep and is_generic(item.text)) or (deep and _is_inner_section(item)):
        return _groups_of(item)
    return [_group(item)]


def _is_task(item: Node) -> bool:
    """Whether the item is a task itself: nothing enumerated or told below it but facts and details."""
    if item.marker and item.marker.is_bullet:
        return not (
            item.marker.style == "bullet*" and items_of(item) and len(item.text) <= LONGEST_SUBHEADING
        )
    if items_of(item):
        return False
    told = [line for line in item.paragraphs if not is_fact(line.text)]
    return not (told and _is_heading_like(item))


def _is_heading_like(item: Node) -> bool:
    return (len(item.text) <= LONGEST_HEADING and not item.text.endswith((";", "."))) or is_capitals(
        item.text
    )


def _group(node: Node) -> Draft:
    """The group that a heading makes with the first enumerated level below it."""
    items = items_of(node)
    if items:
        return _group_of(node, items)
    paragraphs = _paragraphs(node)
    if paragraphs:
        return _new_group(node, _joined_facts(Piece(line.text, line.number, line.end) for line in paragraphs))
    if node.marker and node.marker.style in ("part", "roman", "upper", "heading") and is_capitals(node.text):
        return _new_group(node, [])
    return _new_group(node, [_piece(node)])


def _group_of(node: Node, items: list[Node]) -> Draft:
    """The items as tasks; a fact between them belongs to the task before it, others to the whole group."""
    pieces: list[Piece] = []
    shared: list[str] = []
    wanted = {id(item) for item in items}
    last = items[-1].line.number
    for part in node.parts:
        if isinstance(part, Line):
            shared += [part.text] if is_core_fact(part.text) and not pieces else []
        elif id(part) in wanted:
            pieces.append(_piece(part))
        elif not pieces or (len(items) > 1 and part.line.number > last and not _has_own_facts(pieces)):
            shared.append(part.text)
        else:
            fact = _piece(part)
            pieces[-1] = Piece(f"{pieces[-1].text}\n{part.line.text}", pieces[-1].line, fact.end)
    return _new_group(node, pieces, "\n".join(shared))


def _has_own_facts(pieces: list[Piece]) -> bool:
    """Whether earlier tasks carry facts of their own, so that the last facts are the last task's."""
    return any(is_core_fact(line) for piece in pieces for line in piece.text.split("\n")[1:])


def _new_group(node: Node, pieces: list[Piece], shared: str = "") -> Draft:
    title = tidy_end(node.text).strip(" .:;-")
    tasks = [new_task(piece.text, piece.line, piece.end) for piece in pieces if piece.text]
    return Draft(Group(node.label, title, kind_of(title), node.line.number, tasks), shared)


def _paragraphs(node: Node) -> list[Line]:
    found = []
    for line in node.paragraphs:
        if CLOSING.match(line.folded):
            break
        found.append(line)
    return found


def _joined_facts(pieces: Iterable[Piece]) -> list[Piece]:
    """Paragraphs as tasks; one that only states a fact belongs to the task before it."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and is_core_fact(piece.text):
            joined[-1] = Piece(f"{joined[-1].text}\n{piece.text}", joined[-1].line, piece.end)
        else:
            joined.append(piece)
    return joined


def _piece(node: Node) -> Piece:
    return Piece("\n".join(_lines(node)), node.line.number, node.end)


def _lines(node: Node) -> list[str]:
    lines = [node.text] if node.text else []
    for part in node.parts:
        if isinstance(part, Line):
            lines.append(part.text)
        else:
            below = _lines(part)
            mark = part.line.text[: part.marker.length].strip() if part.marker else ""
            lines += [f"{mark} {below[0]}".strip(), *below[1:]] if below else []
    return lines


def new_task(text: str, line: int, end: int) -> Task:
    """A task with its proposed title; who does it and until when is read afterwards."""
    text = tidy_end(text)
    return Task(propose_title(text), text, line, end)


def tidy_end(text: str) -> str:
    """The text without the sign "./." that ends a document."""
    return END_MARK.sub(".", text).strip()
