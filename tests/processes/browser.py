"""People at their browsers: they sign in, and act at the same instant."""

from __future__ import annotations

import html
import json
import re
import time
from collections.abc import Callable, Sequence
from http.client import HTTPConnection
from threading import Barrier, Thread
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import uuid4

from tests.factories import PASSWORD
from tests.processes.office import Server


class Answer(NamedTuple):
    status: int
    location: str
    text: str

    @property
    def shown(self) -> str:
        """The text as a person reads it."""
        return html.unescape(self.text)

    def json(self) -> Any:
        return json.loads(self.text)


class Browser:
    """One person, signed in through the page for it; any number of tabs may be used at once."""

    def __init__(self, server: Server, username: str) -> None:
        self.server = server
        self.username = username
        self.cookies: dict[str, str] = {}
        self.get("/sign-in/")
        answer = self.post("/sign-in/", {"username": username, "password": PASSWORD})
        assert (answer.status, "sessionid" in self.cookies) == (302, True), answer

    def get(self, path: str) -> Answer:
        return self.tab()("GET", path, b"", {})

    def post(self, path: str, fields: dict[str, Any]) -> Answer:
        return self.tab()(*form(path, fields))

    def tab(self) -> Callable[[str, str, bytes, dict[str, str]], Answer]:
        """A connection that is open already, to send one request through."""
        connection = HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        connection.connect()

        def send(method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
            own = {
                "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
                "X-CSRFToken": self.cookies.get("csrftoken", ""),
                "Accept": "text/html",
            }
            try:
                connection.request(method, path, body, {**own, **headers})
                answer = connection.getresponse()
                text = answer.read().decode(errors="replace")
            finally:
                connection.close()
            for cookie in answer.headers.get_all("Set-Cookie", []):
                if given := re.match(r"(csrftoken|sessionid)=([^;]*)", cookie):
                    self.cookies[given[1]] = given[2]
            return Answer(answer.status, answer.headers.get("Location", ""), text)

        return send


def form(path: str, fields: dict[str, Any]) -> tuple[str, str, bytes, dict[str, str]]:
    body = urlencode(fields).encode()
    return "POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"}


def upload(path: str, name: str, content: bytes) -> tuple[str, str, bytes, dict[str, str]]:
    mark = uuid4().hex
    head = f'--{mark}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
    body = head.encode() + content + f"\r\n--{mark}--\r\n".encode()
    headers = {"Content-Type": f"multipart/form-data; boundary={mark}", "Accept": "application/json"}
    return "POST", path, body, headers


class Act(NamedTuple):
    """What one person sends, and how many seconds after the start."""

    browser: Browser
    path: str
    fields: dict[str, Any]
    after: float = 0.0


def at_once(acts: Sequence[Act]) -> list[Answer]:
    """Their answers. Everybody is connected before anybody sends."""
    start = Barrier(len(acts))
    answers: list[Any] = [None] * len(acts)

    def do(place: int, act: Act) -> None:
        try:
            send = act.browser.tab()
            start.wait(30)
            time.sleep(act.after)
            answers[place] = send(*form(act.path, act.fields))
        except Exception as error:
            answers[place] = error

    threads = [Thread(target=do, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    faults = [answer for answer in answers if not isinstance(answer, Answer)]
    assert faults == []
    return answers
