"""The list of who has not reported, as it is copied into a message."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import make_obligation, make_period

CLIPBOARD = "navigator.clipboard.readText()"


@pytest.fixture
def address(cast, work):
    """Of the page of a plan that two wards have not reported on."""
    first, last = date(2025, 1, 1), date(2025, 3, 14)
    period = make_period(work.plan, figures_from=first, figures_to=last, due_on=date(2025, 3, 20))
    for unit in (cast.ward, cast.other_ward):
        make_obligation(period, unit)
    return reverse("show-reporting", args=[work.plan.pk])


@pytest.mark.parametrize("size", ["page", "phone"])
def test_the_list_is_copied_with_the_keyboard_and_said_to_be(request, size, sign_in, cast, address, axe):
    page = request.getfixturevalue(size)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in(page, cast.leader).goto(address)
    page.locator("[data-copy]").focus()
    page.keyboard.press("Enter")
    page.get_by_role("status").get_by_text("Đã sao chép").wait_for()
    assert page.evaluate(CLIPBOARD).splitlines()[-2:] == ["- phường Bãi Cát", "- phường Đồi Thông"]
    axe(page)


def test_without_leave_for_the_clipboard_the_older_way_copies(page, sign_in, cast, address):
    sign_in(page, cast.leader).goto(address)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.locator("[data-copy]").click()
    page.get_by_role("status").get_by_text("Đã sao chép").wait_for()
    assert page.evaluate("getSelection().toString()").splitlines()[-1] == "- phường Đồi Thông"


def test_without_scripts_the_text_is_there_and_no_button(browser, sign_in, cast, address, base_url):
    context = browser.new_context(java_script_enabled=False, base_url=base_url)
    page = sign_in(context.new_page(), cast.leader)
    page.goto(address)
    assert "- phường Bãi Cát" in page.locator("textarea").input_value()
    assert page.locator("[data-copy]").is_hidden()
    context.close()
