from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from django.core.files.storage import FileSystemStorage, Storage

CHUNK = 2**20


class Stored(NamedTuple):
    digest: str
    size: int


class EvidenceStorage(Storage):
    """Files named after their SHA-256, each written once and kept for good.

    A file is safe, and so is its name, before `store` returns: a row that is committed afterwards never
    names a file that a power failure could take. Whatever keeps a file from being stored or read is an
    OSError: FileNotFoundError where there is none, ConnectionError where none can be reached now.
    """

    def store(self, content: BinaryIO) -> Stored:
        """Keep the content. Raises OSError; nothing is left then."""
        raise NotImplementedError

    def digests(self) -> Iterator[str]:
        """Of all files that are kept. Raises OSError."""
        raise NotImplementedError


class DurableStorage(EvidenceStorage, FileSystemStorage):
    """In a folder: of this machine, or of a network that knows hard links."""

    def store(self, content: BinaryIO) -> Stored:
        root = Path(self.location)
        make_folder(root)
        handle, draft = tempfile.mkstemp(prefix="incoming-", dir=root)
        try:
            with os.fdopen(handle, "wb") as target:
                stored = copy(content, target)
                target.flush()
                os.fchmod(target.fileno(), self.file_permissions_mode or 0o400)
                os.fsync(target.fileno())
            self.name(draft, stored.digest)
        finally:
            os.unlink(draft)
        return stored

    def name(self, draft: str, digest: str) -> None:
        """Give the written file its name; one that is there already has the same content and stays.

        Its folder is synced then too: the other process that wrote it may not have come so far.
        """
        path = Path(self.path(name_of(digest)))
        make_folder(path.parent)
        with suppress(FileExistsError):
            os.link(draft, path)
        sync_folder(path.parent)

    def digests(self) -> Iterator[str]:
        return (path.name for path in Path(self.location).glob("*/*") if path.is_file())


def name_of(digest: str) -> str:
    return f"{digest[:2]}/{digest}"


def copy(content: BinaryIO, target: BinaryIO) -> Stored:
    hashed, size = hashlib.sha256(), 0
    for chunk in chunks(content):
        hashed.update(chunk)
        size += target.write(chunk)
    return Stored(hashed.hexdigest(), size)


def measure(content: BinaryIO) -> Stored:
    hashed, size = hashlib.sha256(), 0
    for chunk in chunks(content):
        hashed.update(chunk)
        size += len(chunk)
    return Stored(hashed.hexdigest(), size)


def digest_of(content: BinaryIO) -> str:
    return measure(content).digest


def chunks(content: BinaryIO) -> Iterator[bytes]:
    content.seek(0)
    while chunk := content.read(CHUNK):
        yield chunk


def make_folder(path: Path) -> None:
    if not path.is_dir():
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """A new name is safe only when its folder is."""
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
