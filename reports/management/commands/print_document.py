import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from plans.models import Plan
from reports.documents.choices import Choices
from reports.documents.content import Paper
from reports.documents.kinds import PAPERS, paper_of
from reports.documents.pdf import render_pdf


def requested_plan(pk: int) -> Plan:
    plan = Plan.objects.select_related("issuing_unit__letterhead").filter(pk=pk).first()
    if plan is None:
        raise CommandError(f"There is no plan {pk}.")
    return plan


FORMATS: dict[str, Callable[[Paper], bytes]] = {"pdf": render_pdf}


class Command(BaseCommand):
    help = "Print a paper of a plan to a file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=sorted(PAPERS), help="Which paper.")
        parser.add_argument("--plan", type=int, required=True, metavar="ID", help="The plan's id.")
        parser.add_argument("--format", choices=sorted(FORMATS), default="pdf")
        parser.add_argument("--output", required=True, metavar="FILE", help='The file to write; "-": stdout.')
        parser.add_argument(
            "--expanded", action="store_true", help="Also list the units that each recipient stands for."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        plan = requested_plan(options["plan"])
        choices = Choices(plan, timezone.localdate(), expanded=options["expanded"])
        paper = paper_of(options["kind"], choices)
        content = FORMATS[options["format"]](paper)
        if options["output"] == "-":
            cast(BinaryIO, self.stdout.buffer).write(content)
        else:
            write_file(Path(options["output"]), content)


def write_file(path: Path, content: bytes) -> None:
    """Put `content` at `path` in one step: a reader finds the old file or the whole new one.

    Raises CommandError where the folder is missing or closed to us, or `path` names no file.
    """
    try:
        replace_file(path, content)
    except (OSError, ValueError) as error:
        raise CommandError(f"Cannot write {path}: {error}") from error


def replace_file(path: Path, content: bytes) -> None:
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
