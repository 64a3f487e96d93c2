"""People who ask a server without pause, over connections as a web server in front opens them."""

from __future__ import annotations

import gzip
import socket
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import inf
from statistics import quantiles
from threading import Barrier, Thread
from time import perf_counter
from typing import NamedTuple
from urllib.parse import urlencode


class Call(NamedTuple):
    """A request, and what its answer must be: the status, and how many times a mark stands in it."""

    request: bytes
    status: int = 200
    mark: bytes = b""
    times: int = 0

    def fault(self, status: int, body: bytes) -> str:
        times = body.count(self.mark) if self.mark else 0
        return "" if (status, times) == (self.status, self.times) else f"{status} with {times} rows"


def request(address: str, session: str = "", token: str = "", said: dict[str, str] | None = None) -> bytes:
    """A GET, or a POST of what is said with the token that its form has."""
    cookies = {"sessionid": session, "csrftoken": token}
    head = {
        "Host": "127.0.0.1",
        "Accept": "text/html",
        "Accept-Encoding": "gzip",
        "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items() if value),
    }
    body = b""
    if said is not None:
        body = urlencode({**said, "csrfmiddlewaretoken": token}).encode()
        head |= {"Origin": "http://127.0.0.1", "Content-Type": "application/x-www-form-urlencoded"}
        head |= {"Content-Length": str(len(body))}
    lines = [f"{'GET' if said is None else 'POST'} {address} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in head.items() if value]
    return "\r\n".join([*lines, "", ""]).encode() + body


class Connection:
    """Opened again where the server closes it after an answer."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.socket: socket.socket | None = None

    def ask(self, request: bytes) -> tuple[int, bytes, bytes]:
        """Status, head and body of the answer."""
        if self.socket is None:
            self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=60)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.sendall(request)
        head, body = self.read()
        if b"\nconnection: close" in head:
            self.close()
        return int(head[9:12]), head, body

    def read(self) -> tuple[bytes, bytes]:
        assert self.socket
        received = b""
        while b"\r\n\r\n" not in received:
            received += self.received()
        head, _end, body = received.partition(b"\r\n\r\n")
        head = head.lower()
        length = int(head.partition(b"\ncontent-length:")[2].split(b"\r", 1)[0])
        parts, there = [body], len(body)
        while there < length:
            parts.append(self.received())
            there += len(parts[-1])
        body = b"".join(parts)
        return head, gzip.decompress(body) if b"\ncontent-encoding: gzip" in head else body

    def received(self) -> bytes:
        assert self.socket
        chunk = self.socket.recv(1 << 18)
        if not chunk:
            raise ConnectionError("The server closed the connection within an answer.")
        return chunk

    def close(self) -> None:
        if self.socket:
            self.socket.close()
            self.socket = None


@dataclass
class Result:
    """`faults` counts what was wrong with answers; `milliseconds` are those of the right ones."""

    milliseconds: list[float] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    def add(self, connection: Connection, wanted: Call) -> None:
        begun = perf_counter()
        try:
            status, _head, body = connection.ask(wanted.request)
        except (OSError, ValueError) as error:
            connection.close()
            self.faults[repr(error)] += 1
            return
        took = perf_counter() - begun
        if fault := wanted.fault(status, body):
            self.faults[fault] += 1
        else:
            self.milliseconds.append(1000 * took)

    @property
    def a_second(self) -> float:
        return len(self.milliseconds) / self.seconds

    def percentile(self, percent: int) -> float:
        """Endless where there were no two right answers."""
        if len(self.milliseconds) < 2:
            return inf
        return quantiles(self.milliseconds, n=100, method="inclusive")[percent - 1]


def ask_for(port: int, calls: Iterator[Call], connections: int, seconds: float) -> Result:
    """All connections ask from the same moment until the time is over; each waits for its answers."""
    result = Result()
    start = Barrier(connections + 1)
    threads = [
        Thread(target=ask_again, args=(port, calls, start, seconds, result)) for _ in range(connections)
    ]
    for thread in threads:
        thread.start()
    start.wait()
    begun = perf_counter()
    for thread in threads:
        thread.join()
    result.seconds = perf_counter() - begun
    return result


def ask_again(port: int, calls: Iterator[Call], start: Barrier, seconds: float, result: Result) -> None:
    connection = Connection(port)
    start.wait()
    end = perf_counter() + seconds
    while perf_counter() < end:
        result.add(connection, next(calls))
    connection.close()


def ask_after(port: int, writes: Iterator[Call], wrote: Result, calls: Iterator[Call], times: int) -> Result:
    """Each time something is written just before, so that nothing kept from an earlier answer fits."""
    result, connection = Result(), Connection(port)
    for _time in range(times):
        wrote.add(connection, next(writes))
        result.add(connection, next(calls))
    connection.close()
    return result
