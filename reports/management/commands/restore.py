import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from reports.backup.errors import told_to_the_person
from reports.backup.manifest import Manifest
from reports.backup.restoring import check_backup, restore, what_is_left_to_do


class Command(BaseCommand):
    help = (
        "Bring a backup back to the database and the place of evidence of the settings, which must be empty. "
        "Exit code 1: nothing was restored, or the message says that the database is to be dropped."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("backup", type=Path, metavar="BACKUP")
        parser.add_argument(
            "--check", action="store_true", help="only read the backup and see that it is whole"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        before = os.umask(0o077)
        try:
            with told_to_the_person():
                if options["check"]:
                    self.tell("is whole", check_backup(options["backup"]))
                    return
                self.tell("restored", restore(connection, options["backup"]))
                for sentence in what_is_left_to_do(connection):
                    self.stdout.write(sentence)
        finally:
            os.umask(before)

    def tell(self, done: str, manifest: Manifest) -> None:
        self.stdout.write(
            f"{manifest.made_at} {done}: {len(manifest.tables)} tables, {manifest.rows} rows, "
            f"{len(manifest.evidence)} files, equal to the backup"
        )
        if manifest.missing:
            self.stdout.write(f"{len(manifest.missing)} files of evidence were missing when it was made.")
