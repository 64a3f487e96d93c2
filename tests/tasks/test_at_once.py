"""Acts that several people do at the same moment, each with a connection of its own."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from plans.importing import read_text
from plans.models import ImportDraft, Plan
from tasks.actions import confirm_import
from tasks.drafting import draft_of
from tasks.models import Assignment, Task
from tests.factories import make_group, make_plan, make_task, make_unit
from tests.tasks.plan_texts import PLAN
from units.models import Unit

PEOPLE = 8

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite",
        reason="SQLite's test database lives in one connection; its writers queue for the whole file anyway",
    ),
]


def all_at_once(act) -> list:
    def alone(_person):
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(PEOPLE) as people:
        return list(people.map(alone, range(PEOPLE)))


def test_the_same_tasks_are_given_once():
    group = make_group(make_plan())
    for number in range(4):
        make_task(group, title=f"Việc {number}")
        make_unit()
    results = all_at_once(
        lambda: Assignment.objects.assign(Task.objects.all(), Unit.objects.all(), Assignment.Role.LEAD)
    )
    assert sorted(result.created for result in results) == [0] * 7 + [16]
    assert (Assignment.objects.count(), Assignment.history.count()) == (16, 16)


def test_a_document_becomes_one_plan(cast):
    outline = read_text(PLAN)
    waiting = ImportDraft.objects.create(outline=outline.to_dict(), created_by=cast.staff)
    results = all_at_once(lambda: confirm_import(waiting.pk, draft_of(outline, Unit.objects.all())))
    assert sorted(created for _plan, created in results) == [False] * 7 + [True]
    assert {plan for plan, _created in results} == {Plan.objects.get()}


def test_of_two_who_type_at_once_one_is_kept(cast):
    waiting = ImportDraft.objects.create(outline={}, created_by=cast.staff)
    results = all_at_once(lambda: ImportDraft.objects.get(pk=waiting.pk).keep("typed", "1"))
    assert (results.count(True), ImportDraft.objects.get().version) == (1, 2)
