from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError
from django.db import DatabaseError


class BackupError(Exception):
    """Why it cannot be done, in words that an administrator can act on."""


@contextmanager
def told_to_the_person() -> Iterator[None]:
    """Faults of the disk and of the database end a command with a sentence, too."""
    try:
        yield
    except BackupError as error:
        raise CommandError(str(error)) from error
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        raise CommandError(f"{place}{error.strerror or error}.") from error
    except (DatabaseError, sqlite3.Error) as error:
        raise CommandError(f"The database refuses: {str(error).strip()}") from error
