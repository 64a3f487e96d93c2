"""Rules that every table and every command keeps to."""

import importlib
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import BaseCommand

BASE_DIR = Path(__file__).resolve().parent.parent.parent
APPS = ("units", "plans", "tasks", "reports")
# Tables without history, each for a reason given at its class.
WITHOUT_HISTORY: set[str] = set()

COMMANDS = sorted(
    ".".join(path.relative_to(BASE_DIR).with_suffix("").parts)
    for app in APPS
    for path in (BASE_DIR / app / "management" / "commands").glob("[!_]*.py")
)


def test_every_table_has_history():
    bare = {
        model._meta.label
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        if not hasattr(model, "history") and not model.__name__.startswith("Historical")
    }
    assert bare == WITHOUT_HISTORY


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run", verbosity=3)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_it_does(command):
    assert importlib.import_module(command).Command.help != BaseCommand.help
