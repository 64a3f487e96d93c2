"""What the address asks of the assignments of a plan: which of them, and on which day."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import NamedTuple

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from reports.forms.state import StateFilter, select, select_row
from reports.state.work import Progress, Work, Works
from tasks.models import Assignment, Task


class Standing(TextChoices):
    """What may be asked for besides the classes of summaries."""

    DONE = "done", _("Done, in time or late")
    LATE = "late", _("Late: overdue or done late")
    DUE_SOON = "due_soon", _("Due within 30 days")


# In the order in which they are offered.
STANDINGS = {
    standing.value: standing.label
    for standing in (
        Progress.OVERDUE,
        Standing.DUE_SOON,
        Progress.IN_PROGRESS,
        Progress.NOT_STARTED,
        Progress.DONE_IN_TIME,
        Progress.DONE_LATE,
        Standing.DONE,
        Standing.LATE,
    )
}
# They hold others, and are shown where they are asked for.
UNOFFERED = (Standing.DONE, Standing.LATE)
LATE = (Progress.OVERDUE, Progress.DONE_LATE)
WORST_FIRST = (*LATE, Standing.LATE)


class Choice(NamedTuple):
    """`query` is the address that asks for it, after the page's own."""

    label: str
    count: int
    chosen: bool
    query: str


class WorkFilter(StateFilter):
    """Which assignments are shown; a choice that the plan does not have chooses nothing and is told."""

    NARROWING = ("group", "task", "kind", "unit", "role")
    BESIDE = ("standing",)
    TAKEN_AWAY = ("standing", *NARROWING)

    standing = forms.ChoiceField(
        label=_("State of the work"), required=False, choices=[("", _("All")), *STANDINGS.items()]
    )
    group = select_row(_("Task group"))
    task = select_row(_("Task"))
    kind = select(_("Kind of unit"))
    unit = select_row(_("Unit"))
    role = select(_("Role"), Assignment.Role.choices)

    def look_at(self, found: Works) -> None:
        self.works: list[Work] = found
        self.offer("group", ((group.pk, group) for group in found.groups))
        self.offer("task", ((task.pk, numbered(task)) for task in found.tasks))
        self.offer_units(found.carriers)
        self.read()
        narrowed = any(name in self.asked for name in self.NARROWING)
        self.matching = [work for work in found if self.asks_for(work)] if narrowed else self.works

    def asks_for(self, work: Work) -> bool:
        """Apart from its state."""
        return self.fits(
            {
                "group": work.group.pk,
                "task": work.task.pk,
                "kind": work.carrier.kind,
                "unit": work.carrier.pk,
                "role": work.assignment.role,
            }
        )

    @property
    def standing_asked(self) -> str:
        return self.asked.get("standing", "")

    @property
    def chosen(self) -> list[Work]:
        """In the order of the plan."""
        asked = self.standing_asked
        return [work for work in self.matching if not asked or asked in standings_of(work)]

    @property
    def listed(self) -> list[Work]:
        """As chosen; but what is late the worst first, what is due soon the soonest."""
        if self.standing_asked in WORST_FIRST:
            return sorted(self.chosen, key=lambda work: (work.progress.is_done, -work.days_late))
        if self.standing_asked == Standing.DUE_SOON:
            return sorted(self.chosen, key=lambda work: work.deadline or date.max)
        return self.chosen

    @property
    def standings(self) -> list[Choice]:
        """How many each state has of what is asked for otherwise."""
        asked = self.standing_asked
        counts = Counter(name for work in self.matching for name in standings_of(work))
        named = [name for name in STANDINGS if name == asked or (counts[name] and name not in UNOFFERED)]
        every = Choice(str(_("All")), len(self.matching), not asked, self.query(standing=None))
        return [
            every,
            *(
                Choice(str(STANDINGS[name]), counts[name], name == asked, self.query(standing=name))
                for name in named
            ),
        ]


class MatrixFilter(WorkFilter):
    BESIDE = (*WorkFilter.BESIDE, "turned")

    turned = forms.BooleanField(required=False)

    @property
    def is_turned(self) -> bool:
        return "turned" in self.asked

    @property
    def turn_query(self) -> str:
        """The end of the address of the same matrix, turned round."""
        return self.query(turned=None if self.is_turned else "1")


def numbered(task: Task) -> str:
    return f"{task.number} {task}"  # type: ignore[attr-defined]


def standings_of(work: Work) -> list[str]:
    """All that may be asked for so that the work is among them."""
    progress = work.progress
    found = [progress.value]
    if progress.is_done:
        found.append(Standing.DONE.value)
    if progress in LATE:
        found.append(Standing.LATE.value)
    if work.is_due_soon:
        found.append(Standing.DUE_SOON.value)
    return found
