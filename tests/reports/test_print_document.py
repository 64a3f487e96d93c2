from io import BytesIO, StringIO, TextIOWrapper
from time import monotonic

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from reports.documents.formats import Format
from reports.documents.kinds import Kind
from reports.management.commands import print_document
from tests.factories import make_period, make_plan
from tests.reports.documents.reading import find, texts


def print_to(path, plan_id, *more: str) -> None:
    call_command("print_document", "recipients", "--plan", str(plan_id), "--output", str(path), *more)


def test_it_prints_the_list_to_a_file(work, tmp_path):
    path = tmp_path / "list.pdf"
    print_to(path, work.plan.pk, "--format", "pdf")
    assert "1. Các phường./." in texts(path.read_bytes())
    assert [entry.name for entry in tmp_path.iterdir()] == ["list.pdf"]


def test_expanded_names_the_units(cast, work, tmp_path):
    work.recipient.units.add(cast.other_ward)
    path = tmp_path / "list.pdf"
    print_to(path, work.plan.pk, "--expanded")
    assert find(path.read_bytes(), "Mục 1.").text == "Mục 1. Các phường gồm 2 đơn vị:"
    assert "2. Ủy ban MTTQ Việt Nam phường Đồi Thông./." in texts(path.read_bytes())


def test_a_dash_stands_for_standard_output(work):
    out = TextIOWrapper(BytesIO())
    call_command("print_document", "recipients", "--plan", str(work.plan.pk), "--output", "-", stdout=out)
    written = out.buffer.getvalue()
    assert (written[:5], written.rstrip()[-5:]) == (b"%PDF-", b"%%EOF")


def test_the_old_file_is_replaced(work, tmp_path):
    path = tmp_path / "list.pdf"
    path.write_text("old")
    print_to(path, work.plan.pk)
    assert path.read_bytes()[:5] == b"%PDF-"


def test_the_old_file_stays_whole_when_writing_fails(work, tmp_path, monkeypatch):
    path = tmp_path / "list.pdf"
    path.write_text("old")

    def full_disk(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(print_document.Path, "replace", full_disk)
    with pytest.raises(CommandError, match="No space left on device"):
        print_to(path, work.plan.pk)
    assert [(entry.name, entry.read_text()) for entry in tmp_path.iterdir()] == [("list.pdf", "old")]


@pytest.mark.django_db
def test_no_such_plan(tmp_path):
    with pytest.raises(CommandError, match=r"^There is no plan 404\.$"):
        print_to(tmp_path / "list.pdf", 404)


@pytest.mark.parametrize("place", ["missing/list.pdf", "file/list.pdf", "folder", "."])
def test_a_place_that_cannot_be_written(place, work, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    with pytest.raises(CommandError, match=rf"^Cannot write {place}: "):
        print_to(place, work.plan.pk)
    assert sorted(entry.name for entry in tmp_path.rglob("*")) == ["file", "folder"]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["poem", "--plan", "1", "--output", "x"], "invalid choice: 'poem'"),
        (["recipients", "--plan", "1", "--output", "x", "--format", "gif"], "invalid choice: 'gif'"),
        (["recipients", "--plan", "one", "--output", "x"], "invalid int value: 'one'"),
        (["recipients", "--output", "x"], "required: --plan"),
        (["recipients", "--plan", "1"], "required: --output"),
    ],
)
def test_wrong_arguments(arguments, complaint):
    with pytest.raises(CommandError, match=complaint):
        call_command("print_document", *arguments)


@pytest.mark.parametrize("format", Format.values)
@pytest.mark.parametrize("kind", Kind.values)
def test_every_paper_is_written_as_every_file(kind, format, printable, tmp_path):
    path = tmp_path / f"paper.{format}"
    chosen = ["--plan", printable.plan.pk, "--unit", printable.cast.ward.pk, "--period", printable.spring.pk]
    call_command("print_document", kind, *map(str, chosen), "--format", format, "--output", str(path))
    assert path.read_bytes()[:2] == (b"%P" if format == "pdf" else b"PK")


def test_every_choice_is_printed(printable, tmp_path):
    path = tmp_path / "paper.pdf"
    print_to(
        path,
        printable.plan.pk,
        "--number=07/DS-MTTQ",
        "--dated=2026-09-05",
        "--title=Gửi các nơi",
        f"--signer={printable.deputy.pk}",
        "--archival",
    )
    lines = texts(path.read_bytes())
    assert {"Gửi các nơi", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần B"} <= set(lines)
    assert find(path.read_bytes(), "Thành phố Mẫu").text == "Thành phố Mẫu, ngày 05 tháng 9 năm 2026"


@pytest.mark.parametrize(
    ("kind", "chosen", "complaint"),
    [
        ("missing", ["--period", "999"], r"^Plan \d+ has no period 999\.$"),
        ("missing", ["--period", "{foreign}"], r"^Plan \d+ has no period \d+\.$"),
        ("summary", ["--group", "999"], r"^Plan \d+ has no group 999\.$"),
        ("unit-report", ["--unit", "9" * 30], r"^There is no unit 9{30}\.$"),
        ("summary", ["--signer", "999"], r"^The letterhead of MTTQ thành phố has no signer 999\.$"),
        ("summary", ["--as-of", "2999-01-01"], r"^2999-01-01 has not come yet\.$"),
        ("summary", ["--as-of", "1.1.2026"], "invalid fromisoformat value"),
        ("summary", ["--kind-of-unit", "village"], "invalid choice: 'village'"),
        ("unit-report", ["--unit", "{other_ward}", "--period", "{spring}"], "được duyệt tính đến ngày"),
    ],
)
def test_what_cannot_be_printed_is_said(kind, chosen, complaint, printable, tmp_path):
    ids = {
        "foreign": make_period(make_plan()).pk,
        "other_ward": printable.cast.other_ward.pk,
        "spring": printable.spring.pk,
    }
    chosen = [part.format(**ids) for part in chosen]
    with pytest.raises(CommandError, match=complaint):
        call_command(
            "print_document", kind, "--plan", str(printable.plan.pk), *chosen, "--output", str(tmp_path / "x")
        )
    assert list(tmp_path.iterdir()) == []


def test_the_paper_is_vietnamese_whatever_the_machine_speaks(work, tmp_path):
    paths = tmp_path / "vi.pdf", tmp_path / "en.pdf"
    print_to(paths[0], work.plan.pk)
    with translation.override("en"):
        print_to(paths[1], work.plan.pk)
    assert paths[0].read_bytes() == paths[1].read_bytes()


@pytest.mark.parametrize(
    ("is_terminal", "seconds", "told"), [(True, 9, True), (True, 0, False), (False, 9, False)]
)
def test_who_waits_at_a_terminal_sees_how_far_it_is(monkeypatch, is_terminal, seconds, told):
    out = StringIO()
    command = print_document.Command(stderr=out)
    monkeypatch.setattr(print_document.sys.stderr, "isatty", lambda: is_terminal, raising=False)
    command.begun = monotonic() - seconds
    command.tell(1, 2)
    assert out.getvalue() == ("\r[" + "#" * 15 + "." * 15 + "] 1/2" if told else "")
