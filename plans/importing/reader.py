"""The lines of a document become an outline."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .bases import read_bases
from .body import Node, body_start, build_tree
from .errors import NotAPlan
from .facts import add_facts
from .folding import is_capitals
from .head import read_foot, read_head, read_issuer_from_preamble, read_title
from .kinds import Heading, find_heading
from .lines import Document, Line
from .merging import merge
from .outline import OTHER, Outline, Section, Warning
from .recipients import is_recipients_heading, read_recipients
from .roles import BASES, UNKNOWN, role_of
from .signature import is_caption, is_signature, read_signer
from .table import read_tables
from .tasks import find_groups, passed_over

MOST_LINES = 8_000
LONGEST_LINE = 40_000


def read_document(document: Document) -> Outline:
    """The outline of the document. Raises NotAPlan when it is none, or has no tasks."""
    outline = Outline(source=document.source)
    lines = document.lines
    if not lines:
        raise NotAPlan(gettext_lazy("The document is empty. Choose a file with the text of the plan."))
    if len(lines) > MOST_LINES or max(len(line.text) for line in lines) > LONGEST_LINE:
        raise NotAPlan(
            gettext_lazy("The text is too long for a plan. Choose the plan alone, without other documents.")
        )
    heading = find_heading(lines)
    head = [] if heading.attached_to else lines[: heading.index]
    main, appendix = _split_appendix(lines[heading.index + 1 :])
    read_head(head, outline)
    text, tail = _split_tail(read_foot(main, outline))
    after_title = read_title(text, heading.rest, outline)
    _read_text(text[after_title:], appendix, outline)
    _read_tail(tail, outline)
    _warn_of_decision(heading, outline)
    if not outline.groups:
        raise NotAPlan(
            gettext_lazy(
                "No tasks were found in this plan. Check that the part with the tasks is in the file, "
                "under a heading such as “NỘI DUNG” or “NHIỆM VỤ”."
            )
        )
    outline.warnings.sort(key=lambda warning: (warning.line is None, warning.line or 0))
    return outline


def _read_text(lines: list[Line], appendix: list[Line], outline: Outline) -> None:
    start = body_start(lines)
    preamble, body = lines[:start], lines[start:]
    root = build_tree(body)
    outline.legal_bases = read_bases(preamble) + read_bases(_cited_in_sections(root), listed=True)
    if outline.issuer is None:
        read_issuer_from_preamble(preamble, outline)
    outline.sections = _sections(root)
    drafts = find_groups(root, outline.title or "")
    for section in passed_over(root):
        message = _("The part “%(title)s” is not read as tasks. If it holds any, add them yourself.")
        outline.warnings.append(Warning(section.line.number, message % {"title": section.text.strip(" .:;")}))
    for draft in drafts:
        add_facts(draft.group.tasks, draft.shared, outline)
    listed = read_tables(preamble + body, appendix, outline)
    outline.groups = merge([draft.group for draft in drafts], listed, outline)
    for group in outline.groups:
        if group.kind == OTHER:
            message = _("The kind of the group “%(title)s” is not clear from its title; choose it.")
            outline.warnings.append(Warning(group.line, message % {"title": group.title}))


def _sections(root: Node) -> list[Section]:
    """The main headings.

    An enumeration that never names a part of a plan is a list of groups, not of sections.
    """
    nodes = root.children
    headed = [
        node for node in nodes if node.marker and node.marker.style in ("part", "roman", "upper", "heading")
    ]
    if not headed and all(role_of(node.text) == UNKNOWN for node in nodes):
        return []
    nodes = [node for node in nodes if node.marker and not node.marker.is_bullet]
    return [Section(node.label, node.text.strip(" .:;"), node.line.number) for node in nodes]


def _cited_in_sections(root: Node) -> list[Line]:
    """The lines of a section "CĂN CỨ" where the legal bases have a heading of their own."""
    found: list[Line] = []
    for node in root.children:
        if role_of(node.text) == BASES and len(node.text) < 60:
            found += node.paragraphs + [child.line for child in node.children]
    return found


def _split_appendix(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """The plan itself, and what follows under "PHỤ LỤC" or under the caption of a table behind the end."""
    signed = False
    for index, line in enumerate(lines):
        is_heading = line.folded.startswith("phu luc") and not line.cells and len(line.text) < 60
        if is_heading and (is_capitals(line.text) or line.text[:3] == "Phụ") and index > 3:
            return lines[:index], lines[index:]
        if signed and line.cells:
            start = index
            while is_caption(lines[start - 1].text) and not lines[start - 1].cells:
                start -= 1
            return lines[:start], lines[start:]
        signed = signed or is_recipients_heading(line) or (is_signature(line) and index > 3)
    return lines, []


def _split_tail(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """The text, and what follows from the recipients or the signature on."""
    for index, line in enumerate(lines):
        if is_recipients_heading(line) or (is_signature(line) and index > 3):
            rest = lines[index:]
            tables = [row for row in rest if row.cells]
            return lines[:index] + tables, [row for row in rest if not row.cells]
    return lines, []


def _read_tail(lines: list[Line], outline: Outline) -> None:
    for index, line in enumerate(lines):
        if is_recipients_heading(line):
            outline.recipients = read_recipients(lines[index:])
            if not outline.recipients:
                message = _("No recipients could be read below “Nơi nhận”; add them yourself.")
                outline.warnings.append(Warning(line.number, message))
            break
    outline.signer, second = read_signer(lines)
    if second:
        outline.warnings.append(
            Warning(second, _("There is a second signer, who is not read; add the name yourself."))
        )


def _warn_of_decision(heading: Heading, outline: Outline) -> None:
    if heading.attached_to:
        message = _(
            "The plan is issued with a decision; the number and date of the decision are not taken over."
        )
        outline.warnings.append(Warning(heading.attached_to.number, message))
