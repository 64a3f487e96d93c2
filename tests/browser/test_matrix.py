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


def test_signed_out_meanwhile_the_cell_leads_to_the_sign_in(page, sign_in, cast, matrix):
    sign_in(page, cast.leader).goto(matrix)
    page.context.clear_cookies()
    page.get_by_role("link", name="→ 70%").click()
    page.wait_for_url("**/sign-in/?next=/assignments/**")
