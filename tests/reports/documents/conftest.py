"""One realistic list, as content alone and as rows."""

from datetime import date
from pathlib import Path

import pytest

from reports.documents.content import Head, Heading, Listing, Paper, Signature, Text, closed
from tests.factories import make_letterhead, make_plan, make_recipient, make_unit
from units.models import Unit

HERE = Path(__file__).parent
LINES = ("Thường trực Thành ủy (b/c)", "Các phường, xã (t/h)")
NOTE = "Ghi chú: (b/c): để báo cáo; (t/h): để thực hiện."


def pytest_collection_modifyitems(items):
    """What asks no database is the same on every one: `-m "not rendering"` leaves it out."""
    for item in items:
        asks = item.get_closest_marker("django_db") or "db" in item.fixturenames
        if item.path.parent == HERE and not asks:
            item.add_marker(pytest.mark.rendering)


@pytest.fixture
def make_paper():
    """A paper made without the database: `make_paper(lines=(…))`."""

    def make(lines=LINES, note=NOTE, expansions=(), **fields) -> Paper:
        blocks = [
            Text("Kế hoạch này được gửi đến các cơ quan, đơn vị sau:"),
            Listing("Nơi nhận", tuple(lines)),
            *([Text(note, italic=True)] if note else []),
        ]
        for number, name, units in expansions:
            blocks.append(Heading(f"Mục {number}. {name} gồm {len(units)} đơn vị:", level=2))
            blocks.append(Listing(f"Mục {number}", tuple(units)))
        given = {
            "head": Head(
                ("ỦY BAN MTTQ VIỆT NAM", "TỈNH MẪU"), ("ỦY BAN MTTQ VIỆT NAM", "THÀNH PHỐ MẪU"), place="Mẫu"
            ),
            "kind": "DANH SÁCH NƠI NHẬN",
            "title": ("Kế hoạch số 05/KH-MTTQ-BTT ngày 05 tháng 9 năm 2023", "về thực hiện nghị quyết mẫu"),
            "blocks": closed(blocks),
            "signature": Signature(("TM. BAN THƯỜNG TRỰC",), "CHỦ TỊCH", "Trần Thị Mẫu"),
            "sent_to": ("- Như trên;", "- Lưu: MTTQ thành phố."),
            "stem": "Noi-nhan-05-KH-MTTQ-BTT",
        }
        return Paper(**{**given, **fields})

    return make


@pytest.fixture
def issued_plan(db):
    """A numbered plan of a city with a letterhead, sent to two bodies, two wards and the archive."""
    city = make_unit("MTTQ thành phố", Unit.Kind.CITY)
    make_letterhead(city, signer_name="Trần Thị Mẫu")
    plan = make_plan(
        number="05/KH-MTTQ-BTT",
        issued_on=date(2023, 9, 5),
        title="Thực hiện nghị quyết mẫu",
        issuing_unit=city,
    )
    wards = (make_unit("phường Bãi Cát"), make_unit("phường Đồi Thông"))
    rows = [
        ("Thường trực Thành ủy", "b/c", ()),
        ("Hội Nông dân thành phố", "p/h", ()),
        ("Các phường, xã", "t/h", wards),
        ("Lưu MTTQ thành phố", "lưu", ()),
    ]
    for position, (name, purpose, units) in enumerate(rows):
        make_recipient(plan, units, name=name, purpose=purpose, position=position)
    return plan
