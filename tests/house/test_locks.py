"""The hashed locks say the same as pyproject.toml, and as each other."""

import re
import tomllib
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent.parent
PROJECT = tomllib.loads((BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))
NAME = re.compile(r"^[A-Za-z0-9._-]+")


def named(requirements: list[str]) -> set[str]:
    """The packages' names as indexes spell them."""
    names = (NAME.match(requirement) for requirement in requirements)
    return {re.sub(r"[-_.]+", "-", name[0]).lower() for name in names if name}


def pins(lock: str) -> dict[str, str]:
    lines = (BASE_DIR / "requirements" / lock).read_text(encoding="utf-8").splitlines()
    return dict(line.split(" ")[0].split("==") for line in lines if "==" in line and line[0] not in " #")


def test_the_base_lock_holds_every_dependency():
    assert named(PROJECT["project"]["dependencies"]) - set(pins("base.txt")) == set()


def test_the_lock_for_a_bucket_holds_what_it_wants_and_all_of_the_base_lock():
    wanted = PROJECT["project"]["optional-dependencies"]["s3"]
    assert named(wanted) - set(pins("s3.txt")) == set()
    assert pins("base.txt").items() - pins("s3.txt").items() == set()


def test_the_development_lock_holds_every_tool():
    assert named(PROJECT["dependency-groups"]["dev"]) - set(pins("dev.txt")) == set()


def test_the_development_lock_holds_all_of_the_others():
    assert pins("s3.txt").items() - pins("dev.txt").items() == set()


def test_the_locks_hold_nothing_but_pins_and_hashes():
    options = [
        line
        for lock in ("base.txt", "s3.txt", "dev.txt")
        for line in (BASE_DIR / "requirements" / lock).read_text(encoding="utf-8").splitlines()
        if re.match(r"\s*-", line) and not line.strip().startswith("--hash=sha256:")
    ]
    assert options == []
