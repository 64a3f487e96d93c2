from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_unit
from tests.pages import HOSTILE_TEXTS, in_english, links, texts, tree, words

UNIT_LINKS = "//main//ul[contains(@class, 'choices')]//a"


@pytest.fixture
def shown(as_user):
    """The names that a person reads in the list."""
    return lambda user, **query: texts(as_user(user).get(reverse("list-units"), query), UNIT_LINKS)


def test_who_reads_everything_sees_every_unit_by_kind(cast, as_user, shown):
    make_unit("Hội Nông dân", "member")
    for person in (cast.admin, cast.staff, cast.leader):
        assert shown(person) == ["MTTQ thành phố", "Hội Nông dân", "phường Bãi Cát", "phường Đồi Thông"]
    page = in_english(as_user(cast.leader)).get(reverse("list-units"))
    assert texts(page, "//h2") == ["City Front", "Member organisation", "Ward or commune Front"]


def test_an_officer_sees_the_own_unit_alone(cast, as_user, shown):
    assert shown(cast.owner) == ["phường Bãi Cát"]
    assert shown(cast.owner, q="doi thong") == []
    assert "Đồi Thông" not in as_user(cast.owner).get(reverse("list-units")).content.decode()


@pytest.mark.parametrize("query", ["doi thong", "ĐỒI THÔNG", "Đồi Thông", "  thong   doi ", "đồi thông"])
def test_marks_case_and_order_of_words_do_not_matter(cast, shown, query):
    assert shown(cast.staff, q=query) == ["phường Đồi Thông"]


def test_other_names_and_the_code_are_found_too(cast, shown):
    make_unit("xã Đồng Muối", code="dong-muoi", aliases="MTTQ xã Muối Cũ")
    assert shown(cast.staff, q="muoi cu") == ["xã Đồng Muối"]
    assert shown(cast.staff, q="dong-muoi") == ["xã Đồng Muối"]


def test_a_unit_is_listed_on_the_days_of_its_validity(cast, shown):
    today = timezone.localdate()
    make_unit("phường A cũ", valid_to=today - timedelta(days=1))
    make_unit("phường B sau", valid_from=today + timedelta(days=1))
    make_unit("phường C nay", valid_from=today, valid_to=today)
    assert shown(cast.staff, q="phuong") == ["phường Bãi Cát", "phường C nay", "phường Đồi Thông"]
    assert shown(cast.staff, q="phuong", past="1") == [
        "phường A cũ",
        "phường B sau",
        "phường Bãi Cát",
        "phường C nay",
        "phường Đồi Thông",
    ]


def test_a_search_without_result_says_so_and_keeps_the_words(cast, as_user):
    page = in_english(as_user(cast.staff)).get(reverse("list-units"), {"q": "không có"})
    assert words(page, "//main//section//h2") == "No unit has these words"
    assert tree(page).xpath("//input[@name='q']/@value") == ["không có"]


def test_a_register_without_units_says_who_enters_them(cast, as_user):
    cast.admin.unit = None
    cast.admin.save()
    for person in (cast.staff, cast.leader):
        person.unit = None
        person.save()
    for person in (cast.owner, cast.outsider):
        person.history.all().delete()
        person.delete()
    for unit in (cast.city, cast.ward, cast.other_ward):
        unit.delete()
    page = in_english(as_user(cast.staff)).get(reverse("list-units"))
    assert words(page, "//main//section//h2") == "No units yet"


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_any_words_may_be_searched(cast, as_user, text):
    page = as_user(cast.staff).get(reverse("list-units"), {"q": text, "past": text})
    assert page.status_code == 200
    assert "<script>x" not in page.content.decode()


def test_only_the_administrator_is_offered_the_administration(cast, as_user):
    offered = reverse("admin:units_unit_add")
    assert offered in links(as_user(cast.admin).get(reverse("list-units")))
    for person in (cast.staff, cast.leader, cast.owner):
        assert offered not in links(as_user(person).get(reverse("list-units")))


@pytest.mark.parametrize("more", [1, 197])
def test_a_long_list_asks_no_more_than_a_short_one(cast, as_user, django_assert_num_queries, more):
    for _number in range(more):
        make_unit()
    client = as_user(cast.staff)
    with django_assert_num_queries(4):
        page = client.get(reverse("list-units"))
    assert len(texts(page, UNIT_LINKS)) == 3 + more
