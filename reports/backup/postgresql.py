"""The database as one file of pg_dump. A password stands in the environment of its programs, where others
cannot read it.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.client import DatabaseClient

from reports.backup.errors import BackupError
from reports.backup.progress import Bar

LAST_LINES = 5


def command(connection: BaseDatabaseWrapper, program: str, *options: str) -> tuple[list[str], dict[str, str]]:
    """The call of a program of PostgreSQL and its environment."""
    known = {"OPTIONS": {}, **connection.settings_dict}
    arguments, secrets = DatabaseClient.settings_to_cmd_args_env(
        known, [*options, "--no-password", "--dbname"]
    )
    return [program, *arguments[1:]], {**os.environ, "LC_ALL": "C", **(secrets or {})}


def need(connection: BaseDatabaseWrapper, program: str) -> None:
    """Raises BackupError unless the program is there and not older than the server."""
    server = connection.pg_version // 10000  # type: ignore[attr-defined]
    package = f"install the package postgresql-client-{server}, or a newer one"
    if which(program) is None:
        raise BackupError(f"{program} is missing: {package}.")
    told = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    version = re.search(r"\d+", told.stdout)
    if version is None:
        raise BackupError(f"{program} does not work: {told.stderr.strip()}")
    if int(version[0]) < server:
        raise BackupError(
            f"{program} is of version {version[0]}, older than the server's {server}: {package}."
        )


@contextmanager
def dumping(connection: BaseDatabaseWrapper, snapshot: str, target: Path) -> Iterator[None]:
    """pg_dump writes what the snapshot shows, beside what the caller does, and has ended afterwards."""
    options = (
        "--format=custom",
        "--no-owner",
        "--no-privileges",
        f"--snapshot={snapshot}",
        f"--file={target}",
    )
    arguments, environment = command(connection, "pg_dump", *options)
    process = subprocess.Popen(arguments, env=environment, stderr=subprocess.PIPE, text=True)  # noqa: S603
    try:
        yield
        _out, errors = process.communicate()
    except BaseException:
        process.kill()
        process.wait()
        raise
    if process.returncode:
        raise BackupError(f"pg_dump failed ({process.returncode}): {last_lines(errors.splitlines())}")


def restore(
    connection: BaseDatabaseWrapper, dump: Path, check: Callable[[BaseDatabaseWrapper], None], tables: int
) -> None:
    """All or nothing; but once all is there it stays, and BackupError says so of whatever fails then."""
    need(connection, "pg_restore")
    options = ("--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", "--verbose")
    arguments, environment = command(connection, "pg_restore", *options)
    lines: list[str] = []
    with (
        subprocess.Popen(  # noqa: S603
            [*arguments, str(dump)], env=environment, stderr=subprocess.PIPE, text=True
        ) as process,
        Bar("Database", tables) as bar,
    ):
        assert process.stderr is not None
        try:
            for line in process.stderr:
                lines = [*lines, line.strip()][-LAST_LINES:]
                bar.add("processing data for table" in line)
        except BaseException:
            process.kill()
            raise
    if process.returncode:
        raise BackupError(f"pg_restore failed, and the database is empty as before: {last_lines(lines)}")
    try:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        check(connection)
    except (Exception, KeyboardInterrupt) as error:
        reason = str(error).strip() or "The check was interrupted."
        raise BackupError(f"Do not use this database: drop it. {reason}") from error


def last_lines(lines: list[str]) -> str:
    return " ".join(line.strip() for line in lines[-LAST_LINES:])
