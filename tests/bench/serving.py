"""The office of `office.py` on a server as docs/deploy.md starts it."""

from __future__ import annotations

import json
import os
import platform
from pathlib import Path
from typing import Any

from tests.processes.office import Office, Server

WORKERS = 2


class BenchOffice(Office):
    """Made anew, with the guards of an office on and the floors beside the product's addresses."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.environment |= {
            "SECRET_KEY": "not-secret-" * 6,
            "HTTPS": "false",
            "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        }
        self.told("fill")

    def told(self, function: str, *arguments: Any) -> Any:
        """What a function of `office.py` returns in a process that has the office's settings."""
        start = "import django, json; django.setup(); from tests.bench import office"
        said = self.run("-c", f"{start}; print(json.dumps(office.{function}(*{arguments!r})))")
        return json.loads(said.splitlines()[-1])

    def served(self) -> Server:
        return self.serve(workers=WORKERS)


def machine(office: BenchOffice) -> str:
    """What the figures were measured on."""
    described = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.partition(": ")[2] for line in described if line.startswith("model name")), "")
    cores = f"{os.cpu_count()} cores of {model or platform.machine()}"
    return f"{cores}, Python {platform.python_version()}, {office.told('database')}, {WORKERS} workers"


def workers(server: Server) -> list[Path]:
    """What Linux tells of each."""
    assert server.process
    pid = server.process.pid
    return [Path("/proc", worker) for worker in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def memory(server: Server) -> list[float]:
    """Megabytes of each worker: what it has alone, and its share of what it has with others (PSS)."""
    return [proportional((worker / "smaps_rollup").read_text()) for worker in workers(server)]


def proportional(rollup: str) -> float:
    line = next(line for line in rollup.splitlines() if line.startswith("Pss:"))
    return int(line.split()[1]) * 1024 / 1e6


def processor_seconds(server: Server) -> float:
    """What the workers have used so far; others on the machine do not change it much."""
    ticks = os.sysconf("SC_CLK_TCK")
    # The name in parentheses, then fields from the third on: user and system time are the 14th and 15th.
    told = [(worker / "stat").read_text().rpartition(")")[2].split() for worker in workers(server)]
    return sum(int(fields[11]) + int(fields[12]) for fields in told) / ticks
