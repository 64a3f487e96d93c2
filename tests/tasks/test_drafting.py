"""From the outline of a document to rows, and from rows to a stored plan, without a page between."""

import pytest

from plans import importing
from plans.importing.outline import Group, Outline
from plans.importing.outline import Recipient as ReadRecipient
from plans.importing.outline import Task as ReadTask
from plans.models import ImportDraft, Plan
from tasks.actions import assign_named_units, confirm_import, create_plan
from tasks.drafting import draft_of
from tasks.models import Assignment, Task
from tests.factories import make_group, make_plan, make_task, make_unit
from tests.tasks.plan_texts import PLAN
from units.models import Unit


def drafted(**fields):
    return draft_of(Outline(**fields), Unit.objects.all())


def test_what_the_document_does_not_say_is_empty(db):
    draft = drafted()
    assert (draft.plan.number, draft.plan.title, draft.plan.issued_on, draft.plan.signer_name) == (
        "",
        "",
        None,
        "",
    )
    assert (draft.bases, draft.groups, draft.tasks, draft.recipients) == ([], [], [], [])


def test_the_one_city_front_issues_and_of_two_the_person_chooses(cast):
    assert drafted().plan.issuing_unit == cast.city
    make_unit("MTTQ thành phố khác", "city")
    assert drafted().plan.issuing_unit is None


def test_tasks_know_the_place_of_their_group_and_their_lines(db):
    task = ReadTask(title="A", text="A.", line=7, end_line=9, lead="Hội A", support=["Hội B", "Hội C"])
    groups = [Group("1", "Một", "other", 3), Group("2", "Hai", "other", 6, [task])]
    (row,) = drafted(groups=groups).tasks
    assert (row.group, row.first_line, row.last_line) == (1, 7, 9)
    assert (row.instance.lead_named, row.instance.support_named) == ("Hội A", "Hội B\nHội C")


@pytest.mark.parametrize(
    ("name", "purpose", "found"),
    [
        ("các phường, xã", "t/h", {"phường Bãi Cát", "phường Đồi Thông"}),
        ("UBMTTQ các phường, xã", None, {"phường Bãi Cát", "phường Đồi Thông"}),
        ("Các tổ chức thành viên", "p/h", {"Hội Nông dân"}),
        ("phường Bãi Cát", "t/h", {"phường Bãi Cát"}),
        ("Báo Mẫu", "b/c", set()),
        ("phường Bãi Cát", "lưu", set()),
    ],
)
def test_a_recipient_stands_for_the_units_that_its_name_says(cast, name, purpose, found):
    make_unit("Hội Nông dân", "member")
    (row,) = drafted(recipients=[ReadRecipient(name, purpose, 3)]).recipients
    assert {unit.short_name for unit in row.units} == found


def test_drafting_asks_nothing_and_stores_nothing(cast, django_assert_num_queries):
    outline, units = importing.read_text(PLAN), list(Unit.objects.all())
    with django_assert_num_queries(0):
        draft = draft_of(outline, units)
    assert (draft.plan.pk, Plan.objects.count()) == (None, 0)


def test_a_plan_is_stored_whole_or_not_at_all(cast, monkeypatch):
    def broken(tasks):
        raise RuntimeError

    draft = draft_of(importing.read_text(PLAN), Unit.objects.all())
    monkeypatch.setattr("tasks.actions.assign_named_units", broken)
    with pytest.raises(RuntimeError):
        create_plan(draft)
    assert (Plan.objects.count(), Task.objects.count(), Plan.history.count()) == (0, 0, 0)


def test_two_confirms_at_once_make_one_plan(cast):
    """Both read the document before either had confirmed it."""
    outline = importing.read_text(PLAN)
    waiting = ImportDraft.objects.create(outline=outline.to_dict(), created_by=cast.staff)
    made = [confirm_import(waiting.pk, draft_of(outline, Unit.objects.all())) for _click in range(2)]
    assert made == [(Plan.objects.get(), True), (Plan.objects.get(), False)]


def test_named_units_are_those_valid_today_and_a_lead_does_not_also_support(cast):
    make_unit("xã Cũ", valid_to="2020-01-01")
    task = make_task(
        make_group(make_plan()),
        lead_named="phường Bãi Cát",
        support_named="phường Đồi Thông\nphường Bãi Cát\nxã Cũ\nBan lạ",
    )
    assign_named_units([task])
    assert set(Assignment.objects.values_list("unit__short_name", "role")) == {
        ("phường Bãi Cát", "lead"),
        ("phường Đồi Thông", "support"),
    }


def test_a_unit_that_is_named_twice_has_the_task_once(cast):
    task = make_task(make_group(make_plan()), support_named="phường Bãi Cát\nphường Bãi Cát\nCác phường, xã")
    assign_named_units([task])
    assert list(Assignment.objects.order_by("pk").values_list("unit__short_name", "role")) == [
        ("phường Bãi Cát", "support"),
        ("phường Đồi Thông", "support"),
    ]


def test_an_outline_survives_the_database(cast):
    outline = importing.read_text(PLAN)
    draft = ImportDraft.objects.create(outline=outline.to_dict(), created_by=cast.staff)
    draft.refresh_from_db()
    assert Outline.from_dict(draft.outline) == outline
