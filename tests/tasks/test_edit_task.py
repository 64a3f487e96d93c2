from datetime import date

from django.urls import reverse

from tests.factories import make_group, make_plan
from tests.pages import HOSTILE_NUMBERS, HOSTILE_TEXTS, form_data, in_english, texts

ERRORS = "//main//*[contains(@class, 'invalid-feedback')] | //main//*[contains(@class, 'text-danger')]"


def url(work) -> str:
    return reverse("edit-task", args=[work.task.pk])


def test_what_is_stored_stands_in_the_fields(cast, work, as_user):
    work.task.due_on = date(2026, 3, 5)
    work.task.save()
    data = form_data(as_user(cast.staff).get(url(work)))
    assert (data["title"], data["due_on"], data["group"]) == (
        ["Tổ chức hội nghị học tập"],
        ["05/03/2026"],
        [str(work.group.pk)],
    )
    assert "ongoing" not in data


def test_a_change_is_stored_with_who_made_it(cast, work, as_user):
    other = make_group(work.plan, title="Khác")
    client = as_user(cast.staff)
    change = {"title": "Tên mới", "due_on": "05/03/2026", "group": other.pk, "lead_named": "Hội A"}
    response = client.post(url(work), form_data(client.get(url(work))) | change)
    work.task.refresh_from_db()
    assert response["Location"] == reverse("show-task", args=[work.task.pk])
    assert (work.task.title, work.task.due_on, work.task.group, work.task.lead_named) == (
        "Tên mới",
        date(2026, 3, 5),
        other,
        "Hội A",
    )
    assert work.task.text == "Tổ chức hội nghị học tập ở cơ sở."
    assert [(row.history_type, row.history_user) for row in work.task.history.all()] == [
        ("~", cast.staff),
        ("+", None),
    ]


def test_a_task_stays_in_its_plan(cast, work, as_user):
    theirs = make_group(make_plan())
    client = as_user(cast.staff)
    assert client.post(url(work), form_data(client.get(url(work))) | {"group": theirs.pk}).status_code == 200
    work.task.refresh_from_db()
    assert work.task.group == work.group


def test_errors_show_at_once_and_keep_what_was_typed_under_the_stored_name(cast, work, as_user):
    client = in_english(as_user(cast.staff))
    data = form_data(client.get(url(work)))
    response = client.post(url(work), data | {"title": "", "due_on": "mai", "group": "abc"})
    assert texts(response, ERRORS) == [
        "Select a valid choice. That choice is not one of the available choices.",
        "This field is required.",
        "Enter a valid date.",
    ]
    assert form_data(response)["due_on"] == ["mai"]
    work.task.refresh_from_db()
    assert work.task.title == "Tổ chức hội nghị học tập"


def test_ongoing_or_a_deadline_but_not_both(cast, work, as_user):
    client = in_english(as_user(cast.staff))
    both = form_data(client.get(url(work))) | {"due_on": "01/02/2026", "ongoing": "on"}
    response = client.post(url(work), both)
    assert texts(response, ERRORS) == ["An ongoing task has no deadline: choose one of the two."]


def test_saving_without_a_change_writes_no_history(cast, work, as_user):
    client = as_user(cast.staff)
    client.post(url(work), form_data(client.get(url(work))))
    assert work.task.history.count() == 1


def test_a_text_of_several_lines_reads_as_unchanged(cast, work, as_user):
    work.task.text = "Trồng cây:\n+ ở chợ;\n+ ở trường."
    work.task.save()
    client = as_user(cast.staff)
    client.post(url(work), form_data(client.get(url(work))) | {"product": "Báo cáo"})
    work.task.refresh_from_db()
    assert (work.task.text, work.task.product) == ("Trồng cây:\n+ ở chợ;\n+ ở trường.", "Báo cáo")


def test_hostile_values_are_no_fault(cast, work, as_user):
    client = as_user(cast.staff)
    whole = form_data(client.get(url(work)))
    for name in ("group", "title", "due_on", "support_named"):
        for value in [*HOSTILE_NUMBERS, *HOSTILE_TEXTS]:
            assert client.post(url(work), whole | {name: value}).status_code in (200, 302), (name, value)
    work.task.refresh_from_db()
    assert work.task.group == work.group
    assert "\x00" not in f"{work.task.title}{work.task.text}{work.task.product}{work.task.support_named}"


def test_the_slower_of_two_is_told_and_keeps_the_own_text(cast, work, as_user):
    first, second = as_user(cast.staff), as_user(cast.admin)
    mine, theirs = form_data(first.get(url(work))), form_data(second.get(url(work)))
    first.post(url(work), mine | {"product": "Báo cáo"})
    response = second.post(url(work), theirs | {"title": "Tên của tôi"})
    work.task.refresh_from_db()
    assert (response.status_code, work.task.title, work.task.product) == (
        200,
        "Tổ chức hội nghị học tập",
        "Báo cáo",
    )
    assert form_data(response)["title"] == ["Tên của tôi"]
    assert second.post(url(work), form_data(response)).status_code == 302
    work.task.refresh_from_db()
    # The page said so: all of it as sent, the other's product included.
    assert (work.task.title, work.task.product) == ("Tên của tôi", "")


def test_all_that_others_changed_since_is_listed_and_a_post_without_seen_stores_nothing(cast, work, as_user):
    client = in_english(as_user(cast.staff))
    data = form_data(client.get(url(work)))
    for number in range(5):
        work.task.product = f"Báo cáo {number}"
        work.task.save()
    for sent in (data, data | {"seen": "0"}, {name: data[name] for name in data if name != "seen"}):
        response = client.post(url(work), sent | {"title": "Tên của tôi"})
        assert response.status_code == 200
        work.task.refresh_from_db()
        assert work.task.title == "Tổ chức hội nghị học tập"
    listed = texts(client.post(url(work), data), "//main//*[@role='alert']/ul/li//ins")
    assert listed == [f"Báo cáo {number}" for number in (4, 3, 2, 1, 0)]
