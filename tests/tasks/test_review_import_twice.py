"""What the preview says of plans alike, of units unknown, and to those who come late."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from plans.models import ImportDraft, Plan
from tests.factories import make_plan
from tests.pages import form_data, in_english, links, texts, tree
from tests.tasks.plan_texts import PLAN

ALERT = "//main//*[@role='alert']"
MARKS = "//details[@data-row]/summary/span[@class='mark mark-warn']"
SAID = "//main//*[@role='status']"


@pytest.fixture
def review(cast, as_user) -> SimpleNamespace:
    """A staff member before the preview; `post` sends the page as it is now with some changes."""
    client = in_english(as_user(cast.staff))
    url = client.post(reverse("import-plan"), {"text": PLAN})["Location"]
    return SimpleNamespace(
        client=client,
        url=url,
        keep_url=reverse("keep-import", args=[ImportDraft.objects.get().pk]),
        get=lambda: client.get(url),
        post=lambda **fields: client.post(url, form_data(client.get(url)) | fields),
    )


def alike(response) -> list[str]:
    return [link for link in links(response) if link.startswith("/plans/") and "import" not in link]


def test_at_most_five_plans_alike_are_listed(cast, review):
    plans = [make_plan(number="07/KH-MTTQ-BTT", title=f"Kế hoạch {number}") for number in range(7)]
    assert alike(review.get()) == [
        reverse("list-plans") + f"{plan.pk}/" for plan in sorted(plans, key=lambda plan: -plan.pk)[:5]
    ]


def test_plans_alike_are_looked_for_by_what_is_typed(cast, review):
    same = make_plan(number="07/KH-MTTQ-BTT", title="Khác")
    typed = make_plan(number="08/KH-MTTQ-BTT", title="Khác nữa")
    response = review.post(**{"plan-number": "08/KH-MTTQ-BTT"})
    assert (response.status_code, alike(response)) == (200, [reverse("show-plan", args=[typed.pk])])
    assert texts(response, f"{ALERT}/p") == [
        "A plan with the same number or title is in the register already:"
    ]
    response = review.post(**{"plan-number": "07/KH-MTTQ-BTT"})
    assert (response.status_code, alike(response)) == (200, [reverse("show-plan", args=[same.pk])])
    assert review.post(**{"plan-number": "09/KH-MTTQ-BTT"}).status_code == 302
    assert Plan.objects.first().number == "09/KH-MTTQ-BTT"


def test_a_plan_alike_is_no_alert_before_anybody_confirms(cast, review):
    make_plan(number="07/KH-MTTQ-BTT", title="Khác")
    page = review.get()
    assert texts(page, ALERT) == []
    assert tree(page).xpath("//main//input[@name='again']/@form") == ["preview"]
    assert "again" not in form_data(page)


def test_what_is_meant_twice_is_asked_for_each_time(cast, review):
    make_plan(number="07/KH-MTTQ-BTT", title="Khác")
    review.post(**{"again": "1", "plan-issued_on": "mai"})
    assert "again" not in form_data(review.get())
    assert (review.post().status_code, Plan.objects.count()) == (200, 1)


def test_who_confirms_what_is_a_plan_already_is_warned(cast, review):
    late = form_data(review.get())
    plan_url = review.post()["Location"]
    assert len(texts(review.client.get(plan_url), SAID)) == 1
    response = review.client.post(review.url, late | {"plan-title": "Sửa muộn"})
    assert response["Location"] == plan_url
    page = review.client.get(plan_url)
    assert texts(page, SAID) == [
        "This document had become a plan already. Please check here what you changed last."
    ]
    assert tree(page).xpath(f"{SAID}/@class") == ["note "]
    assert review.client.get(review.url)["Location"] == plan_url
    assert texts(review.client.get(plan_url), SAID) == []


def test_keeping_for_what_is_a_plan_already_is_refused(cast, review):
    late = form_data(review.get())
    review.post()
    assert review.client.post(review.keep_url, late).status_code == 409


@pytest.mark.parametrize("version", ["", "0", "2", "-1", "²", "\x00", "9" * 5000, "None"])
def test_a_version_that_is_not_the_present_one_keeps_nothing(review, version):
    late = form_data(review.get()) | {"version": version, "plan-title": "Sửa"}
    answer = review.client.post(review.keep_url, late)
    assert (answer.status_code, answer.content) == (409, b"1")
    assert review.client.post(review.url, late).status_code == 200
    assert (Plan.objects.count(), ImportDraft.objects.get().typed) == (0, "")


def test_a_confirm_of_an_older_page_says_so(review):
    response = review.post(version="7")
    assert texts(response, ALERT) == [
        "Somebody else has worked on this document since you opened it. Below is your page as you sent it; "
        "confirming again puts it in place of the other’s."
    ]


def test_a_stale_reader_cannot_put_a_plan_aside(cast, review):
    stale = ImportDraft.objects.get()
    review.post()
    assert stale.discard() is False
    assert ImportDraft.objects.get().discarded is False


def test_what_matches_no_unit_is_told_at_its_task(cast, review):
    assert texts(review.get(), MARKS) == []
    response = review.post(
        **{
            "plan-title": "",
            "tasks-0-lead_named": "Ban không có ở đây",
            "tasks-2-support_named": "phường Đồi Thông\r\nHội lạ\r\nHội lạ hơn",
        }
    )
    assert texts(response, MARKS) == ["unknown unit", "unknown unit"]
    assert texts(response, "//details[@data-row]//p[@class='form-text mt-0']") == [
        "Not assigned by itself, because no unit here bears the name: Ban không có ở đây",
        "Not assigned by itself, because no unit here bears the name: Hội lạ; Hội lạ hơn",
    ]


def test_each_problem_leads_to_its_field(review):
    response = review.post(
        **{"plan-title": "", "tasks-1-title": "x" * 201, "recipients-0-name": "", "bases-0-date": "mai"}
    )
    leads = tree(response).xpath(f"{ALERT}//li/a/@href")
    assert leads == [
        "#id_plan-title",
        "#id_bases-0-date",
        "#id_tasks-1-title",
        "#id_recipients-0-name",
    ]
    assert [len(tree(response).xpath(f"//*[@id='{lead[1:]}']")) for lead in leads] == [1] * 4
    assert texts(response, f"{ALERT}//li/a") == ["Title", "Date", "Short title", "Name as printed"]
