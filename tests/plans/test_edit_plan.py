from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from plans.models import LegalBasis, Plan, Recipient, TaskGroup
from tasks.models import Task
from tests.factories import make_basis, make_group, make_plan, make_recipient, make_task, make_unit
from tests.pages import HOSTILE_NUMBERS, HOSTILE_TEXTS, form_data, in_english, texts, tree

ERRORS = "//main//*[contains(@class, 'invalid-feedback')] | //main//p[@class='text-danger']"


@pytest.fixture
def stored(cast) -> SimpleNamespace:
    """A plan of two legal bases, two groups, and three recipients, the last of them the archive."""
    plan = make_plan(title="Trồng cây", number="07/KH")
    return SimpleNamespace(
        plan=plan,
        bases=[make_basis(plan, number=f"0{place + 1}-NQ/TU", position=place) for place in range(2)],
        groups=[make_group(plan, title=title, position=place) for place, title in enumerate(("Một", "Hai"))],
        recipients=[
            make_recipient(plan, (cast.ward,), name="Các phường", purpose="t/h", position=0),
            make_recipient(plan, name="Thường trực Thành ủy", purpose="b/c", position=1),
            make_recipient(plan, name="VT", purpose="lưu", position=2),
        ],
        url=reverse("edit-plan", args=[plan.pk]),
    )


def add_row(data: dict, prefix: str, **fields) -> None:
    """What the page's own script does for "Add"."""
    place = data[f"{prefix}-TOTAL_FORMS"][0]
    data[f"{prefix}-TOTAL_FORMS"] = [str(int(place) + 1)]
    data |= {f"{prefix}-{place}-{name}": value for name, value in {"ORDER": int(place) + 1, **fields}.items()}


def rows(model, *names: str) -> list[tuple]:
    return list(model.objects.order_by("position").values_list("position", *names))


def history_of(model) -> list[tuple]:
    """(what happened, by whom) of every history row, oldest first."""
    records = model.history.order_by("history_id").select_related("history_user")
    return [(record.history_type, record.history_user and record.history_user.username) for record in records]


def test_the_page_holds_what_is_stored(cast, as_user, stored):
    data = form_data(as_user(cast.staff).get(stored.url))
    assert (data["plan-title"], data["plan-number"], data["plan-state"]) == (
        ["Trồng cây"],
        ["07/KH"],
        ["active"],
    )
    assert (data["bases-0-number"], data["bases-0-date"]) == (["01-NQ/TU"], ["17/11/2022"])
    assert (data["groups-1-title"], data["groups-1-kind"]) == (["Hai"], ["propaganda"])
    assert [data[f"recipients-{place}-stands_for"] for place in range(3)] == [[str(cast.ward.pk)], [""], [""]]


def test_saving_without_a_change_writes_no_history(cast, as_user, stored):
    client = as_user(cast.staff)
    counts = {model: model.history.count() for model in (Plan, LegalBasis, TaskGroup, Recipient)}
    response = client.post(stored.url, form_data(client.get(stored.url)))
    assert response["Location"] == reverse("show-content", args=[stored.plan.pk])
    assert {model: model.history.count() for model in counts} == counts


def test_parts_change_go_come_and_move_in_one_post(cast, as_user, stored):
    client = as_user(cast.staff)
    data = form_data(client.get(stored.url))
    data |= {"plan-number": " 155- KH/TU ", "plan-issued_on": "05/09/2023", "plan-state": "closed"}
    data |= {"bases-0-DELETE": "on", "bases-1-text": "Nghị quyết sửa", "bases-1-date": "1.2.2024"}
    data |= {"groups-0-ORDER": "2", "groups-1-ORDER": "1", "groups-1-kind": "supervision"}
    data |= {"recipients-0-stands_for": f"{cast.ward.pk},{cast.other_ward.pk}", "recipients-1-DELETE": "on"}
    add_row(data, "bases", text="Chương trình mới", number="9-CTr/TU")
    add_row(data, "groups", title="Ba", kind="other")
    add_row(data, "recipients", name="phường Đồi Thông", purpose="p/h", stands_for=cast.other_ward.pk)
    assert client.post(stored.url, data)["Location"] == reverse("show-content", args=[stored.plan.pk])
    plan = Plan.objects.get()
    assert (plan.number, plan.issued_on, plan.state) == ("155-KH/TU", date(2023, 9, 5), "closed")
    assert rows(LegalBasis, "number", "text", "date") == [
        (0, "02-NQ/TU", "Nghị quyết sửa", date(2024, 2, 1)),
        (1, "9-CTr/TU", "Chương trình mới", None),
    ]
    assert rows(TaskGroup, "title", "kind") == [
        (0, "Hai", "supervision"),
        (1, "Một", "propaganda"),
        (2, "Ba", "other"),
    ]
    assert rows(Recipient, "name", "purpose") == [
        (0, "Các phường", "t/h"),
        (1, "VT", "lưu"),
        (2, "phường Đồi Thông", "p/h"),
    ]
    units = {recipient.name: {*recipient.units.all()} for recipient in Recipient.objects.all()}
    assert units == {
        "Các phường": {cast.ward, cast.other_ward},
        "VT": set(),
        "phường Đồi Thông": {cast.other_ward},
    }
    assert history_of(LegalBasis)[2:] == [("-", "staff"), ("~", "staff"), ("+", "staff")]
    assert history_of(TaskGroup)[2:] == [("~", "staff"), ("~", "staff"), ("+", "staff")]
    assert history_of(Plan)[1:] == [("~", "staff")]


def test_an_empty_order_goes_last(cast, as_user, stored):
    client = as_user(cast.staff)
    data = form_data(client.get(stored.url)) | {"groups-0-ORDER": ""}
    client.post(stored.url, data)
    assert rows(TaskGroup, "title") == [(0, "Hai"), (1, "Một")]


def test_a_group_with_tasks_stays_and_says_why(cast, as_user, stored):
    make_task(stored.groups[0], title="Trồng 100 cây")
    client = in_english(as_user(cast.staff))
    data = form_data(client.get(stored.url)) | {"groups-0-DELETE": "on", "plan-title": "Tên mới"}
    response = client.post(stored.url, data)
    assert list(Task.objects.values_list("title", flat=True)) == ["Trồng 100 cây"]
    assert rows(TaskGroup, "title") == [(0, "Một"), (1, "Hai")]
    assert response.status_code == 200
    assert texts(response, ERRORS) == ["“1. Một” still has tasks: move or remove them first."]
    assert Plan.objects.get().title == "Trồng cây"
    assert form_data(response)["plan-title"] == ["Tên mới"]
    assert form_data(response)["groups-0-DELETE"] == ["on"]


def test_a_group_with_assigned_tasks_stays_too(cast, work, as_user):
    client = as_user(cast.staff)
    url = reverse("edit-plan", args=[work.plan.pk])
    response = client.post(url, form_data(client.get(url)) | {"groups-0-DELETE": "on"})
    assert response.status_code == 200
    assert TaskGroup.objects.get() == work.group


def test_an_empty_group_goes(cast, as_user, stored):
    client = as_user(cast.staff)
    client.post(stored.url, form_data(client.get(stored.url)) | {"groups-0-DELETE": "on"})
    assert rows(TaskGroup, "title") == [(0, "Hai")]
    assert history_of(TaskGroup)[-2:] == [("-", "staff"), ("~", "staff")]


def test_a_distribution_list_may_end_in_two_archive_lines(cast, as_user, stored):
    client = as_user(cast.staff)
    data = form_data(client.get(stored.url))
    add_row(data, "recipients", name="VP", purpose="lưu")
    assert client.post(stored.url, data).status_code == 302
    assert rows(Recipient, "name", "purpose")[2:] == [(2, "VT", "lưu"), (3, "VP", "lưu")]


@pytest.mark.parametrize(
    "change",
    [
        {"recipients-2-DELETE": "on", "recipients-1-purpose": "lưu"},
        {"recipients-2-purpose": "", "recipients-1-purpose": "lưu"},
    ],
    ids=["the old one goes", "the old one is none any more"],
)
def test_the_archive_line_can_become_another(cast, as_user, stored, change):
    client = as_user(cast.staff)
    response = client.post(stored.url, form_data(client.get(stored.url)) | change)
    assert response.status_code == 302
    assert Recipient.objects.get(purpose="lưu") == stored.recipients[1]


def test_all_errors_show_at_once_and_what_was_typed_stays(cast, as_user, stored):
    client = in_english(as_user(cast.staff))
    data = form_data(client.get(stored.url))
    data |= {"plan-title": "", "plan-issued_on": "31/02/2024", "bases-0-text": "", "bases-1-date": "mai"}
    data |= {
        "groups-0-kind": "lạ",
        "recipients-0-name": "",
        "recipients-1-stands_for": "9999",
        "plan-place": "Mẫu",
    }
    response = client.post(stored.url, data)
    assert texts(response, ERRORS) == [
        "This field is required.",
        "Enter a valid date.",
        "Select a valid choice. lạ is not one of the available choices.",
        "This field is required.",
        "This unit is not offered any more; choose again.",
        "This field is required.",
        "Enter a valid date.",
    ]
    kept = form_data(response)
    assert (kept["plan-issued_on"], kept["bases-1-date"], kept["plan-place"]) == (
        ["31/02/2024"],
        ["mai"],
        ["Mẫu"],
    )
    assert Plan.objects.get().place == ""
    assert history_of(Plan) == [("+", None)]


def test_a_row_that_another_person_removed_meanwhile_is_told(cast, as_user, stored):
    client = in_english(as_user(cast.staff))
    data = form_data(client.get(stored.url)) | {"plan-title": "Tên mới"}
    stored.bases[0].delete()
    response = client.post(stored.url, data)
    assert (response.status_code == 302) or texts(response, ERRORS) != []


def test_a_row_of_another_plan_cannot_be_written_here(cast, as_user, stored):
    other = make_plan(title="Khác")
    theirs = make_group(other, title="Của kế hoạch khác")
    client = as_user(cast.staff)
    data = form_data(client.get(stored.url)) | {"groups-0-id": theirs.pk, "groups-0-title": "Chiếm"}
    client.post(stored.url, data)
    theirs.refresh_from_db()
    assert (theirs.title, theirs.plan) == ("Của kế hoạch khác", other)


@pytest.mark.parametrize("standing", ["", "members", "wards"])
def test_a_recipient_may_stand_for_nobody_or_a_whole_kind(cast, as_user, stored, standing):
    unions = [make_unit(f"Hội {number}", "member") for number in range(2)]
    units = {"": [], "members": unions, "wards": [cast.ward, cast.other_ward]}[standing]
    client = as_user(cast.staff)
    value = ",".join(str(unit.pk) for unit in units)
    client.post(stored.url, form_data(client.get(stored.url)) | {"recipients-0-stands_for": value})
    assert list(stored.recipients[0].units.all()) == sorted(units, key=lambda unit: unit.folded)


def test_a_selection_of_units_that_is_no_whole_kind_survives_a_save(cast, as_user, stored):
    make_unit("xã Đồng Muối")
    stored.recipients[0].units.set([cast.ward, cast.other_ward])
    client = as_user(cast.staff)
    data = form_data(client.get(stored.url))
    assert data["recipients-0-stands_for"] == [f"{cast.ward.pk},{cast.other_ward.pk}"]
    assert client.post(stored.url, data).status_code == 302
    assert set(stored.recipients[0].units.all()) == {cast.ward, cast.other_ward}


def test_a_plan_is_not_its_own_parent(cast, as_user, stored):
    client = as_user(cast.staff)
    data = form_data(client.get(stored.url)) | {"plan-parent": stored.plan.pk}
    assert client.post(stored.url, data).status_code == 200
    assert Plan.objects.get().parent is None


@pytest.mark.parametrize("prefix", ["bases", "groups", "recipients"])
def test_broken_management_fields_change_nothing(cast, as_user, stored, prefix):
    client = as_user(cast.staff)
    whole = form_data(client.get(stored.url))
    for name in ("TOTAL_FORMS", "INITIAL_FORMS"):
        for number in ["abc", "9" * 5000, "", "\x00", "1e9"]:
            response = client.post(stored.url, whole | {f"{prefix}-{name}": number, "plan-title": "Tên mới"})
            assert response.status_code == 200
        without = {key: value for key, value in whole.items() if key != f"{prefix}-{name}"}
        assert client.post(stored.url, without | {"plan-title": "Tên mới"}).status_code == 200
    assert Plan.objects.get().title == "Trồng cây"
    assert (LegalBasis.objects.count(), TaskGroup.objects.count(), Recipient.objects.count()) == (2, 2, 3)


def test_hostile_values_in_every_field_are_errors_of_the_form(cast, as_user, stored):
    client = as_user(cast.staff)
    whole = form_data(client.get(stored.url))
    fields = [name for name in whole if not name.endswith("_FORMS") and name != "csrfmiddlewaretoken"]
    for text in [*HOSTILE_NUMBERS, *HOSTILE_TEXTS]:
        response = client.post(stored.url, whole | dict.fromkeys(fields, text) | {"plan-title": ""})
        assert response.status_code == 200, text
    assert Plan.objects.get().title == "Trồng cây"


@pytest.mark.parametrize("field", ["bases-0-ORDER", "groups-0-id", "recipients-0-stands_for", "plan-parent"])
def test_hostile_numbers_in_the_fields_of_numbers(cast, as_user, stored, field):
    client = as_user(cast.staff)
    whole = form_data(client.get(stored.url))
    for number in HOSTILE_NUMBERS:
        assert client.post(stored.url, whole | {field: number}).status_code in (200, 302), number
    assert (LegalBasis.objects.count(), TaskGroup.objects.count(), Recipient.objects.count()) == (2, 2, 3)


@pytest.mark.parametrize("more", [0, 29])
def test_a_long_plan_asks_no_more_than_a_short_one(cast, as_user, stored, django_assert_num_queries, more):
    for _number in range(more):
        make_group(stored.plan)
        make_basis(stored.plan)
        make_recipient(stored.plan, (cast.ward,))
    client = as_user(cast.staff)
    with django_assert_num_queries(16):
        client.get(stored.url)


def test_the_slower_of_two_is_told_and_keeps_the_own_text(cast, as_user, stored):
    first, second = in_english(as_user(cast.staff)), in_english(as_user(cast.admin))
    mine, theirs = form_data(first.get(stored.url)), form_data(second.get(stored.url))
    first.post(stored.url, mine | {"plan-place": "Bãi Cát"})
    response = second.post(stored.url, theirs | {"plan-title": "Tên của tôi"})
    assert response.status_code == 200
    assert Plan.objects.values_list("title", "place").get() == ("Trồng cây", "Bãi Cát")
    assert form_data(response)["plan-title"] == ["Tên của tôi"]
    assert "Place of issue: Bãi Cát" in " ".join(texts(response, "//main//*[@role='alert']//li"))
    assert second.post(stored.url, form_data(response)).status_code == 302
    # The page said so: all of it as sent, the other's place included.
    assert Plan.objects.values_list("title", "place").get() == ("Tên của tôi", "")


def test_all_that_others_changed_since_is_listed(cast, as_user, stored):
    client = in_english(as_user(cast.staff))
    data = form_data(client.get(stored.url))
    for number in range(4):
        stored.plan.place = f"Mẫu {number}"
        stored.plan.save()
    stored.groups[0].title = "Một sửa"
    stored.groups[0].save()
    response = client.post(stored.url, data | {"plan-title": "Tên của tôi"})
    assert texts(response, "//main//*[@role='alert']/ul/li//ins") == [
        "Một sửa",
        *(f"Mẫu {number}" for number in (3, 2, 1, 0)),
    ]
    assert Plan.objects.get().title == "Trồng cây"


def test_a_whole_kind_means_the_units_of_today_and_one_that_ended_can_be_chosen_singly(cast, as_user, stored):
    yesterday = timezone.localdate() - timedelta(days=1)
    ended = make_unit("phường Cũ", valid_to=yesterday)
    make_unit("phường Mai", valid_from=timezone.localdate() + timedelta(days=1))
    make_unit("Hội Nông dân", "member")
    client = in_english(as_user(cast.staff))
    page = client.get(stored.url)
    choices = "//select[@name='recipients-1-stands_for']"
    assert texts(page, f"{choices}/option") == [
        "No unit of this system",
        "All wards and communes (2)",
        "All member organisations (1)",
    ]
    assert str(ended.pk) in tree(page).xpath(f"{choices}/optgroup/option/@value")
    client.post(stored.url, form_data(page) | {"recipients-1-stands_for": ended.pk})
    assert list(stored.recipients[1].units.all()) == [ended]


def test_a_plan_issued_by_a_unit_of_another_kind_keeps_it(cast, as_user, stored):
    stored.plan.issuing_unit = make_unit("Hội Nông dân", "member")
    stored.plan.save()
    client = as_user(cast.staff)
    data = form_data(client.get(stored.url))
    assert data["plan-issuing_unit"] == [str(stored.plan.issuing_unit_id)]
    assert client.post(stored.url, data | {"plan-place": "Mẫu"}).status_code == 302
    assert Plan.objects.values_list("issuing_unit__short_name", "place").get() == ("Hội Nông dân", "Mẫu")
