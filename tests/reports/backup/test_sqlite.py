"""A file of SQLite is copied while others write to it."""

import sqlite3

import pytest
from django.db import connection

from reports.backup import sqlite
from reports.backup.errors import BackupError
from reports.backup.hashing import table_states
from reports.backup.restoring import restore

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def file(backup, elsewhere, evidence_in, tmp_path):
    """A database as the product opens it."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no file")
    evidence_in(tmp_path / "evidence-elsewhere")
    restore(elsewhere, backup.path)
    return elsewhere


def test_a_copy_is_of_one_moment(file, tmp_path, monkeypatch):
    """After every page of it another process writes; the copy comes to its end and has nothing of that."""
    wanted = table_states(file)
    writer = sqlite3.connect(file.settings_dict["NAME"], isolation_level=None)

    class Bar(sqlite.Bar):
        def show(self, done: int) -> None:
            super().show(done)
            writer.execute("UPDATE units_unit SET name = name || '.'")

    monkeypatch.setattr(sqlite, "Bar", Bar)
    monkeypatch.setattr(sqlite, "PAGES_AT_A_TIME", 10)
    sqlite.dump(file, tmp_path / "copy.sqlite3")
    [(name,)] = writer.execute("SELECT name FROM units_unit LIMIT 1").fetchall()
    writer.close()
    assert name.endswith("." * 10)
    with sqlite.opened(tmp_path / "copy.sqlite3") as copy:
        assert table_states(copy) == wanted
    assert [path.name for path in tmp_path.glob("copy.sqlite3*")] == ["copy.sqlite3"]


def test_a_damaged_database_is_told(file, tmp_path):
    """A row that its index does not know."""
    with sqlite3.connect(file.settings_dict["NAME"]) as damaging:
        damaging.execute("PRAGMA writable_schema=ON")
        damaging.execute(
            "UPDATE sqlite_master SET sql = replace(sql, '(\"report_id\")', '(\"digest\")')"
            " WHERE tbl_name = 'reports_attachment' AND type = 'index'"
        )
    damaging.close()
    file.close()
    with pytest.raises(BackupError, match="The database itself is damaged, and older backups were kept: "):
        sqlite.dump(file, tmp_path / "copy.sqlite3")
