"""How far a file is that takes long to make."""

from __future__ import annotations

from collections.abc import Callable

# Told how many parts of how many are done.
Told = Callable[[int, int], None]


def nobody(done: int, of: int) -> None:
    """Whom nobody asked."""
