from io import StringIO

import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from plans.models import LegalBasis, Plan, Recipient, TaskGroup
from reports.models import Obligation, Period, ProgressEntry, ProgressReport, Proposal
from reports.owed.standing import standings
from reports.state.work import works_of_plans
from tasks.models import Assignment, Indicator, Task
from tests.factories import make_plan, make_unit, make_user
from units.models import Letterhead, Unit, User

PASSWORD = "mau-thu-2023"

pytestmark = pytest.mark.django_db


def load() -> str:
    said = StringIO()
    call_command("load_sample", stdout=said)
    return said.getvalue()


def row_counts() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


@pytest.fixture(autouse=True)
def _password(settings):
    settings.SAMPLE_PASSWORD = PASSWORD


@pytest.fixture
def sample() -> str:
    return load()


def test_everything_is_there_once(sample):
    models = (
        *(Unit, Letterhead, User, Plan, LegalBasis, TaskGroup, Task, Recipient, Assignment, Indicator),
        *(Period, Obligation, ProgressReport, ProgressEntry),
    )
    assert {model.__name__: model.objects.count() for model in models} == {
        "Unit": 24,
        "Letterhead": 12,
        "User": 5,
        "Plan": 1,
        "LegalBasis": 3,
        "TaskGroup": 3,
        "Task": 8,
        "Recipient": 8,
        "Assignment": 51,
        "Indicator": 3,
        "Period": 4,
        "Obligation": 64,
        "ProgressReport": 58,
        "ProgressEntry": 142,
    }
    assert "  24 unit\n" in sample
    assert "admin, canbo, lanhdao, truongson, bacson" in sample
    assert PASSWORD not in sample


def test_a_second_load_adds_nothing(sample):
    before = row_counts()
    assert load() == "The sample is there already: nothing was added or changed.\n"
    assert row_counts() == before


def test_a_second_load_keeps_what_people_changed(sample):
    plan = Plan.objects.get()
    plan.title = "Tên đã sửa"
    plan.save()
    ward = Unit.objects.get(code="bac-son")
    ward.code, ward.short_name = "bac-son-cu", "phường Bắc Sơn (cũ)"
    ward.save()
    admin = User.objects.get(username="admin")
    admin.username, admin.full_name = "quantri", "Quản trị thật"
    admin.save()
    Assignment.objects.get(unit__code="truong-son", task__title__startswith="Nắm").remove()
    before = row_counts()
    load()
    assert row_counts() == before
    assert Plan.objects.get().title == "Tên đã sửa"
    assert Unit.objects.get(code="bac-son-cu").short_name == "phường Bắc Sơn (cũ)"


def test_without_a_password_nothing_is_stored(settings):
    settings.SAMPLE_PASSWORD = ""
    before = row_counts()
    with pytest.raises(CommandError, match="Set SAMPLE_PASSWORD"):
        load()
    assert row_counts() == before


@pytest.mark.parametrize("make", [lambda: make_user("leader"), make_unit, make_plan])
def test_an_offices_database_is_refused(make):
    make()
    before = row_counts()
    with pytest.raises(CommandError, match="of its own"):
        load()
    assert row_counts() == before


def test_a_failing_load_leaves_nothing(monkeypatch):
    def fail(*args):
        raise RuntimeError

    monkeypatch.setattr("reports.sample.loading.create_plan", fail)
    before = row_counts()
    with pytest.raises(RuntimeError):
        load()
    assert row_counts() == before


def test_the_accounts_sign_in_and_are_plainly_samples(sample):
    users = User.objects.order_by("pk")
    assert [(user.username, user.role, str(user.unit or "")) for user in users] == [
        ("admin", "admin", ""),
        ("canbo", "staff", "MTTQ thành phố Sầm Sơn"),
        ("lanhdao", "leader", "MTTQ thành phố Sầm Sơn"),
        ("truongson", "officer", "phường Trường Sơn"),
        ("bacson", "officer", "phường Bắc Sơn"),
    ]
    assert [user.username for user in users] == django_settings.SAMPLE_USERNAMES
    assert all(user.full_name.startswith("Tài khoản mẫu: ") for user in users)
    assert [Client().login(username=user.username, password=PASSWORD) for user in users] == [True] * 5


def test_recipients_stand_for_the_right_units(sample):
    assert [
        (line.name, line.purpose, [unit.code for unit in line.units.order_by("pk")])
        for line in Recipient.objects.all()
    ] == [
        ("Ban Thường trực UBMTTQ tỉnh", "b/c", ["mttq-thanh-hoa"]),
        ("Ban Tuyên giáo UBMTTQ tỉnh", "b/c", ["tuyen-giao-mttq-thanh-hoa"]),
        ("Thường trực Thành ủy", "b/c", ["thuong-truc-thanh-uy"]),
        ("Ban Tuyên giáo, Ban Dân vận Thành ủy", "", ["tuyen-giao-thanh-uy", "dan-van-thanh-uy"]),
        ("Ban Thường trực UB MTTQ thành phố", "", ["mttq-sam-son"]),
        (
            "Các tổ chức thành viên",
            "",
            [
                "lien-doan-lao-dong",
                "hoi-nong-dan",
                "hoi-lhpn",
                "thanh-doan",
                "hoi-ccb",
                "hoi-chu-thap-do",
                "hoi-nguoi-cao-tuoi",
            ],
        ),
        (
            "Ban Thường trực UBMTTQ các phường, xã",
            "",
            [
                "bac-son",
                "quang-chau",
                "quang-cu",
                "quang-tho",
                "quang-tien",
                "quang-vinh",
                "trung-son",
                "truong-son",
                "quang-dai",
                "quang-hung",
                "quang-minh",
            ],
        ),
        ("Lưu MTTQ thành phố", "lưu", []),
    ]


def test_the_plan_says_what_is_known_and_no_more(sample):
    plan = Plan.objects.get()
    assert (plan.number, plan.issued_on, plan.issuing_unit.code) == ("", None, "mttq-sam-son")
    assert [(basis.number, f"{basis.date:%d/%m/%Y}") for basis in plan.legal_bases.all()] == [
        ("28-NQ/TW", "17/11/2022"),
        ("617/KH-MTTQ-BTT", "02/06/2023"),
        ("155-KH/TU", "30/12/2022"),
    ]
    assert [(group.number, group.kind, group.tasks.count()) for group in plan.groups.all()] == [
        ("1", "propaganda", 4),
        ("2", "directives", 2),
        ("3", "supervision", 2),
    ]
    assert [task.title for task in Task.objects.filter(ongoing=True)] == [
        "Nắm đời sống và nguyện vọng của người dân"
    ]
    assert set(Letterhead.objects.values_list("signer_name", flat=True)) == {""}


def test_every_task_has_a_lead_and_the_wards_have_three(sample):
    assert Assignment.objects.filter(role="lead", unit__code="mttq-sam-son").count() == 8
    assert Assignment.objects.filter(role="carry_out").count() == 33
    assert Assignment.objects.filter(role="carry_out", unit__code="truong-son").count() == 3
    assert Assignment.objects.filter(role="support").count() == 10
    assert not Assignment.objects.filter(due_on__isnull=False).exists()


def test_history_is_in_the_name_of_the_samples_administrator(sample):
    admin = User.objects.get(username="admin")
    models = (Unit, Letterhead, User, Plan, LegalBasis, TaskGroup, Task, Recipient, Assignment)
    assert {
        model.__name__: set(model.history.values_list("history_user", flat=True)) for model in models
    } == {model.__name__: {admin.pk} for model in models}
    assert Assignment.history.count() == 51
    assert Plan.history.get().history_date <= timezone.now()


def standing(period: Period) -> dict[str, list[str]]:
    """Units by the stage of their report, and how it came."""
    found: dict[str, list[str]] = {}
    for told in standings(period.obligations.select_related("unit", "period"), timezone.localdate()):
        state = f"{told.stage} {told.arrival or ''}".strip()
        found.setdefault(state, []).append(told.obligation.unit.code)
    return found


@pytest.mark.parametrize(
    ("today", "names"),
    [
        ("2026-11-23", ["Quý I/2026", "Quý II/2026", "Quý III/2026", "Quý IV/2026"]),
        ("2026-09-21", ["Quý IV/2025", "Quý I/2026", "Quý II/2026", "Quý III/2026"]),
        ("2026-09-29", ["Quý I/2026", "Quý II/2026", "Quý III/2026", "Quý IV/2026"]),
        ("2026-01-01", ["Quý II/2025", "Quý III/2025", "Quý IV/2025", "Quý I/2026"]),
        ("2024-02-29", ["Quý II/2023", "Quý III/2023", "Quý IV/2023", "Quý I/2024"]),
        ("2026-12-28", ["Quý I/2026", "Quý II/2026", "Quý III/2026", "Quý IV/2026"]),
        ("2026-12-31", ["Quý II/2026", "Quý III/2026", "Quý IV/2026", "Quý I/2027"]),
    ],
)
def test_three_quarters_are_reported_and_one_is_open_whatever_the_day(time_machine, today, names):
    time_machine.move_to(f"{today} 08:00+07:00", tick=False)
    load()
    first, second, previous, current = Period.objects.order_by("figures_to")
    assert [first.name, second.name, previous.name, current.name] == names
    assert [
        {state: len(codes) for state, codes in standing(period).items()} for period in (first, second)
    ] == [
        {"accepted in_time": 14, "accepted in_grace": 1, "accepted late": 1},
        {"accepted in_time": 15, "not_started": 1},
    ]
    told = standing(previous)
    assert {state: len(codes) for state, codes in told.items()} == {
        "accepted in_time": 14,
        "accepted late": 1,
        "not_started": 1,
    }
    assert (told["accepted late"], told["not_started"]) == (["quang-dai"], ["quang-minh"])
    told = standing(current)
    assert {state: len(codes) for state, codes in told.items()} == {
        "waiting in_time": 1,
        "returned in_time": 1,
        "not_started": 14,
    }
    assert (told["waiting in_time"], told["returned in_time"]) == (["quang-tien"], ["bac-son"])
    assert previous.due_on < timezone.localdate() < current.due_on
    for report in ProgressReport.objects.all():
        acts = (report.started_at, report.submitted_at, report.returned_at, report.accepted_at)
        assert all(at <= timezone.now() for at in acts if at)
        assert report.reported_on
        assert report.reported_on <= timezone.localdate()


def test_a_new_report_of_the_officer_begins_with_the_last_one(sample):
    client = Client()
    client.login(username="truongson", password=PASSWORD)
    owed = Obligation.objects.filter(unit__code="truong-son").order_by("-period__figures_to")[0]
    page = client.post(f"/obligations/{owed.pk}/start/", follow=True)
    assert page.status_code == 200
    report = ProgressReport.objects.get(period=owed.period, unit=owed.unit)
    last = ProgressReport.objects.accepted().filter(unit=owed.unit).latest("reported_on")
    assert {key: report.typed.get(key) for key in last.typed if key.endswith("-result")} == {
        key: text for key, text in last.typed.items() if key.endswith("-result")
    }


def test_who_acted_is_who_history_names(sample):
    staff, officer = (User.objects.get(username=name) for name in ("canbo", "bacson"))
    returned = ProgressReport.objects.get(state="returned")
    assert (returned.submitted_by, returned.returned_by) == (officer, staff)
    assert {row.history_user for row in returned.history.all()} == {officer, staff}
    accepted = ProgressReport.objects.accepted().filter(unit=returned.unit)
    assert [(each.submitted_by, each.accepted_by) for each in accepted] == [(officer, staff)] * 3
    assert set(Period.history.values_list("history_user", flat=True)) == {staff.pk}
    others = ProgressReport.objects.exclude(unit__users__role="officer")
    assert {report.submitted_by for report in others} == {staff}


def test_what_the_sample_reports_is_plainly_made_up(sample):
    results = set(ProgressEntry.objects.exclude(result="").values_list("result", flat=True))
    assert all(text.startswith("Nội dung mẫu: ") for text in results)
    assert set(ProgressReport.objects.filter(period__isnull=False).values_list("overview", flat=True)) == {
        "Báo cáo mẫu để làm quen; số liệu không có thật."
    }


def test_some_deadlines_are_the_samples_and_say_so(time_machine):
    time_machine.move_to("2026-11-23 08:00+07:00", tick=False)
    load()
    dated = Task.objects.filter(due_on__isnull=False)
    assert [(task.title[:10], f"{task.due_on:%d/%m/%Y}") for task in dated] == [
        ("Học tập, q", "29/06/2026"),
        ("Phổ biến p", "13/12/2026"),
        ("Vận động p", "22/04/2027"),
        ("Bồi dưỡng ", "29/09/2026"),
        ("Tổng kết Q", "29/06/2026"),
        ("Kiểm tra v", "18/12/2026"),
    ]
    said = "(Thời hạn trong hệ thống là dữ liệu mẫu.)"
    assert [task.title for task in Task.objects.all() if task.text.endswith(said) != bool(task.due_on)] == []


def test_everything_is_dated_when_it_happened(time_machine):
    time_machine.move_to("2026-11-23 08:00+07:00", tick=False)
    load()
    models = (Unit, User, Plan, Task, Assignment, Indicator)
    days = {timezone.localdate(row.history_date) for model in models for row in model.history.all()}
    assert [f"{day:%d/%m/%Y}" for day in days] == ["29/12/2025"]
    mended = ProgressReport.objects.get(returned_at__isnull=False, state="accepted")
    assert [
        (row.history_type, row.state, f"{timezone.localtime(row.history_date):%d/%m/%Y %H:%M}")
        for row in mended.history.order_by("history_id")
    ] == [
        ("+", "draft", "15/06/2026 08:00"),
        ("~", "submitted", "15/06/2026 09:00"),
        ("~", "returned", "15/06/2026 15:00"),
        ("~", "submitted", "17/06/2026 09:00"),
        ("~", "accepted", "18/06/2026 09:00"),
    ]


def test_difficulties_and_proposals_are_there_and_some_are_answered(sample):
    told = ProgressReport.objects.exclude(difficulties="").order_by("pk")
    assert [report.unit.code for report in told] == [
        *("quang-hung", "hoi-nong-dan", "bac-son", "quang-tho", "quang-tien")
    ]
    replies = Proposal.objects.order_by("pk").values_list("report__unit__code", "answer__state")
    assert list(replies) == [
        ("quang-chau", "answered"),
        ("hoi-lhpn", None),
        ("quang-tho", "in_hand"),
        ("quang-tien", None),
    ]


def test_every_class_of_progress_is_there(sample):
    works = works_of_plans(Plan.objects.all(), timezone.localdate())
    assert {(work.assignment.unit.kind, work.progress.value) for work in works} >= {
        *(("city", progress) for progress in ("done_in_time", "done_late", "in_progress", "not_started")),
        *(("ward", progress) for progress in ("done_in_time", "done_late", "in_progress", "not_started")),
        ("ward", "overdue"),
        ("member", "done_in_time"),
        ("member", "in_progress"),
    }


def test_staff_have_logged_what_the_city_did_and_what_a_ward_said(sample):
    logs = ProgressReport.objects.filter(period__isnull=True).order_by("pk")
    assert [log.unit.code for log in logs] == [*["mttq-sam-son"] * 8, "quang-tho"]
    assert {log.told_by for log in logs} == {"", "Người mẫu, gọi điện"}
    assert {log.state for log in logs} == {"accepted"}
    assert not logs.filter(reported_on__gte=timezone.localdate()).exists()
