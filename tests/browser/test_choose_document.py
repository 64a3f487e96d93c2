"""What is chosen of a paper is seen at once, and is in the address."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.factories import make_letterhead, make_period, make_recipient


@pytest.fixture
def papers(page, sign_in, cast, work):
    """The list of recipients, chosen on the page of papers."""
    make_letterhead(cast.city)
    make_recipient(work.plan, name="Thường trực Thành ủy")
    sign_in(page, cast.staff).goto(f"/plans/{work.plan.pk}/documents/?paper=recipients")
    return page


@pytest.fixture
def no_press(settings, tmp_path, monkeypatch):
    """What is printed waits."""
    settings.PAPERS_ROOT = tmp_path / "papers"
    monkeypatch.setattr("reports.press.desk.open_press", lambda edition: True)


def asked(page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_the_preview_and_the_files_follow_what_is_typed(papers):
    papers.locator("details.document-frame summary").click()
    papers.locator("[name=title]").fill("Gửi các nơi")
    papers.locator(".paper .title", has_text="Gửi các nơi").wait_for()
    assert asked(papers) == {"paper": ["recipients"], "title": ["Gửi các nơi"]}
    papers.reload()
    assert papers.locator("[name=title]").input_value() == "Gửi các nơi"


def test_what_is_wrong_is_said_while_it_is_typed_and_goes_when_it_is_mended(papers):
    papers.locator("details.document-frame summary").click()
    papers.locator("[name=dated]").fill("99/99/2026")
    papers.locator("#id_dated_error:not(:empty)").wait_for()
    assert papers.locator(".document-files").count() == 0
    papers.locator("[name=dated]").fill("5/9/2026")
    papers.locator(".paper .dated", has_text="ngày 05 tháng 9 năm 2026").wait_for()
    assert papers.locator("#id_dated_error").inner_text() == ""


def test_back_leads_to_the_paper_before(papers):
    papers.locator("[name=expanded]").check()
    papers.locator(".document-preview:not([aria-busy])").wait_for()
    papers.locator("#document-kinds a").first.click()
    papers.wait_for_url("**paper=summary**")
    papers.go_back()
    papers.wait_for_url("**paper=recipients**")
    assert papers.locator("[name=expanded]").is_checked()


def test_the_meaning_of_the_day_follows_the_period(papers, work):
    period = make_period(work.plan)
    papers.goto(f"/plans/{work.plan.pk}/documents/?paper=brief")
    label = papers.locator("#id_on_label").inner_text()
    papers.locator("[name=period]").select_option(str(period.pk))
    papers.locator("#id_on_label").filter(has_not_text=label).wait_for()
    assert papers.locator("#id_on_helptext").inner_text().startswith("Số liệu của kỳ đến ")


def test_on_a_desk_the_first_choice_stands_in_view_and_the_paper_stays_there(papers, axe):
    papers.set_viewport_size({"width": 1280, "height": 800})
    papers.goto(papers.url.replace("recipients", "brief"))
    field = papers.locator("[name=period]").bounding_box()
    assert field["y"] + field["height"] <= 800
    papers.locator("details.document-frame summary").click()
    papers.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert papers.locator(".document-files").bounding_box()["y"] >= 0
    axe(papers)


def test_on_a_telephone_the_files_are_at_hand_and_the_papers_are_one_line(papers, axe):
    papers.set_viewport_size({"width": 360, "height": 740})
    for scrolled in ("scrollTo(0, 0)", "scrollTo(0, document.body.scrollHeight)"):
        papers.evaluate(scrolled)
        pressed = papers.locator(".document-files button").first.bounding_box()
        assert 740 - 80 < pressed["y"] < 740 - pressed["height"]
    bar, paper = (papers.locator(part).bounding_box() for part in (".document-files", ".document-sheet"))
    assert paper["y"] + paper["height"] <= bar["y"]
    axe(papers)
    papers.locator("#document-kinds summary").click()
    papers.locator("#document-kinds details a").first.click()
    papers.wait_for_url("**paper=summary**")
    assert not papers.locator("#document-kinds details a").first.is_visible()


def test_on_a_telephone_what_is_missing_is_said_above_the_fields(papers):
    papers.set_viewport_size({"width": 360, "height": 740})
    papers.goto(papers.url.replace("recipients", "missing"))
    said, field = (papers.locator(part).bounding_box() for part in (".empty", "[name=period]"))
    assert said["y"] + said["height"] <= field["y"]


PRESSED = {"paper": ["recipients"], "expanded": ["on"], "number": ["05"]}


def press(page) -> dict[str, list[str]]:
    """Type, press Word at once; what is asked of the paper then."""
    page.locator("[name=expanded]").check()
    page.locator("[name=number]").fill("05")
    with page.expect_request("**/documents/recipients.docx?**") as asked:
        page.locator(".document-files button").nth(1).click()
    return parse_qs(urlsplit(asked.value.url).query)


def test_a_press_prints_what_the_fields_show_before_the_preview_does(papers, no_press):
    """The preview is never answered here; the way back leads to what was printed."""
    papers.locator("details.document-frame summary").click()
    papers.route("**/documents/?**", lambda route: None)
    assert press(papers) == PRESSED
    papers.wait_for_url("**/papers/**")
    papers.unroute("**/documents/?**")
    papers.locator("[data-back]").click()
    papers.wait_for_url("**/documents/?**")
    assert asked(papers) == PRESSED
    assert papers.locator("[name=number]").input_value() == "05"


def test_without_scripts_a_press_prints_what_the_fields_show(papers, browser, base_url, no_press):
    context = browser.new_context(java_script_enabled=False, base_url=base_url)
    context.add_cookies(papers.context.cookies())
    plain = context.new_page()
    plain.goto(papers.url)
    plain.locator("details.document-frame summary").click()
    assert press(plain) == PRESSED
    context.close()
