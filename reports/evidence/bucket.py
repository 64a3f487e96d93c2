"""Evidence in a bucket of S3, or of a server that speaks as S3 does."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EIO
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO

from django.conf import settings
from django.core.files.base import File
from django.utils.functional import cached_property

from reports.evidence.storage import CHUNK, EvidenceStorage, Stored, measure, name_of

# The person who uploads waits for the answer, and so do others for the worker.
TIMES = {"connect_timeout": 3, "read_timeout": 20, "retries": {"mode": "standard", "total_max_attempts": 2}}


class BucketStorage(EvidenceStorage):
    """Where the server is and who we are, boto3 reads from the environment (docs/deploy.md).

    It gives no addresses: files are sent by `show_evidence` alone.
    """

    def __init__(self, bucket: str) -> None:
        self.bucket = bucket

    @cached_property
    def client(self) -> Any:
        # Some thirty megabytes, for those workers alone that meet evidence.
        import boto3
        from botocore.config import Config

        try:
            return boto3.client("s3", config=Config(**TIMES))
        # So it speaks of an address that is none.
        except ValueError as error:
            raise ConnectionError(str(error)) from error

    def store(self, content: BinaryIO) -> Stored:
        stored = measure(content)
        name = name_of(stored.digest)
        if not self.exists(name) or self.size(name) != stored.size:
            content.seek(0)
            # The server refuses what does not come whole.
            checked = b64encode(bytes.fromhex(stored.digest)).decode()
            with os_errors():
                self.client.put_object(Bucket=self.bucket, Key=name, Body=content, ChecksumSHA256=checked)
        return stored

    def exists(self, name: str) -> bool:
        try:
            return self.size(name) >= 0
        except FileNotFoundError:
            return False

    def size(self, name: str) -> int:
        with os_errors():
            return self.client.head_object(Bucket=self.bucket, Key=name)["ContentLength"]

    def delete(self, name: str) -> None:
        with os_errors():
            self.client.delete_object(Bucket=self.bucket, Key=name)

    def digests(self) -> Iterator[str]:
        with os_errors():
            for page in self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket):
                for found in page.get("Contents", []):
                    yield found["Key"].rpartition("/")[2]

    def _open(self, name: str, mode: str = "rb") -> File:
        """Read to its end, so that nothing breaks off once an answer has begun."""
        content = SpooledTemporaryFile(settings.FILE_UPLOAD_MAX_MEMORY_SIZE)  # noqa: SIM115 - it is returned
        with os_errors():
            for chunk in self.client.get_object(Bucket=self.bucket, Key=name)["Body"].iter_chunks(CHUNK):
                content.write(chunk)
        content.seek(0)
        return File(content, name)


@contextmanager
def os_errors() -> Iterator[None]:
    """What boto3 raises, as a folder would."""
    from botocore.exceptions import BotoCoreError, ClientError, FlexibleChecksumError

    try:
        yield
    except ClientError as error:
        # To HEAD a server answers with the status alone.
        if error.response["Error"]["Code"] in ("404", "NoSuchKey"):
            raise FileNotFoundError(str(error)) from error
        raise ConnectionError(str(error)) from error
    except FlexibleChecksumError as error:
        raise OSError(EIO, str(error)) from error
    except BotoCoreError as error:
        raise ConnectionError(str(error)) from error
