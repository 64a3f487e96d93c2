"""What is measured is an answer that is right; everything else is told."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle, repeat
from threading import Thread
from urllib.parse import parse_qs

import pytest

from tests.bench.load import Call, Connection, Result, ask_after, ask_for, request
from tests.bench.tables import Book


class Answering(BaseHTTPRequestHandler):
    """`/rows/3` has three rows, `/close/…` ends the connection, `/lost/…` without an answer."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.asked.append((self.client_address[1], self.path))
        if "lost" in self.path:
            self.close_connection = True
            return
        rows = int(self.path.rpartition("/")[2])
        self.say(200 if rows else 500, b"<tr>" * rows)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.asked.append((self.headers["Cookie"], parse_qs(body)))
        self.say(302, b"")

    def say(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        if "close" in self.path:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *said) -> None:
        pass


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        server.asked = []
        server.daemon_threads = True
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def rows(path: str, times: int = 3) -> Call:
    return Call(request(path), mark=b"<tr>", times=times)


def test_only_right_answers_are_measured_and_others_are_counted(server):
    calls = cycle([rows("/rows/3"), rows("/rows/2"), rows("/rows/0"), rows("/lost/3")])
    result = Result()
    connection = Connection(server.server_port)
    for _time in range(8):
        result.add(connection, next(calls))
    lost = "ConnectionError('The server closed the connection within an answer.')"
    assert len(result.milliseconds) == 2
    assert result.faults == {"200 with 2 rows": 2, "500 with 0 rows": 2, lost: 2}


def test_a_connection_is_kept_until_the_server_ends_it(server):
    connection = Connection(server.server_port)
    for path in ("/rows/1", "/rows/1", "/close/1", "/rows/1"):
        connection.ask(request(path))
    connection.close()
    ports = [port for port, _path in server.asked]
    assert [ports.index(port) for port in ports] == [0, 0, 0, 3]


def test_all_connections_ask_until_the_time_is_over(server):
    result = ask_for(server.server_port, repeat(rows("/rows/3")), connections=4, seconds=0.2)
    assert len({port for port, _path in server.asked}) == 4
    assert len(result.milliseconds) == len(server.asked)
    assert result.a_second == len(server.asked) / result.seconds
    assert result.faults == {}


def test_something_is_written_before_each_request(server):
    wrote = Result()
    written = Call(request("/log/", "key", "token", {"said": "xong"}), status=302)
    read = ask_after(server.server_port, repeat(written), wrote, repeat(rows("/rows/3")), 2)
    assert (len(wrote.milliseconds), len(read.milliseconds)) == (2, 2)
    post = ("sessionid=key; csrftoken=token", {"said": ["xong"], "csrfmiddlewaretoken": ["token"]})
    assert [asked for asked in server.asked if isinstance(asked[0], str)] == [post, post]
    assert server.asked[::2] == [post, post]


def test_percentiles_are_endless_without_right_answers():
    assert Result([7.0]).percentile(50) == float("inf")
    assert Result([1.0, 2.0, 3.0]).percentile(50) == 2.0


def test_a_limit_that_is_broken_is_remembered(capsys):
    book = Book()
    shown = [book.at_most(2, 2, "a"), book.at_most(2.01, 2, "b"), book.at_least(1, 2, "c", 0)]
    assert shown == ["2.00 (<= 2.00)", "2.01 (<= 2.00)", "1 (>= 2)"]
    assert book.broken == ["b: 2.01, at most 2.00", "c: 1, at least 2"]
