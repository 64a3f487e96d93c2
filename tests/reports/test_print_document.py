from io import BytesIO, TextIOWrapper

import pytest
from django.core.management import CommandError, call_command

from reports.management.commands import print_document
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
