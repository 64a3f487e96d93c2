"""Rows whose height nobody can tell beforehand still come once each; only a join may leave a page short."""

from dataclasses import replace
from io import BytesIO
from itertools import cycle

import pdfplumber
from django.template.loader import render_to_string

from reports.documents.content import Paper
from reports.documents.pdf.engine import options_of, render_html
from tests.reports.documents.long import long_paper

ODD = (
    "สวัสดีครับ" * 10,
    "بالعربية نص" * 5,
    "a\u0301e\u0323 " * 20,
    "x" * 300,
    "<b>&amp;</b></td></tr></tbody></table>",
    "dài " * 700,
    "1/2/3/4/5/6/7/8/9/10-11-12-13-14-15-16/ABC/DEF–xyz…",
    "dòng\n\nmới\tvà   khoảng trống",
    "",
)
ROWS = 60
PARTS = 3


def odd_paper() -> Paper:
    paper = long_paper(ROWS)
    (appendix,) = paper.appendices
    (table,) = appendix.blocks
    odd = cycle(ODD)
    rows = tuple(
        row if row.look else row._replace(cells=(*row.cells[:4], next(odd), *row.cells[5:]))
        for row in table.rows
    )
    return replace(paper, appendices=(replace(appendix, blocks=(replace(table, rows=rows),)),))


def numbers_and_short_pages(paper: Paper, parts: int) -> tuple[list[int], int]:
    """What stands in the first column, and how many pages but the last leave a fifth of themselves empty."""
    pdf = render_html(render_to_string("documents/paper.html", {"paper": paper}), parts, options_of(paper))
    numbers, short = [], []
    with pdfplumber.open(BytesIO(pdf)) as document:
        for page in document.pages[2:]:
            edges = sorted({round(line["x0"]) for line in page.lines})
            words = [word for word in page.extract_words() if word["top"] > 72]
            numbers += [int(w["text"]) for w in words if w["text"].isdigit() and w["x1"] < edges[1] + 1]
            short.append(max(word["bottom"] for word in words) / page.height < 0.8)
    return numbers, sum(short[:-1])


def test_odd_rows():
    paper = odd_paper()
    _numbers, short = numbers_and_short_pages(paper, 1)
    numbers, short_of_parts = numbers_and_short_pages(paper, PARTS)
    assert numbers == list(range(1, ROWS + 1))
    assert short_of_parts - short < PARTS
