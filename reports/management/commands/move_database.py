from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from reports.backup.errors import told_to_the_person
from reports.backup.moving import move
from reports.backup.sqlite import opened


class Command(BaseCommand):
    help = (
        "Move everything from a file of SQLite to the PostgreSQL database of DATABASE_URL, which was "
        "migrated and is empty. Exit code 1: nothing was moved."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="for example var/bam-sat.sqlite3")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["file"].is_file():
            raise CommandError(f"There is no file {options['file']}.")
        with told_to_the_person(), opened(options["file"]) as source:
            states = move(source, connection)
        for table, state in states.items():
            self.stdout.write(f"{state.rows:9} {state.hash[:16]} {table}")
        rows = sum(state.rows for state in states.values())
        self.stdout.write(f"{rows} rows of {len(states)} tables moved, equal by count and hash.")
