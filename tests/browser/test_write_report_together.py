"""Two people, two tabs, files and cut lines on one report: the page decides nothing that nobody decided."""

import re

from playwright.sync_api import Page, expect

from reports.actions import start_report
from reports.models import Attachment, ProgressReport
from tests.browser.test_write_report import device, errors, field, step, writing  # noqa: F401 - fixtures
from tests.factories import bring_to, make_attachment, make_entry, make_report, make_user
from tests.reports.conftest import begun, owed  # noqa: F401 - fixtures
from tests.reports.evidence.files import pdf, photo


def saved(page: Page) -> None:
    expect(page.locator("[data-kept]")).to_contain_text("Đã lưu")


def choose_photo(page: Page, name: str = "anh.jpg") -> None:
    file = {"name": name, "mimeType": "image/jpeg", "buffer": photo()}
    page.locator("#report input[type=file]").first.set_input_files(file)


def two(begun, device, sign_in, errors) -> tuple[Page, Page]:  # noqa: F811
    """My page, which does not know yet what a colleague has saved in the overview."""
    colleague = make_user("officer", begun.cast.ward, full_name="Đồng nghiệp")
    mine = writing(device(), begun.report, sign_in, begun.cast.owner, errors)
    theirs = writing(device(), begun.report, sign_in, colleague, errors)
    field(theirs, "overview").fill("Của đồng nghiệp.")
    saved(theirs)
    return mine, theirs


def stored(begun) -> dict[str, str]:  # noqa: F811
    return ProgressReport.objects.get(pk=begun.report.pk).typed


def test_evidence_overtakes_no_colleague(begun, device, sign_in, errors):  # noqa: F811
    mine, _theirs = two(begun, device, sign_in, errors)
    choose_photo(mine)
    expect(mine.get_by_role("link", name="anh.jpg").first).to_be_visible()
    field(mine, "next_steps").fill("Của tôi.")
    saved(mine)
    assert (stored(begun)["overview"], stored(begun)["next_steps"]) == ("Của đồng nghiệp.", "Của tôi.")


def test_what_is_undecided_is_asked_again_after_a_reload(begun, device, sign_in, errors):  # noqa: F811
    mine, _theirs = two(begun, device, sign_in, errors)
    field(mine, "overview").fill("Của tôi.")
    expect(mine.locator(".clash")).to_be_visible()
    saved(mine)
    mine.reload()
    expect(mine.locator(".clash")).to_contain_text("Của đồng nghiệp.")
    expect(field(mine, "overview")).to_have_value("Của tôi.")
    saved(mine)
    assert stored(begun)["overview"] == "Của đồng nghiệp."


def test_nobody_goes_on_with_something_undecided(begun, device, sign_in, errors):  # noqa: F811
    mine, _theirs = two(begun, device, sign_in, errors)
    field(mine, "overview").fill("Của tôi.")
    mine.tap(".write-bar .btn-primary")
    expect(mine.locator("[data-trouble]")).to_contain_text("hãy chọn giữ nội dung nào")
    assert mine.url.endswith("/edit/")


def test_texts_that_have_become_equal_need_no_decision(begun, device, sign_in, errors):  # noqa: F811
    mine, theirs = two(begun, device, sign_in, errors)
    field(mine, "overview").fill("Như nhau.")
    expect(mine.locator(".clash")).to_be_visible()
    saved(mine)
    with theirs.expect_response(lambda answer: answer.url.endswith("/keep/") and answer.ok):
        field(theirs, "overview").fill("Như nhau.")
    field(mine, "next_steps").fill("Thêm một việc.")
    expect(mine.locator(".clash")).to_have_count(0)


def test_two_tabs_keep_each_others_text(begun, device, sign_in, errors):  # noqa: F811
    context = device()
    first = writing(context, begun.report, sign_in, begun.cast.owner, errors)
    second = context.new_page()
    second.goto(first.url)
    first.route("**/keep/", lambda route: route.abort())
    field(first, "overview").fill("Gõ ở tab thứ nhất.")
    expect(first.locator("[data-trouble]")).to_be_visible()
    field(second, "next_steps").fill("Gõ ở tab thứ hai.")
    saved(second)
    assert "Gõ ở tab thứ nhất." in second.evaluate("Object.values(localStorage).join()")


def test_enter_in_a_field_removes_no_evidence(begun, device, sign_in, errors):  # noqa: F811
    make_attachment(begun.report, begun.cast.owner, begun.assignment, pdf(), name="bien-ban.pdf", inert=True)
    page = writing(device(), begun.report, sign_in, begun.cast.owner, errors)
    step(page, f"e{begun.second.pk}-status", "in_progress").tap()
    field(page, f"e{begun.second.pk}-percent").fill("60")
    field(page, f"e{begun.second.pk}-percent").press("Enter")
    page.wait_for_url("**/check/")
    assert Attachment.objects.count() == 1


def test_a_file_chosen_without_a_line_is_said_not_to_have_arrived(begun, device, sign_in, errors):  # noqa: F811
    context = device()
    page = writing(context, begun.report, sign_in, begun.cast.owner, errors)
    context.set_offline(True)
    choose_photo(page)
    expect(page.locator("[data-upload]").first).to_contain_text("anh.jpg: chưa gửi được")


def test_going_on_waits_for_files_on_their_way(begun, device, sign_in, errors):  # noqa: F811
    page = writing(device(), begun.report, sign_in, begun.cast.owner, errors)
    page.route("**/evidence/", lambda route: (page.wait_for_timeout(1500), route.continue_()))
    choose_photo(page)
    page.tap(".write-bar .btn-primary")
    page.wait_for_url("**/check/")
    expect(page.get_by_role("link", name="anh.jpg").first).to_be_visible()


def test_a_new_figure_is_no_longer_as_last_time(owed, device, sign_in, errors):  # noqa: F811
    meetings = owed.task.indicators.create(name="Hội nghị")
    earlier = make_report(owed.cast.ward, None, plan=owed.plan)
    make_entry(earlier, owed.assignment, result="Đã họp 01 buổi.")
    bring_to(earlier, "accepted", owed.cast.staff)
    report = start_report(owed.obligation, owed.cast.owner)
    page = writing(device(), report, sign_in, owed.cast.owner, errors)
    entry = page.locator("[data-entry]").first
    expect(entry).to_have_class(re.compile(r"\bsame\b"))
    figure = field(page, f"e{owed.assignment.pk}-i{meetings.pk}")
    figure.fill("5")
    expect(entry).not_to_have_class(re.compile(r"\bsame\b"))
    figure.fill("")
    expect(entry).to_have_class(re.compile(r"\bsame\b"))


def test_the_last_proposal_ends_the_offer(begun, page, sign_in):  # noqa: F811
    texts = {f"p{place}-{name}": "A" for place in range(19) for name in ("addressee", "text")}
    begun.report.keep(texts, begun.cast.owner, 1)
    sign_in(page, begun.cast.owner).goto(f"/reports/{begun.report.pk}/edit/")
    page.click("[data-add-proposal]")
    expect(page.locator("[data-add-proposal]")).to_be_hidden()
    field(page, "p19-text").fill("Thứ hai mươi.")
    saved(page)
    page.reload()
    expect(field(page, "p19-text")).to_have_value("Thứ hai mươi.")
    expect(page.locator("[data-add-proposal]")).to_be_hidden()


def test_sending_without_a_line_says_so(begun, device, sign_in, errors):  # noqa: F811
    begun.report.keep(begun.typed, begun.cast.owner, 1)
    context = device()
    page = writing(context, begun.report, sign_in, begun.cast.owner, errors)
    page.goto(page.url.replace("/edit/", "/check/"))
    context.set_offline(True)
    page.tap(".write-bar .btn-primary")
    expect(page.locator("#offline")).to_contain_text("Mất kết nối: chưa gửi được gì.")
    context.set_offline(False)
    page.tap(".write-bar .btn-primary")
    page.wait_for_url(f"**/reports/{begun.report.pk}/")
    assert ProgressReport.objects.get().state == "submitted"
