from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from plans.models import LegalBasis, Plan, Recipient, TaskGroup
from reports.models import Period, ProgressEntry, ProgressReport
from reports.sample.loading import is_empty, is_loaded, load
from tasks.models import Assignment, Indicator, Task
from units.models import Letterhead, Unit, User

LOADED = (
    *(Unit, Letterhead, User, Plan, LegalBasis, TaskGroup, Task, Recipient, Assignment, Indicator),
    *(Period, ProgressReport, ProgressEntry),
)


class Command(BaseCommand):
    help = "Load the sample into an empty database: Sầm Sơn's Front, its units, a plan, reports, accounts."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if is_loaded():
            self.stdout.write("The sample is there already: nothing was added or changed.")
            return
        # No way round this: the sample brings an administrator whose password many people know.
        if not is_empty():
            raise CommandError(
                "This database has accounts, units or plans of its own, and the sample would bring in an "
                "administrator with a shared password. Use an empty database (DATABASE_URL or VAR_DIR)."
            )
        if not settings.SAMPLE_PASSWORD:
            raise CommandError("Set SAMPLE_PASSWORD to the password that the sample's accounts shall have.")
        load(settings.SAMPLE_PASSWORD)
        for model in LOADED:
            self.stdout.write(f"{model.objects.count():4} {model._meta.model_name}")
        accounts = ", ".join(User.objects.order_by("pk").values_list("username", flat=True))
        self.stdout.write(f"Sign in as {accounts}; the password is the setting SAMPLE_PASSWORD.")
