import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from reports.sample.commands import FillingCommand
from reports.sample.generating import LIMITS, Size, generate

DEFAULTS = {"provinces": 1, "tasks": 20, "periods": 4}
UNITS = 50


class Command(FillingCommand):
    help = "Fill an empty database with made-up offices of the size you want and their reports."

    def add_arguments(self, parser: ArgumentParser) -> None:
        for name, default in DEFAULTS.items():
            least, most = LIMITS[name]
            text = f"from {least} to {most}, otherwise {default}"
            parser.add_argument(f"--{name}", type=int, default=default, metavar="N", help=text)
        least, most = LIMITS["units"]
        text = f"of all provinces together, from {least} to {most} for each, otherwise {UNITS} for each"
        parser.add_argument("--units", type=int, metavar="N", help=text)
        parser.add_argument(
            "--seed", type=int, default=1, metavar="S", help="the same number gives the same offices"
        )

    def fill(self, password: str, **options: Any) -> None:
        sizes = {name: self.checked(name, options[name]) for name in DEFAULTS}
        provinces = sizes["provinces"]
        units = options["units"]
        sizes["units"] = self.checked("units", UNITS * provinces if units is None else units, provinces)
        generate(Size(**sizes), options["seed"], password, timezone.localdate(), self.show)

    def checked(self, name: str, number: int, times: int = 1) -> int:
        least, most = (limit * times for limit in LIMITS[name])
        if not least <= number <= most:
            raise CommandError(f"--{name} {number}: give a number from {least} to {most}.")
        return number

    def show(self, done: int, total: int) -> None:
        """On a terminal, how far it has come."""
        if sys.stderr.isatty():
            bar = 40 * done // total
            end = "\n" if done == total else ""
            sys.stderr.write(f"\r[{'#' * bar}{'.' * (40 - bar)}] {100 * done // total} %{end}")
