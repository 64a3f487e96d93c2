"""Who writes SQL past the product finds an accepted report as final as everybody else."""

from types import SimpleNamespace

import pytest
from django.db import connection

from reports import guards
from reports.models import IndicatorValue, ProgressEntry, ProgressReport
from tests.reports.final import (
    FORM_KEY,
    WISHED,
    assert_done_without_guards,
    assert_refused,
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


def run(statement: str, **values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement.format(**values))


def facts(model: type[Recorded], made: SimpleNamespace) -> dict[str, str | int]:
    """What the statements below name: the table, its columns, and the keys of both rows."""
    columns = [field.column for field in model._meta.concrete_fields]
    return {
        "table": model._meta.db_table,
        "columns": ", ".join(columns),
        "all_but_the_key": ", ".join(columns[1:]),
        "column": WISHED[model][0],
        "final": made.final[model].pk,
        "draft": made.draft[model].pk,
    }


STATEMENTS = {
    "update": "UPDATE {table} SET {column} = {column} WHERE id = {final}",
    "update the key": "UPDATE {table} SET id = id + 1000 WHERE id = {final}",
    "update all": "UPDATE {table} SET {column} = {column}",
    "update from another": "UPDATE {table} SET {column} = other.{column} FROM {table} other"
    " WHERE {table}.id = {final} AND other.id = {draft}",
    "delete": "DELETE FROM {table} WHERE id = {final}",
    "delete all": "DELETE FROM {table}",
    "insert or else update": "INSERT INTO {table} ({columns})"
    " SELECT {columns} FROM {table} WHERE id = {final}"
    " ON CONFLICT (id) DO UPDATE SET {column} = excluded.{column}",
}
# OR REPLACE deletes what is in the way, and asks no DELETE trigger.
ON_SQLITE = {
    "insert or replace": "INSERT OR REPLACE INTO {table} ({columns})"
    " SELECT {columns} FROM {table} WHERE id = {final}",
    "replace": "REPLACE INTO {table} ({columns}) SELECT {columns} FROM {table} WHERE id = {final}",
    "replace by a row of a draft": "REPLACE INTO {table} ({columns})"
    " SELECT {final}, {all_but_the_key} FROM {table} WHERE id = {draft}",
    "update or replace": "UPDATE OR REPLACE {table} SET id = {final} WHERE id = {draft}",
    "update or ignore": "UPDATE OR IGNORE {table} SET {column} = {column} WHERE id = {final}",
    "update or fail": "UPDATE OR FAIL {table} SET {column} = {column} WHERE id = {final}",
}
ON_POSTGRESQL = {
    "truncate": "TRUNCATE {table} CASCADE",
    "truncate what it stands on": "TRUNCATE units_unit CASCADE",
    "truncate it among others": "TRUNCATE django_session, {table} CASCADE",
}
STATEMENTS |= {"sqlite": ON_SQLITE, "postgresql": ON_POSTGRESQL}[connection.vendor]


@each_model
@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_statement(made, model, statement):
    named = facts(model, made)
    connection.check_constraints()  # PostgreSQL empties no table of which it still has keys to check
    assert_refused(lambda: run(STATEMENTS[statement], **named))
    assert_done_without_guards(lambda: run(STATEMENTS[statement], **named))


@pytest.mark.parametrize("key", [f"form_key = '{FORM_KEY.hex}'", "period_id = {period}"])
def test_a_report_put_in_its_place_by_another_key(made, key):
    """SQLite alone has OR REPLACE; PostgreSQL refuses the second row of a key."""
    final, draft = made.final[ProgressReport], made.draft[ProgressReport]
    instead = "OR REPLACE" if connection.vendor == "sqlite" else ""
    unique = "reports_progressreport_form_key_key|report_revision_once"
    key = key.format(period=final.period_id)
    statement = f"UPDATE {instead} reports_progressreport SET {key} WHERE id = {draft.pk}"
    assert_refused(lambda: run(statement), "an accepted report is final" if instead else unique)
    if instead:
        assert_done_without_guards(lambda: run(statement))


@each_part
def test_a_part_that_comes_or_leaves(made, model):
    named = facts(model, made)
    ((column, final),) = place(made.final, model).items()
    ((column, draft),) = place(made.draft, model).items()
    comes = f"UPDATE {{table}} SET {column} = {final} WHERE id = {{draft}}"
    leaves = f"UPDATE {{table}} SET {column} = {draft} WHERE id = {{final}}"
    assert_refused(lambda: run(comes, **named))
    assert_refused(lambda: run(leaves, **named))
    insert = (
        "INSERT INTO {table} ({columns}) SELECT id + 1000, {all_but_the_key} FROM {table} WHERE id = {final}"
    )
    assert_refused(lambda: run(insert, **named))


def test_a_value_does_not_go_with_an_entry_that_moves(made):
    """The entry is what names the report, so it is the entry that stays."""
    move = f"UPDATE reports_progressentry SET report_id = {made.draft[ProgressReport].pk}"
    assert_refused(lambda: run(f"{move} WHERE id = {made.final[ProgressEntry].pk}"))
    assert IndicatorValue.objects.get(pk=made.final[IndicatorValue].pk).entry.report.state == "accepted"


def test_every_guard_is_there(made):
    assert guards.missing(connection) == []
    assert len(guards.names(connection)) == {"sqlite": 15, "postgresql": 19}[connection.vendor]
