import os
import sys
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Any, BinaryIO, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Model, QuerySet
from django.utils import timezone

from plans.models import Plan, TaskGroup
from reports.documents.choices import Choices, NothingToPrint
from reports.documents.formats import Format, formats_of
from reports.documents.kinds import Kind, paper_of
from reports.documents.rendering import render
from reports.models import Period
from units.models import Signer, Unit

BAR = 30
# Seconds.
PATIENCE = 1


class Command(BaseCommand):
    help = "Print a paper of a plan to a file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=Kind.values, help="Which paper.")
        parser.add_argument("--plan", type=int, required=True, metavar="ID", help="The plan's id.")
        parser.add_argument("--format", choices=Format.values, default=Format.PDF.value)
        parser.add_argument("--output", required=True, metavar="FILE", help='The file to write; "-": stdout.')
        parser.add_argument("--period", type=int, metavar="ID", help="Of one reporting period of the plan.")
        parser.add_argument(
            "--as-of", type=date.fromisoformat, metavar="DATE", help="Figures as of this day (2026-09-30)."
        )
        parser.add_argument("--unit", type=int, metavar="ID", help="Of one unit.")
        parser.add_argument("--group", type=int, metavar="ID", help="Of one group of tasks.")
        parser.add_argument(
            "--kind-of-unit", choices=Unit.Kind.values, default="", help="Of one kind of units."
        )
        parser.add_argument(
            "--expanded",
            action="store_true",
            help="The units behind each recipient; of a summary each unit's results, however many.",
        )
        parser.add_argument(
            "--number", default="", help="The paper's number, of which 05 is enough; without it a gap."
        )
        parser.add_argument(
            "--dated", type=date.fromisoformat, metavar="DATE", help="Its day; without it a gap."
        )
        parser.add_argument("--title", default="", help="Its title, in place of the usual one.")
        parser.add_argument("--signer", type=int, metavar="ID", help="Who signs, in place of the usual one.")
        parser.add_argument("--archival", action="store_true", help="As PDF/A.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            paper = paper_of(Kind(options["kind"]), choices_of(options))
        except NothingToPrint as problem:
            raise CommandError(str(problem)) from problem
        self.begun = monotonic()
        format = Format(options["format"])
        if format not in formats_of(paper):
            raise CommandError(f"This paper has no table or list for a {format.label} file.")
        content = render(paper, format, self.tell)
        if options["output"] == "-":
            cast(BinaryIO, self.stdout.buffer).write(content)
        else:
            write_file(Path(options["output"]), content)

    def tell(self, done: int, of: int) -> None:
        """Only somebody who looks is told, and only where there is something to wait for."""
        if not sys.stderr.isatty() or monotonic() - self.begun < PATIENCE:
            return
        share = done * BAR // of if of else BAR
        self.stderr.write(f"\r[{'#' * share}{'.' * (BAR - share)}] {done}/{of}", ending="")
        if done >= of:
            self.stderr.write("")


def choices_of(options: dict[str, Any]) -> Choices:
    """Raises CommandError for an id that is none, or another plan's, and for a day to come."""
    today = timezone.localdate()
    day = options["as_of"] or today
    if day > today:
        raise CommandError(f"{day} has not come yet.")
    plan = found(Plan.objects.select_related("issuing_unit__letterhead"), options["plan"], "There is no plan")
    unit = found(Unit.objects.all(), options["unit"], "There is no unit")
    issuer = unit if options["kind"] == Kind.UNIT_REPORT else plan.issuing_unit
    of_plan, of_issuer = f"Plan {plan.pk} has no", f"The letterhead of {issuer or 'nobody'} has no"
    return Choices(
        plan=plan,
        day=day,
        unit=unit,
        period=found(Period.objects.filter(plan=plan), options["period"], f"{of_plan} period"),
        group=found(TaskGroup.objects.filter(plan=plan), options["group"], f"{of_plan} group"),
        signer=found(
            Signer.objects.filter(letterhead__unit=issuer), options["signer"], f"{of_issuer} signer"
        ),
        kind_of_unit=options["kind_of_unit"],
        expanded=options["expanded"],
        number=options["number"],
        dated=options["dated"],
        title=options["title"],
        archival=options["archival"],
    )


def found(rows: QuerySet, pk: int | None, missing: str) -> Any:
    """The row with the id; None where none was asked for."""
    if pk is None:
        return None
    row: Model | None = rows.filter(pk=pk).first() if abs(pk) < 2**63 else None
    if row is None:
        raise CommandError(f"{missing} {pk}.")
    return row


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
