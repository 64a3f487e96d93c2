import pytest
from django.core.exceptions import ValidationError

from tests.factories import make_letterhead, make_unit
from units.letterheads import suggested_letterhead
from units.models import Letterhead, Signer, Unit


@pytest.fixture
def fronts(db):
    """A city with one Front above it, a body that is none, and another register's city that has ended."""
    city = make_unit("MTTQ thành phố Mẫu", Unit.Kind.CITY, name="Ủy ban MTTQ Việt Nam thành phố Mẫu")
    make_unit("MTTQ tỉnh Mẫu", Unit.Kind.SUPERIOR, name="Ủy ban MTTQ Việt Nam tỉnh Mẫu")
    make_unit("Ban Tuyên giáo", Unit.Kind.SUPERIOR, name="Ban Tuyên giáo Ủy ban MTTQ Việt Nam tỉnh Mẫu")
    make_unit("MTTQ thị xã Cũ", Unit.Kind.CITY, name="Ủy ban MTTQ Việt Nam thị xã Cũ", valid_to="2020-01-01")
    return city


def parts(letterhead: Letterhead) -> tuple:
    names = (letterhead.superior_name, letterhead.issuer_name)
    return (*names, letterhead.place, letterhead.signing_authority)


def test_a_wards_letterhead_is_suggested_from_its_name_and_the_city(fronts):
    ward = make_unit("phường Bãi Cát", name="Ủy ban MTTQ Việt Nam phường Bãi Cát")
    assert parts(suggested_letterhead(ward)) == (
        "ỦY BAN MTTQ VIỆT NAM THÀNH PHỐ MẪU",
        "ỦY BAN MTTQ VIỆT NAM\nPHƯỜNG BÃI CÁT\nBAN THƯỜNG TRỰC",
        "Bãi Cát",
        "TM. BAN THƯỜNG TRỰC",
    )


def test_the_citys_superior_is_the_one_front_above_it(fronts):
    assert parts(suggested_letterhead(fronts))[:2] == (
        "ỦY BAN MTTQ VIỆT NAM TỈNH MẪU",
        "ỦY BAN MTTQ VIỆT NAM\nTHÀNH PHỐ MẪU\nBAN THƯỜNG TRỰC",
    )


def test_an_organisation_has_a_superior_that_nobody_here_knows(fronts):
    union = make_unit("Hội Nông dân", "member", name="Hội Nông dân thành phố Mẫu")
    assert parts(suggested_letterhead(union)) == ("", "HỘI NÔNG DÂN\nTHÀNH PHỐ MẪU", "Mẫu", "")


@pytest.mark.parametrize(
    ("name", "issuer", "place"),
    [
        ("Ủy ban MTTQ Việt Nam phường 1", "ỦY BAN MTTQ VIỆT NAM PHƯỜNG 1\nBAN THƯỜNG TRỰC", ""),
        ("Ủy ban MTTQ Việt Nam", "ỦY BAN MTTQ VIỆT NAM\nBAN THƯỜNG TRỰC", ""),
        ("Xã Đảo Yến", "XÃ ĐẢO YẾN\nBAN THƯỜNG TRỰC", "Đảo Yến"),
    ],
)
def test_what_the_name_does_not_say_stays_empty(fronts, name, issuer, place):
    suggested = suggested_letterhead(make_unit("x", name=name))
    assert (suggested.issuer_name, suggested.place) == (issuer, place)


def test_of_two_cities_none_is_suggested_as_superior(fronts):
    make_unit("MTTQ thành phố Hai", Unit.Kind.CITY, name="Ủy ban MTTQ Việt Nam thành phố Hai")
    assert suggested_letterhead(make_unit("phường Mẫu")).superior_name == ""


def test_a_letterhead_is_tidied_before_it_is_checked(db):
    letterhead = Letterhead(
        unit=make_unit(),
        superior_name=" ỦY\u00a0BAN  MTTQ \n\n TỈNH MẪU\n",
        issuer_name="PHƯỜNG CA\u0301T\u202e",
        symbol=" MTTQ – BTT ",
        place="\tBãi Cát ",
        sent_to="- Lưu: VT.\n\n- Như trên;\n+ Đảng ủy (b/c);",
    )
    letterhead.full_clean()
    assert (letterhead.superior_name, letterhead.issuer_name) == ("ỦY BAN MTTQ\nTỈNH MẪU", "PHƯỜNG CÁT")
    assert (letterhead.symbol, letterhead.place) == ("MTTQ-BTT", "Bãi Cát")
    assert letterhead.sent_to == "Như trên\nĐảng ủy (b/c)\nLưu: VT"


def test_a_name_of_marks_that_nobody_sees_is_no_name(db):
    letterhead = Letterhead(unit=make_unit(), issuer_name="\u202e\u200b", place="\ue000")
    with pytest.raises(ValidationError) as refused:
        letterhead.full_clean()
    assert sorted(refused.value.message_dict) == ["issuer_name", "place"]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("superior_name", "A\nB\nC\nD"),
        ("issuer_name", "A\nB\nC\nD\nE\nF"),
        ("signing_authority", "A\nB\nC\nD\nE"),
        ("sent_to", "A\n" * 31),
        ("issuer_name", "Ă" * 121),
        ("symbol", "05/BC-MTTQ"),
        ("symbol", "05-BC"),
    ],
)
def test_what_no_paper_has_room_for_is_refused(db, field, text):
    letterhead = Letterhead(unit=make_unit(), **{"issuer_name": "A", "place": "B", field: text})
    with pytest.raises(ValidationError) as refused:
        letterhead.full_clean()
    assert list(refused.value.message_dict) == [field]


def test_as_much_as_there_is_room_for_is_fine(db):
    lines = {"superior_name": "A\nB\nC", "issuer_name": "Ă" * 120 + "\nB\nC\nD\nE", "sent_to": "A\n" * 30}
    Letterhead(unit=make_unit(), place="B", signing_authority="A\nB\nC\nD", **lines).full_clean()


def test_a_signer_is_tidied_too(db):
    signer = Signer(
        letterhead=make_letterhead(make_unit()), authority=" KT.  CHỦ TỊCH\n ", position=" PHÓ\u00a0"
    )
    signer.full_clean()
    assert (signer.authority, signer.position) == ("KT. CHỦ TỊCH", "PHÓ")


def test_what_is_left_open_is_named(db):
    letterhead = make_letterhead(make_unit(), symbol="MTTQ")
    full = make_letterhead(make_unit(), symbol="MTTQ", signer_name="Nguyễn Văn A", sent_to="Lưu: VT")
    assert (letterhead.left_open, full.left_open) == (["họ tên người ký", "nơi nhận văn bản"], [])
    assert list(Unit.objects.leaving_gaps()) == [letterhead.unit]
