"""An accepted report and its parts stay as they are, whichever way somebody goes about it.

Every act is done a second time without the guards, and succeeds: it was they that refused it.
"""

from types import SimpleNamespace

import pytest
from django.db import IntegrityError, models, transaction
from django.db.models import F, ProtectedError

from reports.actions import submit_report
from reports.models import Attachment, IndicatorValue, Overtaken, ProgressEntry, ProgressReport, Proposal
from reports.reading.content import Content
from tasks.models import Indicator
from tests.factories import bring_to, make_assignment, make_entry, make_report, make_task
from tests.reports.final import (
    WISHED,
    assert_done_without_guards,
    assert_refused,
    copy_of,
    each_model,
    each_part,
    make_final_and_draft,
    place,
)
from units.records import Recorded

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(cast, work) -> SimpleNamespace:
    return make_final_and_draft(cast, work)


def wish(row: Recorded) -> Recorded:
    setattr(row, *WISHED[type(row)])
    return row


def name(row: Recorded) -> str:
    return WISHED[type(row)][0]


def wished(row: Recorded) -> dict:
    return dict([WISHED[type(row)]])


def of(row: Recorded) -> models.QuerySet:
    return type(row)._base_manager.filter(pk=row.pk)


CHANGES = {
    "save": lambda row: wish(row).save(),
    "save one field": lambda row: wish(row).save(update_fields=[name(row)]),
    "save past the history": lambda row: models.Model.save(wish(row)),
    "save without a change": lambda row: row.save(),
    "update": lambda row: of(row).update(**wished(row)),
    "update every row": lambda row: type(row).objects.update(**wished(row)),
    "update to the same": lambda row: of(row).update(**{name(row): F(name(row))}),
    "update the key": lambda row: of(row).update(id=F("id") + 1000),
    "bulk_update": lambda row: type(row).objects.bulk_update([wish(row)], [name(row)]),
    "update_or_create": lambda row: type(row).objects.update_or_create(pk=row.pk, defaults=wished(row)),
    "bulk_create over it": lambda row: type(row).objects.bulk_create(
        [wish(row)], update_conflicts=True, update_fields=[name(row)], unique_fields=["id"]
    ),
    "delete past the protection": lambda row: of(row)._raw_delete("default"),
}


@each_model
@pytest.mark.parametrize("change", CHANGES)
def test_no_row_is_changed(made, model, change):
    assert_refused(lambda: CHANGES[change](made.final[model]))
    assert_done_without_guards(lambda: CHANGES[change](made.final[model]))


@pytest.mark.parametrize("model", [IndicatorValue, Proposal, Attachment], ids=lambda model: model.__name__)
def test_no_part_is_deleted(made, model):
    for act in (made.final[model].delete, of(made.final[model]).delete, model.objects.all().delete):
        assert_refused(act)
    assert_done_without_guards(of(made.final[model]).delete)


def test_what_has_parts_is_protected_by_them_already(made):
    for model in (ProgressReport, ProgressEntry):
        for act in (made.final[model].delete, of(made.final[model]).delete):
            assert_refused(act, says="Cannot delete", error=ProtectedError)


def test_a_report_and_an_entry_without_parts_are_not_deleted_either(cast, work):
    """As what staff log without values has them."""
    report = make_report(cast.ward, plan=work.plan)
    entry = make_entry(report, work.assignment)
    bare = make_report(cast.other_ward, plan=work.plan, state="accepted")
    bring_to(report, "accepted", cast.staff)
    for row in (entry, bare):
        for act in (row.delete, of(row).delete, lambda row=row: row.delete(keep_parents=True)):
            with pytest.raises(IntegrityError, match="an accepted report is final"), transaction.atomic():
                act()
    assert (ProgressReport.objects.count(), ProgressEntry.objects.count()) == (2, 1)
    assert (ProgressReport.history.filter(history_type="-").count(), ProgressEntry.history.count()) == (0, 1)


@each_part
def test_no_part_comes_to_it(made, work, model):
    """Neither as a new row, by each way to make one, nor out of a draft."""
    to_final = place(made.final, model)
    assignment = make_assignment(make_task(work.group), made.final[ProgressReport].unit)
    other = {
        ProgressEntry: {"assignment_id": assignment.pk},
        IndicatorValue: {"indicator_id": Indicator.objects.create(task=work.task, name="Khác").pk},
        Attachment: {"digest": "b" * 64},
    }.get(model, {})
    new = copy_of(made.draft[model], **to_final, **other)
    ways = [
        lambda: copy_of(new).save(),
        lambda: model.objects.bulk_create([copy_of(new)]),
        lambda: model.objects.bulk_create([copy_of(new)], ignore_conflicts=True),
        lambda: of(made.draft[model]).update(**to_final, **other),
        lambda: copy_of(new, id=made.draft[model].pk).save(),
    ]
    for way in ways:
        assert_refused(way)
        assert_done_without_guards(way)


@each_part
def test_no_part_leaves_it(made, model):
    to_draft = place(made.draft, model)
    made.draft[IndicatorValue].delete()
    if model is not IndicatorValue:
        made.draft[model].delete()
    ways = [
        lambda: of(made.final[model]).update(**to_draft),
        lambda: copy_of(made.final[model], id=made.final[model].pk, **to_draft).save(),
    ]
    for way in ways:
        assert_refused(way)
        assert_done_without_guards(way)


def test_it_is_not_accepted_no_more(made, cast):
    """The way back by the state alone, and by the verbs."""
    report = made.final[ProgressReport]
    assert_refused(lambda: of(report).update(state="draft", accepted_at=None, accepted_by=None))
    assert_done_without_guards(lambda: of(report).update(state="draft", accepted_at=None, accepted_by=None))
    assert_refused(lambda: bring_to(report, "returned", cast.staff))
    for act in (
        lambda: report.keep({"overview": "Khác"}, cast.owner, 1),
        lambda: report.withdraw(1),
        lambda: report.accept(cast.staff, 1),
        lambda: report.send_back(cast.staff, 1, "Thiếu", {}),
        lambda: report.discard(1),
        lambda: submit_report(report, Content(), cast.owner, 1),
    ):
        assert_refused(act, says="is at version 1 and accepted", error=Overtaken)


def test_what_it_stands_on_does_not_go_either(made, cast, work):
    """Nor takes a part of it along."""
    work.recipient.delete()
    for row in (work.assignment, work.task, made.indicator, cast.ward, work.plan, work.group, cast.staff):
        assert_refused(row.delete, says="Cannot delete", error=ProtectedError)
    assert_refused(made.final[ProgressReport].period.delete, says="Cannot delete", error=ProtectedError)
