"""`make bench`: how long papers and pages take beside what else could make them. Wants an idle machine.

Each part prints its figures; limits are ratios within one run, so that they hold on any machine. Ends
with 1 when one is broken.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from importlib import import_module

import django

from tests.bench.tables import Book

PARTS = ("papers", "pages", "start")


def main() -> int:
    parser = ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; otherwise all")
    asked = parser.parse_args().parts
    if unknown := set(asked) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    book = Book()
    for name in asked or PARTS:
        part = import_module(f"tests.bench.{name}")
        book.say(f"\n{name}: {part.__doc__}")
        part.measure(book)
    for words in book.broken:
        book.say(f"Not kept: {words}")
    return 1 if book.broken else 0


if __name__ == "__main__":
    sys.exit(main())
