"""Two or three at the same moment on the database of a small office too: a file of SQLite."""

from collections.abc import Callable
from typing import Any

import pytest

from plans import importing
from plans.models import ImportDraft, Plan
from tasks.actions import confirm_import
from tasks.drafting import draft_of
from tasks.models import Assignment, Task
from tasks.querysets import Assigned
from tests.factories import make_group, make_plan, make_task, make_unit
from tests.tasks.plan_texts import PLAN
from units.models import Unit

pytestmark = pytest.mark.django_db(transaction=True)


def read(at_once, act: Callable[[], Any]) -> Any:
    """What the acts left behind."""
    return at_once(act)[0]


def test_the_same_tasks_given_to_the_same_units_are_given_once(db, at_once):
    group = make_group(make_plan())
    tasks = [make_task(group, position=place) for place in range(5)]
    units = [make_unit() for _number in range(40)]
    answers = at_once(
        lambda: Assignment.objects.assign(tasks, units, "lead"),
        lambda: Assignment.objects.assign(list(reversed(tasks)), units, "support"),
        lambda: Assignment.objects.assign(tasks, list(reversed(units)), "carry_out"),
    )
    assert sorted(answers, key=str) == [Assigned(0, 0, 200), Assigned(0, 0, 200), Assigned(200, 0, 0)]
    assert read(at_once, lambda: (Assignment.objects.count(), Assignment.history.count())) == (200, 200)
    assert read(at_once, lambda: Assignment.objects.values("role").distinct().count()) == 1


def test_halves_that_overlap_are_all_given_once(db, at_once):
    task = make_task(make_group(make_plan()))
    units = [make_unit() for _number in range(60)]
    answers = at_once(
        lambda: Assignment.objects.assign([task], units[:40], "lead"),
        lambda: Assignment.objects.assign([task], units[20:], "lead"),
    )
    assert sorted(answers) == [Assigned(20, 0, 20), Assigned(40, 0, 0)]
    assert read(at_once, lambda: (Assignment.objects.count(), Assignment.history.count())) == (60, 60)


def test_a_document_confirmed_by_three_is_one_plan(cast, at_once):
    outline = importing.read_text(PLAN)
    waiting = ImportDraft.objects.create(outline=outline.to_dict(), created_by=cast.staff)

    def confirm() -> tuple[int, bool]:
        plan, created = confirm_import(waiting.pk, draft_of(outline, Unit.objects.all()))
        return plan.pk, created

    answers = at_once(confirm, confirm, confirm)
    (pk,) = read(at_once, lambda: list(Plan.objects.values_list("pk", flat=True)))
    assert sorted(answers) == [(pk, False), (pk, False), (pk, True)]
    assert read(at_once, lambda: (Task.objects.count(), Task.history.count())) == (3, 3)


def test_of_two_who_type_one_is_kept_and_the_other_told(cast, at_once):
    waiting = ImportDraft.objects.create(outline={}, created_by=cast.staff)

    def keep(typed: str) -> bool:
        return ImportDraft.objects.get(pk=waiting.pk).keep(typed, "1")

    answers = at_once(lambda: keep("plan-title=A"), lambda: keep("plan-title=B"))
    assert sorted(answers) == [False, True]
    draft = read(at_once, lambda: ImportDraft.objects.get(pk=waiting.pk))
    assert (draft.version, draft.typed) == (2, ("plan-title=A", "plan-title=B")[answers.index(True)])


def test_a_document_is_put_aside_or_becomes_a_plan_but_not_both(cast, at_once):
    outline = importing.read_text(PLAN)
    waiting = ImportDraft.objects.create(outline=outline.to_dict(), created_by=cast.staff)
    made, put_aside = at_once(
        lambda: confirm_import(waiting.pk, draft_of(outline, Unit.objects.all()))[1],
        lambda: ImportDraft.objects.get(pk=waiting.pk).discard(),
    )
    # Whoever came first: the confirm is the last word, and its plan is not put aside.
    assert (made, put_aside in (True, False)) == (True, True)
    draft = read(at_once, lambda: ImportDraft.objects.get(pk=waiting.pk))
    assert (draft.plan_id is None, draft.discarded) == (False, False)
