"""What was typed outlives a sign-in that has ended: it is there again after the next one."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Page, expect

from reports.models import ProgressReport
from tests.factories import PASSWORD, make_obligation, make_period, make_user
from units.models import User

SAID = "Đã tổ chức 02 hội nghị."


@pytest.fixture
def sent(page: Page, sign_in, cast, work) -> Page:
    """A log that was sent when nobody was signed in any more."""
    sign_in(page, cast.staff).goto(reverse("log-progress", args=[work.assignment.pk]))
    page.get_by_label("Đang thực hiện").check()
    page.locator("[name$=-percent]").fill("40")
    page.locator("[name$=-result]").fill(SAID)
    page.locator("[name=told_by]").fill("Chị Hoa")
    Session.objects.all().delete()
    page.get_by_role("button", name="Ghi lại").click()
    expect(page.locator("[name=password]")).to_be_visible()
    return page


def sign_in_again(page: Page, user: User) -> None:
    page.locator("[name=username]").fill(user.username)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form .btn-primary").click()
    expect(page.locator("[name=told_by]")).to_be_visible()


def test_the_same_person_sees_it_again_and_sends_it(sent, cast, work):
    sign_in_again(sent, cast.staff)
    expect(sent.locator("#typed-again")).to_contain_text("vẫn còn ở đây")
    assert sent.get_by_label("Đang thực hiện").is_checked()
    assert sent.locator("[name$=-result]").input_value() == SAID
    assert not ProgressReport.objects.exists()
    sent.get_by_role("button", name="Ghi lại").click()
    sent.wait_for_url(f"**{work.task.get_absolute_url()}")
    report = ProgressReport.objects.get()
    assert (report.told_by, report.entries.get().result, report.entries.get().percent) == (
        "Chị Hoa",
        SAID,
        40,
    )


def test_another_person_does_not(sent, cast):
    sign_in_again(sent, make_user("staff", cast.city, "other", full_name=cast.staff.full_name))
    assert sent.locator("#typed-again").count() == 0
    assert sent.locator("[name$=-result]").input_value() == ""
    assert sent.evaluate("sessionStorage.length") == 0


def test_rows_that_were_added_are_added_again(page, sign_in, cast, work):
    sign_in(page, cast.staff).goto(reverse("edit-plan", args=[work.plan.pk]))
    page.locator("[data-add=groups]").first.click()
    title = page.locator("[name=groups-1-title]")
    title.fill("Nhóm mới")
    Session.objects.all().delete()
    page.locator("main .send-bar .btn-primary").click()
    page.locator("[name=username]").fill(cast.staff.username)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form .btn-primary").click()
    expect(page.locator("#typed-again")).to_be_visible()
    assert title.input_value() == "Nhóm mới"
    page.locator("main .send-bar .btn-primary").click()
    page.wait_for_url(f"**{work.plan.get_absolute_url()}**")
    assert [group.title for group in work.plan.groups.all()][1:] == ["Nhóm mới"]


def test_a_button_alone_has_nothing_that_was_typed(page, sign_in, cast, work):
    obligation = make_obligation(make_period(work.plan), cast.ward)
    sign_in(page, cast.owner).goto("/")
    Session.objects.all().delete()
    page.locator(f"form[action$='/obligations/{obligation.pk}/start/'] button").first.click()
    expect(page.locator("[name=password]")).to_be_visible()
    assert page.evaluate("sessionStorage.length") == 0


def test_what_was_stored_is_not_typed_again(page, sign_in, cast, work):
    address = reverse("log-progress", args=[work.assignment.pk])
    sign_in(page, cast.staff).goto(address)
    page.get_by_role("radio", name="Hoàn thành").check()
    page.locator("[name$=-result]").fill(SAID)
    page.get_by_role("button", name="Ghi lại").click()
    page.wait_for_url(f"**{work.task.get_absolute_url()}")
    page.goto(address)
    assert page.locator("#typed-again").count() == 0
    assert page.locator("[name$=-result]").input_value() == ""
