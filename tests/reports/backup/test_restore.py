import fcntl
import json
import os
from collections.abc import Callable
from dataclasses import replace
from errno import EIO, ENOSPC
from hashlib import sha256
from pathlib import Path
from random import Random
from shutil import copytree

import pytest
from django.core.files.storage import storages
from django.db import DatabaseError, connection

from reports import guards
from reports.backup import manifest as manifests
from reports.backup import restoring, sqlite
from reports.backup.errors import BackupError
from reports.backup.hashing import table_states
from reports.backup.manifest import CHECKSUM, DUMPS, NAME, read_manifest
from reports.backup.restoring import check_backup, restore, what_is_left_to_do
from reports.evidence.storage import DurableStorage, name_of
from tests.reports.backup.conftest import stored

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def place(backup, elsewhere, evidence_in, tmp_path) -> Path:
    """The new place of the evidence, from now on in use."""
    evidence_in(tmp_path / "evidence-elsewhere")
    return tmp_path / "evidence-elsewhere"


def refused(elsewhere, path: Path) -> str:
    """The reason; and the place is empty as before."""
    with pytest.raises(BackupError) as error:
        restore(elsewhere, path)
    assert_empty(elsewhere)
    return str(error.value)


def assert_empty(elsewhere) -> None:
    if elsewhere.vendor == "sqlite":
        assert list(Path(elsewhere.settings_dict["NAME"]).parent.glob("elsewhere.sqlite3*")) == []
    else:
        assert elsewhere.introspection.table_names() == []
    assert list(storages["evidence"].digests()) == []


def damage(path: Path, content: bytes) -> None:
    """A file of its own, not what other backups link to."""
    path.unlink()
    path.write_bytes(content)


def flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    damage(path, bytes(content))


def rewrite(path: Path, **changes) -> None:
    """As a backup that was made so."""
    replace(read_manifest(path), **changes).write(path)


def test_everything_is_as_it_was(office, backup, place, elsewhere):
    wanted = table_states(connection)
    assert restore(elsewhere, backup.path) == backup.manifest
    assert table_states(elsewhere) == wanted
    assert {path.name: path.read_bytes() for path in place.rglob("*") if path.is_file()} == {
        office.one.digest: b"one",
        office.two.digest: b"two",
    }
    assert stored(office.one).stat().st_mode & 0o777 == 0o400
    assert what_is_left_to_do(elsewhere) == []


def test_accepted_reports_stay_final(backup, place, elsewhere):
    restore(elsewhere, backup.path)
    assert guards.missing(elsewhere) == []
    with pytest.raises(DatabaseError, match="an accepted report is final"), elsewhere.cursor() as cursor:
        cursor.execute("UPDATE reports_progressreport SET overview = 'x' WHERE state = 'accepted'")


def test_missing_guards_are_told(office, folder, backup, place, elsewhere):
    restore(elsewhere, backup.path)
    guards.remove(elsewhere)
    assert what_is_left_to_do(elsewhere) == [
        "Accepted reports are not protected yet. Now run: manage.py migrate"
    ]


def test_new_rows_go_on_counting(office, backup, place, elsewhere):
    """The number of a row that was removed is not given again."""
    restore(elsewhere, backup.path)
    assert next_number(elsewhere, "units_unit") == next_number(connection, "units_unit")


def next_number(database, table: str) -> int:
    query = (
        f"SELECT last_value FROM {table}_id_seq"
        if database.vendor == "postgresql"
        else f"SELECT seq FROM sqlite_sequence WHERE name = '{table}'"
    )
    with database.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


def test_a_database_that_is_there_stays(backup, place, elsewhere):
    with elsewhere.cursor() as cursor:
        cursor.execute("CREATE TABLE notes (text varchar(20))")
        cursor.execute("INSERT INTO notes VALUES ('mine')")
    with pytest.raises(BackupError) as error:
        restore(elsewhere, backup.path)
    assert str(error.value) == (
        f"The database {elsewhere.settings_dict['NAME']} is not empty: 1 tables (notes 1). "
        "A backup is restored to a new, empty database only."
    )
    assert elsewhere.introspection.table_names() == ["notes"]
    assert not place.exists()


def test_an_empty_database_is_filled(backup, place, elsewhere):
    """On SQLite a file without tables, which any command leaves."""
    elsewhere.ensure_connection()
    elsewhere.close()
    restore(elsewhere, backup.path)
    assert table_states(elsewhere) == backup.manifest.tables


def test_evidence_that_is_there_stays(office, backup, place, elsewhere):
    (place / "ab").mkdir(parents=True)
    (place / "ab" / ("ab" * 32)).write_bytes(b"mine")
    with pytest.raises(BackupError) as error:
        restore(elsewhere, backup.path)
    assert str(error.value) == (
        f"The place of the evidence is not empty: 1 files, as ab/{'ab' * 32}. "
        "A backup is restored to an empty place only."
    )
    assert [path.read_bytes() for path in place.rglob("*") if path.is_file()] == [b"mine"]


def shorten(path: Path) -> None:
    damage(path, path.read_bytes()[:-1])


def make_format_newer(path: Path) -> None:
    text = json.dumps({**json.loads(path.read_text()), "format": 2, "more": 1})
    path.write_text(text)
    (path.parent / CHECKSUM).write_text(f"{sha256(text.encode()).hexdigest()}  {NAME}\n")


def make_release_newer(path: Path) -> None:
    manifest = read_manifest(path.parent)
    later = [*manifest.migrations, "reports.9999_later"]
    replace(manifest, migrations=later, version="9.0").write(path.parent)


def test_a_damaged_or_newer_backup_is_refused(office, backup, place, elsewhere, tmp_path):
    dump, size = DUMPS[connection.vendor], backup.manifest.dump_size
    one, two = (f"evidence/{name_of(file.digest)}" for file in (office.one, office.two))
    damaged, newer = "The backup is damaged: ", "The backup was made by a newer release of Bám Sát"
    torn = f"{damaged}manifest.json does not fit manifest.json.sha256."
    cases: list[tuple[Callable[[Path], None], str, str]] = [
        (lambda path: flip(path, size // 2), dump, f"{damaged}{dump} has another SHA-256."),
        (shorten, dump, f"{damaged}{dump} has {size - 1} bytes instead of {size}."),
        (Path.unlink, dump, f"{damaged}{dump} is missing."),
        (lambda path: flip(path, 1), two, f"{damaged}{two} has another SHA-256."),
        (shorten, two, f"{damaged}{two} has 2 bytes instead of 3."),
        (Path.unlink, one, f"{damaged}{one} is missing."),
        (lambda path: flip(path, 40), NAME, torn),
        (lambda path: flip(path, 40), CHECKSUM, torn),
        (Path.unlink, CHECKSUM, torn),
        (make_format_newer, NAME, f"{newer}: restore it with that one."),
        (make_release_newer, NAME, f"{newer} (9.0, with reports.9999_later): update this one first."),
    ]
    for number, (spoil, name, reason) in enumerate(cases):
        path = Path(copytree(backup.path, tmp_path / f"spoilt-{number}"))
        spoil(path / name)
        assert refused(elsewhere, path) == reason
    assert check_backup(backup.path) == backup.manifest


def test_any_byte(office, backup, place):
    chance = Random(1)
    files = [path for path in backup.path.rglob("*") if path.is_file()]
    assert len(files) == 5
    for path in files:
        for _time in range(8):
            at = chance.randrange(path.stat().st_size)
            flip(path, at)
            with pytest.raises(BackupError, match="The backup is damaged"):
                check_backup(backup.path)
            flip(path, at)
    assert check_backup(backup.path) == backup.manifest


def test_what_is_no_backup(folder, backup, place, elsewhere):
    assert refused(elsewhere, folder) == f"{folder} is no backup: it has no manifest.json."


def test_a_backup_of_the_other_database(backup, place, elsewhere):
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    (backup.path / DUMPS[connection.vendor]).rename(backup.path / DUMPS[other])
    rewrite(backup.path, engine=other)
    made, there = manifests.READABLE[other], manifests.READABLE[connection.vendor]
    assert refused(elsewhere, backup.path) == (
        f"This is a backup of {made}, and DATABASE_URL names a database of {there}. Restore it to {made}; "
        "then manage.py move_database brings SQLite to PostgreSQL."
    )


def test_a_copy_that_is_not_what_was_there(backup, place, elsewhere):
    """As if a fault of the disk or of the database had changed it on the way."""
    states = backup.manifest.tables
    wrong = {**states, "units_unit": states["units_unit"]._replace(hash="0" * 64)}
    rewrite(backup.path, tables=wrong)
    with pytest.raises(
        BackupError, match="not what was backed up: units_unit: 3 rows as wanted, but not the"
    ):
        restore(elsewhere, backup.path)
    assert list(storages["evidence"].digests()) == []
    if connection.vendor == "sqlite":
        assert_empty(elsewhere)


def test_what_came_meanwhile_stays(office, backup, place, elsewhere, monkeypatch):
    """Also while the backup was read and the files were stored."""

    def store(self, content):
        with elsewhere.cursor() as cursor:
            cursor.execute("CREATE TABLE IF NOT EXISTS notes (text varchar(20))")
        return kept(self, content)

    kept = DurableStorage.store
    monkeypatch.setattr(DurableStorage, "store", store)
    with pytest.raises(BackupError, match="is not empty: 1 tables"):
        restore(elsewhere, backup.path)
    assert elsewhere.introspection.table_names() == ["notes"]
    assert list(storages["evidence"].digests()) == []


def test_one_at_a_time(backup, place, elsewhere, settings):
    other = os.open(settings.VAR_DIR, os.O_RDONLY)
    fcntl.flock(other, fcntl.LOCK_EX)
    assert refused(elsewhere, backup.path) == "Another backup is being brought back."
    os.close(other)
    restore(elsewhere, backup.path)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a file has a folder")
def test_a_folder_that_cannot_be_synced(backup, place, elsewhere, monkeypatch):
    def broken(_folder):
        raise OSError(EIO, "Input/output error")

    monkeypatch.setattr(sqlite, "sync_folder", broken)
    with pytest.raises(OSError, match="Input/output error"):
        restore(elsewhere, backup.path)
    assert_empty(elsewhere)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite is checked before it takes its place")
@pytest.mark.parametrize(
    ("error", "reason"),
    [(DatabaseError("gone\n"), "gone"), (KeyboardInterrupt(), "The check was interrupted.")],
)
def test_a_database_that_could_not_be_checked_is_to_be_dropped(
    backup, place, elsewhere, monkeypatch, error, reason
):
    def fail(_connection):
        raise error

    monkeypatch.setattr(restoring, "table_states", fail)
    with pytest.raises(BackupError) as told:
        restore(elsewhere, backup.path)
    assert str(told.value) == f"Do not use this database: drop it. {reason}"


def test_a_disk_that_is_full_half_way(office, backup, place, elsewhere, monkeypatch):
    files = list(backup.manifest.evidence)

    def store(self, content):
        if Path(content.name).name == files[1]:
            raise OSError(ENOSPC, "No space left on device")
        return kept(self, content)

    kept = DurableStorage.store
    monkeypatch.setattr(DurableStorage, "store", store)
    with pytest.raises(OSError, match="No space left"):
        restore(elsewhere, backup.path)
    assert_empty(elsewhere)
