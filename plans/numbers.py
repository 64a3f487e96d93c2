import re

SPACES_AT_MARKS = re.compile(r"\s*([-–/])\s*")


def tidy_number(number: str) -> str:
    """A document number without the stray spaces of typing, and without what PostgreSQL cannot look for.

    >>> tidy_number(" 155- KH/TU ")
    '155-KH/TU'
    """
    return SPACES_AT_MARKS.sub(r"\1", " ".join(number.replace("\0", "").split()))
