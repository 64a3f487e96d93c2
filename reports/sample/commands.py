"""What the commands that fill an empty database have in common."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from plans.models import LegalBasis, Plan, Recipient, TaskGroup
from reports import guards
from reports.models import Obligation, Period, ProgressEntry, ProgressReport
from reports.sample.loading import count_rows, is_empty
from tasks.models import Assignment, Indicator, Task
from units.models import Letterhead, Unit, User

FILLED = (
    *(Unit, Letterhead, User, Plan, LegalBasis, TaskGroup, Task, Recipient, Assignment, Indicator),
    *(Period, Obligation, ProgressReport, ProgressEntry),
)


class FillingCommand(BaseCommand):
    """All or nothing, into an empty database, with the password that the sample's accounts share."""

    def fill(self, password: str, **options: Any) -> None:
        raise NotImplementedError

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        # No way round this: the sample brings an administrator whose password many people know.
        if not is_empty():
            raise CommandError(
                "This database has accounts, units or plans of its own, and the sample would bring in an "
                "administrator with a shared password. Use an empty database (DATABASE_URL or VAR_DIR)."
            )
        if not settings.SAMPLE_PASSWORD:
            raise CommandError("Set SAMPLE_PASSWORD to the password that the sample's accounts shall have.")
        # Most rows are of accepted reports, and asking for each takes longer than all the rest. What others
        # see is guarded all the time: this is one transaction.
        guards.remove(connection)
        self.fill(settings.SAMPLE_PASSWORD, **options)
        guards.install(connection)
        count_rows()
        for model in FILLED:
            self.stdout.write(f"{model.objects.count():4} {model._meta.model_name}")
        known = User.objects.filter(username__in=settings.SAMPLE_USERNAMES).order_by("pk")
        accounts = ", ".join(known.values_list("username", flat=True))
        place = "stands on the sign-in page" if settings.DEBUG else "is the setting SAMPLE_PASSWORD"
        self.stdout.write(f"Sign in as {accounts}; the password {place}.")
