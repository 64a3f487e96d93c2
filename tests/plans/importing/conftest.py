import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def in_english():
    """The sentences to people are compared in the language they are written in."""
    with translation.override("en"):
        yield
