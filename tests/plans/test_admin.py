from datetime import date

import pytest
from django.urls import reverse

from plans.models import ImportDraft, LegalBasis, Plan, Recipient, TaskGroup
from tests.factories import make_basis, make_group, make_plan, make_recipient, make_unit


def url(page: str, *args) -> str:
    return reverse(f"admin:plans_{page}", args=args)


def plan_data(plan: Plan, **fields) -> dict:
    parts = ("legal_bases", "groups", "recipients")
    forms = {f"{part}-{count}_FORMS": 0 for part in parts for count in ("TOTAL", "INITIAL")}
    return {"title": plan.title, "state": plan.state, **forms, **fields}


def make_draft(user, plan: Plan | None = None) -> ImportDraft:
    return ImportDraft.objects.create(file_name="ke-hoach.docx", outline={}, created_by=user, plan=plan)


def more_rows(model: type, number: int, user) -> None:
    for _number in range(number):
        plan = make_plan(issuing_unit=make_unit())
        make_basis(plan)
        make_group(plan)
        make_recipient(plan, (make_unit(), make_unit()))
        make_draft(user, plan)


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(
    ("model", "queries"), [(Plan, 5), (LegalBasis, 6), (TaskGroup, 6), (Recipient, 6), (ImportDraft, 5)]
)
def test_lists_ask_as_much_for_one_row_as_for_many(
    cast, as_user, django_assert_num_queries, model, queries, rows
):
    more_rows(model, rows, cast.staff)
    client = as_user(cast.staff)
    with django_assert_num_queries(queries):
        response = client.get(url(f"{model._meta.model_name}_changelist"))
    assert response.context["cl"].result_count == rows


def test_staff_make_a_plan_with_its_parts(cast, as_user):
    data = {
        "title": "Kế hoạch thử",
        "state": "active",
        "issued_on": "05/09/2023",
        "issuing_unit": cast.city.pk,
        **{f"{part}-TOTAL_FORMS": 1 for part in ("legal_bases", "groups", "recipients")},
        **{f"{part}-INITIAL_FORMS": 0 for part in ("legal_bases", "groups", "recipients")},
        "legal_bases-0-text": "Nghị quyết mẫu",
        "legal_bases-0-date": "17/11/2022",
        "legal_bases-0-position": 0,
        "groups-0-title": "Tuyên truyền",
        "groups-0-kind": "propaganda",
        "groups-0-position": 0,
        "recipients-0-name": "Các phường",
        "recipients-0-position": 0,
        "recipients-0-units": [cast.ward.pk, cast.other_ward.pk],
    }
    assert as_user(cast.staff).post(url("plan_add"), data).status_code == 302
    plan = Plan.objects.get()
    assert (plan.issued_on, plan.legal_bases.get().date) == (date(2023, 9, 5), date(2022, 11, 17))
    assert plan.groups.get().kind == "propaganda"
    assert set(plan.recipients.get().units.all()) == {cast.ward, cast.other_ward}
    assert plan.recipients.get().history.first().history_user == cast.staff


def test_staff_change_a_plan_and_never_delete_it(cast, as_user, work):
    client = as_user(cast.staff)
    page = url("plan_change", work.plan.pk)
    assert client.post(page, plan_data(work.plan, number="05/KH-MTTQ-BTT")).status_code == 302
    assert client.post(url("plan_delete", work.plan.pk), {"post": "yes"}).status_code == 403
    assert Plan.objects.get().number == "05/KH-MTTQ-BTT"


def test_staff_delete_a_basis_and_a_recipient(cast, as_user, work):
    basis = make_basis(work.plan)
    client = as_user(cast.staff)
    assert client.post(url("legalbasis_delete", basis.pk), {"post": "yes"}).status_code == 302
    assert client.post(url("recipient_delete", work.recipient.pk), {"post": "yes"}).status_code == 302
    assert (LegalBasis.objects.count(), Recipient.objects.count()) == (0, 0)


def test_the_document_of_a_deleted_plan_waits_again(cast, as_user):
    plan = make_plan()
    make_group(plan)
    draft = make_draft(cast.staff, plan)
    assert as_user(cast.admin).post(url("plan_delete", plan.pk), {"post": "yes"}).status_code == 302
    assert Plan.objects.count() == 0
    assert list(ImportDraft.objects.waiting()) == [draft]
    assert as_user(cast.staff).get(url("importdraft_history", draft.pk)).status_code == 200


def test_a_plan_with_assigned_tasks_stays(cast, as_user, work):
    response = as_user(cast.admin).post(url("plan_delete", work.plan.pk), {"post": "yes"})
    assert (response.status_code, bool(response.context["protected"])) == (200, True)
    assert Plan.objects.count() == 1


@pytest.mark.parametrize("person", ["admin", "staff"])
def test_an_import_draft_is_only_read(cast, as_user, person):
    draft = make_draft(cast.staff)
    client = as_user(getattr(cast, person))
    assert client.get(url("importdraft_change", draft.pk)).status_code == 200
    assert client.get(url("importdraft_history", draft.pk)).status_code == 200
    assert client.post(url("importdraft_change", draft.pk), {"file_name": "khac"}).status_code == 403
    assert client.post(url("importdraft_add"), {"file_name": "khac"}).status_code == 403
    assert client.post(url("importdraft_delete", draft.pk), {"post": "yes"}).status_code == 403
    assert ImportDraft.objects.get().file_name == "ke-hoach.docx"


@pytest.mark.parametrize("person", ["nobody", "leader", "owner"])
def test_others_do_not_enter(cast, as_user, work, person):
    client = as_user(getattr(cast, person, None))
    pages = [url("plan_changelist"), url("plan_change", work.plan.pk), url("plan_history", work.plan.pk)]
    assert [client.get(page).status_code for page in pages] == [302, 302, 302]


def test_plans_and_their_parts_are_found_without_marks(cast, as_user):
    plan = make_plan(title="Đổi mới phương thức lãnh đạo")
    other = make_plan(title="Chăm lo người nghèo")
    groups = [make_group(plan), make_group(other)]
    client = as_user(cast.staff)
    for page, found in [("plan_changelist", [plan]), ("taskgroup_changelist", [groups[0]])]:
        assert list(client.get(url(page), {"q": "doi moi LANH dao"}).context["cl"].result_list) == found


def test_parts_are_filtered_by_plan(cast, as_user):
    groups = [make_group(make_plan()), make_group(make_plan())]
    client = as_user(cast.staff)
    for value, found in [
        (groups[0].plan_id, [groups[0]]),
        ("abc", groups),
        ("999999", groups),
    ]:
        cl = client.get(url("taskgroup_changelist"), {"plan": value}).context["cl"]
        assert list(cl.result_list) == found


def test_history_of_a_plan_holds_that_of_its_parts(cast, as_user, work):
    client = as_user(cast.staff)
    client.post(url("recipient_delete", work.recipient.pk), {"post": "yes"})
    entries = client.get(url("plan_history", work.plan.pk)).context["changes"].object_list
    assert (entries[0].action, entries[0].names) == ("removed", ["Các phường"])
