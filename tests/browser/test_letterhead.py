"""The paper beside the form of a letterhead follows what is typed."""

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, Route, expect

from tests.browser.test_screens import LONG, look_at
from tests.factories import make_letterhead
from units.models import Letterhead


@pytest.fixture
def letterhead(cast) -> Letterhead:
    letterhead = make_letterhead(cast.ward, sent_to=f"{LONG}\nLưu: VT")
    letterhead.signers.create(authority="KT. CHỦ TỊCH", position="PHÓ CHỦ TỊCH")
    return letterhead


@pytest.fixture
def form(page: Page, sign_in, cast, letterhead) -> Page:
    sign_in(page, cast.staff).goto(reverse("edit-letterhead", args=[cast.ward.pk]))
    return page


def sheet(page: Page, place: int = 0):
    return page.locator(".letterhead-sheet").nth(place)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("size", ["page", "phone"])
def test_every_screen(request, size, language, sign_in, cast, letterhead, axe, base_url):
    page = sign_in(request.getfixturevalue(size), cast.staff)
    page.context.add_cookies([{"name": "django_language", "value": language, "url": base_url}])
    for address in (
        "/letterheads/",
        "/letterheads/?q=xyz",
        f"/units/{cast.ward.pk}/letterhead/",
        f"/units/{cast.other_ward.pk}/letterhead/",
        f"/units/{cast.ward.pk}/letterhead/preview/",
    ):
        look_at(page, address, axe)


def test_the_paper_follows_what_is_typed_and_nothing_is_stored(form, letterhead):
    form.get_by_label("Địa danh").fill("Bãi Sậy")
    expect(sheet(form).locator(".dated")).to_contain_text("Bãi Sậy, ngày")
    letterhead.refresh_from_db()
    assert letterhead.place == "Thành phố Mẫu"
    assert form.locator("[data-without-script]").is_hidden()


def test_a_signer_is_added_shown_and_stored_and_another_taken_away(form, letterhead):
    form.locator("[data-add=signers]").click()
    form.locator("[name=signers-1-position]").fill("ủy viên thường trực")
    expect(sheet(form, 2)).to_contain_text("ỦY VIÊN THƯỜNG TRỰC")
    form.locator("[data-row] summary").first.click()
    form.locator("[name=signers-0-DELETE]").check()
    expect(form.locator(".letterhead-sheet")).to_have_count(2)
    form.locator(".send-bar .btn-primary").click()
    form.wait_for_url(f"**{letterhead.unit.get_absolute_url()}")
    assert list(letterhead.signers.values_list("position", flat=True)) == ["ủy viên thường trực"]


def test_without_a_connection_the_paper_stays_and_goes_on_afterwards(context, sign_in, cast, letterhead):
    """On a page of its own: Chromium writes into the console what it could not reach."""
    form = sign_in(context.new_page(), cast.staff)
    form.goto(reverse("edit-letterhead", args=[cast.ward.pk]))
    form.wait_for_timeout(500)
    context.set_offline(True)
    form.get_by_label("Địa danh").fill("Bãi Đá")
    form.wait_for_timeout(500)
    expect(sheet(form).locator(".dated")).to_contain_text("Thành phố Mẫu, ngày")
    context.set_offline(False)
    form.get_by_label("Địa danh").fill("Bãi Sậy")
    expect(sheet(form).locator(".dated")).to_contain_text("Bãi Sậy, ngày")


def test_the_latest_answer_wins(form):
    """The first question waits; the second, asked meanwhile, is answered at once."""
    waiting: list[Route] = []

    def hold_the_first(route):
        if waiting:
            route.continue_()
        else:
            waiting.append(route)

    form.wait_for_timeout(500)
    form.route("**/letterhead/preview/", hold_the_first)
    form.get_by_label("Địa danh").fill("Bãi Đá")
    form.wait_for_timeout(500)
    form.get_by_label("Địa danh").fill("Bãi Sậy")
    expect(sheet(form).locator(".dated")).to_contain_text("Bãi Sậy, ngày")
    waiting[0].continue_()
    form.wait_for_timeout(200)
    expect(sheet(form).locator(".dated")).to_contain_text("Bãi Sậy, ngày")


def test_rows_are_counted_and_the_paper_shows_the_one_that_is_typed(form, letterhead):
    for place in range(3):
        letterhead.signers.create(position=f"PHÓ {place}")
    form.reload()
    count = form.locator("[data-count]")
    expect(count).to_have_text("4")
    form.locator("[data-add=signers]").click()
    expect(count).to_have_text("5")
    form.locator("[name=signers-4-position]").fill("ỦY VIÊN")
    expect(sheet(form, 5)).to_be_in_viewport(ratio=0.9)
    form.get_by_label("Địa danh").fill("Bãi Sậy")
    expect(sheet(form).locator(".dated")).to_be_in_viewport()
    form.locator("[name=signers-4-position]").focus()
    expect(sheet(form, 5)).to_be_in_viewport(ratio=0.9)
    form.locator("[name=signers-4-DELETE]").check()
    expect(count).to_have_text("4")


def test_on_a_telephone_a_link_leads_to_the_paper_and_one_back(phone, sign_in, cast, letterhead):
    sign_in(phone, cast.staff).goto(reverse("edit-letterhead", args=[cast.ward.pk]))
    field = phone.locator("[name=issuer_name]")
    assert field.evaluate("field => field.scrollWidth - field.clientWidth") <= 0
    field.fill(LONG)
    assert field.evaluate("field => field.scrollWidth - field.clientWidth") <= 0
    phone.locator(".send-bar .to-paper").click()
    expect(sheet(phone)).to_be_in_viewport()
    phone.locator(".to-fields").click()
    expect(field).to_be_in_viewport()


def test_whoever_leaves_with_something_unsaved_is_asked(form, letterhead):
    asked = []

    def stay(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    form.on("dialog", stay)
    form.locator(".kicker a").click()
    form.wait_for_url("**/units/*/")
    form.go_back()
    form.get_by_label("Địa danh").fill("Bãi Sậy")
    form.locator(".send-bar a").first.click()
    expect(form.get_by_label("Địa danh")).to_have_value("Bãi Sậy")
    assert asked == ["beforeunload"]
    form.locator(".send-bar .btn-primary").click()
    form.wait_for_url(f"**{letterhead.unit.get_absolute_url()}")
    assert asked == ["beforeunload"]


def test_what_is_typed_survives_the_end_of_the_sign_in(context, sign_in, cast, letterhead, base_url):
    """On a page of its own: Chromium writes into the console what was refused."""
    form = sign_in(context.new_page(), cast.staff)
    form.goto(reverse("edit-letterhead", args=[cast.ward.pk]))
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    form.get_by_label("Địa danh").fill("Bãi Sậy")
    form.locator(".send-bar .btn-primary").click()
    expect(form.locator("[data-signed-out]")).to_contain_text("phiên đăng nhập đã hết")
    expect(form.get_by_label("Địa danh")).to_have_value("Bãi Sậy")
    sign_in(form, cast.staff)
    context.add_cookies([{"name": "csrftoken", "value": "b" * 32, "url": base_url}])
    form.locator(".send-bar .btn-primary").click()
    form.wait_for_url(f"**{letterhead.unit.get_absolute_url()}")
    letterhead.refresh_from_db()
    assert letterhead.place == "Bãi Sậy"


def test_without_scripts_a_signer_is_added(browser, base_url, sign_in, cast, letterhead):
    with browser.new_context(java_script_enabled=False, base_url=base_url) as context:
        form = sign_in(context.new_page(), cast.staff)
        form.goto(reverse("edit-letterhead", args=[cast.ward.pk]))
        expect(form.locator("[data-add=signers]")).to_be_hidden()
        form.locator("[name=preview][value=signer]").click()
        form.locator("[name=signers-1-position]").fill("ủy viên")
        form.locator(".send-bar .btn-primary").click()
        form.wait_for_url(f"**{letterhead.unit.get_absolute_url()}")
    assert list(letterhead.signers.values_list("position", flat=True)) == ["PHÓ CHỦ TỊCH", "ủy viên"]
