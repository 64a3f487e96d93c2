"""The programs of PostgreSQL: what they are told, and what is said where they are missing or fail."""

import os
from dataclasses import replace
from hashlib import sha256

import pytest
from django.db import connection
from django.db.utils import ConnectionHandler

from reports.backup import postgresql
from reports.backup.errors import BackupError
from reports.backup.making import make_backup
from reports.backup.manifest import read_manifest
from reports.backup.progress import Bar
from reports.backup.restoring import restore

pytestmark = pytest.mark.django_db(transaction=True)
needs_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="asks PostgreSQL")


def test_a_password_stands_in_the_environment_alone():
    known = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "office",
        "USER": "bam-sat",
        "PASSWORD": "very-secret",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "verify-full"},
    }
    server = ConnectionHandler({"default": known})["default"]
    arguments, environment = postgresql.command(server, "pg_dump", "--format=custom")
    told = "pg_dump -U bam-sat -h db.example -p 5433 --format=custom --no-password --dbname office"
    assert " ".join(arguments) == told
    assert (environment["PGPASSWORD"], environment["PGSSLMODE"]) == ("very-secret", "verify-full")


def refused(folder) -> str:
    with pytest.raises(BackupError) as error:
        make_backup(connection, folder, 14)
    assert [path.name for path in folder.iterdir()] == [".lock"]
    return str(error.value)


@needs_postgresql
def test_no_pg_dump(office, folder, tmp_path, monkeypatch):
    version = connection.pg_version // 10000
    monkeypatch.setenv("PATH", str(tmp_path))
    assert refused(folder) == (
        f"pg_dump is missing: install the package postgresql-client-{version}, or a newer one."
    )


@needs_postgresql
@pytest.mark.parametrize(
    ("script", "reason"),
    [
        (
            "echo 'pg_dump (PostgreSQL) 9.6.24'",
            "pg_dump is of version 9, older than the server's {0}: "
            "install the package postgresql-client-{0}, or a newer one.",
        ),
        ("echo 'no cluster' >&2; exit 1", "pg_dump does not work: no cluster"),
        (
            "case $1 in --version) echo 99;; *) echo 'disk full' >&2; exit 1;; esac",
            "pg_dump failed (1): disk full",
        ),
    ],
)
def test_a_pg_dump_that_does_not_do(office, folder, tmp_path, monkeypatch, script, reason):
    program = tmp_path / "pg_dump"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert refused(folder) == reason.format(connection.pg_version // 10000)


@needs_postgresql
def test_a_pg_restore_that_is_interrupted_ends(backup, elsewhere, evidence_in, tmp_path, monkeypatch):
    def interrupt(_bar, _count):
        raise KeyboardInterrupt

    evidence_in(tmp_path / "evidence-elsewhere")
    program, number = tmp_path / "pg_restore", tmp_path / "number"
    script = f"case $1 in --version) echo 99;; *) echo $$ >{number}; echo begun >&2; exec sleep 60;; esac"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setattr(postgresql, "Bar", type("Bar", (Bar,), {"add": interrupt}))
    with pytest.raises(KeyboardInterrupt):
        restore(elsewhere, backup.path)
    with pytest.raises(ProcessLookupError):
        os.kill(int(number.read_text()), 0)


@needs_postgresql
def test_a_dump_that_pg_restore_does_not_read(backup, elsewhere, evidence_in, tmp_path):
    evidence_in(tmp_path / "evidence-elsewhere")
    manifest = read_manifest(backup.path)
    dump = backup.path / manifest.dump
    dump.write_bytes(b"PGDMP and nothing else")
    digest = sha256(dump.read_bytes()).hexdigest()
    replace(manifest, dump_sha256=digest, dump_size=dump.stat().st_size).write(backup.path)
    with pytest.raises(BackupError, match="pg_restore failed, and the database is empty as before: "):
        restore(elsewhere, backup.path)
    assert elsewhere.introspection.table_names() == []
