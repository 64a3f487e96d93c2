"""What no program can do, not even `update()` or raw SQL: change a report that was accepted.

Triggers of the database hold it. SQLite copies a table to change it and loses the triggers on the way, and
refuses to rename a table that a trigger names; so every `migrate` takes them away first and sets them again
at its end (`reports.apps`), and `manage.py check --database default` says if they are missing.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

REPORT = "reports_progressreport"
ENTRY = "reports_progressentry"
# How each table of a report's parts leads to its report, in terms of the row (NEW or OLD).
PARTS = {
    ENTRY: "SELECT 1 FROM {report} r WHERE r.id = {row}.report_id AND r.state = 'accepted'",
    "reports_proposal": "SELECT 1 FROM {report} r WHERE r.id = {row}.report_id AND r.state = 'accepted'",
    "reports_attachment": "SELECT 1 FROM {report} r WHERE r.id = {row}.report_id AND r.state = 'accepted'",
    "reports_indicatorvalue": (
        "SELECT 1 FROM {entry} e JOIN {report} r ON r.id = e.report_id"
        " WHERE e.id = {row}.entry_id AND r.state = 'accepted'"
    ),
}
MESSAGE = "an accepted report is final"


def condition(table: str, row: str) -> str:
    """SQL that is true where the row belongs to an accepted report."""
    if table == REPORT:
        return f"{row}.state = 'accepted'"
    return f"EXISTS ({PARTS[table].format(report=REPORT, entry=ENTRY, row=row)})"


def guarded() -> list[tuple[str, str, list[str]]]:
    """(table, act, rows that are asked). The report itself becomes accepted by an update, so only its old
    state is asked; a part may neither leave an accepted report nor come to one."""
    rows = {"INSERT": ["NEW"], "UPDATE": ["OLD", "NEW"], "DELETE": ["OLD"]}
    parts = [(table, act, asked) for table in PARTS for act, asked in rows.items()]
    return [(REPORT, "UPDATE", ["OLD"]), (REPORT, "DELETE", ["OLD"]), *parts]


def name(table: str, act: str) -> str:
    return f"{table}_final_{act.lower()}"


def install(connection: BaseDatabaseWrapper) -> None:
    remove(connection)
    write = install_on_postgresql if connection.vendor == "postgresql" else install_on_sqlite
    with connection.cursor() as cursor:
        write(cursor)


def install_on_sqlite(cursor) -> None:
    for table, act, rows in guarded():
        when = " OR ".join(condition(table, row) for row in rows)
        cursor.execute(
            f"CREATE TRIGGER {name(table, act)} BEFORE {act} ON {table} FOR EACH ROW WHEN {when}"
            f" BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        )


def install_on_postgresql(cursor) -> None:
    """A truncated table asks no row, so it is refused as a whole."""
    for table, act, rows in guarded():
        function = name(table, act)
        when = " OR ".join(condition(table, row) for row in rows)
        back = "OLD" if act == "DELETE" else "NEW"
        cursor.execute(
            f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$"
            f" BEGIN IF {when} THEN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'check_violation'; END IF;"
            f" RETURN {back}; END $$"
        )
        cursor.execute(
            f"CREATE TRIGGER {function} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()"
        )
    for table in (REPORT, *PARTS):
        function = name(table, "TRUNCATE")
        cursor.execute(
            f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$"  # noqa: S608
            f" BEGIN IF EXISTS (SELECT 1 FROM {REPORT} WHERE state = 'accepted') THEN"
            f" RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'check_violation'; END IF; RETURN NULL; END $$"
        )
        cursor.execute(
            f"CREATE TRIGGER {function} BEFORE TRUNCATE ON {table}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
        )


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away, of tables that exist."""
    tables = set(connection.introspection.table_names()) & {REPORT, *PARTS}
    with connection.cursor() as cursor:
        for table in sorted(tables):
            for act in ("INSERT", "UPDATE", "DELETE", "TRUNCATE"):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {name(table, act)}{on}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of the triggers that should be there and are not."""
    if REPORT not in connection.introspection.table_names():
        return []
    query = (
        "SELECT tgname FROM pg_trigger"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        there = {row[0] for row in cursor.fetchall()}
    return sorted({name(table, act) for table, act, _rows in guarded()} - there)
