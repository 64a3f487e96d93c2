import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from plans import importing
from plans.importing.outline import Outline
from plans.models import Plan
from tasks.actions import create_plan
from tasks.drafting import draft_of
from units.models import Unit, User
from units.records import acting_as


class Command(BaseCommand):
    help = "Read a plan document (.docx or .txt) and store it as a plan. Exit code 2: not a plan."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="read only, store nothing")
        parser.add_argument("--json", action="store_true", help="print the outline as one JSON object")
        parser.add_argument("--again", action="store_true", help="also when such a plan is there already")
        parser.add_argument("--by", metavar="USERNAME", help="whose act this is, for the history")

    def handle(self, *args: Any, **options: Any) -> None:
        outline = read(options["file"])
        if options["json"]:
            self.stdout.write(json.dumps(outline.as_json(), ensure_ascii=False, indent=2))
        if not options["dry_run"]:
            with acting_as(person(options["by"])):
                plan = store(outline, again=options["again"])
            self.stderr.write(f"{plan.pk}: {plan}")
        elif not options["json"]:
            self.print_summary(outline)

    def print_summary(self, outline: Outline) -> None:
        self.stdout.write(f"{outline.number or '–'} · {outline.title}")
        for group in outline.groups:
            self.stdout.write(f"{group.number or '-'} [{group.kind}] {group.title}")
            for task in group.tasks:
                self.stdout.write(f"   - {task.title}")
        for recipient in outline.recipients:
            self.stdout.write(f"→ {recipient.name} {recipient.purpose or ''}")
        for warning in outline.warnings:
            self.stderr.write(f"! {warning.line or ''} {warning.message}")


def read(path: Path) -> Outline:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CommandError(
            _("%(file)s cannot be read: %(reason)s") % {"file": path, "reason": error.strerror}
        ) from None
    try:
        return importing.read_file(path.name, data)
    except importing.NotAPlan as refusal:
        raise CommandError(str(refusal), returncode=2) from None


def store(outline: Outline, *, again: bool) -> Plan:
    alike = Plan.objects.alike(outline.number, outline.title).first()
    if alike and not again:
        raise CommandError(
            _("Plan %(id)d has the same number or title: %(plan)s. To store it all the same: --again.")
            % {"id": alike.pk, "plan": alike}
        )
    try:
        return create_plan(draft_of(outline, Unit.objects.valid_on(timezone.localdate())))
    except ValidationError as error:
        reason = "; ".join(error.messages)
        raise CommandError(
            _("A value does not fit: %(reason)s Import it in the browser to correct it.") % {"reason": reason}
        ) from None


def person(username: str | None) -> User | None:
    if username is None:
        return None
    try:
        return User.objects.get(username=username)
    except User.DoesNotExist:
        raise CommandError(_("There is no user “%(name)s”.") % {"name": username}) from None
