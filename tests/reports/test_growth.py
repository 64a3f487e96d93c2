"""What a page of one plan reads does not grow with the plans beside it (docs/growth.md)."""

from collections.abc import Callable
from contextlib import suppress
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from plans.models import Plan
from reports.models import Answer, IndicatorValue, Obligation, ProgressEntry, ProgressReport, Proposal
from tasks.models import Assignment
from units.models import User

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL counts what it reads"),
]

# So many that a query which also reads what belongs to the others is far above the one that does not.
PROVINCES = 40
GROWING: list[Any] = [Assignment, Obligation, ProgressReport, ProgressEntry, IndicatorValue, Proposal, Answer]
TABLES = {each._meta.db_table: each for model in GROWING for each in (model, model.history.model)}


class Undone(Exception):  # noqa: N818 - takes the rows back
    pass


def rows_read() -> dict[str, int]:
    """By table, so far in this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, seq_tup_read + coalesce(idx_tup_fetch, 0) FROM pg_stat_xact_user_tables"
            " WHERE relname = ANY(%s)",
            [list(TABLES)],
        )
        return dict(cursor.fetchall())


def read_by(act: Callable[[], Any]) -> dict[str, int]:
    before = rows_read()
    act()
    return {table: rows - before[table] for table, rows in rows_read().items() if rows > before[table]}


def acts(as_user: Callable[[User], Client]) -> dict[str, Callable[[], Any]]:
    """On the plan of the first province; each must come off."""
    plan = Plan.objects.earliest("pk")
    staff, officer = (as_user(User.objects.get(username=name)) for name in ("canbo", "truongson"))
    draft = ProgressReport.objects.get(plan=plan, state="draft")
    writer = as_user(User.objects.get(unit=draft.unit))
    day = plan.periods.earliest("figures_to").locks_on

    def shows(client: Client, address: str) -> Callable[[], None]:
        def show() -> None:
            assert client.get(address).status_code == 200

        return show

    def submit() -> None:
        writer.post(reverse("submit-report", args=[draft.pk]), {"version": draft.version})
        assert ProgressReport.objects.get(pk=draft.pk).state == "submitted"

    names = ("show-plan", "show-matrix", "show-reporting", "list-work", "list-remarks", "show-indicators")
    of_plan = {name: reverse(name, args=[plan.pk]) for name in names}
    return {
        **{name: shows(staff, address) for name, address in of_plan.items()},
        **{f"{name} of a past day": shows(staff, f"{of_plan[name]}?on={day}") for name in names[:3]},
        "home of an officer": shows(officer, reverse("home")),
        "submit-report": submit,
    }


@pytest.fixture
def read_of(settings, as_user) -> Callable[[int], tuple[dict[str, dict[str, int]], dict[str, int]]]:
    """`read_of(provinces)`: how many rows of which table each act reads where there are so many provinces,
    and how many rows each table has."""
    settings.SAMPLE_PASSWORD = "mau-thu-2023"

    def found(provinces: int) -> tuple[dict[str, dict[str, int]], dict[str, int]]:
        read, sizes = {}, {}
        with suppress(Undone), transaction.atomic():
            asked = {"provinces": provinces, "units": 12 * provinces, "tasks": 12, "periods": 2}
            call_command("generate_sample", stdout=StringIO(), **asked)
            with connection.cursor() as cursor:
                # Tables as small as these are soonest read whole; as if each row were dear, as many are.
                cursor.execute("SET LOCAL cpu_tuple_cost = 1; SET LOCAL random_page_cost = 1")
            read = {name: read_by(act) for name, act in acts(as_user).items()}
            sizes = {model._meta.db_table: model.objects.count() for model in TABLES.values()}
            raise Undone
        return read, sizes

    return found


def test_a_page_does_not_read_what_belongs_to_the_plans_beside_its_own(read_of):
    (alone, own), (nation, all_rows) = read_of(1), read_of(PROVINCES)
    assert all_rows["reports_progressentry"] > 30 * own["reports_progressentry"]
    # Where there are more rows it may find its own in another way, and come by some twice.
    too_many = {
        (name, table): (alone[name].get(table, 0), rows, all_rows[table])
        for name, of_tables in nation.items()
        for table, rows in of_tables.items()
        if rows - alone[name].get(table, 0) > (all_rows[table] - own[table]) / 2
    }
    assert too_many == {}
    assert all(
        alone["show-plan"][table] >= own[table] for table in ("tasks_assignment", "reports_progressentry")
    )
