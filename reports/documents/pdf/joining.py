"""The parts of a paper as one file, tagged as if it had been laid out in one run.

What carries a number that must be the only one of its kind is renumbered in the part's own process, before
its file is written (`prepared`); joining then only moves references, so it takes a few hundredths.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Array, Name

from reports.documents.pdf.tagging import finish_tags

if TYPE_CHECKING:
    from weasyprint.document import Document

SUBSET = re.compile(r"/([A-Z])([A-Z]{5}\+)")


@dataclass(frozen=True)
class Mark:
    """A line of the outline: its level and text, and its place on a page of the part in pt."""

    level: int
    label: str
    page: int
    left: float
    top: float


@dataclass(frozen=True)
class Part:
    """A piece of the paper that was laid out alone, and what its file says of its headings."""

    file: bytes
    marks: tuple[Mark, ...]
    continues: bool = False


def prepared(part: int, pages_before: int, continues: bool = False) -> Callable[[Document, Any], None]:
    """For the engine to call before it writes: the numbers of a part that follows so many pages."""

    def finish(document: Document, pdf: Any) -> None:
        if continues:
            without_heads(pdf)
        finish_tags(document, pdf)
        for thing in pdf.objects:
            if not isinstance(thing, dict):
                continue
            # The cells of a column hold the very string that is its head's name.
            if "ID" in thing and thing.get("S") == "/TH":
                thing["ID"].string = f"{part}-{thing['ID'].string}"
            if "StructParents" in thing:
                thing["StructParents"] += pages_before
            if "Nums" in thing:
                thing["Nums"][::2] = [number + pages_before for number in thing["Nums"][::2]]
            # Two subsets of one face must not bear one name.
            for name in ("BaseFont", "FontName"):
                if name in thing:
                    thing[name] = renamed(thing[name], part)

    return finish


def without_heads(pdf: Any) -> None:
    """The heads of a table that another part began are there to be seen, not to be read again."""
    table = next(thing for thing in pdf.objects if isinstance(thing, dict) and thing.get("S") == "/Table")
    table["K"][:] = [kid for kid in table["K"] if pdf.objects[int(kid.split()[0])].get("S") == "/TBody"]


def renamed(font: str | bytes, part: int) -> str:
    """Another tag of six letters for each part."""
    name = font.decode() if isinstance(font, bytes) else font
    return SUBSET.sub(lambda tag: f"/{chr(65 + (ord(tag[1]) - 65 + part) % 26)}{tag[2]}", name)


def marks_of(document: Document) -> tuple[Mark, ...]:
    """The headings for the outline, in pt from the lower left corner of the page as the file counts."""
    return tuple(
        Mark(level, label, number, round(left * 0.75, 2), round((page.height - top) * 0.75, 2))
        for number, page in enumerate(document.pages)
        for level, label, (left, top), _state in page.bookmarks
    )


def joined(parts: list[Part]) -> bytes:
    """One file of all pages: one tree of tags, one outline, the first part's metadata."""
    with pikepdf.open(io.BytesIO(parts[0].file)) as whole:
        tree = whole.Root.StructTreeRoot
        marks = list(parts[0].marks)
        for part in parts[1:]:
            before = len(whole.pages)
            with pikepdf.open(io.BytesIO(part.file)) as file:
                whole.pages.extend(file.pages)
                adopt(tree, whole.copy_foreign(file.Root.StructTreeRoot), part.continues)
            marks += [Mark(m.level, m.label, m.page + before, m.left, m.top) for m in part.marks]
        outline(whole, marks)
        target = io.BytesIO()
        whole.save(
            target,
            deterministic_id=True,
            fix_metadata_version=False,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
        return target.getvalue()


def adopt(tree: Any, other: Any, continues: bool) -> None:
    """What hung below the other tree's only element hangs below this one's; a table goes on where it does."""
    ours, theirs = tree.K[0], other.K[0]
    if continues:
        go_on(next(tables(ours, reversed)), next(tables(theirs, iter)))
    for child in theirs.K:
        child.P = ours
    ours.K.extend(theirs.K)
    tree.ParentTree.Nums.extend(other.ParentTree.Nums)


def tables(element: Any, order: Callable[[Any], Iterable[Any]]) -> Iterator[Any]:
    for child in order(list(element.K)):
        if isinstance(child, pikepdf.Dictionary):
            if str(child.S) == "/Table":
                yield child
            elif str(child.S) not in ("/P", "/L"):
                yield from tables(child, order)


def go_on(table: Any, later: Any) -> None:
    for body in later.K:
        body.P = table
    table.K.extend(later.K)
    box = later.P
    box.K = Array([child for child in box.K if child.objgen != later.objgen])


def outline(whole: pikepdf.Pdf, marks: list[Mark]) -> None:
    """Anew from all marks: a heading of one part may stand below one of another."""
    if Name.Outlines in whole.Root:
        del whole.Root.Outlines
    if not marks:
        return
    with whole.open_outline() as tree:
        above: list[tuple[int, list[pikepdf.OutlineItem]]] = [(0, tree.root)]
        for mark in marks:
            while above[-1][0] >= mark.level:
                above.pop()
            page = whole.pages[mark.page].obj
            item = pikepdf.OutlineItem(mark.label, Array([page, Name.XYZ, mark.left, mark.top, 0]))
            item.is_closed = False
            above[-1][1].append(item)
            above.append((mark.level, item.children))
