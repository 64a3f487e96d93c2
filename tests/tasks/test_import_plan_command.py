import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from plans.models import Plan, Recipient
from tasks.models import Assignment, Task
from tests.factories import make_plan
from tests.tasks.plan_texts import LETTER, PLAN, TWO_ARCHIVES

BASE_DIR = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def document(tmp_path) -> Path:
    path = tmp_path / "ke-hoach.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


def run(*arguments) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("import_plan", *map(str, arguments), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_a_dry_run_prints_one_object_and_stores_nothing(cast, document):
    out, err = run(document, "--dry-run", "--json")
    read = json.loads(out)
    assert err == ""
    assert (read["number"], read["issued_on"], read["title"]) == (
        "07/KH-MTTQ-BTT",
        "2024-03-12",
        "Thực hiện phong trào trồng cây năm 2024",
    )
    assert [[task["title"] for task in group["tasks"]] for group in read["groups"]] == [
        ["Phát tờ rơi về cây xanh", "Thường xuyên treo băng rôn ở các khu phố"],
        ["Kiểm tra vườn ươm"],
    ]
    assert read["groups"][1]["tasks"][0] == {
        "title": "Kiểm tra vườn ươm",
        "text": "Kiểm tra vườn ươm. Đơn vị chủ trì: phường Bãi Cát. Đơn vị phối hợp: phường Đồi Thông.",
        "lead": "phường Bãi Cát",
        "support": ["phường Đồi Thông"],
        "due_on": None,
        "ongoing": False,
    }
    assert read["recipients"][-1] == {"name": "VT", "purpose": "lưu"}
    assert Plan.objects.count() == 0


def test_a_dry_run_without_json_is_for_reading(cast, document):
    out, _err = run(document, "--dry-run")
    assert out.splitlines()[:3] == [
        "07/KH-MTTQ-BTT · Thực hiện phong trào trồng cây năm 2024",
        "1 [propaganda] Tuyên truyền",
        "   - Phát tờ rơi về cây xanh",
    ]
    assert Plan.objects.count() == 0


def test_without_a_dry_run_the_plan_is_stored_and_named(cast, document):
    out, err = run(document)
    plan = Plan.objects.get()
    assert (out, err) == ("", f"{plan.pk}: 07/KH-MTTQ-BTT: Thực hiện phong trào trồng cây năm 2024\n")
    assert (plan.issuing_unit, plan.groups.count(), Task.objects.count()) == (cast.city, 2, 3)
    assert set(Assignment.objects.values_list("unit__short_name", "role")) == {
        ("phường Bãi Cát", "lead"),
        ("phường Đồi Thông", "support"),
    }
    assert {*Recipient.objects.get(name="Các phường, xã").units.all()} == {cast.ward, cast.other_ward}


def test_json_and_storing_go_together(cast, document):
    out, _err = run(document, "--json")
    assert json.loads(out)["number"] == Plan.objects.get().number


def test_the_history_names_who_did_it_or_nobody(cast, document):
    run(document, "--by", "staff")
    run(document, "--again")
    assert [row.history_user for row in Plan.history.order_by("history_id")] == [cast.staff, None]
    assert {row.history_user for row in Task.history.filter(group__plan=Plan.objects.last().pk)} == {
        cast.staff
    }


def test_a_plan_that_may_be_the_same_is_stored_only_when_asked_for(cast, document):
    plan = make_plan(number="07/kh-mttq-btt", title="Khác")
    with pytest.raises(CommandError, match=f"{plan.pk}.*07/kh-mttq-btt: Khác.*--again"):
        run(document)
    assert Plan.objects.count() == 1
    run(document, "--dry-run")
    run(document, "--again")
    assert Plan.objects.count() == 2


def test_values_that_do_not_fit_are_told_in_words_and_store_nothing(cast, document):
    document.write_text(PLAN.replace("- Các tổ chức thành viên", f"- {'Ủy ban ' * 90}"), encoding="utf-8")
    with pytest.raises(CommandError, match="250") as refusal:
        run(document)
    assert refusal.value.returncode == 1
    assert (Plan.objects.count(), Plan.history.count()) == (0, 0)


def test_an_unknown_person_stores_nothing(cast, document):
    with pytest.raises(CommandError, match="nobody"):
        run(document, "--by", "nobody")
    assert Plan.objects.count() == 0


def test_a_file_that_is_not_there(db, tmp_path):
    with pytest.raises(CommandError, match="khong-co") as refusal:
        run(tmp_path / "khong-co.txt")
    assert refusal.value.returncode == 1
    with pytest.raises(CommandError, match=tmp_path.name):
        run(tmp_path)


@pytest.mark.parametrize(
    "data", [b"", LETTER.encode(), b"\xff\xd8\xff\xe0" + b"\x00\x01" * 500, b"PK\x03\x04"]
)
def test_what_is_no_plan_is_refused(db, tmp_path, data):
    path = tmp_path / "thu.txt"
    path.write_bytes(data)
    with pytest.raises(CommandError) as refusal:
        run(path)
    assert refusal.value.returncode == 2
    assert Plan.objects.count() == 0


def test_two_archive_lines_are_stored_as_they_were_printed(cast, tmp_path):
    path = tmp_path / "hai-luu.txt"
    path.write_text(TWO_ARCHIVES, encoding="utf-8")
    run(path)
    assert list(Recipient.objects.filter(purpose="lưu").values_list("name", flat=True)) == ["VT", "VP"]


def started(path: Path, *arguments: str) -> subprocess.CompletedProcess:
    """The command as a shell starts it, on an empty database of its own."""
    return subprocess.run(
        [sys.executable, "manage.py", "import_plan", str(path), *arguments],
        cwd=BASE_DIR,
        env={**os.environ, "VAR_DIR": str(path.parent / "var")},
        capture_output=True,
        text=True,
    )


def test_the_shell_gets_2_and_the_reason_on_stderr(tmp_path):
    path = tmp_path / "thu.txt"
    path.write_text(LETTER, encoding="utf-8")
    ended = started(path, "--dry-run", "--json")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("CommandError: ")
    assert "Traceback" not in ended.stderr


def test_the_shell_gets_0_and_only_json_on_stdout(document):
    ended = started(document, "--dry-run", "--json")
    assert ended.returncode == 0
    assert json.loads(ended.stdout)["place"] == "Thành phố Mẫu"
