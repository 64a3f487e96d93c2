from datetime import date

import pytest
from django.urls import reverse

from tests.factories import (
    make_assignment,
    make_basis,
    make_group,
    make_plan,
    make_recipient,
    make_task,
    make_unit,
)
from tests.pages import in_english, links, texts, words


@pytest.fixture
def read(as_user):
    """A plan's page as a person gets it, in English."""
    return lambda user, plan: in_english(as_user(user)).get(reverse("show-content", args=[plan.pk]))


def test_what_the_document_says_of_itself(cast, read):
    parent = make_plan(title="Kế hoạch tỉnh", number="01/KH")
    plan = make_plan(
        title="Trồng cây",
        number="07/KH",
        issued_on="2024-03-12",
        place="Mẫu",
        issuer="MTTQ thành phố Mẫu",
        signing_authority="TM. BAN THƯỜNG TRỰC",
        signer_position="CHỦ TỊCH",
        signer_name="Trần Văn Mẫu",
        term="nhiệm kỳ 2024 – 2029",
        parent=parent,
    )
    make_basis(plan)
    shown = read(cast.leader, plan)
    assert texts(shown, "//dl/dd") == [
        "07/KH",
        "12/03/2024, Mẫu",
        "MTTQ thành phố Mẫu",
        "TM. BAN THƯỜNG TRỰC CHỦ TỊCH Trần Văn Mẫu".replace("TRỰC CHỦ", "TRỰCCHỦ"),
        "nhiệm kỳ 2024 – 2029",
        "01/KH: Kế hoạch tỉnh",
        "In force",
    ]
    assert "Nghị quyết số 01-NQ/TW ngày 17/11/2022" in words(shown)
    assert reverse("show-plan", args=[parent.pk]) in links(shown)


def test_groups_and_tasks_stand_in_their_order_with_their_numbers(cast, read):
    plan = make_plan()
    second, first = (
        make_group(plan, position=1, title="Hai", number="II"),
        make_group(plan, title="Một", number="I"),
    )
    for group, title, position in ((second, "C", 0), (first, "B", 1), (first, "A", 0)):
        make_task(group, title=title, position=position)
    shown = read(cast.leader, plan)
    assert texts(shown, "//section//h2")[:2] == ["I. Một", "II. Hai"]
    assert texts(shown, "//li[@class='task-line']/span[@class='task-number']") == ["1.1", "1.2", "2.1"]
    assert texts(shown, "//li[@class='task-line']/a") == ["A", "B", "C"]


def test_who_has_a_task_is_told_by_the_lead_and_by_counts(cast, work, read):
    work.assignment.role = "lead"
    work.assignment.save()
    for unit in (cast.other_ward, make_unit(), make_unit("Hội Nông dân", "member"), cast.city):
        make_assignment(work.task, unit)
    make_task(work.group, position=1)
    assert texts(read(cast.leader, work.plan), "//div[@class='task-meta']") == [
        "Lead: phường Bãi Cát 2 wards and communes 1 member organisation 1 other unit",
        "Not assigned yet",
    ]


def test_an_officer_reads_the_own_tasks_and_no_other_assignee(cast, work, read):
    make_assignment(work.task, cast.other_ward, role="lead")
    make_assignment(make_task(work.group, title="Việc của phường khác", position=1), cast.other_ward)
    empty = make_group(work.plan, position=1, title="Nhóm không có việc", number="2")
    make_assignment(make_task(empty, title="Việc khác nữa"), cast.other_ward)
    shown = read(cast.owner, work.plan)
    assert texts(shown, "//li[@class='task-line']/a") == ["Tổ chức hội nghị học tập"]
    assert texts(shown, "//div[@class='task-meta']") == ["My unit: Carry out"]
    assert texts(shown, "//main//section//h2")[:2] == ["1. Tuyên truyền, phổ biến", "About the plan"]
    for hidden in ("Đồi Thông", "Việc của phường khác", "Việc khác nữa", "Nhóm không có việc"):
        assert hidden not in shown.content.decode()


def test_an_officer_reads_the_own_role_and_the_deadline_that_holds_for_the_own_unit(cast, read):
    plan = make_plan()
    group = make_group(plan)
    for place, (fields, own) in enumerate(
        (
            ({"due_on": date(2099, 1, 1)}, {"role": "lead"}),
            ({"due_on": date(2099, 1, 1)}, {"role": "support", "due_on": date(2099, 2, 2)}),
            ({"ongoing": True}, {"due_on": date(2099, 3, 3)}),
            ({"ongoing": True}, {}),
        )
    ):
        task = make_task(group, position=place, **fields)
        make_assignment(task, cast.ward, **own)
        make_assignment(task, cast.other_ward, role="lead", due_on=date(2099, 9, 9))
    shown = read(cast.owner, plan)
    assert texts(shown, "//span[@class='task-side']") == ["01/01/2099", "02/02/2099", "03/03/2099", "Ongoing"]
    assert texts(shown, "//div[@class='task-meta']") == [
        "My unit: Lead",
        "My unit: Support",
        "My unit: Carry out",
        "My unit: Carry out",
    ]
    assert "09/09/2099" not in shown.content.decode()


def test_the_parent_plan_is_not_shown_to_an_officer(cast, work, read):
    work.plan.parent = make_plan(title="Kế hoạch tỉnh")
    work.plan.save()
    assert "Kế hoạch tỉnh" in read(cast.leader, work.plan).content.decode()
    shown = read(cast.owner, work.plan).content.decode()
    assert ("Kế hoạch tỉnh" in shown, "Parent plan" in shown) == (False, False)


def test_a_task_keeps_its_number_for_an_officer_who_sees_not_all(cast, read):
    plan = make_plan()
    group = make_group(plan)
    for place in range(3):
        task = make_task(group, position=place)
    make_assignment(task, cast.ward)
    assert texts(read(cast.owner, plan), "//span[@class='task-number']") == ["1.3"]


def test_an_officer_whose_unit_only_received_the_plan_sees_it_without_tasks(cast, read):
    plan = make_plan()
    make_task(make_group(plan), title="Trồng cây ở phường khác")
    make_recipient(plan, (cast.ward,), name="Các phường")
    shown = read(cast.owner, plan)
    assert shown.status_code == 200
    assert texts(shown, "//li[@class='task-line']") == []
    assert texts(shown, "//main//section//h2")[:1] == ["Sent to your unit to know"]
    assert read(cast.outsider, plan).status_code == 404


def test_recipients_with_purpose_and_units(cast, read):
    plan = make_plan()
    make_recipient(plan, name="VT", purpose="lưu", position=2)
    make_recipient(plan, (cast.ward, cast.other_ward), name="Các phường", purpose="t/h", position=0)
    many = tuple(make_unit(f"xã {number}") for number in range(4))
    make_recipient(plan, many, name="Các xã", purpose="p/h", position=1)
    shown = read(cast.leader, plan)
    assert texts(shown, "//div[contains(@class, 'col-lg-4')]/section[2]//ul/li") == [
        "Các phườngt/h phường Bãi Cát, phường Đồi Thông",
        "Các xãp/h stands for 4 unitsxã 0, xã 1, xã 2, xã 3",
        "VTlưu",
    ]


def test_only_those_who_may_write_are_offered_to(cast, work, read):
    writing = {reverse(name, args=[work.plan.pk]) for name in ("assign-tasks", "edit-plan", "add-task")}

    def offered(user):
        return {link.split("?")[0] for link in links(read(user, work.plan))} & writing

    for role in ("admin", "staff"):
        assert offered(getattr(cast, role)) == writing
    for role in ("leader", "owner"):
        assert offered(getattr(cast, role)) == set()


def test_the_latest_changes_are_for_those_who_read_everything(cast, work, read):
    history = reverse("show-plan-history", args=[work.plan.pk])
    for role in ("admin", "staff", "leader"):
        shown = read(getattr(cast, role), work.plan)
        assert history in links(shown)
        told = texts(shown, "//ul[contains(@class, 'timeline')]/li")
        assert [entry.split(" · the system ")[1] for entry in told] == [
            "Added recipient: Các phường",
            "Added assignment: phường Bãi Cát · Tổ chức hội nghị học tập",
            "Added task: Tổ chức hội nghị học tập",
            "Added task group: 1. Tuyên truyền, phổ biến",
            "Added plan: Thực hiện nghị quyết mẫu",
        ]
    shown = read(cast.owner, work.plan)
    assert history not in links(shown)
    assert texts(shown, "//ul[contains(@class, 'timeline')]") == []


def test_five_changes_and_no_more(cast, work, read):
    for number in range(9):
        work.plan.title = f"Tên {number}"
        work.plan.save()
    assert len(texts(read(cast.staff, work.plan), "//ul[contains(@class, 'timeline')]/li")) == 5


def test_a_bare_plan_says_what_is_missing(cast, read):
    plan = make_plan()
    make_group(plan)
    shown = words(read(cast.staff, plan))
    for said in ("No tasks in this group.", "No recipients yet. Add them under “Edit”.", "No date yet"):
        assert said in shown


def test_hostile_texts_are_text(cast, read):
    plan = make_plan(title="<script>x</script>", issuer="{{ 7 }}")
    make_task(make_group(plan, title="<b>đậm</b>"), title="<img src=x>")
    shown = read(cast.staff, plan)
    for markup in ("<script>x", "<b>đậm", "<img src=x"):
        assert markup not in shown.content.decode()
    assert "{{ 7 }}" in words(shown)


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(("role", "queries"), [("staff", 26), ("owner", 11)])
def test_a_long_plan_asks_no_more_than_a_short_one(
    cast, as_user, django_assert_num_queries, role, queries, rows
):
    plan = make_plan(issuing_unit=cast.city)
    for _number in range(rows):
        group = make_group(plan)
        make_basis(plan)
        make_recipient(plan, (cast.ward, make_unit()))
        task = make_task(group)
        make_assignment(task, cast.ward, role="lead")
        make_assignment(task, make_unit())
    for number in range(5):
        plan.title = f"Tên {number}"
        plan.save()
    client = as_user(getattr(cast, role))
    with django_assert_num_queries(queries):
        page = client.get(reverse("show-content", args=[plan.pk]))
    assert len(texts(page, "//li[@class='task-line']")) == rows
