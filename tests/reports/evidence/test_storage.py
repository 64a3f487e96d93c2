import hashlib
import os
import stat
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path

import pytest

from reports.evidence.storage import DurableStorage, Stored, name_of

CONTENT = b"m\xe1\xba\xabu" * 1000
DIGEST = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def storage(tmp_path) -> DurableStorage:
    return DurableStorage(location=tmp_path / "evidence", file_permissions_mode=0o400)


def files(storage) -> list[str]:
    root = Path(storage.location)
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def test_a_file_is_named_after_its_content(storage):
    assert storage.store(BytesIO(CONTENT)) == Stored(DIGEST, len(CONTENT))
    assert files(storage) == [f"{DIGEST[:2]}/{DIGEST}"]
    with storage.open(name_of(DIGEST)) as content:
        assert content.read() == CONTENT
    mode = os.stat(storage.path(name_of(DIGEST))).st_mode
    assert stat.S_IMODE(mode) == 0o400


def test_a_file_that_is_there_is_never_written_again(storage):
    storage.store(BytesIO(CONTENT))
    before = os.stat(storage.path(name_of(DIGEST)))
    assert storage.store(BytesIO(CONTENT)).digest == DIGEST
    after = os.stat(storage.path(name_of(DIGEST)))
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert len(files(storage)) == 1


class Breaking(BytesIO):
    def read(self, size=-1):
        if self.tell():
            raise OSError(28, "No space left on device")
        return super().read(100)


def test_what_breaks_off_leaves_nothing(storage):
    with pytest.raises(OSError, match="No space"):
        storage.store(Breaking(CONTENT))
    assert files(storage) == []


def test_everything_is_synced_in_its_order(storage, monkeypatch):
    """The content before it has a name, then the folder with the name, every time."""
    acts: list[str] = []
    sync, link = os.fsync, os.link

    def synced(handle):
        acts.append("sync " + Path(os.readlink(f"/proc/self/fd/{handle}")).name[:9])
        sync(handle)

    def linked(source, target):
        acts.append("link")
        link(source, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "link", linked)
    storage.store(BytesIO(CONTENT))
    parent = "sync " + Path(storage.location).parent.name[:9]
    folder = f"sync {DIGEST[:2]}"
    assert acts == [parent, "sync incoming-", "sync evidence", "link", folder]
    acts.clear()
    storage.store(BytesIO(CONTENT))
    assert acts == ["sync incoming-", "link", folder]


def store_many(location: str, start) -> list[str]:
    storage = DurableStorage(location=location, file_permissions_mode=0o400)
    start.wait(20)
    return [storage.store(BytesIO(bytes([number]) * 5000)).digest for number in range(50)]


def test_two_processes_that_store_the_same_store_it_once(storage):
    context = get_context("spawn")
    with context.Manager() as manager, context.Pool(2) as pool:
        start = manager.Barrier(2)
        one, other = pool.starmap(store_many, [(str(storage.location), start)] * 2, chunksize=1)
    assert one == other
    assert files(storage) == sorted(name_of(digest) for digest in one)
    for digest in one:
        content = Path(storage.path(name_of(digest))).read_bytes()
        assert hashlib.sha256(content).hexdigest() == digest
