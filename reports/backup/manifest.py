"""What has to be in a backup, and whether it is."""

from __future__ import annotations

import json
import os
import tomllib
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from reports.backup.errors import BackupError
from reports.backup.hashing import TableState
from reports.backup.progress import Bar
from reports.evidence.storage import digest_of, name_of

FORMAT = 1
NAME = "manifest.json"
CHECKSUM = "manifest.json.sha256"
# The copy of the database, by the vendor of Django's connection.
DUMPS = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
READABLE = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True)
class Manifest:
    """`migrations` as "app.name"; `evidence` gives the size of each file by its SHA-256; `missing` are files
    that the database names and that were neither in the storage nor in the backup before.
    """

    made_at: str
    version: str
    engine: str
    migrations: list[str]
    tables: dict[str, TableState]
    dump_sha256: str
    dump_size: int
    evidence: dict[str, int]
    missing: list[str]

    @property
    def dump(self) -> str:
        return DUMPS[self.engine]

    @property
    def rows(self) -> int:
        return sum(state.rows for state in self.tables.values())

    @property
    def bytes(self) -> int:
        return self.dump_size + sum(self.evidence.values())

    def write(self, folder: Path) -> None:
        tables = {name: state._asdict() for name, state in self.tables.items()}
        text = json.dumps({"format": FORMAT, **asdict(self), "tables": tables}, indent=1)
        (folder / NAME).write_text(text + "\n", encoding="utf-8")
        (folder / CHECKSUM).write_text(checksum(folder), encoding="utf-8")


def checksum(folder: Path) -> str:
    """As `sha256sum --check` reads it."""
    return f"{sha256((folder / NAME).read_bytes()).hexdigest()}  {NAME}\n"


def read_manifest(folder: Path) -> Manifest:
    """Raises BackupError when it is damaged or of a later format."""
    if not (folder / NAME).is_file():
        raise BackupError(f"{folder} is no backup: it has no {NAME}.")
    try:
        whole = (folder / CHECKSUM).read_bytes() == checksum(folder).encode()
    except FileNotFoundError:
        whole = False
    if not whole:
        raise BackupError(f"The backup is damaged: {NAME} does not fit {CHECKSUM}.")
    said = json.loads((folder / NAME).read_text(encoding="utf-8"))
    if said.pop("format") != FORMAT:
        raise BackupError("The backup was made by a newer release of Bám Sát: restore it with that one.")
    said["tables"] = {name: TableState(**state) for name, state in said["tables"].items()}
    return Manifest(**said)


def verify(folder: Path, manifest: Manifest) -> None:
    """Read the whole backup. Raises BackupError with the first file that is not as the manifest says."""
    files = {manifest.dump: (manifest.dump_size, manifest.dump_sha256)}
    for digest, size in manifest.evidence.items():
        files[f"evidence/{name_of(digest)}"] = (size, digest)
    with Bar("Checking", manifest.bytes) as bar:
        for name, (size, digest) in files.items():
            if problem := difference_of(folder / name, size, digest):
                raise BackupError(f"The backup is damaged: {name} {problem}.")
            bar.add(size)


def difference_of(path: Path, size: int, digest: str) -> str:
    if not path.is_file():
        return "is missing"
    if path.stat().st_size != size:
        return f"has {path.stat().st_size} bytes instead of {size}"
    return "" if digest_of_file(path) == digest else "has another SHA-256"


def digest_of_file(path: Path) -> str:
    with path.open("rb") as content:
        return digest_of(content)


def version() -> str:
    project = (settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(project)["project"]["version"])


def sync_file(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
