"""An office with an accepted report and evidence, a folder for its backups, and an empty place elsewhere."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.storage import storages
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler
from psycopg import sql

from reports.backup.making import Made, make_backup
from reports.evidence.storage import name_of
from tests.factories import make_attachment
from tests.reports.final import make_final_and_draft


@pytest.fixture
def evidence_in(settings):
    """`evidence_in(folder)`: from now on evidence is stored there."""

    def use(folder: Path) -> None:
        evidence = settings.STORAGES["evidence"]
        options = {**evidence["OPTIONS"], "location": folder}
        settings.STORAGES = {**settings.STORAGES, "evidence": {**evidence, "OPTIONS": options}}

    return use


@pytest.fixture
def folder(tmp_path) -> Path:
    path = tmp_path / "backups"
    path.mkdir()
    return path


@pytest.fixture
def office(transactional_db, cast, work, evidence_in, tmp_path) -> SimpleNamespace:
    """`one` and `two` are files of a draft; the accepted report names one that never was."""
    evidence_in(tmp_path / "evidence")
    made = make_final_and_draft(cast, work)
    report = next(iter(made.draft.values()))
    files = {name: make_attachment(report, cast.owner, content=name.encode()) for name in ("one", "two")}
    return SimpleNamespace(cast=cast, report=report, **files, **vars(work))


@pytest.fixture
def backup(office, folder) -> Made:
    return make_backup(connection, folder, 14)


def stored(attachment) -> Path:
    return Path(storages["evidence"].path(name_of(attachment.digest)))


def copied(path: Path, attachment) -> Path:
    return path / "evidence" / name_of(attachment.digest)


@pytest.fixture
def elsewhere(transactional_db, tmp_path) -> Iterator[BaseDatabaseWrapper]:
    """A database without a table: a file that is not there yet, or a database of the same server."""
    known = {**connection.settings_dict, "NAME": str(tmp_path / "elsewhere.sqlite3")}
    if connection.vendor == "postgresql":
        known["NAME"] = f"{connection.settings_dict['NAME']}_elsewhere"
        known["OPTIONS"] = {key: value for key, value in known["OPTIONS"].items() if key != "pool"}
        drop, create = (sql.SQL(f"{act} {{}}") for act in ("DROP DATABASE IF EXISTS", "CREATE DATABASE"))
        with connection.cursor() as cursor:
            cursor.execute(drop.format(sql.Identifier(known["NAME"])))
            cursor.execute(create.format(sql.Identifier(known["NAME"])))
    other = ConnectionHandler({"default": known})["default"]
    yield other
    other.close()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(drop.format(sql.Identifier(known["NAME"])))
