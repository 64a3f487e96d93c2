"""The lines of a cell, counted from the widths of its words, are those that the engine breaks."""

from itertools import product

import pytest

from reports.documents.pdf.house import the_house
from reports.documents.pdf.measuring import Ruler

NUMBERS = ("05/KH-MTTQ-BTT", "155-KH/TU", "12/2024", "30/9/2026", "28-NQ/TW", "(12/KH-UB)", "75,5%")
WORDS = ("xã", "Mặt", "trận,", "phường/xã", "quý-3/2026;", "TP.Huế", "a/1", "a-5", "3-b", "“Đoàn-kết”")


class Counting(Ruler):
    """Says how often it had to leave a cell to the shaper."""

    left = 0

    def broken_lines(self, text: str, room: float) -> int:
        self.left += 1
        return super().broken_lines(text, room)


def ruler() -> Counting:
    document = the_house().laid_out("<html><body><p>a</p></body></html>")
    return Counting(document.pages[0]._page_box.children[0].style)


@pytest.mark.parametrize("first", NUMBERS + WORDS)
def test_the_lines_of_a_cell(first):
    counted = ruler()
    for second, room in product(NUMBERS + WORDS, range(25, 250, 9)):
        text = f"{first} {second} {first}"
        assert (text, room, counted.lines(text, room)) == (text, room, counted.broken_lines(text, room))


def test_numbers_of_documents_need_no_shaper():
    counted = ruler()
    assert counted.lines("Kế hoạch số 05/KH-MTTQ-BTT thực hiện Nghị quyết số 28-NQ/TW", 100) == 6
    assert counted.left == 0
