"""Who gets what from every URL: one table, nothing undeclared.

A new view fails here until its row is written: the URL's name, and for GET and POST (sent without data)
the status for each role, in the order of ROLES. A URL with arguments needs them in ARGUMENTS too. Where
the last role gets 302, the way leads to the sign-in page.
"""

from collections.abc import Iterator
from operator import attrgetter
from types import SimpleNamespace
from typing import NamedTuple

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse

ROLES = ("admin", "staff", "leader", "owner", "outsider", "anonymous")


class Row(NamedTuple):
    get: str
    post: str


MATRIX = {
    #                                admin staff leader owner outsider anonymous
    "admin:index": Row(get="200 200 302 302 302 302", post="200 200 302 302 302 302"),
}

# What stands for a URL's arguments, among the rows that `world` makes.
ARGUMENTS: dict[str, dict[str, str]] = {}


@pytest.fixture
def world(cast, work) -> SimpleNamespace:
    return SimpleNamespace(cast=cast, **vars(work))


def url_names(patterns: list[URLPattern | URLResolver], namespace: str = "") -> Iterator[str]:
    """Every name under the patterns; a pattern without one is given by its route."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name or pattern.pattern}"
        elif pattern.namespace == "admin":
            yield "admin:index"
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from url_names(pattern.url_patterns, inner)


def test_every_url_is_declared_and_every_declared_url_exists():
    names = set(url_names(get_resolver().url_patterns))
    assert names - set(MATRIX) == set(), "Give these URLs a row in MATRIX (this module's docstring says how)."
    assert set(MATRIX) - names == set(), "These rows of MATRIX have no URL any more: remove them."
    assert set(ARGUMENTS) - names == set(), "These rows of ARGUMENTS have no URL any more: remove them."


def test_a_url_that_was_forgotten_is_seen():
    def view(request): ...

    patterns = [path("a/", view, name="a"), path("b/", view)]
    assert list(url_names(patterns)) == ["a", "b/"]


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", MATRIX)
def test_every_role_gets_what_the_table_says(name, method, world, as_user):
    arguments = {key: attrgetter(value)(world) for key, value in ARGUMENTS.get(name, {}).items()}
    url = reverse(name, kwargs=arguments)
    expected = dict(zip(ROLES, map(int, getattr(MATRIX[name], method).split()), strict=True))

    def status_for(role: str) -> int:
        """What one person does is undone before the next comes."""
        with transaction.atomic():
            client = as_user(getattr(world.cast, role, None))
            status = getattr(client, method)(url).status_code
            transaction.set_rollback(True)
        return status

    assert {role: status_for(role) for role in ROLES} == expected
