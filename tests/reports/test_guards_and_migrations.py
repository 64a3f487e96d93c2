"""The guards outlive what rebuilds their tables; where they are missing, it is said."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.db.models import F

from reports import guards
from reports.models import ProgressReport
from tests.reports.final import MODELS, accepted_rows, assert_refused, make_final_and_draft
from tests.reports.later import NEWEST

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def made(cast, work):
    return make_final_and_draft(cast, work)


@pytest.fixture(autouse=True)
def later_migrations(settings):
    """Those of the product, and `tests.reports.later` after them; the tables end as they were."""
    settings.MIGRATION_MODULES = {"reports": "tests.reports.later"}
    yield
    call_command("migrate", "reports", NEWEST, verbosity=0)
    settings.MIGRATION_MODULES = {}


def applied() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM django_migrations WHERE app = 'reports' ORDER BY id")
        return [name for (name,) in cursor.fetchall()]


def assert_final(made) -> None:
    assert guards.missing(connection) == []
    for model in MODELS:
        assert_refused(lambda model=model: model._base_manager.update(id=F("id")))
        assert_refused(lambda model=model: model._base_manager.all()._raw_delete("default"))


def test_after_a_migration_that_rebuilds_every_table(made):
    rows = accepted_rows()
    call_command("migrate", "reports", "9001_change_every_table", verbosity=0)
    with connection.cursor() as cursor:
        columns = [
            {
                column.name
                for column in connection.introspection.get_table_description(cursor, model._meta.db_table)
            }
            for model in MODELS
        ]
    assert [{"added_later"} <= names for names in columns] == [True] * 5
    assert accepted_rows() == rows
    assert_final(made)
    call_command("migrate", "reports", NEWEST, verbosity=0)
    assert accepted_rows() == rows
    assert_final(made)


def test_after_a_migration_that_failed(made):
    """It ends in the middle, so nobody sets what was taken away but the command itself."""
    rows = accepted_rows()
    with pytest.raises(ZeroDivisionError):
        call_command("migrate", "reports", "9002_fail", verbosity=0)
    assert applied()[-1] == "9001_change_every_table"
    assert accepted_rows() == rows
    assert_final(made)


def test_after_all_tables_were_dropped_and_made_again(cast, work):
    call_command("migrate", "reports", "zero", verbosity=0)
    assert guards.missing(connection) == []
    assert left_in_database() == []
    call_command("migrate", "reports", NEWEST, verbosity=0)
    assert_final(make_final_and_draft(cast, work))


def left_in_database() -> list[str]:
    query = (
        "SELECT proname FROM pg_proc WHERE proname LIKE 'reports_%' ORDER BY proname"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE name LIKE 'reports_%' ORDER BY name"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [name for (name,) in cursor.fetchall()]


def test_a_missing_guard_is_told_and_set_again(made):
    guards.remove(connection)
    call_command("check")  # asks no database
    with pytest.raises(SystemCheckError, match=r"reports.E001.*Accepted reports are not protected") as told:
        call_command("check", databases=["default"])
    assert "reports_proposal_final_update" in str(told.value)
    # As from a shell, where the database is checked before anything is done.
    call_command("migrate", "reports", NEWEST, verbosity=0, skip_checks=False)
    call_command("check", databases=["default"])
    assert_final(made)


def test_one_missing_guard_is_named():
    on = " ON reports_progressreport" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER reports_progressreport_final_update{on}")
    assert guards.missing(connection) == ["reports_progressreport_final_update"]


def test_a_guard_that_is_switched_off_counts_as_missing():
    if connection.vendor == "sqlite":
        return  # where nothing can be switched off
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE reports_proposal DISABLE TRIGGER reports_proposal_final_update")
    assert guards.missing(connection) == ["reports_proposal_final_update"]


def test_reading_the_plan_of_a_migration_takes_no_guard_away(made):
    call_command("migrate", plan=True, verbosity=0)
    call_command("showmigrations", verbosity=0)
    assert_final(made)
    assert ProgressReport.objects.count() == 2
