"""Rows whose height nobody can tell beforehand still come once each; only where parts join may a page stay short."""

from dataclasses import replace
from io import BytesIO
from itertools import cycle

import pdfplumber
from django.template.loader import render_to_string

from reports.documents.pdf import options_of, render_html
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


def test_odd_rows():
    paper = long_paper(ROWS)
    (appendix,) = paper.appendices
    (table,) = appendix.blocks
    odd = cycle(ODD)
    rows = tuple(
        row if row.look else row._replace(cells=(*row.cells[:4], next(odd), *row.cells[5:]))
        for row in table.rows
    )
    paper = replace(paper, appendices=(replace(appendix, blocks=(replace(table, rows=rows),)),))
    pdf = render_html(render_to_string("documents/paper.html", {"paper": paper}), PARTS, options_of(paper))
    numbers, heights = [], []
    with pdfplumber.open(BytesIO(pdf)) as document:
        for page in document.pages[2:]:
            edges = sorted({round(line["x0"]) for line in page.lines})
            words = [word for word in page.extract_words() if word["top"] > 72]
            numbers += [int(w["text"]) for w in words if w["text"].isdigit() and w["x1"] < edges[1] + 1]
            heights.append(max(word["bottom"] for word in words) / page.height)
    assert numbers == list(range(1, ROWS + 1))
    assert sum(height < 0.8 for height in heights[:-1]) < PARTS
