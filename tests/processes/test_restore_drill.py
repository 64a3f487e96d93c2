"""Backups are made while many write, and each is brought back elsewhere: whole, and with all that was
acknowledged before it began.

DRILLS says how many.
"""

import json
import logging
import os
import time
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from tests.processes.browser import Browser
from tests.processes.office import Office
from tests.processes.test_killed import ENTRIES, Submitter

log = logging.getLogger(__name__)
DRILLS = int(os.environ.get("DRILLS", "2"))
WRITERS = 4
# More than anybody can write until the last backup.
PERIODS = 40 + 30 * DRILLS


class Elsewhere(Office):
    """A new installation without a table."""

    def manage(self, *command: str) -> str:
        return "" if command[0] == "migrate" else super().manage(*command)


@pytest.fixture(scope="module")
def wards(office: Office) -> dict[str, dict[str, Any]]:
    return office.ask("seed", "submitters", WRITERS, PERIODS)


def acknowledged(writers: list[Submitter]) -> dict[str, dict[str, Any]]:
    """What the server has said is stored, by the key of the report."""
    return {report: dict(known) for writer in writers for report, known in list(writer.known.items())}


def test_every_backup_under_load_is_whole(office, wards, tmp_path):
    server, end, folder = office.serve(), Event(), tmp_path / "backups"
    folder.mkdir()
    writers = [
        Submitter(Browser(server, username), ward["typed"], ward["owed"], end)
        for username, ward in wards.items()
    ]
    for writer in writers:
        writer.start()
    known = {}
    for _drill in range(DRILLS):
        before, begun = acknowledged(writers), time.monotonic()
        told = office.manage("backup", str(folder), "--keep", str(DRILLS))
        path = told.partition(": ")[0]
        known[Path(path)] = before
        log.info("%.1f s: %s", time.monotonic() - begun, told.strip().partition(": ")[2])
    end.set()
    for writer in writers:
        writer.join()
    assert [writer.problem for writer in writers if writer.problem] == []
    assert server.faults() == []
    assert sorted(folder.glob("bam-sat-*")) == sorted(known)
    for place, (path, before) in enumerate(known.items()):
        assert_restored(path, before, tmp_path / f"elsewhere-{place}")
    assert grown(list(known)) > 0


def assert_restored(path: Path, before: dict[str, dict[str, Any]], folder: Path) -> None:
    """Equal by the manifest's hashes, which `restore` compares; and with what was acknowledged."""
    folder.mkdir()
    elsewhere = Elsewhere(folder)
    try:
        begun = time.monotonic()
        told = elsewhere.manage("restore", str(path))
        log.info("%.1f s: %s", time.monotonic() - begun, told.strip())
        assert len(told.splitlines()) == 1
        elsewhere.manage("check_files")
        elsewhere.manage("check", "--database", "default")
        assert elsewhere.ask("hashed", "tables") == json.loads(manifest(path))["tables"]
        reports = elsewhere.ask("told", "reports")
    finally:
        elsewhere.close()
    for report, known in before.items():
        assert_has(reports[report], known)
    for said in reports.values():
        assert said["entries"] == (ENTRIES if said["state"] == "submitted" else [])


def assert_has(said: dict[str, Any], known: dict[str, Any]) -> None:
    if "file" in known:
        assert said["files"] == [["bien-ban.pdf", known["file"], True]]
    if "submitted" in known:
        assert (said["state"], said["acts"]) == ("submitted", ["draft", "submitted"])


def manifest(path: Path) -> str:
    return (path / "manifest.json").read_text(encoding="utf-8")


def test_a_backup_of_an_older_release(tmp_path):
    """It comes back as it was, and then it is migrated."""
    places = [tmp_path / name for name in ("older", "backups", "newer")]
    for place in places:
        place.mkdir()
    older = Office(places[0])
    older.ask("seed", "pairs", 1)
    told = older.ask("told", "reports")
    older.manage("migrate", "--verbosity", "0", "reports", "0005")
    path = older.manage("backup", str(places[1])).partition(": ")[0]
    older.close()
    newer = Elsewhere(places[2])
    try:
        last = newer.manage("restore", path).splitlines()[-1]
        assert last == "The backup is of an older release. Now run: manage.py migrate"
        newer.run("manage.py", "migrate", "--verbosity", "0")
        newer.manage("check", "--database", "default")
        assert newer.ask("told", "reports") == told
    finally:
        newer.close()


def grown(paths: list[Path]) -> int:
    """By how many rows from the first backup to the last: somebody wrote."""
    rows = [sum(table["rows"] for table in json.loads(manifest(path))["tables"].values()) for path in paths]
    return rows[-1] - rows[0]
