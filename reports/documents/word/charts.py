"""Charts as rows of shaded cells, which Word can change without the program that drew them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reports.documents.content import Bar, Chart, shown
from reports.documents.look.figures import fitting, legend_of, widths_of
from reports.documents.look.shades import Shade, shades_of
from reports.documents.word.markup import Item, Paragraph, cell, grid, run
from reports.documents.word.tables import shared

HEIGHT = 330
# Empty, for nothing was counted.
NOTHING = Shade("", "FFFFFF", "000000")
SPACE = "\N{NO-BREAK SPACE}"
KEY = SPACE * 5
BOXED = '<w:bdr w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
NO_MARGINS = '<w:tcMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tcMar>'


@dataclass(frozen=True)
class Shares:
    """One bar: a cell for each part that is more than nothing."""

    bar: Bar
    chart: Chart
    width: int

    @property
    def xml(self) -> str:
        total = sum(self.bar.numbers)
        parts = [
            (fitting(number, total, share), share, shade)
            for number, share, shade in zip(
                self.bar.numbers, widths_of(self.bar.numbers), shades_of(len(self.chart.parts)), strict=True
            )
            if number
        ] or [("", 100.0, NOTHING)]
        widths = shared([share for _words, share, _shade in parts], self.width)
        cells = "".join(
            cell(width, Paragraph("ChartPart", run(words, _ink(shade)), keep=True).xml, _ground(shade))
            for (words, _share, shade), width in zip(parts, widths, strict=True)
        )
        row = f'<w:trPr><w:cantSplit/><w:trHeight w:val="{HEIGHT}" w:hRule="exact"/></w:trPr>{cells}'
        return grid("Ruled", widths, f"<w:tr>{row}</w:tr>", self.told)

    @property
    def told(self) -> str:
        numbers = zip(self.chart.parts, self.bar.numbers, strict=True)
        return f"{self.bar.label}: {'; '.join(f'{part} {number}' for part, number in numbers)}."


def chart_items(chart: Chart, width: int) -> Iterator[Item]:
    yield Paragraph("ChartCaption", run(chart.caption))
    for bar in chart.bars:
        yield Paragraph("ChartLabel", run(f"{bar.label}: {shown(sum(bar.numbers))}"))
        yield Shares(bar, chart, width)
    keys = (
        run(KEY, f"{BOXED}{_shade(shade)}") + run(f"{SPACE}{legend_of(chart, place)}")
        for place, shade in enumerate(shades_of(len(chart.parts)))
    )
    yield Paragraph("ChartLegend", run(SPACE * 3).join(keys))


def _ground(shade: Shade) -> str:
    return f'{_shade(shade)}{NO_MARGINS}<w:vAlign w:val="center"/>'


def _shade(shade: Shade) -> str:
    """Dots instead of stripes: LibreOffice makes one grey of either, and that of stripes is a part's own."""
    pattern = "pct12" if shade.striped else "clear"
    return f'<w:shd w:val="{pattern}" w:color="{shade.ink}" w:fill="{shade.fill}"/>'


def _ink(shade: Shade) -> str:
    """On stripes the words get a ground of their own."""
    ground = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade.fill}"/>' if shade.striped else ""
    return f'<w:color w:val="{shade.ink}"/>{ground}'
