import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from reports.backup.errors import told_to_the_person
from reports.backup.making import Made, make_backup


class Command(BaseCommand):
    help = (
        "Copy the database and the evidence to a new folder below FOLDER, while people write. "
        "Exit code 1: no backup was made; 3: it was made, but evidence was missing already."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="FOLDER")
        parser.add_argument(
            "--keep", type=int, default=14, metavar="N", help="how many to keep, otherwise 14"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["keep"] < 1:
            raise CommandError("--keep: give 1 or more.")
        before = os.umask(0o077)
        try:
            with told_to_the_person():
                made = make_backup(connection, options["folder"], options["keep"])
        finally:
            os.umask(before)
        self.tell(made)

    def tell(self, made: Made) -> None:
        manifest = made.manifest
        self.stdout.write(
            f"{made.path}: {len(manifest.tables)} tables, {manifest.rows} rows, "
            f"{len(manifest.evidence)} files ({made.linked} as in the backup before), {manifest.bytes} bytes"
        )
        for name in made.removed:
            self.stdout.write(f"removed {name}")
        if manifest.missing:
            raise CommandError(
                f"The backup is complete but for {len(manifest.missing)} files of evidence that are missing "
                "or damaged; manage.py check_files names them.",
                returncode=3,
            )
