"""What was stored before there was a search is found too, accepted reports among it."""

import pytest
from django.core.management import call_command
from django.db import connection

from plans.models import LegalBasis, Plan
from reports import guards
from reports.models import ProgressReport, Proposal
from tasks.models import Task
from tests.factories import bring_to, make_basis, make_entry, make_period, make_report
from units.models import Unit

pytestmark = pytest.mark.django_db(transaction=True)
MODELS = (Unit, Plan, LegalBasis, Task, ProgressReport, Proposal)
BEFORE = {"reports": "0003_answers", "tasks": "0002", "plans": "0001", "units": "0001"}


@pytest.fixture(autouse=True)
def _all_migrations_at_the_end():
    yield
    call_command("migrate", verbosity=0)


def folded() -> list[list[str]]:
    return [list(model._base_manager.order_by("pk").values_list("folded", flat=True)) for model in MODELS]


def test_the_columns_are_filled_as_saving_fills_them(cast, work):
    make_basis(work.plan)
    work.task.product, work.task.lead_named = "Báo cáo kết quả", "MTTQ thành phố"
    work.task.support_named = "Hội Nông dân\nHội Phụ nữ"
    work.task.save()
    report = make_report(
        cast.ward, make_period(work.plan), overview="Tốt", difficulties="Ít", next_steps="Nữa"
    )
    make_entry(report, work.assignment, result="Đã phát 155 tờ.")
    Proposal.objects.create(report=report, addressee="Thành ủy", text="Cấp kinh phí")
    bring_to(report, "accepted", cast.staff)
    make_report(cast.other_ward, report.period)
    log = make_report(cast.ward, plan=work.plan)
    bring_to(log, "accepted", cast.staff)
    filled = folded()
    for app, name in BEFORE.items():
        call_command("migrate", app, name, verbosity=0)
    Unit.objects.update(folded="x")
    Plan.objects.update(folded="x")
    call_command("migrate", verbosity=0)
    assert folded() == filled
    assert [len(column) for column in filled] == [3, 1, 1, 1, 3, 1]
    assert guards.missing(connection) == []
