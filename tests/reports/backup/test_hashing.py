"""The same rows have the same hash, however a database keeps them."""

import sqlite3
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection

from reports.backup.hashing import FORMS, TableState, differences, formed, table_states
from reports.backup.sqlite import opened

HANOI = timezone(timedelta(hours=7))


@pytest.mark.parametrize(
    ("kind", "values", "form"),
    [
        ("BooleanField", [1, True], True),
        ("BooleanField", [0, False], False),
        ("DateField", ["2026-11-23", date(2026, 11, 23)], "2026-11-23"),
        (
            "DateTimeField",
            [
                "2026-11-23 07:05:00",
                "2026-11-23 07:05:00.000000",
                datetime(2026, 11, 23, 7, 5, tzinfo=UTC),
                datetime(2026, 11, 23, 14, 5, tzinfo=HANOI),
            ],
            "2026-11-23 07:05:00",
        ),
        (
            "DateTimeField",
            ["2026-11-23 07:05:00.120000", datetime(2026, 11, 23, 7, 5, 0, 120000, tzinfo=UTC)],
            "2026-11-23 07:05:00.120000",
        ),
        ("DecimalField", [2.5, "2.50", Decimal("2.50")], "2.5"),
        ("DecimalField", [100, 100.0, Decimal("100.00")], "100"),
        ("DecimalField", [1e16, Decimal("10000000000000000.00")], "10000000000000000"),
        (
            "UUIDField",
            ["000000000000400080000000000000ab", UUID("00000000-0000-4000-8000-0000000000ab")],
            "000000000000400080000000000000ab",
        ),
        (
            "JSONField",
            ['{"b":1e2,"a":[1.50,"1"]}', '{"a": [1.5, "1"], "b": 100}'],
            {"a": [1.5, "1"], "b": 100},
        ),
        ("BinaryField", [b"\x00\xff", memoryview(b"\x00\xff")], "00ff"),
    ],
)
def test_every_kind_has_one_form(kind, values, form):
    assert [formed(FORMS[kind], value) for value in values] == [form] * len(values)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("BooleanField", 2),
        ("DateTimeField", "soon"),
        ("DecimalField", "many"),
        ("UUIDField", "x"),
        ("JSONField", "{"),
    ],
)
def test_what_does_not_fit_counts_as_it_is(kind, value):
    assert formed(FORMS[kind], value) == str(value)
    assert formed(FORMS[kind], None) is None


def state_of(tmp_path, *rows: tuple) -> TableState:
    path = tmp_path / "file.sqlite3"
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as file:
        file.execute("CREATE TABLE notes (text varchar(20), number integer)")
        file.executemany("INSERT INTO notes VALUES (?, ?)", rows)
    file.close()
    with opened(path) as read:
        return table_states(read)["notes"]


def test_a_hash_stays_what_it_is(transactional_db, tmp_path):
    """Or else no backup that was made before could be brought back."""
    state = state_of(tmp_path, ("Sầm Sơn\n\t\\", 1), (None, -2))
    assert state == TableState(2, "fcdfabc1fea32c0f6b0817067c7fd624c95935734bfad41b9d6451104c00af17")
    assert state_of(tmp_path).rows == 0


def test_rows_have_no_order_but_all_of_them_count(transactional_db, tmp_path):
    one, two = ("a", 1), ("b", 2)
    states = [
        state_of(tmp_path, *rows)
        for rows in ([one, two], [two, one], [one], [one, one], [("a", 2), ("b", 1)])
    ]
    assert states[0] == states[1]
    assert len({state.hash for state in states}) == 4


def test_values_are_not_run_together(transactional_db, tmp_path):
    assert state_of(tmp_path, ("a,1", None)) != state_of(tmp_path, ("a", 1))
    assert state_of(tmp_path, (None, 1)) != state_of(tmp_path, ("null", 1))


def test_half_a_sign_has_a_hash(tmp_path, db):
    """A page may send one in JSON; no backup may fail for it."""
    path = tmp_path / "file.sqlite3"
    with sqlite3.connect(path) as file:
        file.execute('CREATE TABLE notes (text text CHECK (JSON_VALID("text")))')
        file.execute("INSERT INTO notes VALUES (?)", ['"\\ud83d"'])
    file.close()
    with opened(path) as read:
        assert table_states(read)["notes"].rows == 1


def test_differences_are_named():
    wanted = {name: TableState(2, "aa") for name in ("gone", "less", "other", "same")}
    found = {
        "less": TableState(1, "aa"),
        "more": TableState(2, "aa"),
        "other": TableState(2, "bb"),
        "same": TableState(2, "aa"),
    }
    assert differences(wanted, found) == [
        "gone: is missing",
        "less: 1 rows instead of 2",
        "more: should not be there",
        "other: 2 rows as wanted, but not the same ones",
    ]


def test_every_table_of_the_product_is_read(transactional_db):
    models = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert set(table_states(connection)) == {*models, "django_migrations"}
