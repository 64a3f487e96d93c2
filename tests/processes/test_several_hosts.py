"""Two hosts on one database behind nginx: one is killed under load, and no acknowledged write is lost.

KILLS says how often.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from http.client import HTTPException
from threading import Event, Thread
from typing import Any, NamedTuple
from uuid import uuid4

import pytest
from django.db import connection
from psycopg import connect

from tests.presses import end_presses
from tests.processes.browser import Answer, Browser, form, upload
from tests.processes.office import Office, Server
from tests.processes.proxy import NGINX, Hosts, Proxy
from tests.processes.test_killed import paper

log = logging.getLogger(__name__)
KILLS = int(os.environ.get("KILLS", "2"))
CLIENTS = 8
# How many logs each client writes between one event and the next.
LOGS = 2
FORM_KEY = re.compile(r'name="form_key" value="([^"]+)"')


@pytest.fixture(scope="module", autouse=True)
def _needed() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("several hosts need PostgreSQL")
    if shutil.which(NGINX) is None and os.environ.get("REQUIRE_PROXY") != "1":
        pytest.skip("nginx is not installed")


@pytest.fixture(scope="module")
def hosts(office: Office) -> Iterator[Hosts]:
    hosts = Hosts(office)
    yield hosts
    for folder in hosts.folders:
        end_presses(folder / "papers")


@pytest.fixture(scope="module")
def proxy(hosts: Hosts) -> Iterator[Proxy]:
    proxy = Proxy(hosts.servers)
    yield proxy
    proxy.close()


@pytest.fixture(scope="module")
def keys(office: Office, hosts: Hosts) -> dict[str, int]:
    return office.ask("seed", "loggers", CLIENTS)


class Failure(NamedTuple):
    method: str
    status: int  # 0 where the connection broke off
    begun: float
    ended: float


class Client(Thread):
    """Logs progress and reads it, again and again; a log that was not acknowledged is sent again.

    `sent` are the results on their way, `acknowledged` those that the server has taken.
    """

    def __init__(self, browser: Browser, assignment: int, end: Event) -> None:
        super().__init__(daemon=True)
        self.browser, self.end = browser, end
        self.path, self.prefix = f"/assignments/{assignment}/log/", f"e{assignment}"
        self.sent: list[str] = []
        self.acknowledged: list[str] = []
        self.failures: list[Failure] = []
        self.requests = 0
        self.problem = ""

    def run(self) -> None:
        try:
            while not self.end.is_set():
                self.log_and_read()
        except Exception as error:
            self.problem = repr(error)

    def log_and_read(self) -> None:
        page = self.send("GET", self.path)
        assert page.status == 200, page
        result = f"{self.browser.username}: lần {len(self.sent) + 1}."
        fields = {"status": "in_progress", "percent": "50", "result": result}
        entry = {f"{self.prefix}-{name}": value for name, value in fields.items()}
        key = FORM_KEY.search(page.text)
        assert key, page.text
        self.sent.append(result)
        given = {"form_key": key[1], "reported_on": "02/01/2024", "told_by": "", **entry}
        answer = self.send("POST", self.path, given)
        assert (answer.status, answer.location[:7]) == (302, "/tasks/"), answer
        self.acknowledged.append(result)
        read = self.send("GET", answer.location)
        assert (read.status, result in read.shown) == (200, True), read

    def send(self, method: str, path: str, fields: dict[str, Any] | None = None) -> Answer:
        while True:
            begun, status = time.monotonic(), 0
            self.requests += 1
            try:
                tab = self.browser.tab()
                answer = tab(*form(path, fields)) if fields else tab("GET", path, b"", {})
                if answer.status < 500:
                    return answer
                status = answer.status
            except (OSError, HTTPException):
                pass
            self.failures.append(Failure(method, status, begun, time.monotonic()))


def until(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + 120
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.02)


def signed_in_at(host: Server, proxy: Proxy, username: str) -> Browser:
    """nginx chooses the host by the session."""
    while True:
        browser, path = Browser(proxy, username), f"/units/?{uuid4().hex}"
        browser.get(path)
        until(lambda path=path: path in [told.path for told in proxy.log()])
        if [told.hosts for told in proxy.log() if told.path == path] == [f"127.0.0.1:{host.port}"]:
            return browser


def go_on(clients: list[Client]) -> None:
    """Until each has logged some more."""
    wanted = {client: len(client.acknowledged) + LOGS for client in clients}
    until(lambda: all(len(client.acknowledged) >= wanted[client] or client.problem for client in clients))


def kill_and_start(victim: Server, proxy: Proxy, clients: list[Client]) -> tuple[float, float]:
    """When it was killed, and when it was surely gone."""
    killed = time.monotonic()
    victim.kill()
    until(lambda: not victim.answers())
    gone = time.monotonic()
    go_on(clients)
    before = proxy.answered()[str(victim.port)]
    victim.start()
    until(lambda: proxy.answered()[str(victim.port)] > before or any(client.problem for client in clients))
    go_on(clients)
    return killed, gone


def test_no_acknowledged_log_is_lost(office: Office, hosts: Hosts, proxy: Proxy, keys):
    end = Event()
    clients = []
    for place in range(CLIENTS):
        name = f"staff-{place}"
        clients.append(Client(signed_in_at(hosts.servers[place % 2], proxy, name), keys[name], end))
    for client in clients:
        client.start()
    go_on(clients)
    spans = [kill_and_start(hosts.servers[turn % 2], proxy, clients) for turn in range(KILLS)]
    end.set()
    for client in clients:
        client.join()
    assert [client.problem for client in clients if client.problem] == []
    told = office.ask("told", "logs")
    report(clients, proxy, told)
    # Each that was sent was acknowledged in the end, and each is there once.
    assert [client.acknowledged for client in clients] == [client.sent for client in clients]
    assert told == {result: ["+"] for client in clients for result in client.sent}
    # Nothing failed but what was on its way to the host when it died.
    failures = [failure for client in clients for failure in client.failures]
    killed_on_their_way = [
        one for one in failures for killed, gone in spans if one.begun <= gone and one.ended >= killed
    ]
    assert failures == killed_on_their_way
    # Of that, the other host was asked to read, unless an answer had begun.
    assert [one for one in failures if (one.method, one.status) not in (("POST", 503), ("GET", 0))] == []
    assert max(len(client.failures) for client in clients) <= KILLS
    # nginx asks the other host to write only where the first took no connection.
    writes = [told for told in proxy.repeated() if told.method == "POST"]
    assert [told for told in writes if not told.connected.startswith("-, ")] == []
    assert [fault for host in hosts.servers for fault in host.faults()] == []


def report(clients: list[Client], proxy: Proxy, told: dict[str, list[str]]) -> None:
    acknowledged = {result for client in clients for result in client.acknowledged}
    log.info(
        "%d kills; %d requests, %d failed, %d asked of both; %d acknowledged, %d lost, %d twice; of hosts %s",
        KILLS,
        sum(client.requests for client in clients),
        sum(len(client.failures) for client in clients),
        len(proxy.repeated()),
        len(acknowledged),
        len(acknowledged - set(told)),
        sum(len(acts) > 1 for acts in told.values()),
        dict(proxy.answered()),
    )


def test_connections_that_the_database_has_ended_are_made_anew(office: Office, proxy: Proxy, keys):
    """As after a restart of PostgreSQL."""
    browser = Browser(proxy, "staff-0")
    ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
    with connect(dbname="postgres", autocommit=True, **office.server_of_the_suite) as server:
        assert len(server.execute(ended, [office.database]).fetchall()) >= 2
    assert [browser.get("/units/").status for _time in range(10)] == [200] * 10


def test_what_one_host_stored_every_other_shows_at_once(hosts: Hosts, keys):
    """Whatever a host keeps of the pages that it made."""
    writer, reader = (Browser(host, "staff-1") for host in hosts.servers)
    path, entry = f"/assignments/{keys['staff-1']}/log/", f"e{keys['staff-1']}"
    for percent in range(10, 30):
        shown = f"{percent}%"
        pages = [f"/plans/{keys['plan']}/assignments/", f"/assignments/{keys['staff-1']}/"]
        assert [shown in reader.get(page).shown for page in pages] == [False, False]
        said = {"status": "in_progress", "percent": percent, "result": f"Đã làm được {percent} phần trăm."}
        given = {f"{entry}-{name}": value for name, value in said.items()}
        given |= {"form_key": uuid4(), "reported_on": "03/01/2024", "told_by": ""}
        assert writer.post(path, given).status == 302
        assert [shown in reader.get(page).shown for page in pages] == [True, True]


def test_a_file_is_read_at_every_host(hosts: Hosts, keys):
    browser = Browser(hosts.servers[0], "officer")
    report = browser.post(f"/obligations/{keys['owed']}/start/", {}).location.split("/")[2]
    content = paper("Biên bản")
    answer = browser.tab()(*upload(f"/reports/{report}/evidence/", "bien-ban.pdf", content))
    [stored] = answer.json()["attachments"]
    for host in hosts.servers:
        browser.server = host
        answer = browser.get(stored["url"])
        assert (answer.status, answer.text) == (200, content.decode(errors="replace"))


def printed(browser: Browser, address: str) -> Answer:
    answer = browser.get(address)
    while answer.status == 202:
        time.sleep(0.1)
        answer = browser.get(address)
    return answer


def test_the_other_host_prints_a_paper_again(hosts: Hosts, proxy: Proxy, keys):
    browser = Browser(proxy, "staff-0")
    asked = f"/plans/{keys['plan']}/documents/assignments.pdf?number=07"
    address = browser.get(asked).location
    assert printed(browser, address).text[:5] == "%PDF-"
    [own] = [place for place, folder in enumerate(hosts.folders) if list(folder.glob("papers/*/kept/*"))]
    hosts.servers[own].kill()
    gone = browser.get(address)
    assert (gone.status, f'href="{asked}"' in gone.shown) == (410, True)
    assert printed(browser, browser.get(asked).location).text[:5] == "%PDF-"
    hosts.servers[own].start()


def test_people_read_what_to_do_while_no_host_is_there(hosts: Hosts, proxy: Proxy, keys):
    browser = Browser(proxy, "staff-0")
    for host in hosts.servers:
        host.kill()
    away = browser.get("/units/")
    assert (away.status, "rồi tải lại trang này" in away.shown) == (503, True)
    for host in hosts.servers:
        host.start()
    until(lambda: browser.get("/units/").status == 200)
