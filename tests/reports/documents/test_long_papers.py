"""A paper laid out in parts reads as if it had been laid out in one run."""

from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Any

import pdfplumber
import pikepdf
import pytest
from django.template.loader import render_to_string

from reports.documents.content import Heading, Paper, Text, closed
from reports.documents.pdf import engine
from reports.documents.pdf.engine import options_of, parts_for, render_html, render_pdf
from reports.documents.telling import nobody
from tests.reports.documents.long import long_paper

MM = 72 / 25.4


def in_table(paper: Paper) -> Paper:
    """The table in the report itself, with the signature behind it."""
    (appendix,) = paper.appendices
    return replace(paper, blocks=(*paper.blocks, *appendix.blocks), appendices=())


def twice(paper: Paper) -> Paper:
    return replace(paper, appendices=paper.appendices * 2)


AFTER = (Heading("II. HẠN CHẾ"), *(Text(f"Đoạn {number}. " + "chữ " * 80) for number in range(12)))
PAPERS = {
    "landscape": lambda: long_paper(90),
    "portrait": lambda: long_paper(70, landscape=False),
    "words behind": lambda: long_paper(45, after=closed(AFTER)),
    "in the report": lambda: in_table(long_paper(45, landscape=False, seed=3)),
    "two appendices": lambda: twice(long_paper(45)),
}
PARTS = 3


@cache
def made(name: str, parts: int) -> bytes:
    paper = PAPERS[name]()
    return render_html(
        render_to_string("documents/paper.html", {"paper": paper}), parts, options_of(paper), nobody
    )


@cache
def pages(name: str, parts: int) -> list[list[dict]]:
    with pdfplumber.open(BytesIO(made(name, parts))) as document:
        return [page.extract_words() for page in document.pages]


def places(name: str, parts: int) -> list[list[tuple]]:
    return [
        [(word["text"], round(word["x0"], 1), round(word["top"], 1)) for word in words]
        for words in pages(name, parts)
    ]


@pytest.fixture(params=PAPERS)
def name(request) -> str:
    return request.param


def test_every_word_stands_where_one_run_puts_it(name):
    assert places(name, PARTS) == places(name, 1)


def test_it_was_laid_out_in_parts(name):
    """Each part has its own subset of the upright face."""
    with pikepdf.open(BytesIO(made(name, PARTS))) as file:
        faces = {str(font.BaseFont) for page in file.pages for font in page.obj.Resources.Font.values()}
    upright = [face for face in faces if face.endswith("+TeX-Gyre-Termes")]
    assert len(upright) == PARTS


@pytest.mark.parametrize(("name", "rows"), [("landscape", 90), ("portrait", 70)])
def test_every_row_comes_once_and_pages_are_full(name, rows):
    numbers, fills = [], []
    with pdfplumber.open(BytesIO(made(name, PARTS))) as document:
        for page in document.pages[2:]:
            words = [word for word in page.extract_words() if word["top"] > 25 * MM]
            edges = sorted({round(line["x0"]) for line in page.lines})
            numbers += [int(w["text"]) for w in words if w["text"].isdigit() and w["x1"] < edges[1] + 1]
            fills.append((max(word["bottom"] for word in words) - 25 * MM) / (page.height - 45 * MM))
    assert numbers == list(range(1, rows + 1))
    assert min(fills[:-1]) > 0.8
    assert sum(fills[:-1]) / len(fills[:-1]) > 0.9


def test_page_numbers_go_on(name):
    tops = [[word["text"] for word in words if word["bottom"] < 25 * MM] for words in pages(name, PARTS)]
    assert tops == [[]] + [[str(number)] for number in range(2, len(tops) + 1)]


def told_of(file: pikepdf.Pdf) -> tuple:
    with file.open_outline() as outline:
        numbers = {page.objgen: number for number, page in enumerate(file.pages)}

        def told(items: list) -> list:
            return [(item.title, numbers[item.destination[0].objgen], told(item.children)) for item in items]

        return (
            told(outline.root),
            {key: str(value) for key, value in file.docinfo.items()},
            str(file.Root.Lang),
            bool(file.Root.MarkInfo.Marked),
            bool(file.Root.ViewerPreferences.DisplayDocTitle),
            file.Root.Metadata.read_bytes(),
            [tuple(map(float, page.mediabox)) for page in file.pages],
            file.pdf_version,
        )


def test_what_the_file_tells_of_itself(name):
    with pikepdf.open(BytesIO(made(name, PARTS))) as parts, pikepdf.open(BytesIO(made(name, 1))) as one:
        assert told_of(parts) == told_of(one)
        assert parts.check_pdf_syntax() == []


class Tree:
    """The elements of a file's tags, walked from the root."""

    def __init__(self, file: pikepdf.Pdf) -> None:
        self.root = file.Root.StructTreeRoot
        self.pages: dict[Any, int] = {page.objgen: number for number, page in enumerate(file.pages)}
        self.kinds: list[tuple[int, str, int]] = []
        self.marked: set[tuple[int, int]] = set()
        self.heads: list[str] = []
        self.wanted: set[str] = set()
        self.parents = True
        self.walk(self.root.K[0], self.root, 0)

    def walk(self, element: pikepdf.Object, parent: pikepdf.Object, depth: int) -> None:
        page = self.pages[element.Pg.objgen] if "/Pg" in element else -1
        self.kinds.append((depth, str(element.S), page))
        self.parents = self.parents and element.P.objgen == parent.objgen
        self.heads += [str(element.ID)] if "/ID" in element else []
        self.wanted |= set(map(str, element.A.get("/Headers", []))) if "/A" in element else set()
        for child in element.K:
            if isinstance(child, pikepdf.Dictionary):
                self.walk(child, element, depth + 1)
            else:
                self.marked.add((page, int(child)))

    def numbers(self) -> list[tuple[int, int]]:
        """Of the tree from marked content to elements: each page's number and how much it marks."""
        numbers = list(self.root.ParentTree.Nums)
        return [(int(page), len(marks)) for page, marks in zip(numbers[::2], numbers[1::2], strict=True)]


def test_the_tags_are_those_of_one_run(name):
    with pikepdf.open(BytesIO(made(name, PARTS))) as parts, pikepdf.open(BytesIO(made(name, 1))) as one:
        tree, wanted = Tree(parts), Tree(one)
        assert len(tree.root.K) == 1
        assert tree.kinds == wanted.kinds
        assert tree.marked == wanted.marked
        assert tree.numbers() == wanted.numbers()
        assert [int(page.StructParents) for page in parts.pages] == list(range(len(parts.pages)))
        assert tree.parents
        assert len(tree.heads) == len(set(tree.heads))
        assert tree.wanted <= set(tree.heads)


def test_the_same_content_gives_the_same_bytes():
    name = "two appendices"
    again = made.__wrapped__(name, PARTS)
    assert again == made(name, PARTS)


def test_it_tells_how_far_it_is():
    told: list[tuple[int, int]] = []
    render_pdf(long_paper(70), lambda done, of: told.append((done, of)))
    done, of = [pair[0] for pair in told], {pair[1] for pair in told}
    assert done == sorted(done)
    assert len(of) == 1
    assert told[-1][0] == told[-1][1]
    assert len(told) > 10


@pytest.mark.parametrize(("rows", "parts"), [(10, 1), (59, 1), (100, 2), (900, 2), (1100, 4), (7000, 14)])
def test_how_many_parts(rows, parts, monkeypatch):
    monkeypatch.setattr(engine, "cores", lambda: 2)
    (appendix,) = long_paper(1).appendices
    (table,) = appendix.blocks
    table = replace(table, rows=table.rows[:1] * rows)
    assert parts_for(replace(long_paper(0), appendices=(replace(appendix, blocks=(table,)),))) == parts
