"""Evidence that lies in a bucket is backed up, and brought back to another."""

import boto3
import pytest
from django.core.files.storage import storages
from django.db import connection

from reports.backup import making
from reports.backup.errors import BackupError
from reports.backup.making import fetch, make_backup
from reports.backup.restoring import restore
from reports.evidence.storage import name_of
from tests.factories import make_attachment, make_period, make_report
from tests.reports.backup.conftest import copied
from tests.reports.evidence import test_bucket as buckets

pytestmark = pytest.mark.django_db(transaction=True)

server, environment, evidence = buckets.server, buckets.environment, buckets.evidence


@pytest.fixture
def report(cast, work):
    return make_report(cast.ward, make_period(work.plan), by=cast.owner)


def test_there_and_back(evidence, cast, report, folder, elsewhere, settings):
    file = make_attachment(report, cast.owner, content=b"one")
    made = make_backup(connection, folder, 14)
    assert made.manifest.evidence == {file.digest: 3}
    assert copied(made.path, file).read_bytes() == b"one"
    with pytest.raises(BackupError, match=f"not empty: 1 files, as {name_of(file.digest)}"):
        restore(elsewhere, made.path)
    boto3.client("s3").create_bucket(Bucket="elsewhere")
    chosen = {**settings.STORAGES["evidence"], "OPTIONS": {"bucket": "elsewhere"}}
    settings.STORAGES = {**settings.STORAGES, "evidence": chosen}
    restore(elsewhere, made.path)
    assert storages["evidence"].open(name_of(file.digest)).read() == b"one"


def test_a_bucket_that_does_not_answer(evidence, cast, report, folder, environment, monkeypatch):
    """The database is worth a backup all the same; what is missing is told, and copied the next time."""
    files = [make_attachment(report, cast.owner, content=bytes([number])) for number in range(5)]
    environment.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{buckets.free_port()}")
    del evidence.client
    asked = []
    monkeypatch.setattr(making, "fetch", lambda *file: asked.append(file) or fetch(*file))
    made = make_backup(connection, folder, 14)
    assert (made.manifest.evidence, len(asked)) == ({}, 3)
    assert made.manifest.missing == sorted(file.digest for file in files)
