from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Model

from units.history import Entry, Timeline


class Watch:
    """Keeps one person's saving from silently overwriting another's.

    The page carries `stamp` and sends it back as `seen`; `changed` says that somebody was faster, and
    `news` what that person did. Make it before the form, so that the form never shows older values.
    """

    def __init__(self, row: Model, timeline: Timeline, data: Mapping[str, Any] | None) -> None:
        self.row, self.timeline = row, timeline
        self.stamp = timeline.stamp()
        self.seen = self.stamp if data is None else data.get("seen", "")
        row.refresh_from_db()

    @property
    def changed(self) -> bool:
        return self.seen != self.stamp

    @property
    def news(self) -> list[Entry]:
        return self.timeline.since(self.seen) or self.timeline.latest(3)

    @transaction.atomic
    def save(self, form: Any) -> bool:
        """Save the valid form, or nothing if the row has changed; the lock makes one of two the first."""
        type(self.row)._base_manager.select_for_update().get(pk=self.row.pk)
        self.stamp = self.timeline.stamp()
        if not self.changed:
            form.save()
        return not self.changed
