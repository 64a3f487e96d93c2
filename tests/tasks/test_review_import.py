from datetime import date
from types import SimpleNamespace

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plans.importing import read_text
from plans.models import ImportDraft, LegalBasis, Plan, Recipient, TaskGroup
from tasks.drafting import draft_of
from tasks.forms.imports import PreviewForms
from tasks.models import Assignment, Task
from tests.factories import make_plan, make_unit
from tests.pages import HOSTILE_NUMBERS, HOSTILE_TEXTS, form_data, in_english, links, texts, tree
from tests.tasks.plan_texts import PLAN, TWO_ARCHIVES
from units.models import Unit

ERRORS = "//main//*[contains(@class, 'invalid-feedback')] | //main//*[contains(@class, 'text-danger')]"
STORED = (Plan, LegalBasis, TaskGroup, Task, Recipient, Assignment)


@pytest.fixture
def review(cast, as_user) -> SimpleNamespace:
    """A staff member before the preview of the sample plan; `data` is its form untouched."""
    cast.union = make_unit("Hội Nông dân", "member")
    return open_review(in_english(as_user(cast.staff)), PLAN)


def open_review(client, text: str) -> SimpleNamespace:
    url = client.post(reverse("import-plan"), {"text": text})["Location"]
    page = client.get(url)
    return SimpleNamespace(
        client=client,
        url=url,
        page=page,
        data=form_data(page),
        draft=ImportDraft.objects.first(),
        post=lambda **fields: client.post(url, form_data(page) | fields),
    )


def add_row(data: dict, prefix: str, **fields) -> dict:
    """What the page's own script does for "Add"."""
    place = data[f"{prefix}-TOTAL_FORMS"][0]
    rows = {f"{prefix}-{place}-{name}": value for name, value in {"ORDER": int(place) + 1, **fields}.items()}
    return data | {f"{prefix}-TOTAL_FORMS": [str(int(place) + 1)]} | rows


def counts() -> list[int]:
    return [model.objects.count() for model in STORED]


def tasks() -> list[tuple]:
    return list(Task.objects.values_list("group__title", "title"))


def test_what_was_read_stands_in_the_fields(cast, review):
    data = review.data
    assert {
        name: data[f"plan-{name}"] for name in ("title", "number", "issued_on", "place", "signer_name")
    } == {
        "title": ["Thực hiện phong trào trồng cây năm 2024"],
        "number": ["07/KH-MTTQ-BTT"],
        "issued_on": ["12/03/2024"],
        "place": ["Thành phố Mẫu"],
        "signer_name": ["Trần Văn Mẫu"],
    }
    assert data["plan-issuing_unit"] == [str(cast.city.pk)]
    assert [data[f"tasks-{place}-group"] for place in range(3)] == [["0"], ["0"], ["1"]]
    assert (data["tasks-0-due_on"], data["tasks-1-ongoing"]) == (["30/06/2024"], ["on"])
    assert "tasks-0-ongoing" not in data


def test_recipients_stand_for_the_units_that_their_names_say(cast, review):
    wards = f"{cast.ward.pk},{cast.other_ward.pk}"
    assert [
        (review.data[f"recipients-{n}-name"], review.data[f"recipients-{n}-stands_for"]) for n in range(5)
    ] == [
        (["Thường trực Thành ủy"], [""]),
        (["Các tổ chức thành viên"], [str(cast.union.pk)]),
        (["Các phường, xã"], [wards]),
        (["phường Bãi Cát"], [str(cast.ward.pk)]),
        (["VT"], [""]),
    ]


def test_a_unit_that_has_ended_is_neither_found_nor_offered(cast, as_user):
    cast.other_ward.valid_to = date(2020, 1, 1)
    cast.other_ward.save()
    review = open_review(as_user(cast.staff), PLAN)
    assert review.data["recipients-2-stands_for"] == [str(cast.ward.pk)]
    assert f"{cast.other_ward.pk}" not in tree(review.page).xpath(
        "//select[@name='recipients-2-stands_for']//@value"
    )


def test_the_source_stands_beside_with_its_line_numbers(review):
    lines = texts(review.page, "//ol[@class='source-lines']/li/span[2]")
    assert [line for line in lines if line] == [line for line in PLAN.splitlines() if line]
    read_at = tree(review.page).xpath("//details[@data-row]/@data-lines")
    assert read_at[:3] == ["14-14", "15-15", "16-16"]
    assert set(links(review.page)) >= {"#line-14", "#line-15", "#line-16"}
    assert tree(review.page).xpath("//li[@id='line-15']")


def test_looking_stores_nothing(review):
    assert counts() == [0] * 6
    assert ImportDraft.objects.get().typed == ""


def test_confirming_stores_what_was_shown(cast, review):
    response = review.post()
    plan = Plan.objects.get()
    assert response["Location"] == reverse("show-content", args=[plan.pk])
    assert (plan.title, plan.number, plan.issued_on, plan.issuing_unit, plan.state) == (
        "Thực hiện phong trào trồng cây năm 2024",
        "07/KH-MTTQ-BTT",
        date(2024, 3, 12),
        cast.city,
        "active",
    )
    assert (plan.place, plan.signing_authority, plan.signer_position, plan.signer_name) == (
        "Thành phố Mẫu",
        "TM. BAN THƯỜNG TRỰC",
        "CHỦ TỊCH",
        "Trần Văn Mẫu",
    )
    assert list(plan.legal_bases.values_list("position", "number", "date", "text")) == [
        (0, "15-NQ/TU", date(2024, 1, 2), "Nghị quyết số 15-NQ/TU ngày 02/01/2024 của Thành ủy về cây xanh")
    ]
    assert list(plan.groups.values_list("position", "number", "title", "kind")) == [
        (0, "1", "Tuyên truyền", "propaganda"),
        (1, "2", "Kiểm tra, giám sát", "supervision"),
    ]
    assert list(Task.objects.values_list("group__position", "title", "due_on", "ongoing")) == [
        (0, "Phát tờ rơi về cây xanh", date(2024, 6, 30), False),
        (0, "Thường xuyên treo băng rôn ở các khu phố", None, True),
        (1, "Kiểm tra vườn ươm", None, False),
    ]
    assert [
        (each.position, each.name, each.purpose, {*each.units.all()}) for each in plan.recipients.all()
    ] == [
        (0, "Thường trực Thành ủy", "b/c", set()),
        (1, "Các tổ chức thành viên", "p/h", {cast.union}),
        (2, "Các phường, xã", "t/h", {cast.ward, cast.other_ward}),
        (3, "phường Bãi Cát", "t/h", {cast.ward}),
        (4, "VT", "lưu", set()),
    ]


def test_a_text_of_several_lines_is_stored_as_it_was_read(cast, as_user):
    text = PLAN.replace("2. Kiểm tra", "+ Phát ở chợ;\n+ Phát ở trường.\n2. Kiểm tra")
    review = open_review(as_user(cast.staff), text)
    review.post()
    read = [task["text"] for group in review.draft.outline["groups"] for task in group["tasks"]]
    assert list(Task.objects.values_list("text", flat=True)) == read
    assert any("\n" in each for each in read)


def test_units_that_the_text_names_have_their_tasks(cast, review):
    review.post()
    assert list(Assignment.objects.values_list("task__title", "unit__short_name", "role")) == [
        ("Kiểm tra vườn ươm", "phường Bãi Cát", "lead"),
        ("Kiểm tra vườn ươm", "phường Đồi Thông", "support"),
    ]


def test_named_units_are_those_that_the_person_left_in_the_fields(cast, review):
    names = "Hội Nông dân\r\nBan không có ở đây\r\ncác phường, xã"
    review.post(**{"tasks-2-lead_named": "Ban không có ở đây", "tasks-2-support_named": names})
    assert set(Assignment.objects.values_list("unit__short_name", "role")) == {
        ("Hội Nông dân", "support"),
        ("phường Bãi Cát", "support"),
        ("phường Đồi Thông", "support"),
    }


def test_a_unit_named_to_lead_and_to_support_leads(cast, review):
    review.post(**{"tasks-2-support_named": "các phường, xã"})
    assert set(Assignment.objects.values_list("unit__short_name", "role")) == {
        ("phường Bãi Cát", "lead"),
        ("phường Đồi Thông", "support"),
    }


def test_everything_is_history_in_the_persons_name(cast, review):
    review.post()
    for model in STORED:
        assert {row.history_user for row in model.history.all()} == {cast.staff}, model
        assert model.history.filter(history_type="+").count() == model.objects.count()
    assert [row.history_user for row in ImportDraft.history.all()] == [cast.staff, cast.staff]


def test_a_second_click_gives_the_same_one_plan(cast, review):
    first = review.post()
    stored = counts()
    second = review.post(**{"plan-title": "Khác hẳn"})
    assert second["Location"] == first["Location"]
    assert counts() == stored
    assert Plan.objects.get().title == "Thực hiện phong trào trồng cây năm 2024"


def test_a_confirmed_document_leads_to_its_plan(cast, review, as_user):
    confirmed = review.post()["Location"]
    assert as_user(cast.admin).get(review.url)["Location"] == confirmed
    keep(review, **{"plan-title": "Spät"})
    assert ImportDraft.objects.get().typed.count("Sp") == 0


def keep(review, client=None, **changes):
    """What the page's script sends a second after the last key."""
    url = reverse("keep-import", args=[ImportDraft.objects.get().pk])
    version = ImportDraft.objects.get().version
    return (client or review.client).post(url, review.data | {"version": version} | changes)


def test_what_is_typed_is_kept_without_a_confirm(cast, review, as_user):
    response = keep(review, **{"plan-title": "Tên sửa", "plan-issued_on": "mai", "tasks-0-DELETE": "on"})
    assert (response.status_code, response.content) == (200, b"2")
    assert counts() == [0] * 6
    later = form_data(as_user(cast.admin).get(review.url))
    untouched = review.data | {"plan-title": ["Tên sửa"], "plan-issued_on": ["mai"], "tasks-0-DELETE": ["on"]}
    assert of_the_plan(later) == of_the_plan(untouched)


def of_the_plan(data: dict) -> dict:
    return {name: value for name, value in data.items() if name not in ("csrfmiddlewaretoken", "version")}


def test_only_the_previews_own_fields_are_kept(review):
    keep(review, again="1")
    assert not {"csrfmiddlewaretoken", "version", "again"} & set(QueryDict(ImportDraft.objects.get().typed))


def test_of_two_who_type_the_slower_is_told_and_takes_nothing_away(cast, review, as_user):
    assert keep(review, **{"plan-title": "Của người nhanh"}).status_code == 200
    slow = keep(review, as_user(cast.admin), version="1", **{"plan-title": "Của người chậm"})
    assert (slow.status_code, slow.content) == (409, b"2")
    assert form_data(review.client.get(review.url))["plan-title"] == ["Của người nhanh"]


def test_a_confirm_of_an_older_page_stores_nothing_and_can_be_repeated(cast, review, as_user):
    keep(review, **{"plan-title": "Của người nhanh"})
    client = as_user(cast.admin)
    response = client.post(review.url, review.data | {"plan-title": "Của người chậm"})
    assert (response.status_code, counts()) == (200, [0] * 6)
    again = form_data(response)
    assert again["plan-title"] == ["Của người chậm"]
    assert client.post(review.url, again).status_code == 302
    assert Plan.objects.get().title == "Của người chậm"


def test_a_post_that_is_no_preview_keeps_nothing(review):
    url = reverse("keep-import", args=[ImportDraft.objects.get().pk])
    assert (review.client.post(url).status_code, ImportDraft.objects.get().typed) == (400, "")


def test_a_plan_of_the_same_name_needs_to_be_meant(review):
    make_plan(title=review.data["plan-title"][0])
    assert (review.post().status_code, Plan.objects.count()) == (200, 1)
    page = form_data(review.client.get(review.url))
    assert review.client.post(review.url, page | {"again": "1"}).status_code == 302
    assert Plan.objects.count() == 2


def test_an_invalid_confirm_keeps_what_was_typed_too(cast, review, as_user):
    response = review.post(**{"plan-title": "", "plan-place": "Nơi khác", "tasks-1-title": "Sửa rồi"})
    assert response.status_code == 200
    for page in (response, as_user(cast.admin).get(review.url)):
        kept = form_data(page)
        assert (kept["plan-title"], kept["plan-place"], kept["tasks-1-title"]) == (
            [""],
            ["Nơi khác"],
            ["Sửa rồi"],
        )
    assert counts() == [0] * 6


def test_a_value_that_was_read_can_be_emptied(review):
    review.post(
        **{
            "plan-number": "",
            "plan-issued_on": "",
            "plan-signer_name": "",
            "tasks-0-due_on": "",
            "tasks-2-lead_named": "",
        }
    )
    plan, task = Plan.objects.get(), Task.objects.first()
    assert (plan.number, plan.issued_on, plan.signer_name, task.due_on) == ("", None, "", None)
    assert Assignment.objects.filter(role="lead").count() == 0


def test_all_errors_show_at_once(cast, review):
    response = review.post(
        **{
            "plan-title": "",
            "plan-issued_on": "31/02/2024",
            "groups-0-kind": "lạ",
            "tasks-0-ongoing": "on",
            "tasks-1-title": "x" * 201,
            "tasks-2-group": "7",
            "recipients-0-stands_for": "9999",
            "bases-0-text": "",
        }
    )
    assert texts(response, ERRORS) == [
        "This field is required.",
        "Enter a valid date.",
        "Select a valid choice. lạ is not one of the available choices.",
        "An ongoing task has no deadline: choose one of the two.",
        "Ensure this value has at most 200 characters (it has 201).",
        "This unit is not offered any more; choose again.",
        "This field is required.",
    ]
    assert counts() == [0] * 6


def test_a_task_moves_to_another_group(review):
    review.post(**{"tasks-0-group": "1"})
    assert tasks() == [
        ("Tuyên truyền", "Thường xuyên treo băng rôn ở các khu phố"),
        ("Kiểm tra, giám sát", "Phát tờ rơi về cây xanh"),
        ("Kiểm tra, giám sát", "Kiểm tra vườn ươm"),
    ]


def test_a_dropped_group_with_tasks_left_is_refused_at_those_tasks(review):
    response = review.post(**{"groups-0-DELETE": "on"})
    said = "This group was dropped; choose another, or drop the task too."
    assert texts(response, ERRORS) == [said, said]
    assert counts() == [0] * 6


def test_a_group_is_dropped_with_its_tasks(review):
    review.post(**{"groups-0-DELETE": "on", "tasks-0-DELETE": "on", "tasks-1-group": "1"})
    assert [group.title for group in TaskGroup.objects.all()] == ["Kiểm tra, giám sát"]
    assert tasks() == [
        ("Kiểm tra, giám sát", "Thường xuyên treo băng rôn ở các khu phố"),
        ("Kiểm tra, giám sát", "Kiểm tra vườn ươm"),
    ]


def test_a_dropped_row_may_hold_anything(review):
    response = review.post(
        **{
            "tasks-0-DELETE": "on",
            "tasks-0-title": "",
            "tasks-0-due_on": "x",
            "recipients-0-DELETE": "on",
            "recipients-0-name": "",
        }
    )
    assert response.status_code == 302
    assert (Task.objects.count(), Recipient.objects.count()) == (2, 4)


def test_rows_are_added_even_a_group_with_its_first_task(cast, review):
    data = add_row(review.data, "groups", number="3", title="Việc khác", kind="other")
    data = add_row(
        data, "tasks", title="Tặng cây giống", group="2", due_on="01/02/2025", lead_named="phường Bãi Cát"
    )
    data = add_row(data, "bases", text="Công văn mẫu", date="05-03-2024")
    data = add_row(data, "recipients", name="phường Đồi Thông", purpose="t/h", stands_for=cast.other_ward.pk)
    assert review.client.post(review.url, data).status_code == 302
    task = Task.objects.get(title="Tặng cây giống")
    assert (task.group.title, task.group.position, task.due_on) == ("Việc khác", 2, date(2025, 2, 1))
    assert task.assignments.get().unit == cast.ward
    assert list(LegalBasis.objects.values_list("text", "date"))[1] == ("Công văn mẫu", date(2024, 3, 5))
    assert Recipient.objects.last().units.get() == cast.other_ward


def test_a_row_added_by_mistake_and_left_empty_is_no_error(review):
    data = add_row(review.data, "recipients", name="", purpose="", stands_for="")
    assert review.client.post(review.url, data).status_code == 302
    assert Recipient.objects.count() == 5


def test_rows_stand_in_the_order_asked_for(review):
    review.post(
        **{"groups-0-ORDER": "2", "groups-1-ORDER": "1", "tasks-0-ORDER": "9", "recipients-4-ORDER": "0"}
    )
    assert [group.title for group in TaskGroup.objects.all()] == ["Kiểm tra, giám sát", "Tuyên truyền"]
    assert tasks() == [
        ("Kiểm tra, giám sát", "Kiểm tra vườn ươm"),
        ("Tuyên truyền", "Thường xuyên treo băng rôn ở các khu phố"),
        ("Tuyên truyền", "Phát tờ rơi về cây xanh"),
    ]
    assert Recipient.objects.first().name == "VT"


def test_a_plan_without_tasks_is_none(review):
    response = review.post(**{f"tasks-{place}-DELETE": "on" for place in range(3)})
    assert "A plan needs at least one task." in " ".join(texts(response, "//main//*[@role='alert']//li"))
    assert counts() == [0] * 6


def test_two_archive_lines_are_stored_as_they_were_printed(cast, as_user):
    review = open_review(as_user(cast.staff), TWO_ARCHIVES)
    assert review.post().status_code == 302
    assert list(Recipient.objects.filter(purpose="lưu").values_list("name", flat=True)) == ["VT", "VP"]


def test_a_plan_that_may_be_the_same_is_pointed_out(cast, as_user):
    plan = make_plan(number="07/KH-MTTQ-BTT", title="Khác")
    review = open_review(as_user(cast.staff), PLAN)
    assert reverse("show-plan", args=[plan.pk]) in links(review.page)


def test_a_unit_that_ended_while_the_preview_waited_is_told(cast, review):
    keep(review)
    cast.other_ward.valid_to = timezone.localdate().replace(year=2020)
    cast.other_ward.save()
    response = review.client.post(review.url, review.data | {"version": "2"})
    assert "This unit is not offered any more; choose again." in texts(response, ERRORS)


@pytest.mark.parametrize("prefix", ["bases", "groups", "tasks", "recipients"])
def test_broken_management_fields_store_no_plan(review, prefix):
    for name in ("TOTAL_FORMS", "INITIAL_FORMS"):
        for number in ["abc", "9" * 5000, "", "\x00", "1e9", "²"]:
            response = review.post(**{f"{prefix}-{name}": number})
            assert response.status_code == 200, (name, number)
        without = {key: value for key, value in review.data.items() if key != f"{prefix}-{name}"}
        assert review.client.post(review.url, without).status_code == 200
    assert counts() == [0] * 6
    assert review.client.get(review.url).status_code == 200


def test_a_post_without_the_preview_takes_nothing_away(review):
    keep(review, **{"plan-title": "Tên sửa"})
    assert review.client.post(review.url).status_code == 200
    assert form_data(review.client.get(review.url))["plan-title"] == ["Tên sửa"]


def test_hostile_numbers_in_the_fields_of_numbers(review):
    names = ("tasks-0-group", "tasks-0-ORDER", "recipients-0-stands_for", "plan-issuing_unit")
    for number in HOSTILE_NUMBERS:
        # The title keeps the plan from being made, so that each number meets the same draft.
        response = review.post(**dict.fromkeys(names, number), **{"plan-title": ""})
        assert response.status_code == 200, number
        assert review.client.get(review.url).status_code == 200, number
    assert counts() == [0] * 6


def test_a_negative_or_unknown_group_is_an_error_at_the_task(review):
    for number in ("-1", "2", "9" * 30):
        response = review.post(**{"tasks-0-group": number})
        assert texts(response, ERRORS) == ["This group was dropped; choose another, or drop the task too."]
    assert counts() == [0] * 6


def test_hostile_texts_in_every_field(review):
    fields = [name for name in of_the_plan(review.data) if not name.endswith("_FORMS")]
    for text in HOSTILE_TEXTS:
        sent = review.data | {"version": ImportDraft.objects.get().version} | dict.fromkeys(fields, text)
        response = review.client.post(review.url, sent)
        assert response.status_code == 200
        assert "<script>x" not in response.content.decode()
        assert form_data(review.client.get(review.url))["plan-number"] == form_data(response)["plan-number"]
    assert counts() == [0] * 6


@pytest.mark.parametrize("more", [0, 29])
def test_a_long_plan_asks_no_more_than_a_short_one(cast, as_user, django_assert_num_queries, more):
    text = PLAN.replace("- Kiểm tra vườn", "- Tưới cây mới trồng.\n" * more + "- Kiểm tra vườn")
    text = text.replace("- Lưu: VT.", "- Báo Mẫu;\n" * more + "- Lưu: VT.")
    review = open_review(as_user(cast.staff), text)
    assert len(texts(review.page, "//main//details[@data-row]")) == 11 + 2 * more
    with django_assert_num_queries(7):
        review.client.get(review.url)


garbage = st.one_of(
    st.integers(-3, 9).map(str), st.text(max_size=20), st.sampled_from([*HOSTILE_NUMBERS, "on", "31/12/2025"])
)
places = st.integers(0, 6)
prefixes = st.sampled_from(["bases", "groups", "tasks", "recipients"])
names = st.sampled_from(
    [
        "title",
        "group",
        "ORDER",
        "DELETE",
        "kind",
        "name",
        "purpose",
        "stands_for",
        "due_on",
        "ongoing",
        "text",
    ]
)
counters = st.tuples(
    st.builds("{}-{}".format, prefixes, st.sampled_from(["TOTAL_FORMS", "INITIAL_FORMS"])),
    st.one_of(st.integers(-2, 9).map(str), st.sampled_from(["", "abc", "²"])),
)
cells = st.tuples(st.builds("{}-{}-{}".format, prefixes, places, names), garbage)
changes = st.lists(st.one_of(cells, cells, counters), min_size=1, max_size=8)
of_examples = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}


@settings(max_examples=40, **of_examples)
@given(changes)
def test_whatever_is_typed_the_forms_answer(cast, review, changed):
    data = QueryDict(mutable=True)
    for name, values in (review.data | {name: [value] for name, value in changed}).items():
        data.setlist(name, values)
    units = Unit.objects.all()
    forms = PreviewForms(draft_of(read_text(PLAN), units), units, data)
    if forms.is_valid():
        draft = forms.draft()
        assert {row.group for row in draft.tasks} <= set(range(len(draft.groups)))
        assert draft.tasks


@settings(max_examples=20, **of_examples)
@given(changes)
def test_whatever_is_posted_the_page_answers(review, changed):
    data = review.data | dict(changed) | {"plan-title": ""}
    assert review.client.post(review.url, data).status_code == 200
    assert review.client.get(review.url).status_code == 200
    assert counts() == [0] * 6
