"""The matrix under the hands: heads that stay, a cell that opens in place."""

import pytest

from tests.factories import bring_to, make_assignment, make_entry, make_report, make_task, make_unit


@pytest.fixture
def matrix(cast, work):
    """Thirty units by ten tasks; one assignment is reported of."""
    tasks = [make_task(work.group, title=f"Việc {number}", position=number) for number in range(1, 10)]
    for unit in [make_unit() for _number in range(30)]:
        make_assignment(tasks[-1], unit)
    for task in tasks:
        make_assignment(task, cast.ward)
    report = make_report(cast.ward, plan=work.plan)
    make_entry(report, work.assignment, percent=70, result="Đã họp 3 tổ.")
    bring_to(report, "accepted", cast.staff)
    return f"/plans/{work.plan.pk}/matrix/"


@pytest.mark.parametrize("size", ["page", "phone"])
def test_the_heads_stay_where_the_table_is_moved(request, size, sign_in, cast, matrix):
    page = sign_in(request.getfixturevalue(size), cast.leader)
    page.goto(matrix)
    box = page.locator("[data-matrix]")
    box.evaluate("box => box.scrollTo(400, 700)")
    edge = box.bounding_box()
    corner = page.locator("thead th").first.bounding_box()
    assert [round(corner[side] - edge[side]) for side in ("x", "y")] == [1, 1]
    head = page.locator("thead th").nth(5).bounding_box()
    assert round(head["y"] - edge["y"]) == 1
    row = page.locator("tbody th[scope=row]").nth(20).bounding_box()
    assert round(row["x"] - edge["x"]) == 1


def test_a_cell_opens_in_place_and_gives_the_focus_back(page, sign_in, cast, matrix, axe):
    sign_in(page, cast.leader).goto(matrix)
    cell = page.get_by_role("link", name="→ 70%")
    for leave in (
        lambda: page.keyboard.press("Escape"),
        lambda: page.get_by_role("button", name="Đóng").click(),
    ):
        cell.focus()
        page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog", name="1.1 Tổ chức hội nghị học tập")
        dialog.get_by_text("Đã họp 3 tổ.").wait_for()
        assert dialog.locator("form").count() == 0
        axe(page)
        leave()
        assert page.locator("dialog[open]").count() == 0
        assert cell.evaluate("link => link === document.activeElement")
    assert page.url.endswith(matrix)


def test_back_closes_the_cell_and_forward_opens_it_again(phone, sign_in, cast, matrix):
    sign_in(phone, cast.leader).goto("/")
    phone.goto(matrix)
    phone.get_by_role("link", name="→ 70%").click()
    opened = phone.locator("dialog[open]")
    opened.get_by_text("Đã họp 3 tổ.").wait_for()
    assert opened.locator("[data-day]").count() == 0
    phone.go_back()
    opened.wait_for(state="detached")
    assert phone.url.endswith(matrix)
    phone.go_forward()
    opened.get_by_text("Đã họp 3 tổ.").wait_for()
    phone.reload()
    opened.get_by_text("Đã họp 3 tổ.").wait_for()
    phone.get_by_role("button", name="Đóng").click()
    phone.wait_for_function("history.state === null")
    phone.go_back()
    assert phone.url.endswith("/")


def test_the_table_is_one_stop_and_arrows_lead_from_cell_to_cell(page, sign_in, cast, matrix):
    sign_in(page, cast.leader).goto(matrix)
    focused = page.locator(":focus")
    assert page.locator("[data-matrix] table a:not([tabindex='-1'])").count() == 1

    def press(*keys):
        for key in keys:
            page.keyboard.press(key)
        return focused.inner_text()

    page.locator("[data-matrix]").focus()
    assert press("Tab") == "0/40"
    assert press("ArrowRight", "ArrowRight", "ArrowRight") == "1.2 Việc 1"
    assert press("ArrowLeft") == "0/1"
    assert press("ArrowDown") == "→ 70%"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('[data-matrix]')") is None
    assert press("Shift+Tab") == "→ 70%"
    assert press("Home") == "phường Bãi Cát"
    assert press("End", "ArrowUp") == "1.10 Việc 9"


# How many cells a head covers, or the end of the box cuts, when they have the focus.
COVERED = """box => {
  return [...box.querySelectorAll("td a")].reverse().filter((link) => {
    link.focus();
    const place = link.getBoundingClientRect();
    const beside = link.closest("tr").cells[0].getBoundingClientRect().right;
    const above = box.querySelector("thead th").getBoundingClientRect().bottom;
    const end = box.getBoundingClientRect().bottom;
    return place.left < beside - 1 || place.top < above - 1 || place.bottom > end + 1;
  }).length;
}"""


@pytest.mark.parametrize("size", ["page", "phone"])
def test_no_head_covers_the_cell_that_has_the_focus(request, size, sign_in, cast, matrix):
    page = sign_in(request.getfixturevalue(size), cast.leader)
    page.goto(matrix)
    assert page.locator("[data-matrix]").evaluate(COVERED) == 0
    page.goto(matrix + "?turned=1")
    assert page.locator("[data-matrix]").evaluate(COVERED) == 0


def test_without_scripts_a_link_leads_past_the_table(browser, sign_in, cast, matrix, base_url):
    context = browser.new_context(java_script_enabled=False, base_url=base_url)
    page = sign_in(context.new_page(), cast.leader)
    page.goto(matrix)
    page.get_by_role("link", name="Qua bảng").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator("[data-matrix] :focus").count() == 0
    context.close()


def test_signed_out_meanwhile_the_cell_leads_to_the_sign_in(page, sign_in, cast, matrix):
    sign_in(page, cast.leader).goto(matrix)
    page.context.clear_cookies()
    page.get_by_role("link", name="→ 70%").click()
    page.wait_for_url("**/sign-in/?next=/assignments/**")
