"""To make a backup: beside the ones before, complete or not at all."""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EIO
from pathlib import Path
from shutil import rmtree
from typing import BinaryIO, NamedTuple, cast

from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from reports.backup.contents import write_dump
from reports.backup.errors import BackupError
from reports.backup.manifest import (
    DUMPS,
    NAME,
    Manifest,
    difference_of,
    digest_of_file,
    read_manifest,
    sync_file,
    version,
)
from reports.backup.progress import Bar
from reports.evidence.actions import evidence_storage
from reports.evidence.storage import copy, name_of, sync_folder

WHOLE = re.compile(r"bam-sat-\d{4}-\d\d-\d\dT\d{6}")
DRAFT = "draft-"
LOCK = ".lock"
# After so many the storage of evidence is not asked again: each question to one that does not answer takes
# seconds. The database is worth a backup all the same.
MOST_FAULTS = 3


class Made(NamedTuple):
    """`linked` files are those that the backup before has, too."""

    path: Path
    manifest: Manifest
    linked: int
    removed: list[str]


def make_backup(connection: BaseDatabaseWrapper, folder: Path, keep: int) -> Made:
    """Add a backup to the folder and then remove the oldest, so that `keep` are left.

    The database first, then the files that its copy names: they were all stored before their rows. Raises
    BackupError or OSError; then the folder is as it was.
    """
    now = timezone.localtime()
    path = folder / f"bam-sat-{now:%Y-%m-%dT%H%M%S}"
    with alone(folder):
        before = whole_backups(folder)
        draft = folder / f"{DRAFT}{path.name}"
        try:
            draft.mkdir(mode=0o700)
            contents = write_dump(connection, draft)
            linked, missing = copy_evidence(contents.evidence, draft, before[-1] if before else None)
            dump = draft / DUMPS[connection.vendor]
            manifest = Manifest(
                made_at=now.isoformat(timespec="seconds"),
                version=version(),
                engine=connection.vendor,
                migrations=contents.migrations,
                tables=contents.tables,
                dump_sha256=digest_of_file(dump),
                dump_size=dump.stat().st_size,
                evidence={name: size for name, size in contents.evidence.items() if name not in missing},
                missing=sorted(missing),
            )
            manifest.write(draft)
            sync(draft)
            draft.rename(path)
        finally:
            rmtree(draft, ignore_errors=True)
        sync_folder(folder)
        return Made(path, manifest, linked, remove_oldest([*before, path], keep))


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One backup at a time. What one that was killed has left behind goes away."""
    if not folder.is_dir():
        raise BackupError(f"There is no folder {folder}: is its disk mounted? This command makes none.")
    lock = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for left in folder.glob(f"{DRAFT}bam-sat-*"):
            rmtree(left)
        yield
    except BlockingIOError:
        raise BackupError(f"Another backup is being made in {folder}.") from None
    finally:
        os.close(lock)


def whole_backups(folder: Path) -> list[Path]:
    """Oldest first."""
    return sorted(path for path in folder.iterdir() if WHOLE.fullmatch(path.name) and (path / NAME).is_file())


def copy_evidence(evidence: dict[str, int], draft: Path, before: Path | None) -> tuple[int, set[str]]:
    """How many are links, and which are missing or damaged in the storage."""
    linked, faults = 0, 0
    missing: set[str] = set()
    known: dict[str, int] = {}
    with suppress(BackupError):
        known = read_manifest(before).evidence if before else {}
    with Bar("Evidence", sum(evidence.values())) as bar:
        for digest, size in evidence.items():
            bar.add(size)
            place = f"evidence/{name_of(digest)}"
            target = draft / place
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if before and digest in known and link(before / place, target, size, digest):
                linked += 1
                continue
            try:
                whole = faults < MOST_FAULTS and fetch(digest, target)
            except ConnectionError:
                whole, faults = False, faults + 1
            if not whole:
                target.unlink(missing_ok=True)
                missing.add(digest)
    return linked, missing


def link(source: Path, target: Path, size: int, digest: str) -> bool:
    """What is no longer whole, and a disk that knows no links or takes no more of one file, gets a copy."""
    with suppress(OSError):
        if not difference_of(source, size, digest):
            os.link(source, target)
            return True
    return False


def fetch(digest: str, target: Path) -> bool:
    """Copy it from the storage. False where it is not there, cannot be read, or is not what its name says."""
    try:
        with evidence_storage().open(name_of(digest)) as content, target.open("wb") as writing:
            whole = copy(cast(BinaryIO, content), writing).digest == digest
            writing.flush()
            os.fsync(writing.fileno())
    except FileNotFoundError:
        return False
    except OSError as error:
        if error.errno == EIO:
            return False
        raise
    return whole


def sync(draft: Path) -> None:
    """Files of evidence are on the disk already."""
    for path in draft.iterdir():
        if path.is_file():
            sync_file(path)
    for folder, _folders, _files in os.walk(draft):
        sync_folder(Path(folder))


def remove_oldest(backups: list[Path], keep: int) -> list[str]:
    """Under the name of a draft, so that none looks complete while it goes away."""
    removed = backups[:-keep]
    for path in removed:
        leaving = path.rename(path.with_name(f"{DRAFT}{path.name}"))
        rmtree(leaving)
    return [path.name for path in removed]
