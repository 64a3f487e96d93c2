from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports.backup.progress import Bar
from reports.evidence.actions import evidence_storage
from reports.evidence.checking import named_files, problem_of


class Command(BaseCommand):
    help = "Check that every file of evidence, also of what was removed, is there and whole. Exit code 1: no."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--quick", action="store_true", help="only whether it is there and its size")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            problems = self.check_all(quick=options["quick"])
        except ConnectionError as error:
            raise CommandError(f"The evidence cannot be reached: {error}") from None
        if problems:
            raise CommandError("Bring the files that are listed back from the backup of the evidence folder.")

    def check_all(self, *, quick: bool) -> int:
        """How many files are missing or damaged; each is named."""
        named, kept = named_files(), set(evidence_storage().digests())
        problems = 0
        with Bar("Evidence", len(named)) as bar:
            for file in named:
                if problem := problem_of(file, quick=quick):
                    problems += 1
                    for place in file.places:
                        self.stdout.write(f"{problem:8} {file.digest}  {place}")
                bar.add(1)
        unnamed = len(kept - {file.digest for file in named})
        self.stdout.write(
            f"{len(named)} files checked, {problems} missing or damaged; {unnamed} that no row names."
        )
        return problems
