"""Long lists, and what may not be torn apart at the end of a page."""

import pytest

from reports.documents.pdf import render_pdf
from tests.reports.documents.reading import find, pieces, texts


@pytest.mark.parametrize("length", range(13, 25))
def test_the_signature_is_whole_and_never_alone_on_a_page(make_paper, length):
    pdf = render_pdf(make_paper(lines=tuple(f"Đơn vị thứ {n}" for n in range(length)), note=""))
    end = [find(pdf, start) for start in ("Nơi nhận:", "- Lưu:", "TM. BAN", "CHỦ TỊCH", "Trần Thị Mẫu")]
    assert len({piece.page for piece in end}) == 1
    assert find(pdf, f"{length}. ").page == end[0].page


def test_sixty_recipients_stay_in_order(make_paper):
    pdf = render_pdf(make_paper(lines=tuple(f"Đơn vị thứ {n} (t/h)" for n in range(1, 61)), note=""))
    listed = [text for text in texts(pdf) if "Đơn vị thứ" in text]
    assert listed == [f"{n}. Đơn vị thứ {n} (t/h);" for n in range(1, 60)] + ["60. Đơn vị thứ 60 (t/h)./."]


@pytest.mark.parametrize(("size", "pages"), [(1, 1), (200, 8)])
def test_expansions(make_paper, size, pages):
    units = tuple(f"Ủy ban MTTQ Việt Nam phường {n}" for n in range(1, size + 1))
    pdf = render_pdf(make_paper(expansions=[(2, "Các phường, xã", units)]))
    assert pieces(pdf)[-1].page == pages
    assert find(pdf, "Mục 2.").text == f"Mục 2. Các phường, xã gồm {size} đơn vị:"
    assert find(pdf, "Mục 2.").look == (14, "bold")
    listed = [text for text in texts(pdf) if "Ủy ban MTTQ Việt Nam phường" in text]
    assert listed == [f"{n}. {unit}{'./.' if n == size else ';'}" for n, unit in enumerate(units, 1)]


@pytest.mark.parametrize("length", range(14, 22))
def test_a_heading_stays_with_its_first_unit(make_paper, length):
    expansions = [(2, "Các phường, xã", tuple(f"Phường {n}" for n in range(9)))]
    lines = tuple(f"Đơn vị thứ {n}" for n in range(length))
    pdf = render_pdf(make_paper(lines=lines, note="", expansions=expansions))
    first_unit = next(piece for piece in pieces(pdf) if "Phường 0;" in piece.text)
    assert find(pdf, "Mục 2.").page == first_unit.page


def test_a_long_nơi_nhận_beside_the_signature_loses_nothing(make_paper):
    sent_to = (*(f"- Đơn vị nhận thứ {n};" for n in range(1, 91)), "- Lưu: VT.")
    pdf = render_pdf(make_paper(sent_to=sent_to))
    assert [text for text in texts(pdf) if text.startswith("- ")] == list(sent_to)
    assert find(pdf, "Nơi nhận:").page == find(pdf, "TM. BAN").page == find(pdf, "Trần Thị Mẫu").page
