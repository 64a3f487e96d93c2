"""The server is killed at any moment, while many submit; what it has acknowledged is there, once.

KILLS says how often.
"""

import hashlib
import io
import logging
import os
import random
import sqlite3
import time
from http.client import HTTPException
from threading import Event, Thread
from typing import Any

import pikepdf
import pytest
from django.db import connection

from tests.processes.browser import Answer, Browser, form, upload
from tests.processes.office import Office, Server

log = logging.getLogger(__name__)
KILLS = int(os.environ.get("KILLS", "2"))
SUBMITTERS = 8
# More than anybody can write until the last kill.
PERIODS = 20 + 15 * KILLS
ENTRIES = [["Một", "done", 100, "Đã tổ chức 02 hội nghị."], ["Hai", "in_progress", 60, "Đã phát 400 tờ gấp."]]


def paper(text: str) -> bytes:
    """A PDF that differs from every other."""
    pdf, content = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    pdf.docinfo["/Title"] = text
    pdf.save(content)
    return content.getvalue()


class Submitter(Thread):
    """Writes one report after the other; what the server does not answer is sent again, as a page would.

    `known` is what the server acknowledged, by the key of the report; `sent` the last text on its way.
    """

    def __init__(self, browser: Browser, typed: dict[str, str], owed: list[int], end: Event) -> None:
        super().__init__()
        self.browser, self.typed, self.owed, self.end = browser, typed, owed, end
        self.known: dict[str, dict[str, Any]] = {}
        self.sent: dict[str, list[str]] = {}
        self.cut = 0
        self.problem = ""

    def run(self) -> None:
        try:
            for obligation in self.owed:
                self.write_report(obligation)
                if self.end.is_set():
                    return
            self.problem = "there was nothing left to write"
        except Exception as error:
            self.problem = repr(error)

    def send(self, request: tuple[str, str, bytes, dict[str, str]]) -> Answer:
        while True:
            try:
                return self.browser.tab()(*request)
            except ConnectionRefusedError:
                time.sleep(0.05)
            except (OSError, HTTPException):
                self.cut += 1

    def write_report(self, obligation: int) -> None:
        started = self.send(form(f"/obligations/{obligation}/start/", {}))
        report = started.location.split("/")[2]
        known = self.known[report] = {}
        version = 1
        for text in (f"Nghĩa vụ {obligation}, chữ đầu.", f"Nghĩa vụ {obligation}, chữ sau."):
            self.sent.setdefault(report, []).append(text)
            version = self.keep(report, text, version)
            known["overview"] = text
            if self.end.is_set():
                return
        content = paper(f"{report}")
        answer = self.send(upload(f"/reports/{report}/evidence/", "bien-ban.pdf", content))
        assert answer.status == 200, answer
        known["file"] = hashlib.sha256(content).hexdigest()
        version = answer.json()["version"]
        if self.end.is_set():
            return
        answer = self.send(form(f"/reports/{report}/submit/", {"version": version}))
        # 409: the server had sent it before it was killed, and says so.
        assert answer.status in (302, 409), answer
        assert f"/reports/{report}/" in (answer.location or answer.text), answer
        known["submitted"] = True

    def keep(self, report: str, text: str, version: int) -> int:
        """The version after it. Of a text that was kept just before the kill, the server says so."""
        while True:
            fields = {**self.typed, "overview": text, "version": version}
            answer = self.send(form(f"/reports/{report}/keep/", fields))
            assert answer.status in (200, 409), answer
            if answer.status == 200:
                return answer.json()["version"]
            assert answer.json()["yours"]["overview"] == text
            version = answer.json()["version"]


@pytest.fixture(scope="module")
def wards(office: Office) -> dict[str, dict[str, Any]]:
    return office.ask("seed", "submitters", SUBMITTERS, PERIODS)


def kill_again_and_again(server: Server, submitters: list[Submitter], end: Event) -> None:
    chance = random.Random(KILLS)
    for submitter in submitters:
        submitter.start()
    for _kill in range(KILLS):
        time.sleep(chance.uniform(0.2, 1.2))
        server.kill()
        server.start()
    time.sleep(1)
    end.set()
    for submitter in submitters:
        submitter.join()


def test_what_was_acknowledged_is_there_once(office, wards):
    server, end = office.serve(), Event()
    submitters = [
        Submitter(Browser(server, username), ward["typed"], ward["owed"], end)
        for username, ward in wards.items()
    ]
    kill_again_and_again(server, submitters, end)
    assert [submitter.problem for submitter in submitters if submitter.problem] == []
    told = office.ask("told", "reports")
    for submitter in submitters:
        for report, known in submitter.known.items():
            assert_there(told[report], known, submitter.sent[report])
    assert len(told) >= sum(len(submitter.known) for submitter in submitters)
    assert len({tuple(said["owed"]) for said in told.values()}) == len(told)
    assert [said for said in told.values() if said["state"] != "draft" and said["entries"] != ENTRIES] == []
    cut = sum(submitter.cut for submitter in submitters)
    assert cut > 0
    submitted = [said for said in told.values() if said["state"] == "submitted"]
    log.info("%d kills, %d requests cut off, %d reports submitted", KILLS, cut, len(submitted))
    assert_sound(office)
    assert server.faults() == []


def assert_there(said: dict[str, Any], known: dict[str, Any], sent: list[str]) -> None:
    """What is known to be stored is; what was on its way when the server died may be."""
    texts = sent[sent.index(known["overview"]) :] if "overview" in known else ["", *sent]
    assert said["typed"].get("overview", "") in texts
    if "file" in known:
        assert said["files"] == [["bien-ban.pdf", known["file"], True]]
        assert said["file_acts"] == ["+"]
    if "submitted" in known:
        assert (said["state"], said["acts"]) == ("submitted", ["draft", "submitted"])
        assert (said["overview"], said["entries"]) == (sent[-1], ENTRIES)
        assert said["entry_acts"] == ["+", "+"]


def assert_sound(office: Office) -> None:
    office.manage("check_files")
    office.manage("check", "--database", "default")
    if connection.vendor == "sqlite":
        database = sqlite3.connect(office.folder / "bam-sat.sqlite3")
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        database.close()
