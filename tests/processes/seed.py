"""Fills an empty office, and answers what its people need to know. For a process of its own."""

from dataclasses import replace
from unittest import mock

from django.db import transaction

from reports import actions
from reports.documents.content import Row
from reports.documents.formats import Format
from reports.forms.report import ReportForms
from reports.models import Obligation, ProgressReport
from reports.press.desk import hand_in
from reports.press.specimen import SPECIMEN, TABLE
from tests.factories import (
    make_assignment,
    make_group,
    make_period,
    make_plan,
    make_task,
    make_unit,
    make_user,
)
from units.models import Unit

KINDS = ("submit", "edit", "answer", "withdraw", "send")


def two_tasks() -> list:
    group = make_group(make_plan())
    return [make_task(group, title=title, position=place) for place, title in enumerate(("Một", "Hai"))]


def typed_for(assignments: list) -> dict[str, str]:
    first, second = (f"e{assignment.pk}" for assignment in assignments)
    return {
        f"{first}-status": "done",
        f"{first}-result": "Đã tổ chức 02 hội nghị.",
        f"{second}-status": "in_progress",
        f"{second}-percent": "60",
        f"{second}-result": "Đã phát 400 tờ gấp.",
        "overview": "Tình hình ổn định.",
    }


@transaction.atomic
def pairs(count: int) -> dict[str, list[int]]:
    """Reports of a ward with two officers, typed (version 2) or submitted (version 3); and two staff."""
    city, ward = make_unit("MTTQ thành phố", Unit.Kind.CITY), make_unit("phường Bãi Cát")
    officers = [make_user("officer", ward, f"officer-{place}") for place in (1, 2)]
    for place in (1, 2):
        make_user("staff", city, f"staff-{place}")
    tasks = two_tasks()
    typed = typed_for([make_assignment(task, ward) for task in tasks])
    made: dict[str, list[int]] = {kind: [] for kind in KINDS}
    for kind in KINDS:
        for place in range(count):
            period = make_period(tasks[0].group.plan, name=f"{kind} {place}")
            report = actions.start_report(Obligation.objects.create(period=period, unit=ward), officers[0])
            report.keep(typed, officers[0], 1)
            if kind in ("answer", "withdraw"):
                submit(report)
            made[kind].append(report.pk)
    return made


def submit(report: ProgressReport) -> None:
    forms = ReportForms(report, report.typed)
    assert forms.is_valid()
    actions.submit_report(report, forms.content(), report.started_by, report.version)


@transaction.atomic
def submitters(count: int, periods: int) -> dict[str, dict]:
    """Wards with an officer each, by the username, who all owe many reports."""
    tasks = two_tasks()
    opened = [make_period(tasks[0].group.plan, name=f"Kỳ {place}") for place in range(periods)]
    made = {}
    for place in range(count):
        ward = make_unit(f"phường {place}")
        make_user("officer", ward, f"officer-{place}")
        typed = typed_for([make_assignment(task, ward) for task in tasks])
        owed = [Obligation.objects.create(period=period, unit=ward).pk for period in opened]
        made[f"officer-{place}"] = {"typed": typed, "owed": owed}
    return made


@transaction.atomic
def loggers(count: int) -> dict[str, int]:
    """Staff, by the username, each with an assignment of a ward; its officer owes a report. The keys."""
    city = make_unit("MTTQ thành phố", Unit.Kind.CITY)
    plan, ward = make_plan(issuing_unit=city), make_unit("phường Bãi Cát")
    group, made = make_group(plan), {}
    for place in range(count):
        made[f"staff-{place}"] = make_assignment(make_task(group, title=f"Việc {place}"), ward).pk
        make_user("staff", city, f"staff-{place}")
    make_user("officer", ward, "officer")
    owed = Obligation.objects.create(period=make_period(plan), unit=ward)
    return {**made, "plan": plan.pk, "owed": owed.pk}


def long_paper(rows: int) -> str:
    """The address of a paper that waits for the first who asks, given to the first of two staff."""
    city = make_unit("MTTQ thành phố", Unit.Kind.CITY)
    first, _second = (make_user("staff", city, f"staff-{place}") for place in (1, 2))
    written = tuple(Row((place, "Tổ chức hội nghị học tập ở cơ sở")) for place in range(rows))
    with mock.patch("reports.press.desk.open_press"):
        return hand_in(replace(SPECIMEN, blocks=(replace(TABLE, rows=written),)), Format.PDF, first)
