import pytest
from django.urls import reverse

from tests.factories import make_assignment, make_group, make_plan, make_recipient, make_task
from tests.pages import HOSTILE_NUMBERS, HOSTILE_TEXTS, in_english, links, texts, tree, words

PLAN_LINKS = "//main//ul[contains(@class, 'rows')]/li/a"


@pytest.fixture
def shown(as_user):
    """The titles that a person reads in the list."""
    return lambda user, **query: texts(as_user(user).get(reverse("list-plans"), query), PLAN_LINKS)


def test_who_reads_everything_sees_every_plan_newest_first(cast, shown):
    make_plan(title="Trồng cây")
    make_plan(title="Giữ sạch bãi biển", state="closed")
    for person in (cast.admin, cast.staff, cast.leader):
        assert shown(person) == ["Giữ sạch bãi biển", "Trồng cây"]


def test_an_officer_sees_plans_that_give_the_unit_work_or_were_sent_to_it(cast, shown):
    given, sent, both, others, _nobodys = (
        make_plan(title=title) for title in ("Giao việc", "Gửi đến", "Cả hai", "Của phường khác", "Chưa ai")
    )
    for plan, unit in (
        (given, cast.ward),
        (both, cast.ward),
        (both, cast.other_ward),
        (others, cast.other_ward),
    ):
        task = make_task(make_group(plan))
        make_assignment(task, unit)
    make_recipient(sent, (cast.other_ward, cast.ward))
    make_recipient(both, (cast.ward,))
    make_recipient(both, (cast.ward, cast.other_ward))
    assert shown(cast.owner) == ["Cả hai", "Gửi đến", "Giao việc"]
    assert shown(cast.outsider) == ["Của phường khác", "Cả hai", "Gửi đến"]
    assert shown(cast.owner, q="phuong khac") == []


def test_a_plan_is_told_by_number_date_tasks_and_state(cast, as_user):
    plan = make_plan(number="05/KH-MTTQ-BTT", issued_on="2023-09-05", state="closed")
    first, second = make_group(plan), make_group(plan)
    for group in (first, first, second):
        make_assignment(make_task(group), cast.ward)
    page = in_english(as_user(cast.staff)).get(reverse("list-plans"))
    assert texts(page, "//main//li/div/span") == ["No. 05/KH-MTTQ-BTT", "05/09/2023", "3 tasks", "Closed"]


def test_an_officer_reads_how_many_tasks_are_the_own_units(cast, as_user):
    def given(title: str, own: int, others: int):
        plan = make_plan(title=title)
        make_recipient(plan, (cast.ward,))
        for unit in [cast.ward] * own + [cast.other_ward] * others:
            make_assignment(make_task(make_group(plan)), unit)

    given("Một", 2, 1)
    given("Hai", 1, 0)
    given("Ba", 0, 3)
    page = in_english(as_user(cast.owner)).get(reverse("list-plans"))
    assert texts(page, "//main//li/div/span[3]") == ["to know", "My unit: 1 task", "My unit: 2 tasks"]
    page = in_english(as_user(cast.leader)).get(reverse("list-plans"))
    assert texts(page, "//main//li/div/span[3]") == ["3 tasks", "1 task", "3 tasks"]


def test_what_is_not_known_of_a_plan_is_said(cast, as_user):
    make_plan()
    page = in_english(as_user(cast.staff)).get(reverse("list-plans"))
    assert texts(page, "//main//li/div/span") == ["No number yet", "No date yet", "0 tasks"]


@pytest.mark.parametrize(
    "query", ["don dep", "ĐÓN ĐẸP", "Đón đẹp", "  dep   đon ", "05/kh", "mttq thanh pho"]
)
def test_words_of_number_title_and_issuer_are_found_with_and_without_marks(cast, shown, query):
    make_plan(title="Đón Tết đẹp", number="05/KH-MTTQ", issuer="Ủy ban MTTQ thành phố Mẫu")
    make_plan(title="Việc khác", number="06/TB")
    assert shown(cast.staff, q=query) == ["Đón Tết đẹp"]


def test_a_corrected_title_is_found_by_its_new_words_alone(cast, shown):
    plan = make_plan(title="Trồng cây")
    plan.title = "Chăm hoa"
    plan.save()
    assert (shown(cast.staff, q="cham hoa"), shown(cast.staff, q="trong cay")) == (["Chăm hoa"], [])


def test_a_search_without_result_says_so_and_keeps_the_words(cast, as_user):
    make_plan()
    page = in_english(as_user(cast.staff)).get(reverse("list-plans"), {"q": "không có"})
    assert words(page, "//main//section//h2") == "No plan has these words"
    assert tree(page).xpath("//input[@name='q']/@value") == ["không có"]


@pytest.mark.parametrize(
    ("role", "said", "offered"),
    [
        ("staff", "you check them before anything is stored", ["/plans/import/", "/plans/import/"]),
        ("leader", "as soon as city staff have imported them", []),
        ("owner", "as soon as one names your unit or gives it a task", []),
    ],
)
def test_an_empty_register_says_what_to_do(cast, as_user, role, said, offered):
    page = in_english(as_user(getattr(cast, role))).get(reverse("list-plans"))
    assert words(page, "//main//section//h2") == "No plans yet"
    assert said in words(page)
    assert links(page) == offered


def test_thirty_plans_a_page_and_the_search_goes_with_the_pages(cast, as_user, shown):
    for number in range(1, 32):
        make_plan(title=f"Trồng cây {number:02}")
    make_plan(title="Việc khác")
    assert shown(cast.staff, q="trong cay") == [f"Trồng cây {number:02}" for number in range(31, 1, -1)]
    assert shown(cast.staff, q="trong cay", page=2) == ["Trồng cây 01"]
    page = as_user(cast.staff).get(reverse("list-plans"), {"q": "trong cay"})
    assert links(page)[-1] == "?q=trong+cay&page=2"
    back = as_user(cast.staff).get(reverse("list-plans"), {"q": "trong cay", "page": "2"})
    assert links(back)[-1] == "?q=trong+cay&page=1"


def test_a_page_number_of_nonsense_gives_some_page(cast, as_user):
    for number in range(31):
        make_plan(title=f"Kế hoạch {number}")
    client = as_user(cast.staff)
    for number in HOSTILE_NUMBERS:
        page = client.get(reverse("list-plans"), {"page": number})
        assert len(texts(page, PLAN_LINKS)) in (1, 30)


def test_any_words_may_be_searched(cast, as_user):
    make_plan(title="Nguy <script>x</script> & %")
    client = as_user(cast.staff)
    for text in (*HOSTILE_TEXTS, "%", "_", "\\", "[", "☃", "q=1&page=2"):
        page = client.get(reverse("list-plans"), {"q": text})
        assert page.status_code == 200
        assert "<script>x" not in page.content.decode()
    for nothing in ("_", "%", "ng_y", " . "):
        assert texts(client.get(reverse("list-plans"), {"q": nothing}), PLAN_LINKS) == []
    assert texts(client.get(reverse("list-plans"), {"q": "x & nguy"}), PLAN_LINKS) == [
        "Nguy <script>x</script> & %"
    ]


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(("role", "queries"), [("staff", 5), ("owner", 5)])
def test_a_long_list_asks_no_more_than_a_short_one(
    cast, as_user, django_assert_num_queries, role, queries, rows
):
    for _number in range(rows):
        plan = make_plan()
        make_recipient(plan, (cast.ward,))
        make_assignment(make_task(make_group(plan)), cast.ward)
    client = as_user(getattr(cast, role))
    with django_assert_num_queries(queries):
        page = client.get(reverse("list-plans"))
    assert len(texts(page, PLAN_LINKS)) == rows
