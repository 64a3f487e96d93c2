"""How wide the columns of a table are: as its builder shares them out, but no word of a head is broken."""

from __future__ import annotations

from collections.abc import Sequence

from reports.documents.content import Column

# In hundredths of the width of an upright page's table: a bold letter of 12 pt, and what surrounds words.
CAPITAL, SMALL, AROUND = 1.75, 1.36, 1.8
WIDEST_WORD = 14


def column_widths(columns: Sequence[Column]) -> list[float]:
    """In percent of the table, together 100."""
    total = sum(column.width for column in columns)
    given = [100 * column.width / total for column in columns]
    needed = [_needed(column.head) for column in columns]
    if sum(needed) >= 100:
        return given
    # What the narrow ones get, the others give in proportion to what they have to spare.
    missing = sum(max(0, need - width) for need, width in zip(needed, given, strict=True))
    spare = sum(max(0, width - need) for need, width in zip(needed, given, strict=True))
    left = 1 - missing / spare if missing else 1
    return [
        need + max(0, width - need) * left if missing else width
        for need, width in zip(needed, given, strict=True)
    ]


def _needed(head: str) -> float:
    words = (word[:WIDEST_WORD] for word in head.split())
    widths = (sum(CAPITAL if letter.isupper() else SMALL for letter in word) for word in words)
    return AROUND + max(widths, default=0)
