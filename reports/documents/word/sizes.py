"""The sizes of static/css/paper.css that a compact paper has smaller."""

from __future__ import annotations

from typing import NamedTuple

from reports.documents.content import Paper


class Sizes(NamedTuple):
    """Letters in half points, everything else in twips. `cell_margin` is above and below a cell's words;
    `beside_line` puts the small words "Nơi nhận" on the line of the large ones beside them."""

    text: int = 28
    line: int = 364
    cell: int = 24
    cell_line: int = 288
    cell_margin: int = 40
    chart_line: int = 338
    label_line: int = 312
    above_kind: int = 480
    below_title: int = 360
    above_legend: int = 160
    above_end: int = 360
    room_to_sign: int = 1587
    beside_line: int = 354


USUAL = Sizes()
COMPACT = Sizes(
    text=26,
    line=312,
    cell=22,
    cell_line=264,
    cell_margin=20,
    chart_line=312,
    label_line=264,
    above_kind=280,
    below_title=160,
    above_legend=60,
    above_end=200,
    room_to_sign=1247,
    beside_line=312,
)


def sizes_of(paper: Paper) -> Sizes:
    return COMPACT if paper.compact else USUAL
