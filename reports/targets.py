"""What is reached of what is wanted."""

from decimal import Decimal


class Against:
    """A total beside its target."""

    total: Decimal | None
    target: Decimal | None

    @property
    def share(self) -> int | None:
        """Percent of the target, whole and rounded down; nothing where nothing is wanted."""
        return int((self.total or 0) * 100 / self.target) if self.target else None

    @property
    def length(self) -> int | None:
        """The share as a bar shows it: all of it is the most."""
        return None if self.share is None else min(self.share, 100)

    @property
    def is_reached(self) -> bool:
        return self.target is not None and (self.total or 0) >= self.target
