"""The presses that tests start, as the operating system knows them."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path


def presses_of(folder: Path) -> list[int]:
    """The processes that hold the lock of a press in the folder, ready or not."""
    return [pid for pid in processes() if is_press(pid) and holds(pid, folder)]


def forks_of(press: int) -> list[int]:
    return [pid for pid in processes() if parent_of(pid) == press]


def processes() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def is_press(pid: int) -> bool:
    try:
        return b"reports.press" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False


def holds(pid: int, folder: Path) -> bool:
    """Whether it has a file of the folder open; one that has just ended has none."""
    return any(path.startswith(f"{folder}/") and path.endswith("/lock") for path in opened_by(pid))


def opened_by(pid: int) -> list[str]:
    """Without what it closes meanwhile."""
    opened = []
    with suppress(OSError):
        for handle in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(OSError):
                opened.append(os.readlink(handle))
    return opened


def parent_of(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, ValueError, IndexError):
        return 0


def end_presses(folder: Path, by: signal.Signals = signal.SIGTERM) -> None:
    """As soon as it is said, also one that was only just started."""
    until = time.monotonic() + 30
    while presses := presses_of(folder):
        for press in presses:
            with suppress(ProcessLookupError):
                os.kill(press, by)
        time.sleep(0.02)
        assert time.monotonic() < until, presses
