"""From a file of SQLite to PostgreSQL; the tests of it run where there is one."""

import os
import sqlite3
import subprocess
import sys
from decimal import Decimal
from io import StringIO
from pathlib import Path
from shutil import copyfile

import psycopg
import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import connection

from reports import guards
from reports.backup import moving
from reports.backup.hashing import table_states
from reports.backup.sqlite import opened
from reports.models import ProgressReport
from tasks.models import Indicator
from tests.factories import make_unit
from units.models import Unit, User

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="moves to PostgreSQL"),
]
# What other databases read as NULL, an end of a line, an escape, or twice.
STRANGE = "\\N \\. \t\n\r\x01 ' \" {} %s Sầm Sơn 🌾 a\u0301"

WAIT_LITTLE = "-c lock_timeout=100"


@pytest.fixture(scope="module")
def sample(tmp_path_factory) -> Path:
    """The sample as `make run` loads it, and values of every sort that it lacks."""
    folder = tmp_path_factory.mktemp("sample")
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SECRET_KEY")}
    for command in ("migrate", "load_sample"):
        subprocess.run(
            [sys.executable, "manage.py", command],
            cwd=settings.BASE_DIR,
            env={**kept, "VAR_DIR": str(folder)},
            capture_output=True,
            check=True,
        )
    path = folder / "bam-sat.sqlite3"
    execute(
        path,
        f"UPDATE plans_plan SET title = '{STRANGE.replace(chr(39), chr(39) * 2)}'",
        "UPDATE tasks_indicator SET target = 1234567890.1",
        "UPDATE reports_progressreport SET form_key = '000000000000400080000000000000ab',"
        """ typed = '{"b": [1.50, 1e2, null, true], "a": "\\u1ea7"}',"""
        " typed_at = '2026-01-02 03:04:05.120000'"
        " WHERE id = (SELECT min(id) FROM reports_progressreport WHERE state <> 'accepted')",
        "INSERT INTO django_session VALUES ('key', 'data', '2026-12-01 00:00:00')",
        "INSERT INTO units_unit (id, kind, name, short_name, code, aliases, folded)"
        " VALUES (5000, 'ward', 'x', 'x', 'x', '', '')",
        "DELETE FROM units_unit WHERE id = 5000",
    )
    return path


def execute(path: Path, *statements: str) -> None:
    with sqlite3.connect(path) as file:
        for statement in statements:
            file.execute(statement)
    file.close()


@pytest.fixture
def file(sample, tmp_path) -> Path:
    return Path(copyfile(sample, tmp_path / "copy.sqlite3"))


@pytest.fixture(autouse=True)
def _content_types_are_read_again():
    yield
    ContentType.objects.clear_cache()


def states_of(path: Path) -> dict:
    with opened(path) as source:
        return table_states(source)


def refused(path: Path) -> str:
    """The reason; and everything is as it was."""
    before = table_states(connection)
    with pytest.raises(CommandError) as error:
        call_command("move_database", str(path), stdout=StringIO())
    assert table_states(connection) == before
    assert guards.missing(connection) == []
    return str(error.value)


def test_everything_is_moved(file):
    wanted, out = states_of(file), StringIO()
    call_command("move_database", str(file), stdout=out)
    assert table_states(connection) == wanted
    rows = sum(state.rows for state in wanted.values())
    assert out.getvalue().splitlines()[-1] == (
        f"{rows} rows of {len(wanted)} tables moved, equal by count and hash."
    )
    assert [line.split()[2] for line in out.getvalue().splitlines()[:-1]] == sorted(wanted)
    assert wanted["units_unit"].rows == 24
    assert guards.missing(connection) == []


def test_the_product_reads_it(file, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    call_command("move_database", str(file), stdout=StringIO())
    report = ProgressReport.objects.get(form_key="00000000-0000-4000-8000-0000000000ab")
    assert report.typed == {"a": "ầ", "b": [1.5, 100, None, True]}
    assert report.typed_at.isoformat() == "2026-01-02T03:04:05.120000+00:00"
    assert report.plan.title == STRANGE
    targets = Indicator.objects.exclude(target=None).values_list("target", flat=True)
    assert set(targets) == {Decimal("1234567890.10")}
    assert User.objects.get(username="canbo").check_password("bam-sat-2023")


def test_numbers_go_on_after_the_last_that_was_given(file):
    call_command("move_database", str(file), stdout=StringIO())
    assert make_unit().pk == 5001


def test_a_database_that_has_rows_stays(file, cast):
    assert refused(file).startswith("The PostgreSQL database is not empty: ")
    assert Unit.objects.count() == 3


def test_what_came_meanwhile_stays(file, monkeypatch):
    monkeypatch.setattr(moving, "refuse_misfits", lambda *_both: make_unit())
    with pytest.raises(CommandError, match=r"not empty: .*units_unit 1"):
        call_command("move_database", str(file), stdout=StringIO())
    assert Unit.objects.count() == 1


def test_nothing_comes_between_the_question_and_the_move(file, monkeypatch):
    def write_first(*both):
        known = {**connection.get_connection_params(), "options": WAIT_LITTLE}
        with psycopg.connect(**known) as other, pytest.raises(psycopg.errors.LockNotAvailable):
            other.execute("DELETE FROM units_unit")
        fill(*both)

    fill = moving.fill
    monkeypatch.setattr(moving, "fill", write_first)
    call_command("move_database", str(file), stdout=StringIO())
    assert Unit.objects.count() == 24


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        (
            "UPDATE units_unit SET aliases = 'a' || char(0) WHERE id = 2",
            "units_unit 2: aliases has a NUL character",
        ),
        (
            "UPDATE units_unit SET code = printf('%.41c', 'x') WHERE id = 2",
            "units_unit 2: code is longer than 40 characters",
        ),
        (
            "UPDATE tasks_task SET position = 32768 WHERE id = 3",
            "tasks_task 3: position is no number of its range",
        ),
        (
            "UPDATE tasks_task SET position = 'x' WHERE id = 3",
            "tasks_task 3: position is no number of its range",
        ),
        ("UPDATE plans_plan SET parent_id = 77 WHERE id = 1", "plans_plan 1: leads to no row of plans_plan"),
        (
            """UPDATE reports_progressreport SET typed = '{"a": "\\\\\\u0000"}' WHERE state <> 'accepted'""",
            "typed has a NUL character",
        ),
    ],
)
def test_what_postgresql_does_not_take_is_told_before(file, statement, told):
    execute(file, statement)
    reason = refused(file)
    assert reason.startswith("Nothing was moved. PostgreSQL would not take:\n")
    assert told in reason


def test_an_escaped_backslash_is_no_nul(file):
    execute(
        file,
        """UPDATE reports_progressreport SET typed = '{"a": "\\\\u0000"}' WHERE state <> 'accepted'""",
    )
    call_command("move_database", str(file), stdout=StringIO())


def test_what_only_postgresql_can_tell(file):
    execute(file, "UPDATE plans_plan SET issued_on = 'soon' WHERE id = 1")
    reason = refused(file)
    assert 'invalid input syntax for type date: "soon"' in reason
    assert "COPY plans_plan, line 1, column issued_on" in reason


def test_a_database_that_changes_what_it_is_given(file):
    """Whatever the cause, what is not the same is not kept."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN NEW.name := upper(NEW.name); RETURN NEW; END $$"
        )
        cursor.execute(
            "CREATE TRIGGER spoil BEFORE INSERT ON units_unit FOR EACH ROW EXECUTE FUNCTION spoil()"
        )
    try:
        assert refused(file) == (
            "Nothing was moved, because PostgreSQL differs: "
            "units_unit: 24 rows as wanted, but not the same ones."
        )
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION spoil CASCADE")


def test_another_release(file):
    execute(file, "DELETE FROM django_migrations WHERE name = '0006_signatures_of_evidence'")
    assert refused(file) == (
        "The two databases are not of one release (reports.0006_signatures_of_evidence). Run manage.py "
        "migrate on both: on SQLite with DATABASE_URL=sqlite:///FILE."
    )


def test_somebody_writes(file):
    with sqlite3.connect(file, isolation_level=None) as writing:
        writing.execute("BEGIN IMMEDIATE")
        assert refused(file).startswith("Stop the server first: somebody writes to the file")
    writing.close()


def test_no_file(tmp_path):
    assert refused(tmp_path / "x.sqlite3") == f"There is no file {tmp_path / 'x.sqlite3'}."
