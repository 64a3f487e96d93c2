"""The hash of every table of the database. For a process of its own."""

from typing import Any

from django.db import connection

from reports.backup.hashing import table_states


def tables() -> dict[str, dict[str, Any]]:
    return {name: state._asdict() for name, state in table_states(connection).items()}
