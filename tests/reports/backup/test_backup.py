import fcntl
import os
import resource
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from errno import EIO, ENOSPC
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection

from reports.backup import contents, making
from reports.backup.manifest import DUMPS, read_manifest
from reports.backup.restoring import restore
from tests.factories import make_attachment, make_unit
from tests.reports.backup.conftest import copied, stored
from units.models import Unit

pytestmark = pytest.mark.django_db(transaction=True)


def run(folder: Path, *arguments: str) -> list[str]:
    out = StringIO()
    call_command("backup", str(folder), *arguments, stdout=out)
    return out.getvalue().splitlines()


def failed(folder: Path, *arguments: str) -> tuple[int, str]:
    with pytest.raises(CommandError) as error:
        run(folder, *arguments)
    return error.value.returncode, str(error.value)


def on_day(day: int, folder: Path, *arguments: str) -> Path:
    """A backup that says it is of that day; the one file that never was is told each time."""
    with time_machine.travel(f"2026-10-{day:02}T19:00:00Z"):
        assert failed(folder, *arguments)[0] == 3
    return folder / f"bam-sat-2026-10-{day + 1:02}T020000"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != ".lock")


def test_a_backup_has_all_that_its_manifest_says(office, folder):
    path = on_day(1, folder)
    dump = DUMPS[connection.vendor]
    assert names(folder) == ["bam-sat-2026-10-02T020000"]
    assert names(path) == [dump, "evidence", "manifest.json", "manifest.json.sha256"]
    manifest = read_manifest(path)
    assert (manifest.made_at, manifest.version) == ("2026-10-02T02:00:00+07:00", "0.1.0")
    assert manifest.evidence == {office.one.digest: 3, office.two.digest: 3}
    assert manifest.missing == ["a" * 64]
    assert manifest.dump_size == (path / dump).stat().st_size
    rows = {table: state.rows for table, state in manifest.tables.items()}
    assert (rows["units_unit"], rows["units_user"], rows["reports_progressreport"]) == (3, 5, 2)
    assert rows["reports_attachment"] == rows["reports_historicalattachment"] == 4
    assert "reports.0001_initial" in manifest.migrations
    assert [copied(path, file).read_bytes() for file in (office.one, office.two)] == [b"one", b"two"]


def test_a_person_can_check_it_without_us(backup):
    command = ["sha256sum", "--check", "manifest.json.sha256"]
    done = subprocess.run(command, cwd=backup.path, capture_output=True, text=True, check=False)
    assert done.stdout == "manifest.json: OK\n"


def test_nobody_else_can_read_it(office, folder):
    path = on_day(1, folder)
    modes = {found.stat().st_mode & 0o777 for found in path.rglob("*") if found.is_file()}
    assert modes == {0o600}
    assert {found.stat().st_mode & 0o777 for found in [path, *path.rglob("*")] if found.is_dir()} == {0o700}
    assert os.umask(0o022) == 0o022


@time_machine.travel("2026-10-01T19:00:00Z")
def test_a_whole_backup_is_told(cast, folder):
    [told] = run(folder)
    manifest = read_manifest(folder / "bam-sat-2026-10-02T020000")
    assert told == (
        f"{folder}/bam-sat-2026-10-02T020000: {len(connection.introspection.table_names())} tables, "
        f"{manifest.rows} rows, 0 files (0 as in the backup before), {manifest.dump_size} bytes"
    )


def test_missing_evidence_is_told(office, folder):
    assert failed(folder) == (
        3,
        "The backup is complete but for 1 files of evidence that are missing or damaged; "
        "manage.py check_files names them.",
    )


def test_files_of_the_backup_before_are_linked(office, folder):
    first = on_day(1, folder)
    third = make_attachment(office.report, office.cast.owner, content=b"three")
    second = on_day(2, folder)
    assert copied(first, office.one).stat().st_ino == copied(second, office.one).stat().st_ino
    assert copied(second, third).read_bytes() == b"three"
    assert read_manifest(second).evidence.keys() == {office.one.digest, office.two.digest, third.digest}
    dump = DUMPS[connection.vendor]
    assert (first / dump).stat().st_ino != (second / dump).stat().st_ino


def test_a_file_that_was_lost_meanwhile_stays_in_the_backups(office, folder):
    on_day(1, folder)
    stored(office.one).unlink()
    stored(office.two).chmod(0o600)
    stored(office.two).write_bytes(b"TWO")
    second = on_day(2, folder)
    assert read_manifest(second).missing == ["a" * 64]
    assert [copied(second, file).read_bytes() for file in (office.one, office.two)] == [b"one", b"two"]


def test_a_file_that_was_lost_before_is_missing(office, folder):
    stored(office.one).unlink()
    stored(office.two).chmod(0o600)
    stored(office.two).write_bytes(b"TWO")
    path = on_day(1, folder)
    manifest = read_manifest(path)
    assert manifest.missing == sorted(["a" * 64, office.one.digest, office.two.digest])
    assert manifest.evidence == {}
    assert [found for found in (path / "evidence").rglob("*") if found.is_file()] == []


def test_a_file_that_the_disk_cannot_read_is_missing(office, folder, monkeypatch):
    def broken(_content, _target):
        raise OSError(EIO, "Input/output error")

    monkeypatch.setattr(making, "copy", broken)
    path = on_day(1, folder)
    assert read_manifest(path).missing == sorted(["a" * 64, office.one.digest, office.two.digest])
    assert [found for found in (path / "evidence").rglob("*") if found.is_file()] == []


def test_a_shortened_copy_is_not_linked_on(office, folder):
    first = on_day(1, folder)
    copied(first, office.one).write_bytes(b"on")
    assert copied(on_day(2, folder), office.one).read_bytes() == b"one"


def test_a_rotten_copy_is_not_linked_on(office, folder):
    first = on_day(1, folder)
    copied(first, office.one).write_bytes(b"ONE")
    assert copied(on_day(2, folder), office.one).read_bytes() == b"one"


def test_a_damaged_backup_before_is_left_alone(office, folder):
    first = on_day(1, folder)
    (first / "manifest.json").write_text("{}")
    second = on_day(2, folder)
    assert copied(first, office.one).stat().st_ino != copied(second, office.one).stat().st_ino


def test_the_newest_are_kept(office, folder):
    (folder / "bam-sat-notes").mkdir()
    for day in (1, 2, 3, 4):
        on_day(day, folder, "--keep", "2")
    assert names(folder) == ["bam-sat-2026-10-04T020000", "bam-sat-2026-10-05T020000", "bam-sat-notes"]
    assert failed(folder, "--keep", "0") == (1, "--keep: give 1 or more.")


def test_fourteen_are_kept_otherwise(office, folder):
    for day in range(10, 25):
        (folder / f"bam-sat-2026-09-{day}T020000").mkdir()
        (folder / f"bam-sat-2026-09-{day}T020000" / "manifest.json").touch()
    on_day(1, folder)
    assert len(names(folder)) == 14
    assert names(folder)[::13] == ["bam-sat-2026-09-12T020000", "bam-sat-2026-10-02T020000"]


def test_a_backup_that_fails_leaves_the_folder_as_it_was(office, folder, monkeypatch):
    on_day(1, folder)
    before = names(folder)
    with small_files():
        code, _words = failed(folder, "--keep", "1")
    assert (code, names(folder)) == (1, before)

    def full(_content, _target):
        raise OSError(ENOSPC, "No space left on device", "x")

    monkeypatch.setattr(making, "copy", full)
    make_attachment(office.report, office.cast.owner, content=b"three")
    assert failed(folder, "--keep", "1") == (1, "x: No space left on device.")
    assert names(folder) == before


@contextmanager
def small_files():
    """Whatever is written ends at 16 kB, as on a disk that is almost full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2**14, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_what_a_killed_backup_left_goes_away(office, folder):
    (folder / "draft-bam-sat-2026-09-01T020000" / "evidence").mkdir(parents=True)
    on_day(1, folder)
    assert names(folder) == ["bam-sat-2026-10-02T020000"]


def test_one_at_a_time(office, folder):
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert failed(folder) == (1, f"Another backup is being made in {folder}.")


def test_a_folder_that_is_not_there(office, folder):
    away = folder / "disk"
    assert failed(away) == (1, f"There is no folder {away}: is its disk mounted? This command makes none.")
    assert names(folder) == []


def test_a_terminal_sees_how_far_it_is(office, folder, monkeypatch):
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stderr", Terminal())
    on_day(1, folder)
    ends = [line.rpartition("\r")[2] for line in sys.stderr.getvalue().rstrip("\n").split("\n")]
    bars = [f"{label:10} [{'#' * 30}] 100 %" for label in ("Database", "Tables", "Evidence")]
    assert ends == (bars if connection.vendor == "sqlite" else bars[1:])


def test_without_the_settings_nothing_is_backed_up(elsewhere, folder):
    place = elsewhere.settings_dict["NAME"]
    with pytest.raises(making.BackupError) as error:
        making.make_backup(elsewhere, folder, 14)
    assert str(error.value) == f"{place} holds no Bám Sát: are the settings loaded (DATABASE_URL, VAR_DIR)?"
    assert names(folder) == []


def test_what_is_written_meanwhile_is_not_torn(office, folder, elsewhere, evidence_in, monkeypatch):
    """Restoring would tell that the copy and its hashes are not of one moment."""

    def write_first(connection_of_hashes):
        with ThreadPoolExecutor(1) as other:
            other.submit(make_unit_apart).result()
        return hashed(connection_of_hashes)

    hashed = contents.table_states
    monkeypatch.setattr(contents, "table_states", write_first)
    made = making.make_backup(connection, folder, 14)
    monkeypatch.undo()
    assert made.manifest.tables["units_unit"].rows == 3
    assert Unit.objects.count() == 4
    evidence_in(folder / "evidence")
    restore(elsewhere, made.path)


def make_unit_apart() -> None:
    """As another process does."""
    make_unit("phường Đến Muộn")
    connection.close()
