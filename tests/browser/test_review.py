"""The screens of reports and their review, and what the queue does by itself."""

import pytest

from reports import actions
from tests.browser.test_screens import LONG, look_at
from tests.factories import (
    bring_to,
    make_assignment,
    make_entry,
    make_obligation,
    make_period,
    make_report,
    make_task,
    make_unit,
)
from tests.reports.acts import accept, send_back, submit
from tests.reports.conftest import FIRST_DAY


@pytest.fixture
def reports(cast, work):
    """One accepted and revised with long texts, one that waits after a return, one that was returned."""
    period = make_period(work.plan, name="Chín tháng đầu năm 2026")
    people = work.task.indicators.create(name=LONG, measure="lượt người", target=1_000_000_000)
    make_assignment(make_task(work.group, title=LONG + ", " + LONG[:80], position=1), cast.ward)
    first, second = (f"e{assignment.pk}" for assignment in cast.ward.assignments.order_by("pk"))
    typed = {
        f"{first}-status": "in_progress",
        f"{first}-percent": "60",
        f"{first}-result": LONG,
        f"{first}-i{people.pk}": "123456789",
        f"{second}-status": "done",
        f"{second}-result": LONG * 3,
        "overview": LONG * 3,
        "difficulties": LONG,
        "p0-addressee": LONG,
        "p0-text": LONG,
    }
    report = actions.start_report(make_obligation(period, cast.ward), cast.owner)
    submit(report, cast.owner, typed)
    accept(report, cast.staff)
    revision = actions.revise_report(report, cast.owner)
    submit(revision, cast.owner, {f"{first}-percent": "70", f"{first}-result": LONG + " bổ sung"})
    send_back(revision, cast.staff, LONG, {work.assignment.pk: LONG})
    submit(revision, cast.owner, {f"{second}-result": LONG * 2})
    unit = make_unit(LONG[:80])
    returned = make_report(unit, period)
    make_entry(returned, make_assignment(work.task, unit), return_reason=LONG)
    bring_to(returned, "returned", cast.owner)
    return {"accepted": report.pk, "waiting": revision.pk, "returned": returned.pk}


ADDRESSES = (
    "/reports/review/",
    "/reports/{waiting}/review/",
    "/reports/{waiting}/",
    "/reports/{waiting}/history/",
    "/reports/{accepted}/",
    "/reports/{returned}/",
)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("size", ["page", "phone"])
def test_every_screen(request, size, language, sign_in, cast, reports, axe, base_url):
    page = sign_in(request.getfixturevalue(size), cast.staff)
    page.context.add_cookies([{"name": "django_language", "value": language, "url": base_url}])
    for address in ADDRESSES:
        look_at(page, address.format(**reports), axe)


@pytest.mark.parametrize("state", ["accepted", "waiting"])
def test_an_officers_own_report(phone, sign_in, cast, reports, axe, state):
    look_at(sign_in(phone, cast.owner), f"/reports/{reports[state]}/", axe)


def test_all_that_are_clean_are_chosen_and_accepted_at_a_press(page, sign_in, cast, work, base_url):
    period = make_period(work.plan)
    units = [make_unit(f"phường {place}") for place in range(3)]
    for place, unit in enumerate(units):
        report = make_report(unit, period)
        fields = {"status": "done", "percent": 100} if place == 2 else {}
        make_entry(report, make_assignment(work.task, unit), **fields)
        bring_to(report, "submitted", cast.owner, FIRST_DAY)
    page.context.add_cookies([{"name": "django_language", "value": "en", "url": base_url}])
    sign_in(page, cast.staff).goto("/reports/review/")
    button = page.locator(".send-bar button")
    assert button.is_disabled()
    page.get_by_label("Choose phường 0").check()
    assert button.inner_text() == "Accept the 1 chosen"
    page.locator("[data-all]").check()
    assert button.inner_text() == "Accept the 2 chosen"
    button.click()
    page.wait_for_url("**/reports/review/")
    assert "2 reports were accepted: phường 0" in page.locator("main .note-good").inner_text()
    assert page.locator(".queue-line").count() == 1


def test_a_reason_is_typed_where_the_entry_is(phone, sign_in, cast, reports):
    sign_in(phone, cast.staff).goto(f"/reports/{reports['waiting']}/review/")
    phone.locator(".return-entry summary").first.click()
    phone.locator(".return-entry textarea").first.fill("Ghi rõ số người.")
    phone.locator(".send-bar .btn-quiet").click()
    phone.wait_for_url("**/reports/review/")
    phone.goto(f"/reports/{reports['waiting']}/")
    assert "Ghi rõ số người." in phone.locator(".report-banner").inner_text()
