"""What docs/deploy.md says, and the files that it puts in place, name only what there is."""

import re
import shlex
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DEPLOY = BASE_DIR / "docs/deploy"
TEXT = (BASE_DIR / "docs/deploy.md").read_text(encoding="utf-8")
PATHS = [path for path in (DEPLOY / "systemd").iterdir() if path.is_file()]
UNITS = {path.name: path.read_text(encoding="utf-8") for path in PATHS}
# A line of commands is indented; what stands in the text between them is not always whole.
TYPED = re.compile(r"^    (?:\w+=\S+ )?bam-sat (\w[^#\n]*)", re.M)
STARTED = re.compile(r"^Exec\w+=\S+/python manage\.py (.+)", re.M)


def commands() -> list[str]:
    started = [command for unit in UNITS.values() for command in STARTED.findall(unit)]
    return [*sorted({*TYPED.findall(TEXT), *started})]


def test_the_commands_were_found():
    named = {command.split()[0] for command in commands()}
    assert {"backup", "check", "check_files", "clearsessions", "collectstatic", "migrate", "restore"} <= named


@pytest.mark.parametrize("command", commands())
def test_every_command_is_there_and_takes_what_it_is_given(command):
    name, *arguments = shlex.split(command)
    parser = load_command_class(get_commands()[name], name).create_parser("manage.py", name)
    parser.parse_args(arguments)


def test_every_file_and_unit_is_there():
    files = re.findall(r"\bdocs/deploy/[\w./-]+\w", TEXT)
    assert [name for name in files if not (BASE_DIR / name).exists()] == []
    units = re.findall(r"\bbam-sat-(?:web|\w+\.timer|\w+\.service)\b", TEXT)
    known = {*UNITS, "bam-sat-web"}
    assert [name for name in units if name not in known] == []
    timers = [name for name in UNITS if name.endswith(".timer")]
    assert sorted(timers) == ["bam-sat-backup.timer", "bam-sat-files.timer", "bam-sat-sessions.timer"]
    assert [name for name in timers if name.replace(".timer", ".service") not in UNITS] == []


def test_every_setting_has_its_row():
    settings = (BASE_DIR / "config/settings.py").read_text(encoding="utf-8")
    names = set(re.findall(r'\benv(?:\.\w+)?\(\s*"(\w+)"', settings)) | {"DATABASE_URL"}
    units = set(re.findall(r"\$\{(\w+)\}", "".join(UNITS.values())))
    rows = set(re.findall(r"^\| `(\w+)`", TEXT, re.M))
    assert names | units <= rows
