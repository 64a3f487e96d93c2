"""How the parts of a chart are told apart where nothing is printed but black: the same in every file."""

from __future__ import annotations

from itertools import cycle, islice
from typing import NamedTuple


class Shade(NamedTuple):
    """Colours without "#"; a striped one has lines of its ink across its fill."""

    name: str
    fill: str
    ink: str
    striped: bool = False


# In the order of the parts. Neighbours differ by far more than a worn toner takes away.
SHADES = (
    Shade("xám đậm", "404040", "FFFFFF"),
    Shade("xám", "BFBFBF", "000000"),
    Shade("trắng", "FFFFFF", "000000"),
    Shade("trắng kẻ sọc", "FFFFFF", "000000", striped=True),
    Shade("xám vừa", "7F7F7F", "FFFFFF"),
    Shade("xám nhạt kẻ sọc", "D0D0D0", "000000", striped=True),
)


def shades_of(parts: int) -> list[Shade]:
    return list(islice(cycle(SHADES), parts))
