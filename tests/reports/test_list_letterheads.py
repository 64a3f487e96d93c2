import pytest
from django.urls import reverse

from tests.factories import make_letterhead, make_unit
from tests.pages import HOSTILE_TEXTS, in_english, links, texts, words
from units.models import Unit

ADDRESS = "/letterheads/"
LINES = "//main//li[contains(@class, 'letterhead-line')]"


@pytest.fixture
def listed(as_user):
    """(unit, what is said of it) of each line."""

    def lines(user, **query) -> list[tuple]:
        page = in_english(as_user(user)).get(ADDRESS, query)
        said = texts(page, f"{LINES}/div/div")
        return list(zip(texts(page, f"{LINES}/div/a"), said, strict=True))

    return lines


def test_the_citys_comes_first_and_each_says_what_it_lacks(cast, listed):
    make_unit("Hội Nông dân", "member")
    make_letterhead(cast.ward, symbol="MTTQ-BTT", signer_name="Nguyễn Văn A", sent_to="Lưu: VT")
    make_letterhead(cast.city, symbol="MTTQ-BTT", sent_to="Lưu: VT")
    assert listed(cast.leader) == [
        ("MTTQ thành phố", "Open: signer's name"),
        ("Hội Nông dân", "None yet: papers get the name alone"),
        ("phường Bãi Cát", "Complete"),
        ("phường Đồi Thông", "None yet: papers get the name alone"),
    ]
    assert [name for name, _said in listed(cast.staff, gaps="1")] == [
        "MTTQ thành phố",
        "Hội Nông dân",
        "phường Đồi Thông",
    ]


def test_words_and_gaps_narrow_together_and_are_counted(cast, as_user, listed):
    make_letterhead(cast.ward, symbol="X", signer_name="A", sent_to="Lưu: VT")
    assert listed(cast.staff, q="bai cat", gaps="1") == []
    assert [name for name, _said in listed(cast.staff, q="phuong", gaps="1")] == ["phường Đồi Thông"]
    page = in_english(as_user(cast.staff)).get(ADDRESS, {"q": "phường"})
    assert texts(page, "//main//nav/a") == ["All units 2", "With something open 1"]
    assert "?q=ph%C6%B0%E1%BB%9Dng&gaps=1" in links(page)


def test_bodies_that_papers_only_go_to_are_left_out_until_they_have_one(cast, listed):
    body = make_unit("Thành ủy", Unit.Kind.PARTY)
    make_unit("MTTQ tỉnh", Unit.Kind.SUPERIOR)
    make_unit("phường Cũ", valid_to="2020-01-01")
    assert "Thành ủy" not in dict(listed(cast.staff))
    make_letterhead(body)
    assert [name for name, _said in listed(cast.staff)] == [
        "MTTQ thành phố",
        "Thành ủy",
        "phường Bãi Cát",
        "phường Đồi Thông",
    ]


def test_only_who_may_edit_is_led_there(cast, as_user):
    address = reverse("edit-letterhead", args=[cast.ward.pk])
    back = f"{address}?next=%2Fletterheads%2F%3Fgaps%3D1%23unit-{cast.ward.pk}"
    assert back in links(as_user(cast.staff).get(ADDRESS, {"gaps": "1"}))
    assert [link for link in links(as_user(cast.leader).get(ADDRESS)) if address in link] == [
        f"{address}preview/"
    ]


def test_officers_are_refused(cast, as_user):
    assert as_user(cast.owner).get(ADDRESS).status_code == 403
    assert "/letterheads/" not in as_user(cast.owner).get(cast.ward.get_absolute_url()).text


def test_the_ways_in_are_the_units_and_each_unit(cast, as_user):
    for person in (cast.staff, cast.leader):
        assert ADDRESS in links(as_user(person).get(reverse("list-units")))
        assert reverse("preview-letterhead", args=[cast.ward.pk]) in links(
            as_user(person).get(cast.ward.get_absolute_url())
        )
    assert ADDRESS not in links(as_user(cast.owner).get(reverse("list-units")))


def test_where_nothing_is_found_or_open_it_says_so(cast, as_user):
    client = in_english(as_user(cast.staff))
    head = "//main//section//h2"
    assert words(client.get(ADDRESS, {"q": "không có"}), head) == "No unit has these words"
    for unit in (cast.city, cast.ward, cast.other_ward):
        make_letterhead(unit, symbol="X", signer_name="A", sent_to="Lưu: VT")
    assert words(client.get(ADDRESS, {"gaps": "1"}), head) == "Nothing is open"


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_any_words_may_be_searched(cast, as_user, text):
    page = as_user(cast.staff).get(ADDRESS, {"q": text, "gaps": text})
    assert page.status_code == 200
    assert "<script>x" not in page.content.decode()


@pytest.mark.parametrize("more", [1, 197])
def test_a_long_list_asks_no_more_than_a_short_one(cast, as_user, django_assert_num_queries, more):
    for number in range(more):
        unit = make_unit()
        if number % 2:
            make_letterhead(unit)
    client = as_user(cast.staff)
    with django_assert_num_queries(5):
        page = client.get(ADDRESS)
    assert len(texts(page, LINES)) == 3 + more
