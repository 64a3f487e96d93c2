"""An office's settings pass Django's own check, and wrong ones stop the start with a plain word."""

import os
import subprocess
import sys
from ast import literal_eval
from pathlib import Path

import pytest

BASE_DIR = Path(__file__).resolve().parent.parent.parent
KEY = "".join(chr(ord("0") + number) for number in range(60))
# What an office sets, and what the browser's tests set for themselves.
OURS = (
    "SECRET_KEY",
    "DEBUG",
    "ALLOWED_HOSTS",
    "DATABASE_URL",
    "CSRF_TRUSTED_ORIGINS",
    "HTTPS",
    "DJANGO_ALLOW_ASYNC_UNSAFE",
)


def manage(tmp_path: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=BASE_DIR,
        env={**kept, "VAR_DIR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_offices_settings_pass_the_deployment_check(tmp_path):
    done = manage(
        tmp_path,
        "check",
        "--deploy",
        "--fail-level=WARNING",
        SECRET_KEY=KEY,
        ALLOWED_HOSTS="bam-sat.example.vn",
        CSRF_TRUSTED_ORIGINS="https://bam-sat.example.vn",
    )
    assert (done.returncode, done.stdout) == (0, "System check identified no issues (0 silenced).\n")


def test_folders_are_the_same_from_wherever_a_process_works(tmp_path):
    """The press works in another folder than who starts the server."""
    told = "settings.VAR_DIR, settings.PAPERS_ROOT, settings.SIGNATURE_ROOTS"
    (tmp_path / "roots").mkdir()
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"from config import settings; print({told})",
        ],
        cwd=tmp_path,
        env={
            "PYTHONPATH": str(BASE_DIR),
            "VAR_DIR": "var",
            "PAPERS_ROOT": "../papers",
            "SIGNATURE_ROOTS": "roots",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    folders = (tmp_path / "var", tmp_path.parent / "papers", tmp_path / "roots")
    assert done.stdout.split() == [str(folder) for folder in folders]


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({"DEBUG": "false"}, "Set SECRET_KEY"),
        ({"DATABASE_URL": "postgres//nowhere"}, "DATABASE_URL"),
        ({"DATABASE_URL": "oracle5://db/x"}, "DATABASE_URL"),
        ({"DEBUG": "perhaps"}, "DEBUG"),
        ({"SIGNATURE_ROOTS": "nowhere/at/all"}, "SIGNATURE_ROOTS is no folder"),
    ],
)
def test_wrong_settings_stop_the_start(tmp_path, environment, message):
    done = manage(tmp_path, "check", **environment)
    last_line = done.stderr.strip().splitlines()[-1:]
    assert done.returncode != 0
    assert last_line != []
    assert message in last_line[0]


def test_connections_of_postgresql_come_from_a_pool_and_keep_what_the_address_asks():
    told = "settings.DATABASES['default']['OPTIONS']"
    done = subprocess.run(
        [sys.executable, "-c", f"from config import settings; print({told})"],
        cwd=BASE_DIR,
        env={**os.environ, "DATABASE_URL": "postgres://bam-sat@127.0.0.1/bam_sat?sslmode=require"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert literal_eval(done.stdout) == {
        "sslmode": "require",
        "pool": {"min_size": 1, "max_size": 10, "num_workers": 1, "timeout": 5},
    }


def test_a_bucket_wants_the_part_that_speaks_with_it():
    """As it is after `make setup LOCK=base`."""
    done = subprocess.run(
        [sys.executable, "-c", "import sys; sys.modules['boto3'] = None; from config import settings"],
        cwd=BASE_DIR,
        env={**os.environ, "EVIDENCE_BUCKET": "evidence"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr.strip().splitlines()[-1] == (
        "django.core.exceptions.ImproperlyConfigured: EVIDENCE_BUCKET needs boto3: make setup LOCK=s3"
    )


def test_a_trial_needs_no_settings_and_keeps_its_key(tmp_path):
    def ask() -> str:
        return manage(
            tmp_path,
            "shell",
            "-v0",
            "-c",
            "from django.conf import settings as s; print(s.DEBUG, s.SECRET_KEY)",
        ).stdout

    first = ask()
    assert first.startswith("True ")
    assert first == ask()
