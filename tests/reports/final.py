"""An accepted report with parts of every kind, and the proof that an act left all of it alone."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, models, transaction

from reports import guards
from reports.models import Attachment, IndicatorValue, ProgressEntry, ProgressReport, Proposal
from tasks.models import Indicator
from tests.factories import bring_to, make_entry, make_period, make_report

PARTS = (ProgressEntry, IndicatorValue, Proposal, Attachment)
MODELS = (ProgressReport, *PARTS)
each_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
each_part = pytest.mark.parametrize("model", PARTS, ids=lambda model: model.__name__)
# A column of each that anybody might like to mend afterwards, and a new value for it.
WISHED = {
    ProgressReport: ("overview", "Khác"),
    ProgressEntry: ("result", "Khác"),
    IndicatorValue: ("value", 99),
    Proposal: ("text", "Khác"),
    Attachment: ("name", "khac.pdf"),
}
FORM_KEY = UUID("00000000-0000-4000-8000-000000000001")


def make_parts(report: ProgressReport, assignment, indicator: Indicator, by) -> dict[type, Any]:
    entry = make_entry(report, assignment, result="Đã tổ chức 2 hội nghị.")
    return {
        ProgressReport: report,
        ProgressEntry: entry,
        IndicatorValue: IndicatorValue.objects.create(entry=entry, indicator=indicator, value=2),
        Proposal: Proposal.objects.create(report=report, addressee="Thành phố", text="Hỗ trợ kinh phí."),
        Attachment: Attachment.objects.create(
            report=report, name="a.pdf", digest="a" * 64, size=1, media_type="application/pdf", added_by=by
        ),
    }


def make_final_and_draft(cast, work) -> SimpleNamespace:
    """`final`: the accepted report and its parts by their models; `draft`: the same of the next period."""
    indicator = Indicator.objects.create(task=work.task, name="Số hội nghị")
    report = make_report(cast.ward, make_period(work.plan), form_key=FORM_KEY)
    next_report = make_report(cast.ward, make_period(work.plan, name="Quý IV/2026"))
    made = SimpleNamespace(
        final=make_parts(report, work.assignment, indicator, cast.staff),
        draft=make_parts(next_report, work.assignment, indicator, cast.staff),
        indicator=indicator,
    )
    bring_to(report, "accepted", cast.staff)
    return made


def place(parts: dict[type, Any], model: type) -> dict[str, int]:
    """What a part of this kind has to name to belong to the same report as `parts`."""
    if model is IndicatorValue:
        return {"entry_id": parts[ProgressEntry].pk}
    return {"report_id": parts[ProgressReport].pk}


def accepted_rows() -> dict[type, list[tuple]]:
    """Every column of what is accepted."""
    to_report = {ProgressReport: "state", IndicatorValue: "entry__report__state"}
    return {
        model: list(
            model.objects.filter(**{to_report.get(model, "report__state"): "accepted"})
            .order_by("pk")
            .values_list(*(field.attname for field in model._meta.concrete_fields))
        )
        for model in MODELS
    }


def history_rows() -> dict[type, int]:
    return {model: model.history.count() for model in MODELS}


def assert_refused(
    act: Callable[[], Any],
    says: str = "an accepted report is final",
    error: type[Exception] | tuple[type[Exception], ...] = IntegrityError,
) -> None:
    """The act fails with this error, and nothing of the one accepted report, nor any history, is changed."""
    before = accepted_rows(), history_rows()
    assert [len(rows) for rows in before[0].values()] == [1, 1, 1, 1, 1]
    with pytest.raises(error, match=says), transaction.atomic():
        act()
    assert (accepted_rows(), history_rows()) == before


def assert_done_without_guards(act: Callable[[], Any]) -> None:
    """It was the guards that refused the act, and no mistake in it. All is as before afterwards."""
    with transaction.atomic():
        guards.remove(connection)
        act()
        transaction.set_rollback(True)


def copy_of(row: models.Model, **changes) -> Any:
    """Another row that says the same."""
    said = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row)(**{**said, "id": None, **changes})
