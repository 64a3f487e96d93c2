import sys
from contextlib import suppress
from datetime import timedelta
from io import StringIO
from random import Random
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import ForeignKey
from django.test import Client
from django.utils import timezone

from plans.models import LegalBasis, Plan, Recipient, TaskGroup
from reports import guards
from reports.models import (
    Answer,
    IndicatorValue,
    Obligation,
    Period,
    ProgressEntry,
    ProgressReport,
    Proposal,
)
from reports.owed.standing import standings
from reports.sample.generating_words import member_names, ward_names
from reports.state.work import works_of_plans
from tasks.models import Assignment, Indicator, Task
from tests.factories import make_plan, make_report, make_unit, make_user
from units.folding import fold
from units.models import Letterhead, Succession, Unit, User

PASSWORD = "mau-thu-2023"
MODELS: list[Any] = [
    *(Unit, Succession, Letterhead, User, Plan, LegalBasis, TaskGroup, Task, Recipient, Assignment),
    *(Indicator, Period, Obligation, ProgressReport, ProgressEntry, IndicatorValue, Proposal, Answer),
]
# The day after late reports have come, a leap day, the last days of an open quarter, a quiet day.
DAYS = ["2026-09-29", "2024-02-29", "2026-12-28", "2026-01-01", "2026-11-23"]

pytestmark = pytest.mark.django_db


def generate(**options) -> str:
    said = StringIO()
    call_command("generate_sample", stdout=said, **{"units": 11, "tasks": 8, "periods": 3, **options})
    return said.getvalue()


def row_counts() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


@pytest.fixture(autouse=True)
def _password(settings):
    settings.SAMPLE_PASSWORD = PASSWORD


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-11-23 08:00+07:00", tick=False)


def day(moment) -> str:
    return f"{timezone.localdate(moment):%d/%m/%Y}"


def test_it_has_the_size_that_was_asked_for():
    said = generate()
    assert {model.__name__: model.objects.count() for model in MODELS} == {
        "Unit": 12,
        "Succession": 1,
        "Letterhead": 10,
        "User": 14,
        "Plan": 1,
        "LegalBasis": 1,
        "TaskGroup": 3,
        "Task": 8,
        "Recipient": 3,
        "Assignment": 89,
        "Indicator": 6,
        "Period": 4,
        "Obligation": 42,
        "ProgressReport": 54,
        "ProgressEntry": 279,
        "IndicatorValue": 185,
        "Proposal": 5,
        "Answer": 2,
    }
    kinds = [unit.kind for unit in Unit.objects.order_by("pk")]
    assert kinds == ["city", *["ward"] * 9, *["member"] * 2]
    assert [period.name for period in Period.objects.order_by("figures_to")] == [
        "Quý I/2026",
        "Quý II/2026",
        "Quý III/2026",
        "Quý IV/2026",
    ]
    assert [group.kind for group in TaskGroup.objects.all()] == ["propaganda", "directives", "supervision"]
    assert "  12 unit\n" in said
    assert said.endswith(
        "Sign in as admin, canbo, lanhdao, truongson, bacson; the password is the setting SAMPLE_PASSWORD.\n"
    )
    assert PASSWORD not in said


@pytest.mark.parametrize(
    ("name", "number", "error"),
    [
        ("units", 0, "--units 0: give a number from 10 to 500."),
        ("units", -1, "--units -1: give a number from 10 to 500."),
        ("units", 501, "--units 501: give a number from 10 to 500."),
        ("tasks", 5, "--tasks 5: give a number from 6 to 120."),
        ("tasks", 10**9, "--tasks 1000000000: give a number from 6 to 120."),
        ("periods", 0, "--periods 0: give a number from 1 to 12."),
        ("periods", 13, "--periods 13: give a number from 1 to 12."),
        ("provinces", 0, "--provinces 0: give a number from 1 to 40."),
        ("provinces", 41, "--provinces 41: give a number from 1 to 40."),
        ("provinces", 2, "--units 11: give a number from 20 to 1000."),
    ],
)
def test_a_size_that_cannot_be_is_refused(name, number, error):
    before = row_counts()
    with pytest.raises(CommandError) as refused:
        generate(**{name: number})
    assert str(refused.value) == error
    assert row_counts() == before


def test_a_nation_is_that_many_offices_each_with_a_plan_of_its_own():
    said = generate(provinces=3, units=32, tasks=6, periods=1)
    plans = Plan.objects.order_by("pk")
    assert [(plan.number, str(plan.issuing_unit)) for plan in plans] == [
        ("01/KH-MẪU", "MTTQ thành phố Mẫu"),
        ("02/KH-MẪU", "MTTQ thành phố Mẫu 2"),
        ("03/KH-MẪU", "MTTQ thành phố Mẫu 3"),
    ]
    assert [len({row.unit_id for row in Assignment.objects.of_plan(plan)}) for plan in plans] == [12, 12, 11]
    for plan in plans:
        of_plan = Assignment.objects.of_plan(plan)
        units = Unit.objects.filter(pk__in=of_plan.values("unit"))
        assert not Assignment.objects.filter(unit__in=units).exclude(pk__in=of_plan).exists()
        reports = ProgressReport.objects.filter(unit__in=units)
        assert {*reports.values_list("plan", flat=True)} == {plan.pk}
        accepted_by = {*reports.accepted().values_list("accepted_by__unit", flat=True)}
        assert accepted_by == {plan.issuing_unit_id}
        assert standing(plan.periods.earliest("figures_to"))["not_started"] >= 1
    assert User.objects.filter(role="staff").count() == User.objects.filter(role="leader").count() == 3
    assert "  35 unit\n" in said


def test_the_first_province_of_a_nation_is_what_it_would_be_alone():
    alone, nation = (generated(provinces=count, units=11 * count, periods=1) for count in (1, 2))
    first = {name: rows[: len(alone[name])] for name, rows in nation.items()}
    assert [name for name in alone if first[name] != alone[name]] == []
    second = nation["ProgressEntry"][len(alone["ProgressEntry"]) :]
    assert [entry["percent"] for entry in second] != [entry["percent"] for entry in alone["ProgressEntry"]]


def test_accepted_reports_are_guarded_when_it_is_over():
    generate(periods=1)
    assert guards.missing(connection) == []


def test_rows_that_are_added_later_have_new_keys():
    generate(periods=1)
    report = make_report(Unit.objects.filter(kind="ward")[0], plan=Plan.objects.get())
    assert report.pk == ProgressReport.objects.exclude(pk=report.pk).latest("pk").pk + 1


@pytest.mark.parametrize("arguments", [["--units", "many"], ["--seed", "1.5"], ["--tasks", ""]])
def test_what_is_no_number_is_refused(arguments):
    with pytest.raises(CommandError, match="invalid int value"):
        call_command("generate_sample", *arguments)


def test_the_smallest_and_odd_seeds_are_fine():
    generate(units=10, tasks=6, periods=1, seed=-5)
    assert ProgressReport.objects.exclude(state="accepted").count() == 4


@pytest.mark.parametrize("make", [lambda: make_user("leader"), make_unit, make_plan])
def test_an_offices_database_is_refused(make):
    make()
    before = row_counts()
    with pytest.raises(CommandError, match="of its own"):
        generate()
    assert row_counts() == before


def test_neither_sample_comes_on_top_of_the_other():
    generate(tasks=6, periods=1)
    before = row_counts()
    for command in ("generate_sample", "load_sample"):
        with pytest.raises(CommandError, match="of its own"):
            call_command(command, stdout=StringIO())
    assert row_counts() == before


def test_without_a_password_nothing_is_stored(settings):
    settings.SAMPLE_PASSWORD = ""
    before = row_counts()
    with pytest.raises(CommandError, match="Set SAMPLE_PASSWORD"):
        generate()
    assert row_counts() == before


class Undone(Exception):  # noqa: N818 - takes the rows back
    pass


def generated(**options) -> dict[str, list[dict[str, Any]]]:
    """What would be stored, rows and history."""
    found = {}
    with suppress(Undone), transaction.atomic():
        generate(**options)
        found = contents()
        raise Undone
    return found


def contents() -> dict[str, list[dict[str, Any]]]:
    """Keys are counted anew: PostgreSQL never gives one twice."""
    keys = {model: list(model.objects.order_by("pk").values_list("pk", flat=True)) for model in MODELS}
    places = {model: {key: place for place, key in enumerate(of_model)} for model, of_model in keys.items()}

    def told(field: Any, row: Any, model: Any) -> Any:
        value = getattr(row, field.attname)
        if isinstance(field, ForeignKey) and value is not None:
            return places[field.related_model].get(value)
        if field.name == "typed":
            return sorted(value.values())
        return places[model].get(value) if field.name == "id" else value

    def plain(rows: Any, model: Any) -> list[dict[str, Any]]:
        names = [field for field in rows.model._meta.concrete_fields if field.name not in LEFT_OUT]
        return [{field.name: told(field, row, model) for field in names} for row in rows]

    stored = {model.__name__: plain(model.objects.order_by("pk"), model) for model in MODELS}
    before = {
        f"{model.__name__} before": plain(model.history.order_by("history_id"), model) for model in MODELS
    }
    return stored | before


# Salted, or another with every attempt.
LEFT_OUT = {"password", "history_id"}


def test_the_same_seed_gives_the_same_rows_and_another_one_others():
    first, again, other = generated(seed=7), generated(seed=7), generated(seed=8)
    assert first == again
    models = ("Unit", "Task", "Assignment", "Indicator", "ProgressReport", "ProgressEntry", "IndicatorValue")
    differ = [name for name in models if first[name] != other[name]]
    assert differ == ["Unit", "Task", "Assignment", "ProgressReport", "ProgressEntry", "IndicatorValue"]


def standing(period: Period) -> dict[str, int]:
    """How many reports are at which stage, and how they came."""
    found: dict[str, int] = {}
    for told in standings(period.obligations.select_related("unit", "period__plan"), timezone.localdate()):
        state = f"{told.stage} {told.arrival or ''}".strip()
        found[state] = found.get(state, 0) + 1
    return found


def test_every_state_of_a_report_occurs():
    generate()
    assert [standing(period) for period in Period.objects.order_by("figures_to")] == [
        {"accepted in_time": 7, "accepted in_grace": 1, "accepted late": 2, "not_started": 1},
        {"accepted in_time": 6, "accepted in_grace": 2, "accepted late": 2, "not_started": 1},
        {"accepted in_time": 7, "accepted in_grace": 1, "accepted late": 1, "not_started": 1},
        {"not_started": 6, "writing": 1, "returned in_time": 1, "waiting in_time": 2},
    ]
    mended = ProgressReport.objects.accepted().filter(returned_at__isnull=False)
    assert sorted(report.period.name for report in mended) == ["Quý I/2026", "Quý II/2026", "Quý III/2026"]
    revised = ProgressReport.objects.accepted().filter(revision=2)
    assert sorted(report.period.name for report in revised) == ["Quý I/2026", "Quý II/2026", "Quý III/2026"]


def test_a_revision_says_something_else():
    generate()
    for revision in ProgressReport.objects.filter(revision=2):
        first = revision.revisions()[0]
        before, now = (
            dict(report.entries.values_list("assignment", "result")) for report in (first, revision)
        )
        assert before.keys() == now.keys()
        assert sum(before[key] != now[key] for key in now) == min(2, len(now))


@pytest.mark.parametrize("today", DAYS[:2])
def test_every_class_of_progress_and_sort_of_deadline_occurs(time_machine, today):
    time_machine.move_to(f"{today} 08:00+07:00", tick=False)
    generate(units=30, tasks=12)
    on = timezone.localdate()
    assert {work.progress.value for work in works_of_plans(Plan.objects.all(), on)} == {
        *("done_in_time", "done_late", "in_progress", "overdue", "not_started")
    }
    tasks = list(Task.objects.all())
    assert len([task for task in tasks if task.due_on and task.due_on < on]) == 4
    assert len([task for task in tasks if task.due_on and on < task.due_on <= on + timedelta(days=60)]) >= 1
    assert len([task for task in tasks if task.due_on and task.due_on > on + timedelta(days=28)]) >= 2
    assert len([task for task in tasks if task.ongoing]) == 2
    assert len([task for task in tasks if not task.ongoing and not task.due_on]) == 2
    assert Assignment.objects.filter(due_on__isnull=False).exists()
    assert set(Assignment.objects.values_list("unit__kind", "role")) == {
        ("city", "lead"),
        ("ward", "carry_out"),
        ("member", "support"),
    }
    sorts = {(indicator.sum, indicator.target is None) for indicator in Indicator.objects.all()}
    assert sorts == {("added", True), ("added", False), ("last", True), ("last", False)}


def test_progress_grows_and_falls_back_now_and_then():
    generate(units=20, tasks=12, periods=4)
    steps = {"up": 0, "same": 0, "down": 0}
    last: dict[int, int] = {}
    for entry in ProgressEntry.objects.order_by("report__submitted_at", "pk"):
        before = last.get(entry.assignment_id, 0)
        step = "up" if entry.percent > before else "same" if entry.percent == before else "down"
        steps[step] += 1
        last[entry.assignment_id] = entry.percent
    assert steps["up"] > steps["same"] > steps["down"] > 0
    assert set(ProgressEntry.objects.values_list("status", flat=True)) == {
        "not_started",
        "in_progress",
        "done",
    }


@pytest.mark.parametrize(("today", "periods"), [*zip(DAYS, (1, 4, 1, 2, 5), strict=True)])
def test_everything_happened_in_its_order_and_before_today(time_machine, today, periods):
    time_machine.move_to(f"{today} 08:00+07:00", tick=False)
    generate(periods=periods)
    this_morning = timezone.now().replace(hour=0)
    for model in MODELS:
        assert not model.history.filter(history_date__gte=this_morning).exists()
        last: dict[int, Any] = {}
        for row in model.history.order_by("history_id"):
            assert row.id not in last or last[row.id] <= row.history_date
            last[row.id] = row.history_date
    for report in ProgressReport.objects.select_related("period"):
        acts = [report.started_at, report.first_submitted_at, report.returned_at]
        if report.state == "accepted":
            acts += [report.submitted_at, report.accepted_at]
        happened = [act for act in acts if act]
        assert happened == sorted(happened)
        dates = [row.history_date for row in report.history.order_by("history_id")]
        assert {*dates} == {*happened}
        if report.period and report.reported_on:
            assert report.reported_on == min(
                timezone.localdate(report.submitted_at), report.period.cut_off_on
            )
            assert report.submitted_at > report.period.history.get().history_date


def test_each_act_left_its_history():
    generate()
    mended = ProgressReport.objects.accepted().filter(returned_at__isnull=False)[0]
    staff, officer = User.objects.get(username="canbo"), User.objects.get(unit=mended.unit)
    assert [
        (row.history_type, row.state, row.history_user) for row in mended.history.order_by("history_id")
    ] == [
        ("+", "draft", officer),
        ("~", "submitted", officer),
        ("~", "returned", staff),
        ("~", "submitted", officer),
        ("~", "accepted", staff),
    ]
    reasons = [entry.return_reason for entry in mended.entries.exclude(return_reason="")]
    assert len(reasons) == 2
    entry = mended.entries.exclude(return_reason="")[0]
    assert [(row.history_type, row.history_user) for row in entry.history.order_by("history_id")] == [
        ("+", officer),
        ("~", staff),
        ("~", officer),
    ]


def test_the_newest_history_is_what_is_stored():
    generate()
    for model in MODELS:
        names = [field.attname for field in model.history.model.tracked_fields]
        for row in model.objects.all():
            newest = row.history.latest("history_id")
            assert [getattr(newest, name) for name in names] == [getattr(row, name) for name in names]
        assert {row.id for row in model.history.exclude(history_type="-")} >= {
            row.pk for row in model.objects.all()
        }


def test_every_row_would_pass_its_form():
    generate()
    for model in MODELS:
        for row in model.objects.all():
            row.full_clean(exclude=["typed", "result"])
    connection.check_constraints()


def test_in_the_middle_of_the_year_a_unit_merged_and_a_deadline_moved():
    generate()
    merger = Succession.objects.get()
    assert (f"{merger.effective_on:%d/%m/%Y}", merger.decision_number) == ("25/06/2026", "01/NQ-MẪU")
    assert f"{merger.predecessor.valid_to:%d/%m/%Y}" == "24/06/2026"
    assert [day(row.history_date) for row in merger.predecessor.history.order_by("history_id")] == [
        "25/11/2025",
        "25/06/2026",
    ]
    owed = Obligation.objects.filter(unit=merger.predecessor).order_by("period__figures_to")
    assert [each.period.name for each in owed] == ["Quý I/2026", "Quý II/2026"]
    moved = Task.history.get(history_type="~")
    before = Task.history.get(id=moved.id, history_type="+")
    assert (day(moved.history_date), moved.due_on - before.due_on) == ("25/06/2026", timedelta(days=30))


def test_an_assignment_ended_after_its_first_report():
    generate()
    ended = Assignment.objects.get(ended_on__isnull=False)
    assert f"{ended.ended_on:%d/%m/%Y}" == "25/03/2026"
    assert [day(row.history_date) for row in ended.history.order_by("history_id")] == [
        "27/11/2025",
        "25/03/2026",
    ]
    periods = ended.entries.values_list("report__period__name", flat=True)
    assert [name for name in periods if name] == ["Quý I/2026"]


def test_one_unit_was_given_more_days_and_used_them():
    generate()
    obligation = Obligation.objects.get(extended_to__isnull=False)
    assert (str(obligation.period), f"{obligation.extended_to:%d/%m/%Y}") == ("Quý I/2026", "14/05/2026")
    report = ProgressReport.objects.get(unit=obligation.unit, period=obligation.period)
    assert (report.state, day(report.submitted_at)) == ("accepted", "05/05/2026")


def test_more_days_that_are_not_over_are_not_used_yet(time_machine):
    time_machine.move_to("2026-09-29 08:00+07:00", tick=False)
    generate(periods=1)
    obligation = Obligation.objects.get(extended_to__isnull=False)
    assert f"{obligation.extended_to:%d/%m/%Y}" == "14/11/2026"
    assert not ProgressReport.objects.filter(unit=obligation.unit, period=obligation.period).exists()


def test_the_officer_of_the_sample_has_a_report_to_begin():
    generate()
    officer = User.objects.get(username="truongson")
    reports = ProgressReport.objects.filter(unit=officer.unit, period__isnull=False).order_by("pk")
    assert [(report.period.name, report.state) for report in reports] == [
        ("Quý I/2026", "accepted"),
        ("Quý II/2026", "accepted"),
        ("Quý III/2026", "accepted"),
    ]
    assert Obligation.objects.filter(unit=officer.unit, period__name="Quý IV/2026").exists()
    returned = ProgressReport.objects.get(state="returned")
    assert returned.unit == User.objects.get(username="bacson").unit


def test_only_the_known_accounts_sign_in():
    generate()
    users = User.objects.order_by("pk")
    signed_in = [user.username for user in users if Client().login(username=user.username, password=PASSWORD)]
    assert signed_in == ["admin", "canbo", "lanhdao", "truongson", "bacson"]
    assert [user.username for user in users if user.has_usable_password()] == signed_in
    assert all(user.full_name.startswith("Tài khoản mẫu: ") for user in users)
    assert {user.unit_id for user in users if user.role == "officer"} == {
        unit.pk for unit in Unit.objects.exclude(kind="city")
    }


def test_staff_log_for_the_city_and_for_wards():
    generate()
    logs = ProgressReport.objects.filter(period__isnull=True)
    assert {log.state for log in logs} == {"accepted"}
    assert {(log.unit.kind, log.told_by) for log in logs} == {
        ("city", ""),
        ("ward", "Người mẫu, gọi điện"),
    }
    assert {log.entries.count() for log in logs} == {1}


def test_all_that_is_said_is_plainly_a_sample():
    generate(units=30)
    said = [
        *ProgressEntry.objects.exclude(result="").values_list("result", flat=True),
        *ProgressEntry.objects.exclude(return_reason="").values_list("return_reason", flat=True),
        *ProgressReport.objects.exclude(overview="").values_list("overview", flat=True),
        *ProgressReport.objects.exclude(difficulties="").values_list("difficulties", flat=True),
        *ProgressReport.objects.exclude(next_steps="").values_list("next_steps", flat=True),
        *ProgressReport.objects.exclude(return_reason="").values_list("return_reason", flat=True),
        *Proposal.objects.values_list("text", flat=True),
        *Answer.objects.exclude(text="").values_list("text", flat=True),
        *Task.objects.values_list("text", flat=True),
    ]
    assert [text for text in said if not text.startswith("Nội dung mẫu: ")] == []
    assert Plan.objects.get().title.startswith("Kế hoạch mẫu")


def test_names_of_units_are_short_and_long_and_never_twice():
    rng = Random(1)
    wards, members = ward_names(400, rng), member_names(100, rng)
    names = [fold(name) for name in (*wards, *members)]
    assert len({*names}) == 500
    assert (min(map(len, names)), max(map(len, names))) == (9, 62)


def test_on_a_terminal_it_says_how_far_it_is(monkeypatch, capsys):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    generate(periods=1)
    lines = capsys.readouterr().err.split("\r")
    assert lines[1] == f"[{'#' * 1}{'.' * 39}] 4 %"
    assert lines[-1] == f"[{'#' * 40}] 100 %\n"


def test_elsewhere_it_is_quiet(capsys):
    generate(periods=1)
    assert capsys.readouterr().err == ""
