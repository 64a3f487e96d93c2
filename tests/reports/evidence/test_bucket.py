"""Evidence in a bucket: what is promised of a folder holds there too. The server is moto's, as a process."""

import hashlib
import logging
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO, StringIO
from types import SimpleNamespace
from typing import cast as typed

import boto3
import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.urls import reverse

from reports.backup.making import copy_evidence
from reports.backup.manifest import Manifest
from reports.backup.restoring import stored_evidence
from reports.evidence.bucket import BucketStorage
from reports.evidence.checks import check_bucket
from reports.evidence.storage import Stored, name_of
from reports.models import Attachment
from tests.pages import in_english, words
from tests.processes.office import free_port
from tests.reports.evidence.files import pdf

CONTENT = b"m\xe1\xba\xabu" * 1000
DIGEST = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", "from moto.server import main; main()", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    until = time.monotonic() + 60
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            break
        except OSError:
            assert process.poll() is None
            assert time.monotonic() < until
            time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    process.kill()
    process.wait()


@pytest.fixture
def environment(server, monkeypatch) -> pytest.MonkeyPatch:
    """As docs/deploy.md tells where the bucket is."""
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "HTTP_PROXY", "http_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_ENDPOINT_URL", server)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "bam-sat")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    return monkeypatch


@pytest.fixture
def evidence(environment, settings) -> BucketStorage:
    """A bucket of the test's own behind the storage that the product uses."""
    bucket = f"evidence-{time.time_ns()}"
    boto3.client("s3").create_bucket(Bucket=bucket)
    chosen = {"BACKEND": "reports.evidence.bucket.BucketStorage", "OPTIONS": {"bucket": bucket}}
    settings.STORAGES = {**settings.STORAGES, "evidence": chosen}
    return typed(BucketStorage, storages["evidence"])


@pytest.fixture
def unreachable(evidence, environment) -> None:
    environment.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{free_port()}")


def names(evidence) -> list[str]:
    """Of what lies in the bucket."""
    found = boto3.client("s3").list_objects_v2(Bucket=evidence.bucket)
    return [entry["Key"] for entry in found["Contents"]]


def test_a_file_is_named_after_its_content(evidence):
    assert evidence.store(BytesIO(CONTENT)) == Stored(DIGEST, len(CONTENT))
    assert names(evidence) == [f"{DIGEST[:2]}/{DIGEST}"]
    with evidence.open(name_of(DIGEST)) as content:
        assert content.read() == CONTENT
    assert (evidence.size(name_of(DIGEST)), list(evidence.digests())) == (len(CONTENT), [DIGEST])


def test_a_file_that_is_there_is_never_written_again(evidence):
    client = boto3.client("s3")
    versioned = {"Bucket": evidence.bucket, "VersioningConfiguration": {"Status": "Enabled"}}
    client.put_bucket_versioning(**versioned)
    for _time in range(2):
        assert evidence.store(BytesIO(CONTENT)).digest == DIGEST
    versions = client.list_object_versions(Bucket=evidence.bucket)["Versions"]
    assert [version["Key"] for version in versions] == [name_of(DIGEST)]


def test_a_shortened_file_is_written_again(evidence):
    boto3.client("s3").put_object(Bucket=evidence.bucket, Key=name_of(DIGEST), Body=CONTENT[:-1])
    evidence.store(BytesIO(CONTENT))
    with evidence.open(name_of(DIGEST)) as content:
        assert content.read() == CONTENT


def test_it_is_closed_to_everybody_else_and_has_no_address(evidence):
    evidence.store(BytesIO(CONTENT))
    grants = boto3.client("s3").get_object_acl(Bucket=evidence.bucket, Key=name_of(DIGEST))["Grants"]
    assert [grant["Grantee"]["Type"] for grant in grants] == ["CanonicalUser"]
    with pytest.raises(NotImplementedError):
        evidence.url(name_of(DIGEST))


def test_what_is_not_there_and_what_is_no_bucket_differ(evidence):
    with pytest.raises(FileNotFoundError):
        evidence.open(name_of(DIGEST))
    assert not evidence.exists(name_of(DIGEST))
    evidence.bucket = "nowhere"
    with pytest.raises(OSError, match="NoSuchBucket"):
        evidence.store(BytesIO(CONTENT))


def test_more_than_a_page_of_files_is_listed(evidence):
    evidence.client.meta.events.register(
        "before-parameter-build.s3.ListObjectsV2", lambda params, **_more: params.update(MaxKeys=2)
    )
    digests = {evidence.store(BytesIO(bytes([number]))).digest for number in range(5)}
    assert set(evidence.digests()) == digests


def test_an_uploaded_file_is_read_back(evidence, cast, report, send, as_user):
    assert [send("a.pdf", pdf()).status_code for _time in range(2)] == [200, 200]
    attachment = Attachment.objects.get()
    assert names(evidence) == [name_of(attachment.digest)]
    response = as_user(cast.owner).get(reverse("show-evidence", args=[attachment.pk]))
    assert b"".join(response.streaming_content) == pdf()
    assert (response["Content-Length"], response["Content-Type"]) == (str(len(pdf())), "application/pdf")
    assert as_user(cast.outsider).get(reverse("show-evidence", args=[attachment.pk])).status_code == 404
    page = as_user(cast.owner).get(reverse("show-signatures", args=[attachment.pk]))
    assert page.status_code == 200


def test_a_missing_file_is_told_as_of_a_folder(evidence, cast, report, send, as_user):
    send("a.pdf", pdf())
    attachment = Attachment.objects.get()
    boto3.client("s3").delete_object(Bucket=evidence.bucket, Key=name_of(attachment.digest))
    page = in_english(as_user(cast.owner)).get(reverse("show-evidence", args=[attachment.pk]))
    assert (page.status_code, words(page)[:31]) == (410, "The file is missing “a.pdf”, ad")
    out = StringIO()
    with pytest.raises(CommandError, match="Bring the files"):
        call_command("check_files", stdout=out)
    assert out.getvalue().startswith(f"missing  {attachment.digest}  ")


def test_all_is_checked(evidence, cast, report, send):
    send("a.pdf", pdf())
    evidence.store(BytesIO(b"a report that was never begun"))
    out = StringIO()
    call_command("check_files", stdout=out)
    assert out.getvalue() == "1 files checked, 0 missing or damaged; 1 that no row names.\n"
    attachment = Attachment.objects.get()
    boto3.client("s3").put_object(Bucket=evidence.bucket, Key=name_of(attachment.digest), Body=b"other")
    with pytest.raises(CommandError, match="Bring the files"):
        call_command("check_files", stdout=out)
    assert out.getvalue().splitlines()[1].startswith(f"damaged  {attachment.digest}  ")


def test_a_backup_comes_from_it_and_goes_back_to_it(evidence, tmp_path):
    evidence.store(BytesIO(CONTENT))
    assert copy_evidence({DIGEST: len(CONTENT)}, tmp_path, None) == (0, set())
    evidence.delete(name_of(DIGEST))
    manifest = typed(Manifest, SimpleNamespace(evidence={DIGEST: len(CONTENT)}))
    with stored_evidence(tmp_path, manifest):
        assert list(evidence.digests()) == [DIGEST]
    with suppress(InterruptedError), stored_evidence(tmp_path, manifest):
        raise InterruptedError
    assert list(evidence.digests()) == []


def test_a_bucket_out_of_reach_holds_up_no_backup(unreachable, tmp_path):
    (tmp_path / "evidence").mkdir()
    assert copy_evidence({DIGEST: len(CONTENT)}, tmp_path, None) == (0, {DIGEST})


def test_a_server_that_is_away_is_told_in_a_sentence(unreachable, cast, report, send, as_user, caplog):
    with caplog.at_level(logging.ERROR):
        response = send("a.pdf", pdf())
    assert (response.status_code, response.json()["error"]) == (
        422,
        "Chưa lưu được tệp; báo cáo vẫn như cũ. Hãy thử lại sau; nếu vẫn vậy, hãy báo quản trị.",
    )
    assert Attachment.objects.count() == 0
    with pytest.raises(CommandError, match="The evidence cannot be reached: "):
        call_command("check_files")


@pytest.mark.parametrize("address", ["minio:9000", "http://[::1"])
def test_an_address_that_is_none_is_told_as_a_server_that_is_away(
    evidence, environment, report, send, address
):
    environment.setenv("AWS_ENDPOINT_URL", address)
    assert send("a.pdf", pdf()).status_code == 422


def test_a_file_that_cannot_be_fetched_now(unreachable, cast, report, as_user):
    attachment = Attachment(report=report, name="a.pdf", digest=DIGEST, size=1, added_by=cast.owner)
    attachment.media_type = "application/pdf"
    attachment.save()
    for name in ("show-evidence", "show-signatures"):
        assert as_user(cast.owner).get(reverse(name, args=[attachment.pk])).status_code == 410


def test_a_bucket_that_cannot_be_read_is_found_before_the_start(evidence, environment):
    assert check_bucket() == []
    evidence.bucket = "nowhere"
    [error] = check_bucket()
    assert (error.id, "NoSuchBucket" in error.msg) == ("reports.E003", True)
    del evidence.client
    environment.setenv("AWS_ENDPOINT_URL", "minio:9000")
    [error] = check_bucket()
    assert (error.id, "Invalid endpoint" in error.msg) == ("reports.E003", True)


def test_boto3_is_loaded_only_where_it_is_used():
    started = "import django, sys; django.setup(); from config import urls; print('boto3' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", started],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "EVIDENCE_BUCKET": "evidence", "DJANGO_SETTINGS_MODULE": "config.settings"},
    )
    assert done.stdout == "False\n"
