"""Bám Sát as an office runs it: a server of several processes on a database and a folder of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from django.db import connection
from psycopg import connect, sql

BASE_DIR = Path(__file__).resolve().parent.parent.parent


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


class Office:
    """A new installation: a file of SQLite, or a database on the PostgreSQL server that the suite uses."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = f"bam_sat_{uuid4().hex}"
        self.servers: list[Server] = []
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self.environment = {**kept, "VAR_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings"}
        if connection.vendor == "postgresql":
            self.on_server("CREATE DATABASE {}")
            self.environment["DATABASE_URL"] = self.url()
        self.manage("migrate", "--verbosity", "0")

    @property
    def server_of_the_suite(self) -> dict[str, Any]:
        known = connection.settings_dict
        named = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
        return {key: known[name] for key, name in named.items() if known[name]}

    def url(self) -> str:
        at = {key: quote(str(value), safe="") for key, value in self.server_of_the_suite.items()}
        who = ":".join(at[key] for key in ("user", "password") if key in at)
        return f"postgres://{who}@{at['host']}:{at.get('port', 5432)}/{self.database}"

    def on_server(self, statement: str) -> None:
        with connect(dbname="postgres", autocommit=True, **self.server_of_the_suite) as server:
            server.execute(sql.SQL(statement).format(sql.Identifier(self.database)))

    def run(self, *command: str) -> str:
        done = subprocess.run(
            [sys.executable, *command],
            cwd=BASE_DIR,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def manage(self, *command: str) -> str:
        return self.run("manage.py", *command)

    def ask(self, module: str, function: str, *arguments: int) -> Any:
        """What a function of these tests returns in a process that has the product's settings."""
        called = f"{module}.{function}(*{arguments!r})"
        start = f"import django, json; django.setup(); from tests.processes import {module}"
        return json.loads(self.run("-c", f"{start}; print(json.dumps({called}))"))

    def serve(self, application: str = "config.wsgi", workers: int = 3, **settings: str) -> Server:
        server = Server(self, application, workers, settings)
        self.servers.append(server)
        server.start()
        return server

    def close(self) -> None:
        for server in self.servers:
            server.kill()
        if connection.vendor == "postgresql":
            self.on_server("DROP DATABASE {} WITH (FORCE)")


class Server:
    """gunicorn as docs/deploy.md starts it; its processes are a group, so that all can be killed at once."""

    def __init__(self, office: Office, application: str, workers: int, settings: dict[str, str]) -> None:
        self.office = office
        self.settings = settings
        self.application = application
        self.workers = workers
        self.port = free_port()
        self.log = office.folder / f"server-{self.port}.log"
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "gunicorn", self.application, "--bind", f"127.0.0.1:{self.port}"]
        command += ["--workers", str(self.workers), "--threads", "1", "--timeout", "120"]
        command += ["--no-control-socket"]
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                command,
                cwd=BASE_DIR,
                env={**self.office.environment, **self.settings},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until = time.monotonic() + 60
        while not self.answers():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < until, self.log.read_text()
            time.sleep(0.05)

    def answers(self) -> bool:
        """Whether a worker is there; the port alone is open before."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=30) as asked:
                asked.sendall(b"GET /healthz HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
                return asked.recv(12).endswith(b"200")
        except OSError:
            return False

    def kill(self) -> None:
        """As a power failure ends it: every process at once, with no word to any."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def faults(self) -> list[str]:
        """What a server logs only when something of ours went wrong."""
        words = ("Internal Server Error", "Traceback", "database is locked", "deadlock")
        return [line for line in self.log.read_text().splitlines() if any(word in line for word in words)]
