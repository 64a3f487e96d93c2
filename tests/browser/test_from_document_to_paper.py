"""The way of the product in a real browser: a plan's file becomes assigned work and a printed list."""

import io

import pdfplumber
import pytest

from plans.models import ImportDraft, Plan
from tasks.models import Assignment

PLAN_TEXT = """KẾ HOẠCH
Thực hiện nghị quyết về phong trào xanh
---------
Thực hiện Nghị quyết số 07-NQ/TU, ngày 10/02/2024 của Tỉnh uỷ, Ban Thường trực xây dựng kế hoạch như sau:
I. MỤC ĐÍCH
Nâng cao nhận thức của hội viên.
II. NỘI DUNG
1. Tuyên truyền, phổ biến nghị quyết
- Mở hội nghị quán triệt nghị quyết cho cán bộ.
- Phát tờ gấp đến từng hộ, hoàn thành trước ngày 30/6/2027.
2. Kiểm tra, giám sát việc thực hiện
- Giám sát tại hai khu dân cư mỗi năm.
III. TỔ CHỨC THỰC HIỆN
Các đơn vị báo cáo kết quả về Ban Thường trực.
Nơi nhận:
- Thường trực Thành ủy (b/c);
- Ban Thường trực UBMTTQ các phường, xã;
- Lưu: VT.
"""


@pytest.fixture
def plan_file(tmp_path):
    path = tmp_path / "ke-hoach.txt"
    path.write_text(PLAN_TEXT, encoding="utf-8")
    return path


@pytest.fixture(params=["page", "phone"])
def screen(request):
    """The whole way has to be walked on a desk and on a telephone."""
    return request.getfixturevalue(request.param)


def field(page, name):
    return page.locator(f"[name='{name}']")


def open_row(page, name):
    page.locator(f"details:has([name='{name}']) > summary").click()


def test_a_file_becomes_assigned_work_and_a_paper(screen, sign_in, cast, plan_file, axe):
    page = sign_in(screen, cast.staff)
    page.goto("/plans/import/")
    field(page, "file").set_input_files(plan_file)
    page.locator("main form .btn-primary").click()
    page.wait_for_url("**/plans/import/*/")
    assert Plan.objects.count() == 0
    axe(page)

    open_row(page, "tasks-0-title")
    field(page, "tasks-0-title").fill("Hội nghị quán triệt")
    page.locator(".send-bar .btn-primary").click()
    page.wait_for_url("**/plans/*/content/")
    plan = Plan.objects.get()
    assert plan.groups.get(position=0).tasks.get(position=0).title == "Hội nghị quán triệt"
    axe(page)

    page.goto(f"/plans/{plan.pk}/assign/")
    page.locator("[name=tasks]").first.check()
    page.locator("[name=kinds][value=ward]").check()
    axe(page)
    page.locator(".send-bar .btn-primary").click()
    page.wait_for_url(f"**/plans/{plan.pk}/content/")
    assert sorted(Assignment.objects.values_list("unit__short_name", flat=True)) == [
        "phường Bãi Cát",
        "phường Đồi Thông",
    ]

    answer = page.request.get(f"/plans/{plan.pk}/documents/recipients.pdf")
    with pdfplumber.open(io.BytesIO(answer.body())) as paper:
        assert "Thường trực Thành ủy (b/c)" in paper.pages[0].extract_text()


def test_what_is_typed_in_the_preview_outlives_the_page(page, sign_in, cast, plan_file):
    draft = import_in(sign_in(page, cast.staff), plan_file)
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        field(page, "plan-number").fill("09/KH-MTTQ-BTT")
    page.goto("/")
    page.goto(f"/plans/import/{draft.pk}/")
    assert field(page, "plan-number").input_value() == "09/KH-MTTQ-BTT"


def test_what_is_typed_just_before_leaving_is_kept_too(page, sign_in, cast, plan_file):
    draft = import_in(sign_in(page, cast.staff), plan_file)
    field(page, "plan-place").fill("Bãi Cát")
    page.goto("/units/")
    # The browser sends it in the background, after the page is gone.
    for _attempt in range(50):
        draft.refresh_from_db()
        if draft.typed:
            break
        page.wait_for_timeout(100)
    page.goto(f"/plans/import/{draft.pk}/")
    assert field(page, "plan-place").input_value() == "Bãi Cát"


def test_a_lost_connection_is_said_and_made_good(page, sign_in, cast, plan_file):
    draft = import_in(sign_in(page, cast.staff), plan_file)
    # `fetch` is made to fail rather than the network: a failed request would itself be a console error.
    page.evaluate("() => { window.realFetch = fetch; window.fetch = () => Promise.reject(new TypeError()); }")
    field(page, "plan-place").fill("Bãi Cát")
    page.locator("[data-kept].text-danger").wait_for()
    page.evaluate("() => { window.fetch = window.realFetch; }")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        field(page, "plan-place").press_sequentially(" mới")
    page.goto(f"/plans/import/{draft.pk}/")
    assert field(page, "plan-place").input_value() == "Bãi Cát mới"


def test_rows_are_added_and_dropped_by_hand(page, sign_in, cast, plan_file):
    import_in(sign_in(page, cast.staff), plan_file)
    page.locator("[data-add=groups]").click()
    field(page, "groups-2-title").fill("Nhóm thêm bằng tay")
    page.locator("[data-add=tasks]").first.click()
    field(page, "tasks-3-title").fill("Nhiệm vụ thêm bằng tay")
    field(page, "tasks-3-group").select_option("2")
    open_row(page, "tasks-1-title")
    field(page, "tasks-1-DELETE").check()
    page.locator(".send-bar .btn-primary").click()
    page.wait_for_url("**/plans/*/content/")
    groups = [
        (group.title, [task.title for task in group.tasks.all()]) for group in Plan.objects.get().groups.all()
    ]
    assert [len(tasks) for _title, tasks in groups] == [1, 1, 1]
    assert groups[2] == ("Nhóm thêm bằng tay", ["Nhiệm vụ thêm bằng tay"])


def test_the_source_lines_of_a_task_light_up(page, sign_in, cast, plan_file):
    import_in(sign_in(page, cast.staff), plan_file)
    open_row(page, "tasks-1-title")
    assert "Phát tờ gấp" in page.locator(".source-lines .lit").inner_text()


def import_in(page, path) -> ImportDraft:
    page.goto("/plans/import/")
    field(page, "file").set_input_files(path)
    page.locator("main form .btn-primary").click()
    page.wait_for_url("**/plans/import/*/")
    return ImportDraft.objects.get()
