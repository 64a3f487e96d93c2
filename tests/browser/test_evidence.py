"""Evidence in a real browser: what opens in the page, and what happens to a photo on its way."""

import pytest
from playwright.sync_api import Page, expect

from reports.models import Attachment
from tests.factories import make_attachment, make_period, make_report
from tests.reports.evidence.files import pdf, photo


@pytest.fixture
def report(cast, work):
    return make_report(cast.ward, make_period(work.plan), by=cast.owner)


def address(report) -> str:
    return f"/reports/{report.pk}/edit/"


def test_a_photo_and_a_paper_are_looked_at_in_the_page(cast, work, report, page: Page, sign_in):
    make_attachment(
        report, cast.owner, work.assignment, photo(), name="a.jpg", media_type="image/jpeg", inert=True
    )
    make_attachment(report, cast.owner, work.assignment, pdf(), name="b.pdf", inert=True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "open=1" in request.url else None)
    sign_in(page, cast.owner).goto(address(report))
    page.wait_for_load_state("networkidle")
    assert asked == []
    # The browser's own viewer, which a policy that is too strict keeps away.
    with page.expect_event("framenavigated", lambda frame: frame.url.startswith("chrome-extension://")):
        for summary in page.locator(".evidence-list summary").all():
            summary.click()
    expect(page.locator("img.evidence-picture")).to_be_visible()
    page.wait_for_function("document.querySelector('img.evidence-picture').naturalWidth === 60")


def test_on_a_phone_a_photo_is_sent_and_a_paper_opens_on_its_own(cast, work, report, phone: Page, sign_in):
    make_attachment(report, cast.owner, work.assignment, pdf(), name="b.pdf", inert=True)
    sign_in(phone, cast.owner).goto(address(report))
    expect(phone.locator(".evidence-paper")).to_be_hidden()
    expect(phone.get_by_role("link", name="Xem", exact=True)).to_be_visible()
    phone.locator("input[type=file]").set_input_files(
        {"name": "Ảnh hội nghị.jpeg", "mimeType": "image/jpeg", "buffer": photo()}
    )
    expect(phone.get_by_role("link", name="Ảnh hội nghị.jpg")).to_be_visible()
    assert list(Attachment.objects.order_by("pk").values_list("name", flat=True)) == [
        "b.pdf",
        "Ảnh hội nghị.jpg",
    ]


def test_a_file_is_removed_without_leaving_the_page(cast, work, report, phone: Page, sign_in):
    make_attachment(report, cast.owner, work.assignment, pdf(), name="b.pdf", inert=True)
    sign_in(phone, cast.owner).goto(address(report))
    phone.get_by_role("button", name="Bỏ b.pdf").click()
    expect(phone.locator(".evidence-list li")).to_have_count(0)
    assert Attachment.objects.count() == 0
