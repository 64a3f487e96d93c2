"""Several at the same moment, each in a connection of its own, on a file of SQLite or on PostgreSQL."""

from collections.abc import Callable
from threading import Event
from time import sleep
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from reports import actions
from reports.forms.report import ReportForms
from reports.models import Obligation, Overtaken, Period, ProgressEntry, ProgressReport, Proposal
from reports.reading.content import EntryContent
from tests.factories import bring_to, make_entry, make_unit

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def accepted(typed) -> ProgressReport:
    make_entry(typed.report, typed.assignment)
    return bring_to(typed.report, "accepted", typed.cast.staff)


def submit(report: ProgressReport, by) -> Callable[[], str]:
    """The end of what the page does when it is sent: what the person is told. The page was read before."""
    report = ProgressReport.objects.get(pk=report.pk)
    forms = ReportForms(report, report.typed)
    assert forms.is_valid()
    content = forms.content()

    def send() -> str:
        try:
            actions.submit_report(report, content, by, report.version)
        except Overtaken:
            return "overtaken"
        return "sent"

    return send


def one_after_the_other(first: Callable[[], Any], second: Callable[[], Any]) -> tuple[Callable, Callable]:
    """The second begins when the first has done everything but to commit."""
    done = Event()

    def hold() -> Any:
        with transaction.atomic():
            answer = first()
            done.set()
            sleep(0.3)
        return answer

    def follow() -> Any:
        done.wait(5)
        return second()

    return hold, follow


def count(at_once, model: type) -> tuple[int, int]:
    """Rows, and rows of the history."""
    return at_once(lambda: (model.objects.count(), model.history.count()))[0]


def test_a_report_begun_by_three_is_one(owed, at_once):
    answers = at_once(*[lambda: actions.start_report(Obligation.objects.get(), owed.cast.owner).pk] * 3)
    assert len(set(answers)) == 1
    assert count(at_once, ProgressReport) == (1, 1)


def test_a_revision_begun_by_three_is_one(accepted, typed, at_once):
    def revise() -> int:
        report = ProgressReport.objects.get(pk=accepted.pk)
        return actions.revise_report(report, typed.cast.owner).pk

    answers = at_once(revise, revise, revise)
    assert len(set(answers)) == 1
    assert at_once(lambda: list(ProgressReport.objects.values_list("revision", flat=True)))[0] == [2, 1]


def test_a_form_of_the_log_sent_three_times_is_logged_once(owed, at_once):
    key = UUID("00000000-0000-4000-8000-000000000001")

    def log() -> int:
        said = EntryContent(owed.assignment, "", "Tổ chức hội nghị", "in_progress", 40, "Đã gọi điện.")
        report = actions.start_log(owed.assignment, said, owed.cast.staff, key)
        return report.pk

    answers = at_once(log, log, log)
    assert len(set(answers)) == 1
    assert (count(at_once, ProgressReport), count(at_once, ProgressEntry)) == ((1, 1), (1, 1))


def test_units_asked_by_three_owe_once(owed, at_once):
    units = [make_unit() for _number in range(20)]
    answers = at_once(
        lambda: actions.ask_units(owed.period, units),
        lambda: actions.ask_units(owed.period, list(reversed(units))),
        lambda: actions.ask_units(owed.period, units[:10]),
    )
    assert sum(answers) == 20
    assert count(at_once, Obligation) == (21, 20 + 1)


@pytest.mark.parametrize("first", ["send", "remove"])
def test_a_task_taken_away_while_its_unit_reports_on_it(typed, at_once, first):
    """Either the report speaks of it, so it ends but stays; or it is gone, and the officer is told."""
    send, remove = submit(typed.report, typed.cast.owner), typed.assignment.remove
    acts = (send, remove) if first == "send" else (remove, send)
    answers = at_once(*one_after_the_other(*acts))
    assert answers == (["sent", False] if first == "send" else [True, "overtaken"])
    assert at_once(state_of_all) == [("submitted", 2) if first == "send" else ("draft", 0)]


def state_of_all() -> tuple[str, int]:
    return ProgressReport.objects.get().state, ProgressEntry.objects.count()


@pytest.mark.parametrize("first", ["send", "remove"])
def test_a_whole_task_taken_away_while_a_unit_reports_on_it(typed, at_once, first):
    send, remove = submit(typed.report, typed.cast.owner), typed.task.remove
    acts = (send, remove) if first == "send" else (remove, send)
    answers = at_once(*one_after_the_other(*acts))
    assert answers == (["sent", False] if first == "send" else [True, "overtaken"])
    assert at_once(state_of_all) == [("submitted", 2) if first == "send" else ("draft", 0)]


def test_a_period_removed_while_its_report_is_begun(owed, at_once):
    removed, missing = at_once(
        *one_after_the_other(
            owed.period.remove, lambda: actions.start_report(owed.obligation, owed.cast.owner)
        )
    )
    assert (removed, type(missing)) == (True, Obligation.DoesNotExist)
    assert count(at_once, ProgressReport) == (0, 0)


@pytest.mark.parametrize("first", ["ask", "remove"])
def test_a_period_removed_while_more_units_are_asked(owed, at_once, first):
    unit = make_unit()

    def ask() -> int:
        return actions.ask_units(owed.period, [unit])

    def remove() -> bool:
        return Period.objects.get().remove()

    answers = at_once(*one_after_the_other(*((ask, remove) if first == "ask" else (remove, ask))))
    if first == "ask":
        assert answers == [1, True]
    else:
        assert (answers[0], type(answers[1])) == (True, Period.DoesNotExist)
    assert at_once(lambda: (Period.objects.count(), Obligation.objects.count())) == [(0, 0)]


def late_proposal(report: ProgressReport) -> None:
    """Written past the product, which would ask for the version."""
    Proposal.objects.create(report=report, addressee="Thành phố", text="Vào phút chót.")


def test_a_part_that_was_written_first_is_accepted_with_the_report(typed, at_once):
    bring_to(typed.report, "submitted", typed.cast.owner)
    order = []

    def write() -> None:
        late_proposal(typed.report)
        transaction.on_commit(lambda: order.append("written"))

    def accept() -> None:
        ProgressReport.objects.get().accept(typed.cast.staff, 2)
        order.append("accepted")

    assert at_once(*one_after_the_other(write, accept)) == [None, None]
    assert order == ["written", "accepted"]


def test_a_part_that_comes_while_the_report_is_accepted_is_refused(typed, at_once):
    bring_to(typed.report, "submitted", typed.cast.owner)
    accepted, refused = at_once(
        *one_after_the_other(
            lambda: ProgressReport.objects.get().accept(typed.cast.staff, 2),
            lambda: late_proposal(typed.report),
        )
    )
    assert (accepted, type(refused)) == (None, IntegrityError)
    assert "an accepted report is final" in str(refused)
    assert count(at_once, Proposal) == (0, 0)
