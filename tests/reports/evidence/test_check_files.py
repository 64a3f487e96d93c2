import os
import sys
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command

from reports.evidence.actions import remove_evidence
from reports.evidence.checking import named_files
from reports.evidence.storage import name_of
from tests.factories import make_attachment

HINT = "Bring the files that are listed back from the backup of the evidence folder."


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    evidence = settings.STORAGES["evidence"]
    options = {**evidence["OPTIONS"], "location": tmp_path / "evidence"}
    settings.STORAGES = {**settings.STORAGES, "evidence": {**evidence, "OPTIONS": options}}


def path_of(attachment) -> Path:
    return Path(storages["evidence"].path(name_of(attachment.digest)))


def damage(attachment, content: bytes) -> None:
    path_of(attachment).chmod(0o600)
    path_of(attachment).write_bytes(content)


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("check_files", *arguments, stdout=out)
    return out.getvalue()


def failed(*arguments: str) -> list[str]:
    out = StringIO()
    with pytest.raises(CommandError, match=HINT) as error:
        call_command("check_files", *arguments, stdout=out)
    assert error.value.returncode == 1
    return out.getvalue().splitlines()


def test_nothing_to_check(db):
    assert run() == "0 files checked, 0 missing or damaged; 0 that no row names.\n"


def test_all_is_there(cast, work, report):
    make_attachment(report, cast.owner, content=b"one")
    make_attachment(report, cast.owner, work.assignment, content=b"one")
    make_attachment(report, cast.owner, content=b"two")
    storages["evidence"].store(path_of(make_attachment(report, cast.owner, content=b"three")).open("rb"))
    assert run() == "3 files checked, 0 missing or damaged; 0 that no row names.\n"


def test_what_is_missing_or_changed_is_named_with_its_report(cast, report):
    gone = make_attachment(report, cast.owner, content=b"one", name="Biên bản.pdf")
    changed = make_attachment(report, cast.owner, content=b"two", name="Ảnh.jpg")
    shorter = make_attachment(report, cast.owner, content=b"three", name="Danh sách.xlsx")
    os.unlink(path_of(gone))
    damage(changed, b"TWO")
    damage(shorter, b"thre")
    place = f"phường Bãi Cát: Quý III/2026 ({report.pk})"
    assert failed() == [
        f"missing  {gone.digest}  {place}: Biên bản.pdf",
        f"damaged  {changed.digest}  {place}: Ảnh.jpg",
        f"damaged  {shorter.digest}  {place}: Danh sách.xlsx",
        "3 files checked, 3 missing or damaged; 0 that no row names.",
    ]
    assert failed("--quick") == [
        f"missing  {gone.digest}  {place}: Biên bản.pdf",
        f"damaged  {shorter.digest}  {place}: Danh sách.xlsx",
        "3 files checked, 2 missing or damaged; 0 that no row names.",
    ]


def test_removed_evidence_is_checked_too(cast, report):
    removed = make_attachment(report, cast.owner, content=b"one", name="a.pdf")
    os.unlink(path_of(removed))
    remove_evidence(removed)
    pk = report.pk
    report.discard(2)
    assert failed()[0] == f"missing  {removed.digest}  – ({pk}): a.pdf"


def test_files_that_no_row_names_are_counted(cast, report):
    make_attachment(report, cast.owner, content=b"one")
    storages["evidence"].store(BytesIO(b"a report that was never begun"))
    assert run() == "1 files checked, 0 missing or damaged; 1 that no row names.\n"


def test_a_terminal_sees_how_far_it_is(cast, report, monkeypatch):
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    for content in (b"one", b"two"):
        make_attachment(report, cast.owner, content=content)
    monkeypatch.setattr(sys, "stderr", Terminal())
    run()
    bars = ["." * 30 + "]   0", "#" * 15 + "." * 15 + "]  50", "#" * 30 + "] 100"]
    assert sys.stderr.getvalue() == "".join(f"\rEvidence   [{bar} %" for bar in bars) + "\n"


def test_the_texts_of_reports_are_not_loaded(cast, report, django_assert_num_queries):
    make_attachment(report, cast.owner, content=b"one")
    with django_assert_num_queries(3) as asked:
        assert named_files()[0].places == [f"phường Bãi Cát: Quý III/2026 ({report.pk}): bien-ban.pdf"]
    assert [query["sql"] for query in asked.captured_queries if "overview" in query["sql"]] == []
