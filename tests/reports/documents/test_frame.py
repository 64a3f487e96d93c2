"""The frame of a paper with long names, several lines of authority and long lists of recipients."""

from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pdfplumber
import pytest

from reports.documents.content import Head, Signature
from reports.documents.pdf.engine import render_pdf
from tests.reports.documents.papers import SHORT
from tests.reports.documents.reading import MM, find, pieces, rules

LONG_HEAD = Head(
    ("ỦY BAN TRUNG ƯƠNG", "MẶT TRẬN TỔ QUỐC VIỆT NAM", "TỈNH CÓ TÊN DÀI"),
    ("ỦY BAN MẶT TRẬN TỔ QUỐC", "VIỆT NAM THÀNH PHỐ MẪU", "BAN THƯỜNG TRỰC"),
    symbol="BC-MTTQ",
    place="Mẫu",
)
DEPUTY = Signature(("TM. BAN THƯỜNG TRỰC", "KT. CHỦ TỊCH"), "PHÓ CHỦ TỊCH", "Trần Thị Mẫu")
SENT_TO = (*(f"- Cơ quan thứ {number} của thành phố (b/c);" for number in range(1, 15)), "- Lưu: VT.")


@pytest.fixture(scope="module")
def printed() -> bytes:
    return render_pdf(replace(SHORT, head=LONG_HEAD, signature=DEPUTY, sent_to=SENT_TO))


def test_names_of_three_lines_stand_one_below_the_other_clear_of_the_right_half(printed):
    names = [find(printed, name) for name in (*LONG_HEAD.superior, *LONG_HEAD.issuer)]
    assert [name.look for name in names] == [(12, "regular")] * 3 + [(12, "bold")] * 3
    assert [name.top for name in names] == sorted(name.top for name in names)
    assert max(name.centre for name in names) - min(name.centre for name in names) < 1
    nation = find(printed, "CỘNG HÒA")
    assert max(name.right for name in names) < nation.left
    assert nation.top == pytest.approx(names[0].top, abs=1)


def test_number_and_day_stand_level_below_the_longer_half(printed):
    number, dated = find(printed, "Số:"), find(printed, "Mẫu, ngày")
    assert number.top == pytest.approx(dated.top, abs=1)
    assert number.top > find(printed, "BAN THƯỜNG TRỰC").bottom


def test_the_three_rules_are_as_long_as_they_should_be(printed):
    wide = {"motto": find(printed, "Độc lập"), "issuer": find(printed, "BAN THƯỜNG TRỰC")}
    drawn = rules(printed)
    assert len(drawn) == 3
    motto, issuer, title = sorted(drawn, key=lambda rule: rule[2])
    assert motto[1] - motto[0] == pytest.approx(wide["motto"].width, abs=0.5)
    assert 1 / 3 <= (issuer[1] - issuer[0]) / wide["issuer"].width <= 1 / 2
    # The widest line of the title.
    assert 1 / 3 <= (title[1] - title[0]) / find(printed, "của Ban Thường trực").width <= 1 / 2


def test_lines_of_authority_and_office_stand_above_the_room_to_sign(printed):
    lines = [find(printed, text) for text in (*DEPUTY.authority, DEPUTY.position, DEPUTY.name)]
    assert [line.look for line in lines] == [(14, "bold")] * 4
    assert max(line.centre for line in lines) - min(line.centre for line in lines) < 1
    steps = [below.top - above.top for above, below in pairwise(lines)]
    assert steps[:2] == pytest.approx([14 * 1.3] * 2, abs=0.5)
    assert 25 <= (lines[3].top - lines[2].bottom) / MM <= 30


def test_a_long_nơi_nhận_begins_level_with_the_signature_and_goes_on_beside_it(printed):
    head, *lines = (find(printed, text) for text in ("Nơi nhận:", *SENT_TO))
    assert head.look == (12, "bold italic")
    assert head.top == pytest.approx(find(printed, "TM. BAN").top, abs=2)
    assert {line.look for line in lines} == {(11, "regular")}
    assert {line.page for line in lines} == {head.page}
    assert max(line.right for line in lines) < find(printed, "PHÓ CHỦ TỊCH").left
    assert lines[-1].top > find(printed, "Trần Thị Mẫu").bottom


def test_nothing_but_three_rules_is_drawn(printed):
    with pdfplumber.open(BytesIO(printed)) as document:
        assert [len(page.rects) + len(page.lines) for page in document.pages] == [3]


def test_a_compact_paper_leaves_room_to_sign_too():
    pdf = render_pdf(replace(SHORT, compact=True))
    assert (find(pdf, "Trần Thị Mẫu").top - find(pdf, "CHỦ TỊCH").bottom) / MM > 20
    assert {piece.size for piece in pieces(pdf)} == {11, 12, 13}
