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
    ENTRY: "{row}.report_id",
    "reports_proposal": "{row}.report_id",
    "reports_attachment": "{row}.report_id",
    "reports_indicatorvalue": f"(SELECT e.report_id FROM {ENTRY} e WHERE e.id = {{row}}.entry_id)",
}
# A part may neither leave an accepted report nor come to one. The report itself becomes accepted by an
# update, so only its old state is asked.
ASKED = {
    **{(REPORT, act): ["OLD"] for act in ("UPDATE", "DELETE")},
    **{(table, "INSERT"): ["NEW"] for table in PARTS},
    **{(table, "UPDATE"): ["OLD", "NEW"] for table in PARTS},
    **{(table, "DELETE"): ["OLD"] for table in PARTS},
}
# SQLite's OR REPLACE deletes the row in its way and asks no DELETE trigger, so whoever comes asks for it.
# Only the keys are named here that can clash with a row of an accepted report from outside of it. Each is
# asked for by itself, as only then SQLite looks it up in its index instead of reading all accepted reports.
REPLACED = {
    REPORT: (("id",), ("form_key",), ("unit_id", "period_id", "revision")),
    **dict.fromkeys(PARTS, (("id",),)),
}
MESSAGE = "an accepted report is final"


def name(table: str, act: str) -> str:
    return f"{table}_final_{act.lower()}"


def names(connection: BaseDatabaseWrapper) -> set[str]:
    more = "TRUNCATE" if connection.vendor == "postgresql" else "INSERT"
    return {name(table, act) for table, act in ASKED} | {name(table, more) for table in REPLACED}


def install(connection: BaseDatabaseWrapper) -> None:
    """Set the triggers anew, where their tables exist."""
    remove(connection)
    if not set(connection.introspection.table_names()).issuperset(REPLACED):
        return
    write = install_on_postgresql if connection.vendor == "postgresql" else install_on_sqlite
    with connection.cursor() as cursor:
        write(cursor)


def is_final(table: str, row: str) -> str:
    """SQL that is true where the row belongs to an accepted report."""
    if table == REPORT:
        return f"{row}.state = 'accepted'"
    report = PARTS[table].format(row=row)
    return f"EXISTS (SELECT 1 FROM {REPORT} r WHERE r.id = {report} AND r.state = 'accepted')"


def replaces_final(table: str, key: tuple[str, ...]) -> str:
    """SQL that is true where the new row has this key of one that belongs to an accepted report."""
    same = " AND ".join(f"there.{column} = NEW.{column}" for column in key)
    return f"EXISTS (SELECT 1 FROM {table} there WHERE {same} AND {is_final(table, 'there')})"


def install_on_sqlite(cursor) -> None:
    for table, keys in REPLACED.items():
        replaces = [replaces_final(table, key) for key in keys]
        for act in ("INSERT", "UPDATE", "DELETE"):
            conditions = [is_final(table, row) for row in ASKED.get((table, act), [])]
            if act != "DELETE":
                conditions += replaces
            cursor.execute(
                f"CREATE TRIGGER {name(table, act)} BEFORE {act} ON {table} FOR EACH ROW"
                f" WHEN {' OR '.join(conditions)} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            )


def install_on_postgresql(cursor) -> None:
    """Whoever writes a part holds its report first, or an acceptance at the same moment would not see it.

    A truncated table asks no row, so it is refused as a whole.
    """
    for (table, act), rows in ASKED.items():
        reports = ", ".join(PARTS[table].format(row=row) for row in rows) if table in PARTS else ""
        hold = f"PERFORM 1 FROM {REPORT} r WHERE r.id IN ({reports}) ORDER BY r.id FOR NO KEY UPDATE;"
        final = " OR ".join(is_final(table, row) for row in rows)
        back = "OLD" if act == "DELETE" else "NEW"
        create_on_postgresql(cursor, table, act, "ROW", hold if reports else "", final, back)
    for table in REPLACED:
        final = f"EXISTS (SELECT 1 FROM {REPORT} WHERE state = 'accepted')"
        create_on_postgresql(cursor, table, "TRUNCATE", "STATEMENT", "", final, "NULL")


def create_on_postgresql(cursor, table: str, act: str, each: str, first: str, final: str, back: str) -> None:
    function = name(table, act)
    cursor.execute(
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {first}"
        f" IF {final} THEN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'check_violation'; END IF;"
        f" RETURN {back}; END $$"
    )
    cursor.execute(
        f"CREATE TRIGGER {function} BEFORE {act} ON {table} FOR EACH {each} EXECUTE FUNCTION {function}()"
    )


def remove(connection: BaseDatabaseWrapper) -> None:
    drop = "FUNCTION IF EXISTS {}() CASCADE" if connection.vendor == "postgresql" else "TRIGGER IF EXISTS {}"
    with connection.cursor() as cursor:
        for trigger in sorted(names(connection)):
            cursor.execute(f"DROP {drop.format(trigger)}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of the triggers that should be there and are not, or are switched off."""
    if REPORT not in connection.introspection.table_names():
        return []
    query = (
        "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        there = {row[0] for row in cursor.fetchall()}
    return sorted(names(connection) - there)
