"""Where papers wait, are printed and are kept: below PAPERS_ROOT, a folder for each edition of the renderers.

<edition>/lock     held by the press that works there; holds its process id once it is ready
<edition>/orders/  the papers that wait, as text
<edition>/kept/    the files, named after what they were made of
<edition>/told/    how far a paper is; tries/ how often it was begun; failed/ why it never will be
<edition>/scratch/ temporary files of the press
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from shutil import rmtree
from typing import BinaryIO

from django.conf import settings

from reports.documents.formats import Format

EDITION = re.compile(r"[0-9a-f]{12}")
# While the sources are being replaced. Nothing is ever printed there.
NO_EDITION = "0" * 12
DRAFT = "draft-"
NAME = re.compile(r"[0-9a-f]{40}\.(?:pdf|docx|xlsx)")
# What a file depends on besides its paper.
SOURCES = (
    "reports/documents",
    "reports/state/counts.py",
    "reports/templatetags",
    "static/css/paper.css",
    "templates/documents",
    "units/texts.py",
)
# Whatever else lies there, as an editor's drafts, changes no paper.
ENDINGS = {".css", ".html", ".py", ".xml"}
# Bytes of a paper's text, about 200 rows.
LONG = 100_000
PARTS = (
    *("weasyprint", "pydyf", "tinycss2", "cssselect2", "tinyhtml5", "fonttools"),
    *("pikepdf", "openpyxl", "pillow", "rinoh-typeface-texgyretermes"),
)
# More do not wait at a time. A paper takes a second or some.
MOST_WAITING = 200
# Bytes: so much must go onto the disk before anything is promised.
ROOM = 2**16


class State(StrEnum):
    """`GONE`: neither made nor waiting, as after a clean-up. `BUSY`: nor could it wait.
    `CLOSED`: this server cannot print.
    """

    KEPT = "kept"
    WAITING = "waiting"
    FAILED = "failed"
    GONE = "gone"
    BUSY = "busy"
    CLOSED = "closed"


def root() -> Path:
    return Path(settings.PAPERS_ROOT)


def current_edition() -> str:
    """Asked anew each time: an old press must not print what a new style sheet promises.

    Raises OSError while the sources are being replaced.
    """
    hashed = sha256(_parts().encode())
    for source in SOURCES:
        path = settings.BASE_DIR / source
        for file in sorted(path.rglob("*")) if path.is_dir() else (path,):
            if file.suffix in ENDINGS:
                hashed.update(f"\0{file.relative_to(settings.BASE_DIR)}\0".encode())
                hashed.update(file.read_bytes())
    return hashed.hexdigest()[:12]


@cache
def _parts() -> str:
    return " ".join(version(part) for part in PARTS)


@dataclass(frozen=True)
class Order:
    """One file that is to be made of one paper. `name` is the hash of both, with the ending of the format."""

    edition: str
    name: str

    @property
    def folder(self) -> Path:
        return root() / self.edition

    @property
    def format(self) -> Format:
        return Format(self.name.rpartition(".")[2])

    @property
    def waiting(self) -> Path:
        return self.folder / "orders" / self.name

    @property
    def kept(self) -> Path:
        return self.folder / "kept" / self.name

    @property
    def told(self) -> Path:
        return self.folder / "told" / self.name

    @property
    def tries(self) -> Path:
        return self.folder / "tries" / self.name

    @property
    def failed(self) -> Path:
        return self.folder / "failed" / self.name

    @property
    def state(self) -> State:
        # Asked first: the press takes an order away after its file is there.
        waits = self.waiting.exists()
        if self.kept.exists():
            return State.KEPT
        if self.failed.exists():
            return State.FAILED
        return State.WAITING if waits else State.GONE

    @property
    def is_long(self) -> bool:
        """Whether it takes seconds."""
        try:
            return self.waiting.stat().st_size > LONG
        except FileNotFoundError:
            return False

    @property
    def is_begun(self) -> bool:
        """Whether the press has taken it up."""
        return self.tries.exists()

    @property
    def progress(self) -> tuple[int, int] | None:
        """How many parts of how many are done, where that is known."""
        try:
            told = self.told.read_bytes()
            return int(told[:10]), int(told[10:])
        except (OSError, ValueError):
            return None

    @property
    def reason(self) -> str:
        """Why it failed, for the log."""
        with suppress(OSError):
            return self.failed.read_text("utf-8")
        return ""

    def keep_longer(self) -> None:
        """As whenever it is asked for."""
        with suppress(OSError):
            os.utime(self.kept)

    def open(self) -> BinaryIO:
        """The file. Raises FileNotFoundError where it was swept."""
        self.keep_longer()
        return self.kept.open("rb")

    def teller(self) -> Callable[[int, int], None]:
        """What the renderer calls to tell how far it is. One write each: nobody reads half a number."""
        make_folder(self.told.parent)
        handle = os.open(self.told, os.O_WRONLY | os.O_CREAT, 0o600)

        def tell(done: int, of: int) -> None:
            os.pwrite(handle, f"{done:10}{of:10}".encode(), 0)

        return tell

    @property
    def subject(self) -> str:
        """What the paper is called, as long as it waits."""
        try:
            with self.waiting.open(encoding="utf-8") as order:
                return order.readline().strip()
        except OSError:
            return ""

    def count_try(self) -> int:
        make_folder(self.tries.parent)
        with self.tries.open("ab") as tries:
            tries.write(b".")
            return tries.tell()

    def fail(self, reason: str) -> None:
        write_whole(self.failed, reason.encode(errors="replace"))

    def begin_anew(self) -> None:
        """Nothing is known of an earlier failure."""
        for path in (self.failed, self.tries):
            path.unlink(missing_ok=True)

    def forget(self) -> None:
        """Nothing more is to be done for it: it is made or never will be."""
        for path in (self.waiting, self.told, self.tries):
            path.unlink(missing_ok=True)


def orders_in(edition: str) -> list[Order]:
    """What waits there, the oldest first."""
    found = []
    with suppress(FileNotFoundError), os.scandir(root() / edition / "orders") as entries:
        for entry in entries:
            if NAME.fullmatch(entry.name):
                found.append((entry.stat().st_mtime_ns, entry.name))
    return [Order(edition, name) for _time, name in sorted(found)]


def is_full(edition: str) -> bool:
    """Whether no more may wait there."""
    try:
        return len(os.listdir(root() / edition / "orders")) >= MOST_WAITING
    except FileNotFoundError:
        return False


def scratch(edition: str) -> Path:
    return root() / edition / "scratch"


def clear_scratch(edition: str) -> None:
    """What a press that was killed could not remove. For who holds the lock."""
    rmtree(scratch(edition), ignore_errors=True)
    make_folder(scratch(edition))


def try_to_write() -> None:
    """Raises OSError where papers cannot be kept. A full disk takes an empty file, but not this."""
    make_folder(root())
    with tempfile.TemporaryFile(dir=root(), buffering=0) as probe:
        left = ROOM
        while left:
            left -= probe.write(bytes(left))


def make_folder(path: Path) -> None:
    """Papers are for those alone who may read them."""
    if not path.is_dir():
        make_folder(path.parent)
        path.mkdir(mode=0o700, exist_ok=True)


def write_whole(path: Path, content: bytes, *, durable: bool = False) -> None:
    """Nobody sees half of it. Raises OSError; nothing is left then. `durable`: not after a power failure."""
    make_folder(path.parent)
    handle, draft = tempfile.mkstemp(prefix=DRAFT, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as target:
            target.write(content)
            target.flush()
            if durable:
                os.fsync(target.fileno())
        os.replace(draft, path)
    except BaseException:
        os.unlink(draft)
        raise
