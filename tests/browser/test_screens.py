"""Every screen at both sizes and in both languages: readable by all, and no wider than the glass."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import (
    bring_to,
    make_answer,
    make_attachment,
    make_basis,
    make_entry,
    make_obligation,
    make_period,
    make_plan,
    make_proposal,
    make_recipient,
    make_report,
    make_task,
    make_unit,
)

SCREENS = {
    "home": "/",
    "plans": "/plans/",
    "plan": "/plans/{plan}/",
    "import": "/plans/import/",
    "assign": "/plans/{plan}/assign/",
    "edit plan": "/plans/{plan}/edit/",
    "history": "/plans/{plan}/history/",
    "add task": "/plans/{plan}/tasks/add/",
    "task": "/tasks/{task}/",
    "edit task": "/tasks/{task}/edit/",
    "assignment": "/assignments/{assignment}/edit/",
    "log": "/assignments/{assignment}/log/",
    "matrix": "/plans/{plan}/matrix/",
    "matrix turned": "/plans/{plan}/matrix/?turned=1&role=carry_out",
    "matrix without any": "/plans/{plan}/matrix/?standing=overdue",
    "work": "/plans/{plan}/assignments/?kind=ward",
    "one assignment": "/assignments/{assignment}/",
    "periods": "/plans/{plan}/periods/",
    "open period": "/plans/{plan}/periods/open/",
    "suggested period": "/plans/{plan}/periods/open/?kind=quarter&year=2026&number=4",
    "period": "/periods/{period}/",
    "indicators": "/plans/{plan}/indicators/?kind=ward",
    "one indicator": "/plans/{plan}/indicators/?indicator={indicator}",
    "reporting": "/plans/{plan}/reporting/?standing=all",
    "edit period": "/periods/{period}/edit/",
    "papers": "/plans/{plan}/documents/",
    "brief": "/plans/{plan}/documents/?paper=brief&number=7",
    "report as a paper": "/plans/{plan}/documents/?paper=unit-report&unit={unit}&period={reported}",
    "appendix": "/plans/{plan}/documents/?paper=assignments",
    "silent units": "/plans/{plan}/documents/?paper=missing&on=wrong",
    "list of recipients": "/plans/{plan}/documents/?paper=recipients&expanded=1",
    "exception": "/obligations/{obligation}/extend/",
    "report": "/reports/{report}/",
    "remarks": "/plans/{plan}/remarks/?shown=all",
    "remarks chosen": "/plans/{plan}/remarks/?what=proposal&answer=none",
    "answer": "/proposals/{proposal}/answer/",
    "search": "/search/?q=phuong",
    "search one kind": "/search/?q=phường&kind=units",
    "units": "/units/",
    "unit": "/units/{unit}/",
    "password": "/password/",
    "missing": "/nowhere/",
}
LONG = (
    "Ủy ban Mặt trận Tổ quốc Việt Nam phường Nguyễn Nghiêm Trường Thượng và các tổ chức thành viên trực thuộc"
)


@pytest.fixture
def full(cast, work):
    """Long names, many units, every part of a plan."""
    long_named = make_unit(LONG[:80])
    make_basis(work.plan)
    make_recipient(work.plan, (cast.ward, cast.other_ward), name=LONG, purpose="b/c")
    make_task(work.group, title=LONG + ", " + LONG[:80], text=LONG * 5)
    period = make_period(work.plan, locks_on=date(2026, 10, 31))
    make_obligation(period, cast.ward)
    owed = make_obligation(
        period, long_named, extended_to=date(2026, 11, 10), extension_reason=LONG + " " + LONG
    )
    report = make_report(cast.ward, make_period(work.plan, name="Quý II/2026"), difficulties=LONG)
    asked, answered = make_proposal(report, addressee=LONG, text=LONG), make_proposal(report, text=LONG)
    counted = work.task.indicators.create(name=LONG, measure="lượt", target=1000)
    entry = make_entry(report, work.assignment, result=LONG * 5)
    entry.values.create(indicator=counted, value=1234567)
    make_attachment(report, cast.owner, work.assignment, name=LONG.replace(" ", "-"))
    bring_to(report, "accepted", cast.owner)
    make_answer(answered, cast.staff, text=LONG)
    return {
        "report": report.pk,
        "reported": report.period_id,
        "proposal": asked.pk,
        "period": period.pk,
        "obligation": owed.pk,
        "plan": work.plan.pk,
        "task": work.task.pk,
        "assignment": work.assignment.pk,
        "unit": cast.ward.pk,
        "indicator": counted.pk,
    }


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("size", ["page", "phone"])
def test_every_screen_of_staff(request, size, language, sign_in, cast, full, axe, base_url):
    page = sign_in(request.getfixturevalue(size), cast.staff)
    page.context.add_cookies([{"name": "django_language", "value": language, "url": base_url}])
    for address in SCREENS.values():
        look_at(page, address.format(**full), axe)


@pytest.mark.parametrize("size", ["page", "phone"])
def test_every_screen_of_an_officer(request, size, sign_in, cast, full, axe):
    page = sign_in(request.getfixturevalue(size), cast.owner)
    for name in (
        "home",
        "plans",
        "plan",
        "task",
        "one assignment",
        "unit",
        "report",
        "report as a paper",
        "list of recipients",
        "password",
        "edit plan",
    ):
        look_at(page, SCREENS[name].format(**full), axe)


@pytest.mark.parametrize("size", ["page", "phone"])
def test_empty_screens(request, size, sign_in, cast, axe):
    page = request.getfixturevalue(size)
    look_at(page, "/sign-in/", axe)
    sign_in(page, cast.leader)
    empty = reverse("list-periods", args=[make_plan().pk])
    for address in ("/", "/plans/", "/plans/?q=xyz", "/units/?q=xyz", "/search/", "/search/?q=xyz", empty):
        look_at(page, address, axe)
    sign_in(page, cast.outsider)
    look_at(page, "/", axe)


def look_at(page, address, axe):
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    axe(page)


def test_the_account_menu_opens_and_signs_out(phone, sign_in, cast):
    sign_in(phone, cast.owner).goto("/")
    phone.locator(".menu summary").click()
    phone.locator(".menu form[action='/sign-out/'] button").click()
    phone.wait_for_url("**/sign-in/")


def test_the_language_is_switched_on_the_same_page(page, sign_in, cast):
    sign_in(page, cast.staff).goto("/units/?q=bai")
    assert page.locator("html").get_attribute("lang") == "vi"
    page.locator(".menu summary").click()
    page.locator("button[name=language]").click()
    page.wait_for_url("**/units/?q=bai")
    assert page.locator("html").get_attribute("lang") == "en"
