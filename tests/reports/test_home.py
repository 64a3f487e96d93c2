from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from plans.models import ImportDraft
from tests.factories import (
    make_assignment,
    make_group,
    make_plan,
    make_recipient,
    make_task,
    make_unit,
    make_user,
)
from tests.pages import in_english, links, texts, tree, words


@pytest.fixture
def home(as_user):
    """The first page of a person, in English."""
    return lambda user: in_english(as_user(user)).get("/")


def test_who_reads_everything_sees_the_plans_in_force_newest_first(cast, home):
    make_plan(title="Trồng cây")
    make_plan(title="Giữ bãi biển")
    make_plan(title="Đã xong", state="closed")
    for person in (cast.admin, cast.staff, cast.leader):
        assert texts(home(person), "//main//section/h2") == ["Giữ bãi biển", "Trồng cây"]


def test_the_plans_of_the_own_office_come_first_and_of_many_only_some(cast, home):
    """A nation has dozens, and each line is a state of its own."""
    make_plan(title="Của thành phố", issuing_unit=cast.city)
    for number in range(1, 6):
        make_plan(title=f"Kế hoạch {number}", issuing_unit=cast.other_ward)
    of_five = ["Kế hoạch 5", "Kế hoạch 4", "Kế hoạch 3", "Kế hoạch 2", "Kế hoạch 1"]
    assert texts(home(cast.staff), "//main//section/h2") == ["Của thành phố", *of_five]
    assert texts(home(cast.staff), "//main/p/a") == []
    make_plan(title="Kế hoạch 6", issuing_unit=cast.other_ward)
    page = home(cast.staff)
    assert texts(page, "//main//section/h2") == ["Của thành phố", "Kế hoạch 6", *of_five[:4]]
    assert tree(page).xpath("//main/p/a/@href") == [reverse("list-plans")]


def test_each_other_plan_says_how_far_its_work_is_given_out(cast, home):
    plan = make_plan(number="07/KH", issued_on="2024-03-12")
    make_assignment(make_task(make_group(make_plan(title="Kế hoạch mới"))), cast.ward)
    group = make_group(plan)
    for units in ((cast.ward, cast.other_ward), (cast.ward,), ()):
        task = make_task(group)
        for unit in units:
            make_assignment(task, unit)
    assert texts(home(cast.leader), "//main//section[.//a='Thực hiện nghị quyết mẫu']//span") == [
        "No. 07/KH",
        "12/03/2024",
        "3 tasks",
        "2 units have work",
        "1 task not assigned",
    ]


def test_of_the_newest_plan_that_is_given_to_units_the_whole_state_is_shown(cast, work, home):
    make_plan(title="Đã xong", state="closed")
    make_plan(title="Chưa giao")
    for person in (cast.admin, cast.staff, cast.leader):
        page = home(person)
        assert texts(page, "//main//h1") == ["Thực hiện nghị quyết mẫu"]
        assert texts(page, "//p[@class='tile-figure']")[0] == "0 / 1 assignment"
        assert texts(page, "//main//section/h2/a") == ["Chưa giao"]


def test_staff_are_led_to_what_is_to_be_done(cast, home):
    plan = make_plan()
    task = make_task(make_group(plan))
    assign = reverse("assign-tasks", args=[plan.pk])
    assert assign in links(home(cast.staff))
    assert assign not in links(home(cast.leader))
    make_assignment(task, cast.ward)
    assert assign not in links(home(cast.staff))


def test_documents_that_wait_are_told_to_those_who_can_confirm_them(cast, home):
    make_plan()
    ImportDraft.objects.create(outline={}, created_by=cast.staff)
    ImportDraft.objects.create(outline={}, created_by=cast.staff, discarded=True)
    ImportDraft.objects.create(outline={}, created_by=cast.staff, plan=make_plan())
    for person in (cast.admin, cast.staff):
        assert texts(home(person), "//main/div[@class='note']") == [
            "1 document was read but not confirmed yet. pasted text"
        ]
    waiting = ImportDraft.objects.get(plan=None, discarded=False)
    assert reverse("review-import", args=[waiting.pk]) in links(home(cast.staff))
    assert texts(home(cast.leader), "//main/div[@class='note']") == []
    ImportDraft.objects.create(outline={}, created_by=cast.staff)
    assert texts(home(cast.staff), "//main/div[@class='note']") == [
        "2 documents were read but not confirmed yet. Go on"
    ]


def test_an_office_without_plans_is_told_where_to_begin(cast, home):
    assert words(home(cast.staff), "//main//section//h2") == "No plans yet"
    assert links(home(cast.staff)) == [reverse("import-plan")]
    assert words(home(cast.leader), "//main//section//h2") == "No plans yet"
    assert links(home(cast.leader)) == []


def test_an_officer_sees_the_own_units_tasks_and_nothing_of_others(cast, work, home):
    make_assignment(make_task(work.group, title="Việc của phường khác"), cast.other_ward)
    make_assignment(work.task, cast.other_ward)
    page = home(cast.owner)
    assert texts(page, "//main//li//a") == ["Tổ chức hội nghị học tập"]
    assert links(page) == [
        reverse("show-plan", args=[work.plan.pk]),
        reverse("show-task", args=[work.task.pk]),
    ]
    assert "Đồi Thông" not in page.content.decode()
    assert "Việc của phường khác" not in page.content.decode()


def test_an_officers_tasks_stand_in_the_order_of_the_plans_newest_first(cast, home):
    for title in ("Kế hoạch cũ", "Kế hoạch mới"):
        plan = make_plan(title=title)
        later, sooner = make_group(plan, position=1, title="Hai"), make_group(plan, position=0, title="Một")
        for group in (later, sooner):
            for place in (1, 0):
                make_assignment(make_task(group, position=place, title=f"{title} {place}"), cast.ward)
    page = home(cast.owner)
    assert texts(page, "//main//section//h2/a") == ["Kế hoạch mới", "Kế hoạch cũ"]
    assert texts(page, "//main//h3") == ["1. Một", "1. Hai", "1. Một", "1. Hai"]
    assert texts(page, "//main//li//a") == [
        *["Kế hoạch mới 0", "Kế hoạch mới 1"] * 2,
        *["Kế hoạch cũ 0", "Kế hoạch cũ 1"] * 2,
    ]


def test_an_officer_reads_role_and_deadline_of_each_task(cast, work, home):
    today = timezone.localdate()
    ongoing = make_task(work.group, ongoing=True)
    make_assignment(ongoing, cast.ward, role="lead")
    for days in (-3, 0, 5, 31):
        task = make_task(work.group, due_on=today + timedelta(days=days))
        make_assignment(task, cast.ward, role="support")
    own = make_task(work.group, due_on=today)
    make_assignment(own, cast.ward, due_on=today + timedelta(days=90))
    day = [f"{today + timedelta(days=days):%d/%m/%Y}" for days in (-3, 0, 5, 31, 90)]
    assert texts(home(cast.owner), "//main//li/div/div[@class='small soft']") == [
        "Carry out · No deadline",
        "Lead · Ongoing",
        f"Support · {day[0]} 3 days past",
        f"Support · {day[1]} Today",
        f"Support · {day[2]} 5 days left",
        f"Support · {day[3]}",
        f"Carry out · {day[4]}",
    ]


def test_an_officer_without_tasks_need_do_nothing(cast, home):
    plan = make_plan(title="Chỉ gửi đến")
    make_recipient(plan, (cast.ward,))
    page = home(cast.owner)
    assert words(page, "//main//section//h2") == "No tasks yet"
    assert "You need do nothing now." in words(page)
    assert links(page) == []


def test_the_navigation_leads_each_to_the_own_pages(cast, home):
    menu = "//nav//a/@href"
    assert tree(home(cast.owner)).xpath(menu) == ["/", "/plans/", reverse("show-unit", args=[cast.ward.pk])]
    assert tree(home(cast.leader)).xpath(menu) == ["/", "/plans/", "/units/"]
    admin = reverse("admin:index")
    offered = {
        role: admin in tree(home(getattr(cast, role))).xpath("//header//a/@href")
        for role in ("admin", "staff", "leader", "owner")
    }
    assert offered == {"admin": True, "staff": True, "leader": False, "owner": False}


def test_who_has_no_unit_has_a_first_page_too(cast, home):
    cast.leader.unit = None
    cast.leader.save()
    assert home(cast.leader).status_code == 200


@pytest.mark.parametrize("rows", [2, 30])
@pytest.mark.parametrize(("role", "queries"), [("staff", 25), ("leader", 23), ("owner", 12)])
def test_much_work_asks_no_more_than_little(cast, as_user, django_assert_num_queries, role, queries, rows):
    for _number in range(rows):
        plan = make_plan()
        for _task in range(2):
            task = make_task(make_group(plan))
            make_assignment(task, cast.ward)
            make_assignment(task, make_unit())
        ImportDraft.objects.create(outline={}, created_by=cast.staff)
    client = as_user(getattr(cast, role))
    with django_assert_num_queries(queries):
        page = client.get("/")
    # Who reads everything sees the newest plan's whole state instead of its line, and lines of five others.
    assert len(texts(page, "//main//section//h2/a")) == (rows if role == "owner" else min(rows - 1, 5))


def test_an_office_without_units_is_told_to_enter_them_first(db, home):
    admin = make_user("admin")
    assert links(home(admin)) == [reverse("admin:units_unit_changelist")]
    make_unit()
    assert links(home(admin)) == [reverse("import-plan")]
