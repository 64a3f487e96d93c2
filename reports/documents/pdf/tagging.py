"""The tree of tags as PDF/UA asks for it, where the engine's falls short: a table is one table on all its
pages, its heads say of what they are heads, and what comes again on every page is no content.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

# PDF/A knows the mark of PDF/UA only where its metadata explain it.
ACCESSIBLE = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of PDF/UA that the file keeps to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF>"""


def finish_tags(document: Any, pdf: Any) -> None:
    """For `write_pdf`: given the laid out document and the file before it is written."""
    tree = Tree(pdf)
    first: dict[int, Any] = {}
    for page in document.pages:
        for element, cell in table_cells(page._page_box):
            table = tree.above(cell, "/Table")
            if element in first and table is not first[element]:
                tree.continue_table(first[element], table)
            first.setdefault(element, table)
    reached = set()
    for tag in tree.all_below(document_tag(pdf)):
        reached.add(id(tag))
        if tag["S"] == "/TH":
            tag["A"]["Scope"] = "/Row" if "ColSpan" in tag["A"] else "/Column"
        elif tag["S"] == "/TD":
            # Those that the engine names would hold for the rows above a group too.
            tag["A"].pop("Headers", None)
    tree.leave_out(reached)
    say_accessible(pdf)


def say_accessible(pdf: Any) -> None:
    """A file for the archive is PDF/UA as well, and says so."""
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    if any(b"pdfaid:part" in part for part in metadata.stream):
        metadata.stream = [part.replace(b"</rdf:RDF>", ACCESSIBLE) for part in metadata.stream]


def table_cells(box: Any) -> Iterator[tuple[int, Any]]:
    """The table that each piece of a table on the page belongs to, and the tag of its first cell."""
    if box.element_tag == "table" and getattr(box, "is_table_wrapper", False):
        cells = (child.mark for child in box.descendants() if hasattr(child, "mark"))
        yield from ((id(box.element), cell) for cell in [next(cells, None)] if cell)
        return
    for child in getattr(box, "children", ()):
        yield from table_cells(child)


def document_tag(pdf: Any) -> Any:
    return next(thing for thing in pdf.objects if isinstance(thing, dict) and thing.get("S") == "/Document")


class Tree:
    """The tags of a file that is not written yet."""

    def __init__(self, pdf: Any) -> None:
        self.pdf = pdf
        self.parents = next(thing for thing in pdf.objects if isinstance(thing, dict) and "Nums" in thing)

    def tag(self, reference: bytes) -> Any:
        return self.pdf.objects[int(reference.split()[0])]

    def above(self, tag: Any, name: str) -> Any:
        while tag["S"] != name:
            tag = self.tag(tag["P"])
        return tag

    def below(self, tag: Any) -> Iterable[Any]:
        kids = (self.tag(kid) for kid in tag["K"] if isinstance(kid, bytes))
        return (kid for kid in kids if kid.get("Type") == "/StructElem")

    def all_below(self, tag: Any) -> Iterator[Any]:
        waiting = [tag]
        while waiting:
            tag = waiting.pop()
            yield tag
            waiting.extend(self.below(tag))

    def continue_table(self, first: Any, later: Any) -> None:
        for part in self.below(later):
            if part["S"] == "/TBody":
                part["P"] = first.reference
                first["K"].append(part.reference)
        later["K"].clear()
        self.tag(later["P"])["K"].remove(later.reference)

    def leave_out(self, reached: set[int]) -> None:
        """What no tag of the tree holds is an artifact: numbers of pages, heads that come again."""
        pages = [self.pdf.objects[number] for number in self.pdf.pages["Kids"][::3]]
        numbers = self.parents["Nums"]
        for place, tags in zip(numbers[::2], numbers[1::2], strict=True):
            out = {number for number, tag in enumerate(tags) if id(self.tag(tag)) not in reached}
            for number in out:
                tags[number] = b"null"
            if out:
                stream = self.tag(pages[place]["Contents"])
                stream.stream = list(without_marks(stream.stream, out))


def without_marks(operators: list[Any], out: set[int]) -> Iterator[Any]:
    rest = iter(operators)
    waiting: list[Any] = []
    for operator in rest:
        waiting.append(operator)
        if isinstance(operator, dict) and operator.get("MCID") in out and len(waiting) > 1:
            next(rest)
            yield from (*waiting[:-2], "/Artifact", b"BMC")
            waiting.clear()
    yield from waiting
