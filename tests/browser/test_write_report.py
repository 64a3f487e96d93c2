"""An officer's report on a telephone: nothing typed is lost, whatever happens on the way."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from reports.models import ProgressReport
from tests.browser.conftest import PHONE
from tests.factories import PASSWORD, bring_to, make_entry, make_report, make_user
from tests.reports.conftest import begun, owed, typed  # noqa: F401 - fixtures


@pytest.fixture
def device(browser, browser_context_args) -> Iterator[Callable[[], BrowserContext]]:
    """Telephones of their own; what they say in the console when the line is cut is no error of the page."""
    options = {**browser_context_args, "viewport": PHONE, "has_touch": True, "is_mobile": True}
    contexts: list[BrowserContext] = []

    def take() -> BrowserContext:
        contexts.append(browser.new_context(**options))
        return contexts[-1]

    yield take
    for context in contexts:
        context.close()


def open_page(context: BrowserContext, errors: list[str]) -> Page:
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    return page


@pytest.fixture
def errors() -> Iterator[list[str]]:
    found: list[str] = []
    yield found
    assert found == []


def field(page: Page, name: str):
    return page.locator(f"#report [name='{name}']")


def step(page: Page, name: str, status: str):
    return page.locator(f"#report label:has([name='{name}'][value='{status}'])")


def test_from_sign_in_to_sent_with_the_line_cut_and_the_tab_closed(owed, device, errors, axe):  # noqa: F811
    earlier = make_report(owed.cast.ward, None, plan=owed.plan)
    make_entry(earlier, owed.assignment, percent=40, result="Đã họp 01 buổi.")
    bring_to(earlier, "accepted", owed.cast.staff)
    first, second = f"e{owed.assignment.pk}", f"e{owed.second.pk}"
    context = device()
    page = open_page(context, errors)
    page.goto("/")
    page.fill("[name=username]", owed.cast.owner.username)
    page.fill("[name=password]", PASSWORD)
    page.tap("main form .btn-primary")
    page.tap("main form[action*='/start/'] .btn-primary")
    expect(field(page, f"{first}-result")).to_have_value("Đã họp 01 buổi.")
    axe(page)

    step(page, f"{first}-status", "done").tap()
    field(page, f"{first}-result").fill("Đã tổ chức 02 hội nghị.")
    expect(page.locator("[data-kept]")).to_contain_text("Đã lưu")

    context.set_offline(True)
    step(page, f"{second}-status", "in_progress").tap()
    field(page, f"{second}-percent").fill("60")
    field(page, f"{second}-result").fill("Đã phát 400 tờ gấp.")
    expect(page.locator("[data-trouble]")).to_contain_text("mất kết nối")
    page.close()
    context.set_offline(False)
    assert ProgressReport.objects.get(period=owed.period).typed[f"{second}-result"] == ""

    page = open_page(context, errors)
    page.goto("/")
    page.tap("main a.btn-primary[href*='/edit/']")
    expect(page.locator("#report [data-restored]")).to_contain_text("Đã đưa lại 3 ô")
    expect(field(page, f"{second}-result")).to_have_value("Đã phát 400 tờ gấp.")
    expect(page.locator("[data-kept]")).to_contain_text("Đã lưu")
    page.tap(".write-bar .btn-primary")
    page.wait_for_url("**/check/")
    axe(page)
    page.tap(".write-bar .btn-primary")
    page.wait_for_url(f"**/reports/{ProgressReport.objects.get(period=owed.period).pk}/")
    report = ProgressReport.objects.get(period=owed.period)
    assert report.state == "submitted"
    assert list(report.entries.values_list("status", "percent", "result")) == [
        ("done", 100, "Đã tổ chức 02 hội nghị."),
        ("in_progress", 60, "Đã phát 400 tờ gấp."),
    ]
    axe(page)


def writing(context, report, sign_in, user, errors) -> Page:
    page = sign_in(open_page(context, errors), user)
    page.goto(f"/reports/{report.pk}/edit/")
    return page


def test_an_ended_sign_in_keeps_the_text(begun, device, sign_in, errors):  # noqa: F811
    context = device()
    page = writing(context, begun.report, sign_in, begun.cast.owner, errors)
    context.clear_cookies()
    field(page, "overview").fill("Gõ khi phiên đã hết.")
    expect(page.locator("[data-trouble]")).to_contain_text("Phiên đăng nhập đã hết")

    with context.expect_page() as opened:
        page.tap("[data-trouble] a")
    window = opened.value
    window.fill("[name=username]", begun.cast.owner.username)
    window.fill("[name=password]", PASSWORD)
    window.tap("main form .btn-primary")
    expect(window.locator(".top-nav")).to_be_visible()
    window.close()
    expect(page.locator("[data-kept]")).to_contain_text("Đã lưu", timeout=10_000)
    begun.report.refresh_from_db()
    assert begun.report.typed["overview"] == "Gõ khi phiên đã hết."


def test_two_devices_in_different_fields_both_keep_theirs(begun, device, sign_in, errors):  # noqa: F811
    colleague = make_user("officer", begun.cast.ward, full_name="Đồng nghiệp")
    mine = writing(device(), begun.report, sign_in, begun.cast.owner, errors)
    theirs = writing(device(), begun.report, sign_in, colleague, errors)
    field(theirs, "overview").fill("Của đồng nghiệp.")
    expect(theirs.locator("[data-kept]")).to_contain_text("Đã lưu")
    field(mine, "next_steps").fill("Của tôi.")
    expect(mine.locator("[data-kept]")).to_contain_text("Đã lưu")
    expect(field(mine, "overview")).to_have_value("Của đồng nghiệp.")
    begun.report.refresh_from_db()
    assert (begun.report.typed["overview"], begun.report.typed["next_steps"]) == (
        "Của đồng nghiệp.",
        "Của tôi.",
    )


@pytest.mark.parametrize(
    ("choice", "kept"), [("Giữ của tôi", "Của tôi."), ("Lấy bản này", "Của đồng nghiệp.")]
)
def test_two_devices_in_one_field_ask_which_text_stays(
    begun,  # noqa: F811
    device,
    sign_in,
    errors,
    choice,
    kept,
):
    colleague = make_user("officer", begun.cast.ward, full_name="Đồng nghiệp")
    mine = writing(device(), begun.report, sign_in, begun.cast.owner, errors)
    theirs = writing(device(), begun.report, sign_in, colleague, errors)
    field(theirs, "overview").fill("Của đồng nghiệp.")
    expect(theirs.locator("[data-kept]")).to_contain_text("Đã lưu")
    field(mine, "overview").fill("Của tôi.")
    expect(mine.locator(".clash")).to_contain_text("Đồng nghiệp đã ghi ở đây: Của đồng nghiệp.")
    expect(field(mine, "overview")).to_have_value("Của tôi.")
    mine.get_by_role("button", name=choice).tap()
    expect(mine.locator(".clash")).to_have_count(0)
    expect(mine.locator("[data-kept]")).to_contain_text("Đã lưu")
    expect(field(mine, "overview")).to_have_value(kept)
    begun.report.refresh_from_db()
    assert begun.report.typed["overview"] == kept


def test_text_for_a_report_that_was_sent_meanwhile_stays_on_the_device(typed, device, sign_in, errors):  # noqa: F811
    context = device()
    page = writing(context, typed.report, sign_in, typed.cast.owner, errors)
    bring_to(ProgressReport.objects.get(pk=typed.report.pk), "submitted", typed.cast.staff)
    field(page, "overview").fill("Gõ muộn.")
    expect(page.locator("[data-trouble]")).to_contain_text("không còn ở bước soạn (Chờ duyệt)")
    stored = page.evaluate("Object.values(localStorage).join()")
    assert "Gõ muộn." in stored
    page.tap("[data-trouble] a")
    expect(page.locator("[data-left-over]")).to_contain_text("Gõ muộn.")
    page.tap("[data-left-over] button")
    page.reload()
    expect(page.locator("[data-left-over]")).to_be_hidden()


def test_a_proposal_more_is_kept(begun, page, sign_in):  # noqa: F811
    sign_in(page, begun.cast.owner).goto(f"/reports/{begun.report.pk}/edit/")
    page.click("[data-add-proposal]")
    field(page, "p1-addressee").fill("MTTQ tỉnh")
    field(page, "p1-text").fill("Hỗ trợ tài liệu.")
    expect(page.locator("[data-kept]")).to_contain_text("Đã lưu")
    page.reload()
    expect(field(page, "p1-text")).to_have_value("Hỗ trợ tài liệu.")
