from datetime import date

import pytest

from reports.documents.choices import Choices
from reports.documents.content import Head, Signature
from reports.documents.letterheads import frame_of_plan, signature_of
from tests.factories import make_letterhead, make_plan, make_unit

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
