from typing import Any

from reports.sample.commands import FillingCommand
from reports.sample.loading import is_loaded, load


class Command(FillingCommand):
    help = "Load the sample into an empty database: Sầm Sơn's Front, its units, a plan, reports, accounts."

    def handle(self, *args: Any, **options: Any) -> None:
        if is_loaded():
            self.stdout.write("The sample is there already: nothing was added or changed.")
            return
        super().handle(*args, **options)

    def fill(self, password: str, **options: Any) -> None:
        load(password)
