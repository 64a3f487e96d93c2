"""A paper as its preview shows it: whole but for long tables and lists, of which it shows how they begin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.utils.translation import ngettext

from reports.documents.content import Block, Listing, Paper, Table, Text

FIRST_ROWS = 15


def shortened(paper: Paper) -> Paper:
    """With a line in the language of the screen where rows are left out."""
    return replace(
        paper,
        blocks=tuple(_begun(paper.blocks)),
        appendices=tuple(
            replace(appendix, blocks=tuple(_begun(appendix.blocks))) for appendix in paper.appendices
        ),
    )


def _begun(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        match block:
            case Table() if len(block.rows) > FIRST_ROWS:
                yield replace(block, rows=block.rows[:FIRST_ROWS])
                yield _more(len(block.rows) - FIRST_ROWS)
            case Listing() if len(block.items) > FIRST_ROWS:
                yield replace(block, items=block.items[:FIRST_ROWS], end=";")
                yield _more(len(block.items) - FIRST_ROWS)
            case _:
                yield block


def _more(count: int) -> Text:
    text = ngettext("… and %(count)d more row in the paper", "… and %(count)d more rows in the paper", count)
    return Text(text % {"count": count}, italic=True)
