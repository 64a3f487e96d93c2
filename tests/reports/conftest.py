"""The work of every test, with a period of its plan that the owner's ward reports on."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine

from reports.actions import start_report
from reports.models import ProgressReport
from tests.factories import (
    bring_to,
    make_assignment,
    make_entry,
    make_group,
    make_letterhead,
    make_obligation,
    make_period,
    make_report,
    make_task,
    make_unit,
    make_user,
)
from tests.reports.acts import log, submit
from tests.reports.telling import on, tell
from units.models import Unit

# On which the first of the reports that wait was submitted.
FIRST_DAY = datetime(2026, 9, 1, 1, tzinfo=UTC)


@pytest.fixture
def owed(cast, work) -> SimpleNamespace:
    """Two tasks of the ward, and a period without a lock day that it owes a report of."""
    second = make_task(work.group, title="Phát tài liệu tuyên truyền", position=1)
    period = make_period(work.plan)
    return SimpleNamespace(
        cast=cast,
        period=period,
        obligation=make_obligation(period, cast.ward),
        second=make_assignment(second, cast.ward),
        **vars(work),
    )


@pytest.fixture
def begun(owed) -> SimpleNamespace:
    """The owner has begun the report; nothing is typed."""
    report = start_report(owed.obligation, owed.cast.owner)
    return SimpleNamespace(report=report, typed=typed_for(owed), **vars(owed))


def typed_for(owed: SimpleNamespace) -> dict[str, str]:
    """A whole report, as its page sends it."""
    first, second = f"e{owed.assignment.pk}", f"e{owed.second.pk}"
    return {
        f"{first}-status": "done",
        f"{first}-percent": "",
        f"{first}-result": "Đã tổ chức 02 hội nghị.",
        f"{second}-status": "in_progress",
        f"{second}-percent": "60",
        f"{second}-result": "Đã phát 400 tờ gấp.",
        "overview": "Tình hình ổn định.",
        "difficulties": "",
        "next_steps": "Phát tiếp 200 tờ.",
        "p0-addressee": "MTTQ thành phố",
        "p0-text": "Cấp thêm tài liệu.",
    }


@pytest.fixture
def typed(begun) -> SimpleNamespace:
    """Everything is typed and kept; the report is at version 2."""
    begun.report.keep(begun.typed, begun.cast.owner, 1)
    return begun


@pytest.fixture
def september():
    """Nine o'clock of a day before the report is due, and from then on."""
    with time_machine.travel(datetime(2026, 9, 18, 2, tzinfo=UTC)) as clock:
        yield clock


@pytest.fixture
def sent(september, typed) -> SimpleNamespace:
    """What is typed was submitted in time; the report is at version 4."""
    submit(typed.report, typed.cast.owner)
    return typed


@pytest.fixture
def waiting(cast, work):
    """A maker of reports that wait: of a new unit each, a day after the one before, with nothing odd."""
    period = work.plan.periods.first() or make_period(work.plan)
    made: list[ProgressReport] = []

    def make(period=period, **fields) -> SimpleNamespace:
        unit = make_unit()
        assignment = make_assignment(work.task, unit)
        make_obligation(period, unit)
        report = make_report(unit, period)
        entry = make_entry(report, assignment, **{"result": "Đang làm.", **fields})
        bring_to(report, "submitted", make_user("officer", unit), FIRST_DAY + timedelta(days=len(made)))
        made.append(report)
        return SimpleNamespace(report=report, unit=unit, entry=entry)

    return make


@pytest.fixture
def january():
    """Before all that the tests ask about: what is made now was there on every day of theirs."""
    with time_machine.travel(datetime(2026, 1, 5, tzinfo=UTC)) as clock:
        yield clock


@pytest.fixture
def dated(db, request):
    """The cast and the work of every test, there since January; the task counts people and has a period."""
    with on("2026-01-05"):
        cast, work = request.getfixturevalue("cast"), request.getfixturevalue("work")
        return SimpleNamespace(
            cast=cast,
            people=work.task.indicators.create(name="Người dự", measure="lượt", target="100"),
            spring=make_period(work.plan, name="Quý II", figures_from=date(2026, 3, 15)),
            **vars(work),
        )


@pytest.fixture
def underway(january, cast, work) -> SimpleNamespace:
    """Two groups, three tasks, five assignments, each in another state; it is 20 September 2026."""
    second = make_group(work.plan, kind="supervision", title="Giám sát", position=1)
    held = make_task(work.group, title="Phát tài liệu", position=1, due_on=date(2026, 9, 10))
    watched = make_task(second, title="Giám sát cơ sở", due_on=date(2026, 10, 1))
    member = make_unit("Hội Nông dân", Unit.Kind.MEMBER)
    late = make_assignment(held, cast.ward)
    overdue = make_assignment(held, cast.other_ward, role="lead", due_on=date(2026, 9, 1))
    soon = make_assignment(watched, cast.city, role="support")
    done = make_assignment(watched, member)
    log(late, cast.staff, "done", date(2026, 9, 12))
    log(soon, cast.staff, "in_progress", date(2026, 9, 15), 40)
    log(done, cast.staff, "done", date(2026, 9, 15))
    january.move_to(datetime(2026, 9, 20, 3, tzinfo=UTC))
    parts = {"late": late, "overdue": overdue, "soon": soon, "done": done}
    return SimpleNamespace(second=second, held=held, watched=watched, member=member, **vars(work), **parts)


@pytest.fixture
def printable(dated, request):
    """Since January; the ward's report of the quarter was accepted in June, the other ward sent none."""
    with on("2026-01-05"):
        letterhead = make_letterhead(dated.cast.city, signer_name="Lê Văn A")
        deputy = letterhead.signers.create(authority="KT. CHỦ TỊCH", position="PHÓ CHỦ TỊCH", name="Trần B")
        make_assignment(dated.task, dated.cast.other_ward)
        for unit in (dated.cast.ward, dated.cast.other_ward):
            make_obligation(dated.spring, unit)
    report = tell(dated.assignment, "2026-06-16", dated.cast.staff, {dated.people: "30"}, dated.spring)
    return SimpleNamespace(deputy=deputy, report=report, **vars(dated))
