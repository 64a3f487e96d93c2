from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from reports import guards


class Command(migrate.Command):
    """Django's own, after which accepted reports are guarded even where a migration failed."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Guards that are missing beforehand are an error of the database, with which nothing would begin."""
        connection = connections[options["database"]]
        guards.install(connection)
        try:
            return super().execute(*args, **options)
        except BaseException:
            guards.install(connection)
            raise
