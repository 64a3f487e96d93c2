from datetime import date

import pytest

from reports.documents.choices import Choices
from reports.documents.content import Head, Signature
from reports.documents.letterheads import as_above, frame_of_plan, frame_of_unit, signature_of
from reports.state.days import end_of
from tests.factories import make_letterhead, make_plan, make_unit
from tests.reports.telling import on
from units.models import Signer

pytestmark = pytest.mark.django_db


def plan_of_city(letterhead: dict | None = None, **fields):
    city = make_unit("MTTQ thành phố", "city", name="Ủy ban MTTQ Việt Nam thành phố Mẫu")
    if letterhead is not None:
        make_letterhead(city, **letterhead)
    return make_plan(issuing_unit=city, **fields)


def head_of(plan, **chosen) -> Head:
    return frame_of_plan(Choices(plan, date(2024, 2, 1), **chosen), "DS").head


def test_the_head_is_the_letterhead():
    plan = plan_of_city({"superior_name": "Ủy ban MTTQ Việt Nam tỉnh Mẫu"}, issuer="khác", place="nơi khác")
    assert head_of(plan) == Head(
        superior=("ỦY BAN MTTQ VIỆT NAM", "TỈNH MẪU"),
        issuer=("ỦY BAN MTTQ VIỆT NAM", "THÀNH PHỐ MẪU"),
        place="Thành phố Mẫu",
    )


def test_without_a_letterhead_the_plan_speaks():
    plan = make_plan(issuer="Ủy ban MTTQ thành phố Mẫu", place="Mẫu")
    assert head_of(plan) == Head((), ("ỦY BAN MTTQ", "THÀNH PHỐ MẪU"), place="Mẫu")


def test_without_both_the_issuing_unit_lends_its_name():
    assert head_of(plan_of_city()).issuer == ("ỦY BAN MTTQ VIỆT NAM", "THÀNH PHỐ MẪU")


def test_nothing_known_leaves_gaps():
    head = head_of(make_plan())
    assert (head.superior, head.issuer) == ((), ("…" * 10,))
    assert head.place_and_date.startswith("…………, ngày\u00a0")


def test_a_known_number_and_day_are_printed():
    head = head_of(plan_of_city({}), number="7/DS-MTTQ", dated=date(2024, 2, 1))
    assert head.number_line == "Số: 7/DS-MTTQ"
    assert head.place_and_date == "Thành phố Mẫu, ngày 01 tháng 02 năm 2024"


@pytest.mark.parametrize(
    ("symbol", "number", "line"),
    [
        ("MTTQ-BTT", "5", "Số: 05/DS-MTTQ-BTT"),
        ("MTTQ-BTT", " 112 b ", "Số: 112b/DS-MTTQ-BTT"),
        ("MTTQ-BTT", "5/", "Số: 05/DS-MTTQ-BTT"),
        ("MTTQ-BTT", "5-DS", "Số: 5-DS"),
        ("", "05", "Số: 05/…………"),
    ],
)
def test_a_number_alone_gets_the_symbol_of_the_letterhead(symbol, number, line):
    assert head_of(plan_of_city({"symbol": symbol}), number=number).number_line == line


@pytest.mark.parametrize(
    ("own", "signature"),
    [
        ({}, Signature(("TM. BAN THƯỜNG TRỰC",), "CHỦ TỊCH", "Trần A")),
        ({"signing_authority": "TM. Ủy ban"}, Signature(("TM. ỦY BAN",), "CHỦ TỊCH", "Trần A")),
        ({"signer_position": "Chủ tịch"}, Signature(("TM. BAN THƯỜNG TRỰC",), "CHỦ TỊCH", "Trần A")),
        ({"signer_position": "Phó Chủ tịch"}, Signature(("TM. BAN THƯỜNG TRỰC",), "PHÓ CHỦ TỊCH", "")),
        ({"signer_name": "Lê B"}, Signature(("TM. BAN THƯỜNG TRỰC",), "", "Lê B")),
        (
            {"signer_position": "Phó Chủ tịch", "signer_name": "Lê B"},
            Signature(("TM. BAN THƯỜNG TRỰC",), "PHÓ CHỦ TỊCH", "Lê B"),
        ),
    ],
)
def test_the_plans_own_signer_wins_and_never_gets_anothers_name_or_office(own, signature):
    assert signature_of(plan_of_city({"signer_name": "Trần A"}, **own)) == signature


def test_the_letterhead_lends_its_office_to_a_name_where_it_names_nobody():
    plan = plan_of_city({}, signer_name="Lê B")
    assert signature_of(plan) == Signature(("TM. BAN THƯỜNG TRỰC",), "CHỦ TỊCH", "Lê B")


def test_an_unknown_signer_leaves_dots_for_the_office():
    signature = signature_of(make_plan())
    assert signature == Signature()
    assert signature.office == ("…" * 12,)


def test_a_chosen_signer_signs_and_lends_nothing_from_the_usual_one():
    plan = plan_of_city({"signer_name": "Trần A"}, signer_position="Chủ tịch")
    signer = Signer.objects.create(
        letterhead=plan.issuing_unit.letterhead, authority="KT. CHỦ TỊCH", position="Phó Chủ tịch"
    )
    assert signature_of(plan, signer) == Signature(("KT. CHỦ TỊCH",), "PHÓ CHỦ TỊCH", "")
    frame = frame_of_plan(Choices(plan, date(2024, 2, 1), signer=signer), "DS")
    assert frame.signature == Signature(("KT. CHỦ TỊCH",), "PHÓ CHỦ TỊCH", "")


@pytest.mark.parametrize(
    ("lines", "printed"),
    [
        ("", ("- ………………………;".replace("…" * 9, "…" * 8), "- Lưu: VT.")),
        ("Thành ủy (b/c)\nLưu: VT, BTT", ("- Thành ủy (b/c);", "- Lưu: VT, BTT.")),
        ("- Thành ủy;\n\n + Lưu: VT.", ("- Thành ủy;", "- Lưu: VT.")),
    ],
)
def test_recipients_get_their_dashes_and_stops(lines, printed):
    plan = plan_of_city({"sent_to": lines})
    assert frame_of_plan(Choices(plan, date(2024, 2, 1)), "BC").sent_to == printed


@pytest.mark.parametrize(
    ("lines", "printed"),
    [
        (("- ………………;", "- Lưu: VT."), ("- Như trên;", "- Lưu: VT.")),
        (("- Như trên;", "- Lưu: VT."), ("- Như trên;", "- Lưu: VT.")),
        (("- Thành ủy;", "- Lưu: VT."), ("- Như trên;", "- Thành ủy;", "- Lưu: VT.")),
    ],
)
def test_who_is_addressed_above_is_not_named_again(lines, printed):
    assert as_above(lines) == printed


def test_a_letterhead_of_a_day_gone_by():
    """As it stood, also when it was removed; as first written where there was none yet."""
    with on("2026-01-05"):
        unit = make_unit("phường Mẫu")
        plan = make_plan()

    def place(day: str) -> str:
        choices = Choices(plan, date.fromisoformat(day))
        return frame_of_unit(unit, choices, "BC", end_of(choices.day)).head.place

    with on("2026-02-01"):
        letterhead = make_letterhead(unit, place="Nơi đầu")
    with on("2026-03-01"):
        letterhead.place = "Nơi sau"
        letterhead.save()
    with on("2026-04-01"):
        letterhead.delete()
    assert [place(day) for day in ("2026-01-10", "2026-02-01", "2026-03-01", "2026-03-31")] == [
        "Nơi đầu",
        "Nơi đầu",
        "Nơi sau",
        "Nơi sau",
    ]
    assert place("2026-04-01") == ""
