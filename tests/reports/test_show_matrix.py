from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse
from simple_history.utils import bulk_create_with_history

from tasks.models import Assignment
from tests.factories import make_assignment, make_plan, make_task, make_unit
from tests.pages import HOSTILE_NUMBERS, HOSTILE_TEXTS, in_english, links, texts, tree, words
from tests.reports.acts import log
from units.models import Succession

pytestmark = pytest.mark.usefixtures("underway")

TABLE = "//div[@data-matrix]/table"


@pytest.fixture
def shown(as_user, underway):
    """The matrix as a person gets it, in English."""
    url = reverse("show-matrix", args=[underway.plan.pk])
    return lambda user, **asked: in_english(as_user(user)).get(url, asked)


def table(page) -> list[list[str]]:
    """The text of every cell; lines of a group or a kind have one more, which is empty."""
    return [
        [" ".join(cell.text_content().split()) for cell in row.xpath("th | td")]
        for row in tree(page).xpath(f"{TABLE}//tr")
    ]


def test_the_longer_list_goes_down_and_a_cell_says_state_and_lead(cast, shown):
    assert table(shown(cast.leader)) == [
        [
            "All together 2/5",
            "1.1 Tổ chức hội nghị học tập 0/1",
            "1.2 Phát tài liệu 1/2",
            "2.1 Giám sát cơ sở 1/2",
        ],
        ["City Front", ""],
        ["MTTQ thành phố 0/1", "", "", "→ 40%"],
        ["Member organisation", ""],
        ["Hội Nông dân 1/1", "", "", "✓ in time"],
        ["Ward or commune Front", ""],
        ["phường Bãi Cát 1/2", "– not yet", "✓ late", ""],
        ["phường Đồi Thông 0/1", "", "! overdue Lead", ""],
    ]


def test_it_can_be_turned_round_and_back(cast, underway, shown):
    page = shown(cast.leader, turned="1")
    assert table(page) == [
        [
            "All together 2/5",
            "MTTQ thành phố 0/1",
            "Hội Nông dân 1/1",
            "phường Bãi Cát 1/2",
            "phường Đồi Thông 0/1",
        ],
        ["1. Tuyên truyền, phổ biến", ""],
        ["1.1 Tổ chức hội nghị học tập 0/1", "", "", "– not yet", ""],
        ["1.2 Phát tài liệu 1/2", "", "", "✓ late", "! overdue Lead"],
        ["1. Giám sát", ""],
        ["2.1 Giám sát cơ sở 1/2", "→ 40%", "✓ in time", "", ""],
    ]
    assert {"?", f"{reverse('export-matrix', args=[underway.plan.pk])}?turned=1"} <= set(links(page))
    assert "?turned=1" in links(shown(cast.leader))


def test_each_cell_has_the_colour_of_its_class_and_leads_to_its_assignment(cast, underway, shown):
    cells = tree(shown(cast.leader, on="2026-09-19")).xpath(f"{TABLE}//td[a]")
    assert [(cell.get("class"), cell.xpath("a/@href")) for cell in cells] == [
        (look, [f"/assignments/{part.pk}/?on=2026-09-19"])
        for look, part in [
            ("m-info", underway.soon),
            ("m-good", underway.done),
            ("m-none", underway.assignment),
            ("m-late", underway.late),
            ("m-bad", underway.overdue),
        ]
    ]


def test_a_sum_leads_to_as_many_rows_with_the_filters_of_the_page(cast, underway, shown, as_user):
    page = shown(cast.leader, kind="ward", on="2026-09-19", turned="1")
    sums = tree(page).xpath(f"{TABLE}//th//a[contains(@href, '/assignments/?')]")
    counted = [(link.text_content(), link.get("href")) for link in sums]
    assert [number for number, _address in counted] == ["1/3", "0/1", "1/2", "1/2", "0/1"]
    for number, address in counted:
        rows = tree(as_user(cast.leader).get(address)).xpath("//li[@data-row]")
        assert len(rows) == int(number.partition("/")[2])
        assert "kind=ward" in address
        assert "on=2026-09-19" in address


def test_within_one_state_a_sum_says_only_how_many(cast, shown):
    page = shown(cast.leader, standing="late")
    assert table(page) == [
        ["All together 2", "1.2 Phát tài liệu 2"],
        ["Ward or commune Front", ""],
        ["phường Bãi Cát 1", "✓ late"],
        ["phường Đồi Thông 1", "! overdue Lead"],
    ]


@pytest.mark.parametrize(
    ("asked", "signs"),
    [
        ({"role": "lead"}, ["! overdue Lead"]),
        ({"kind": "member"}, ["✓ in time"]),
        ({"standing": "due_soon"}, ["→ 40%"]),
        ({"standing": "done"}, ["✓ late", "✓ in time"]),
        ({"role": "carry_out", "kind": "ward"}, ["– not yet", "✓ late"]),
    ],
)
def test_only_what_the_address_asks_for(cast, shown, asked, signs):
    assert texts(shown(cast.leader, **asked), f"{TABLE}//td[a]") == signs


def test_what_is_overdue_and_begun_and_what_is_done_without_a_deadline(cast, underway, shown):
    log(underway.overdue, cast.staff, "in_progress", date(2026, 9, 19), 40)
    log(underway.assignment, cast.staff, "done", date(2026, 9, 19))
    assert texts(shown(cast.leader, kind="ward"), f"{TABLE}//td[a]") == [
        "✓ done",
        "✓ late",
        "! overdue 40% Lead",
    ]


def test_units_that_merged_share_a_cell_which_shows_the_worst(cast, underway, shown):
    Succession.objects.create(
        predecessor=cast.ward, successor=cast.other_ward, effective_on=date(2026, 9, 19)
    )
    page = shown(cast.leader, kind="ward")
    assert [row[-1] for row in table(page)] == ["phường Đồi Thông 1/3", "", "– not yet", "! overdue ×2 Lead"]
    (cell,) = [
        link for link in links(page) if link.endswith(f"task={underway.held.pk}&unit={cast.other_ward.pk}")
    ]
    rows = shown(cast.leader).client.get(cell)
    assert len(tree(rows).xpath("//li[@data-row]")) == 2


def test_the_matrix_of_a_day_gone_by_is_that_of_the_day(cast, underway, shown):
    before = table(shown(cast.leader, on="2026-09-13"))
    log(underway.soon, cast.staff, "done", date(2026, 9, 20))
    underway.watched.due_on = date(2026, 9, 1)
    underway.watched.save()
    assert table(shown(cast.leader, on="2026-09-13")) == before
    assert before[2] == ["MTTQ thành phố 0/1", "", "", "– not yet"]
    assert table(shown(cast.leader))[2] == ["MTTQ thành phố 1/1", "", "", "✓ late"]


def test_the_box_is_reached_by_keyboard_and_named(cast, shown):
    (box,) = tree(shown(cast.leader)).xpath("//div[@data-matrix]")
    assert (box.get("tabindex"), box.get("role"), box.get("aria-label")) == ("0", "region", "Tasks by units")


def test_nothing_that_fits_says_how_to_get_out(cast, underway, shown):
    page = shown(cast.leader, standing="overdue", role="support")
    assert tree(page).xpath(TABLE) == []
    assert words(page, "//section[contains(@class, 'empty')]//h2") == "No assignment is as you asked"
    assert reverse("show-matrix", args=[underway.plan.pk]) in links(page)


def test_a_plan_that_gives_nothing_has_no_table(cast, as_user):
    page = in_english(as_user(cast.leader)).get(reverse("show-matrix", args=[make_plan().pk]))
    assert words(page, "//section[contains(@class, 'empty')]//h2") == "Nothing is given to any unit yet"


def test_hostile_addresses_show_the_whole(cast, shown):
    names = ("group", "task", "kind", "unit", "role", "standing", "on")
    for value in (*HOSTILE_NUMBERS, *HOSTILE_TEXTS):
        page = shown(cast.leader, **dict.fromkeys(names, value), turned=value)
        assert len(tree(page).xpath(f"{TABLE}//td[a]")) == 5, value


def test_names_are_text(cast, underway, shown):
    task = make_task(underway.group, title="<b>Việc</b> & {{ 7 }}", position=9)
    make_assignment(task, make_unit("<i>phường</i>"))
    page = shown(cast.leader)
    assert "1.3 <b>Việc</b> & {{ 7 }} 0/1" in table(page)[0]
    assert "<b>Việc</b>" not in page.content.decode()


@pytest.mark.parametrize("units", [11, 200])
def test_many_units_ask_no_more_than_few(cast, underway, as_user, django_assert_num_queries, units):
    with time_machine.travel(datetime(2026, 9, 19, tzinfo=UTC)):
        rows = [Assignment(task=underway.task, unit=make_unit()) for _number in range(units)]
        bulk_create_with_history(rows, Assignment)
    client = as_user(cast.leader)
    with django_assert_num_queries(12):
        page = client.get(reverse("show-matrix", args=[underway.plan.pk]))
    assert len(tree(page).xpath(f"{TABLE}//td[a]")) == 5 + units
