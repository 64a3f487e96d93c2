"""A drawn chart: how long its bars are, where its numbers stand, and what it is without colours or eyes."""

from collections import defaultdict
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pdfplumber
import pikepdf
import pytest

from reports.documents.content import Bar, Chart
from reports.documents.look.shades import SHADES
from reports.documents.pdf.engine import render_pdf
from tests.reports.documents.papers import SHORT
from tests.reports.documents.reading import MM, pieces

PARTS = ("Đúng hạn", "Quá hạn", "Đang làm", "Chưa làm", "Tạm dừng", "Khác")
WHOLE = 80
NUMBERS = ((30, 20, 10, 8, 8, 4), (40, 0, 40, 0, 0, 0), (16, 16, 16, 16, 8, 8))
CHART = Chart(
    "Biểu đồ", PARTS, tuple(Bar(f"Nhóm {place}", numbers) for place, numbers in enumerate(NUMBERS, start=1))
)
HEIGHT = 22 * 0.75
WIDTH = 162 * MM


@pytest.fixture(scope="module")
def printed() -> bytes:
    return render_pdf(replace(SHORT, blocks=(CHART,)))


@pytest.fixture(scope="module")
def bars(printed) -> list[list[dict]]:
    """The boxes of each bar from the left; what lies under numbers is lower and no part."""
    rows = defaultdict(list)
    with pdfplumber.open(BytesIO(printed)) as document:
        for box in document.pages[0].rects:
            if box["height"] == pytest.approx(HEIGHT - 0.75, abs=0.5):
                rows[round(box["top"])].append(box)
    return [sorted(rows[top], key=lambda box: box["x0"]) for top in sorted(rows)]


def test_lengths_are_the_shares(bars):
    assert len(bars) == len(NUMBERS)
    for numbers, boxes in zip(NUMBERS, bars, strict=True):
        lengths = [(box["x1"] - box["x0"]) / WIDTH for box in boxes]
        assert lengths == pytest.approx([number / WHOLE for number in numbers if number], abs=0.005)
        assert boxes[0]["x0"] == pytest.approx(30 * MM, abs=1)
        assert boxes[-1]["x1"] == pytest.approx(192 * MM, abs=1)


def test_numbers_stand_inside_their_part(printed, bars):
    everything = pieces(printed)
    for numbers, boxes in zip(NUMBERS, bars, strict=True):
        inside = sorted(
            (piece for piece in everything if abs(piece.top - boxes[0]["top"]) < HEIGHT / 2),
            key=lambda piece: piece.left,
        )
        assert [int(piece.text.partition("(")[0]) for piece in inside] == [
            number for number in numbers if number
        ]
        for piece, box in zip(inside, boxes, strict=True):
            assert box["x0"] < piece.left
            assert piece.right < box["x1"]


def luminance(colour: str) -> float:
    return sum(int(colour[place : place + 2], 16) for place in (0, 2, 4)) / 765


def test_parts_side_by_side_are_told_apart_in_grey():
    for left, right in pairwise(SHADES):
        differ = abs(luminance(left.fill) - luminance(right.fill))
        assert differ > 0.2 or left.striped != right.striped
    assert len({(shade.fill, shade.striped) for shade in SHADES}) == len(SHADES)
    for shade in SHADES:
        assert len({shade.fill[:2], shade.fill[2:4], shade.fill[4:]}) == 1
        assert abs(luminance(shade.fill) - luminance(shade.ink)) > 0.45


def test_who_cannot_see_it_hears_the_numbers(printed):
    with pikepdf.open(BytesIO(printed)) as file:
        said = [
            str(thing.Alt)
            for thing in file.objects
            if isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing
        ]
    assert "Nhóm 2: Đúng hạn 40 (50%); Quá hạn 0 (0%); Đang làm 40 (50%); Chưa làm 0 (0%); " in " ".join(said)
    assert len(said) == len(NUMBERS) + len(PARTS)


def test_a_part_too_small_for_its_number_is_as_wide_as_the_number_needs():
    pdf = render_pdf(replace(SHORT, blocks=(Chart("Biểu đồ", PARTS[:2], (Bar("Nhóm", (999, 1)),)),)))
    with pdfplumber.open(BytesIO(pdf)) as document:
        last = max(
            (box for box in document.pages[0].rects if box["height"] > HEIGHT - 2), key=lambda box: box["x1"]
        )
    (number,) = [piece for piece in pieces(pdf) if piece.text == "1"]
    assert last["x0"] < number.left < number.right < last["x1"]
