from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from reports.finding import KINDS
from reports.models import Answer, Proposal
from tests.factories import (
    bring_to,
    make_assignment,
    make_basis,
    make_entry,
    make_group,
    make_period,
    make_plan,
    make_report,
    make_task,
    make_unit,
)
from tests.pages import HOSTILE_NUMBERS, HOSTILE_TEXTS, in_english, links, texts, tree, words
from tests.reports.acts import withdraw
from units.folding import fold

TASKS = [
    ("Học tập, quán triệt Nghị quyết", "Cùng Kế hoạch số 102- KH/TU (23/12/2022) của tỉnh."),
    ("Hoà giải ở khu dân cư", "Củng cố tổ hòa giải; nắm chắc tình hình."),
    ("Phòng, chống tham nhũng", "Vận động phát hiện, tố giác; theo Quy định 124-QĐ/TW."),
    ("Đền ơn đáp nghĩa", "Thăm hỏi gia đình chính sách."),
    ("Nắm tình hình nhân dân", "Tiếp xúc cử tri ở phường Nam Hải."),
]


@pytest.fixture
def register(cast) -> SimpleNamespace:
    """Two plans, six tasks, two reports and two proposals of the owner's ward; nothing of the other's."""
    plan = make_plan(
        number="155-KH/TU",
        title="Thực hiện Nghị quyết 28-NQ/TW về đổi mới phương thức tuyên truyền",
        issuer="Ban Thường trực Ủy ban MTTQ thành phố",
    )
    make_basis(plan, number="617/KH-MTTQ-BTT", text="Kế hoạch số 617/KH-MTTQ-BTT ngày 02/6/2023")
    trees = make_plan(number="05/KH-MTTQ", title="Tết trồng cây đời đời nhớ ơn Bác", state="closed")
    make_assignment(make_task(make_group(trees), title="Trồng 100 cây phi lao"), cast.ward)
    group = make_group(plan)
    assignments = [
        make_assignment(make_task(group, title=title, text=text, position=place), cast.ward)
        for place, (title, text) in enumerate(TASKS)
    ]
    cast.ward.aliases = "MTTQ phường Cát Cũ"
    cast.ward.save()
    report = make_report(
        cast.ward,
        make_period(plan),
        overview="Tình hình ổn định, bà con phấn khởi.",
        difficulties="Thiếu kinh phí mua tờ gấp.",
        next_steps="Mở hội thi tìm hiểu pháp luật.",
    )
    make_entry(report, assignments[0], result="Đã phát 400 tờ gấp ở khu phố Trung Kỳ.")
    make_entry(report, assignments[1], result="Thực hiện Công văn số 12 /CV-MTTQ, hoà giải 5 vụ.")
    proposal = Proposal.objects.create(
        report=report, addressee="Ủy ban MTTQ thành phố", text="Cấp thêm kinh phí tập huấn"
    )
    second = Proposal.objects.create(
        report=report, addressee="Thành ủy", text="Sửa đường ra bãi biển theo Thông báo 33-TB/TU", position=1
    )
    bring_to(report, "accepted", cast.staff)
    log = make_report(cast.ward, plan=plan)
    make_entry(log, assignments[2], result="Báo tin qua điện thoại: đã gỡ áp phích cũ.")
    bring_to(log, "accepted", cast.staff)
    return SimpleNamespace(
        cast=cast, plan=plan, group=group, report=report, log=log, proposal=proposal, second=second
    )


def hits(page, kind: str = "") -> list[str]:
    return texts(page, f"//main//section[@id][@id='{kind}' or '{kind}' = '']//li//a")


# What is asked, of which kind the answer is, and the name of the first hit; asked once more without marks.
QUESTIONS = [
    ("đổi mới phương thức", "plans", "Thực hiện Nghị quyết 28-NQ/TW về đổi mới phương thức tuyên truyền"),
    ("tuyên truyền", "plans", "Thực hiện Nghị quyết 28-NQ/TW về đổi mới phương thức tuyên truyền"),
    ("155- KH/TU", "plans", "Thực hiện Nghị quyết 28-NQ/TW về đổi mới phương thức tuyên truyền"),
    ("155 kh tu", "plans", "Thực hiện Nghị quyết 28-NQ/TW về đổi mới phương thức tuyên truyền"),
    ("155khtu", "plans", "Thực hiện Nghị quyết 28-NQ/TW về đổi mới phương thức tuyên truyền"),
    ("155 – KH/TU", "plans", "Thực hiện Nghị quyết 28-NQ/TW về đổi mới phương thức tuyên truyền"),
    ("28 nq tw", "plans", "Thực hiện Nghị quyết 28-NQ/TW về đổi mới phương thức tuyên truyền"),
    ("617/KH – MTTQ", "plans", "Thực hiện Nghị quyết 28-NQ/TW về đổi mới phương thức tuyên truyền"),
    ("Bác nhớ ơn", "plans", "Tết trồng cây đời đời nhớ ơn Bác"),
    ("5/KH", "plans", "Tết trồng cây đời đời nhớ ơn Bác"),
    ("quán triệt", "tasks", "Học tập, quán triệt Nghị quyết"),
    ("102-kh/tu", "tasks", "Học tập, quán triệt Nghị quyết"),
    ("hòa giải", "tasks", "Hoà giải ở khu dân cư"),
    ("THAM NHŨNG", "tasks", "Phòng, chống tham nhũng"),
    ("124qđtw", "tasks", "Phòng, chống tham nhũng"),
    ("đền ơn", "tasks", "Đền ơn đáp nghĩa"),
    ("nhân dân nắm", "tasks", "Nắm tình hình nhân dân"),
    ("phi lao", "tasks", "Trồng 100 cây phi lao"),
    ("Bãi Cát", "units", "phường Bãi Cát"),
    ("cát cũ", "units", "phường Bãi Cát"),
    ("bai-cat", "units", "phường Bãi Cát"),
    ("Quý III/2026", "reports", "phường Bãi Cát · Quý III/2026"),
    ("phấn khởi", "reports", "phường Bãi Cát · Quý III/2026"),
    ("hội thi tìm hiểu", "reports", "phường Bãi Cát · Quý III/2026"),
    ("khu phố Trung Kỳ", "reports", "phường Bãi Cát · Quý III/2026"),
    ("12/CV-MTTQ", "reports", "phường Bãi Cát · Quý III/2026"),
    ("gỡ áp phích", "reports", "phường Bãi Cát · Ghi tiến độ ngày {today}"),
    ("kinh phí tập huấn", "proposals", "Cấp thêm kinh phí tập huấn"),
    ("thành ủy biển", "proposals", "Sửa đường ra bãi biển theo Thông báo 33-TB/TU"),
    ("33 tb/tu", "proposals", "Sửa đường ra bãi biển theo Thông báo 33-TB/TU"),
]


@pytest.mark.parametrize(("asked", "kind", "first"), QUESTIONS)
def test_the_question_is_answered_with_and_without_marks(register, as_user, asked, kind, first):
    first = first.format(today=f"{timezone.localdate():%d/%m/%Y}")
    for person in (register.cast.staff, register.cast.leader, register.cast.owner):
        for question in (asked, fold(asked).upper()):
            page = as_user(person).get(reverse("search"), {"q": question})
            assert hits(page, kind)[:1] == [first]


@pytest.mark.parametrize(("asked", "kind", "first"), QUESTIONS)
def test_the_officer_of_another_unit_is_told_nothing(register, as_user, asked, kind, first):
    for question in (asked, fold(asked)):
        page = as_user(register.cast.outsider).get(reverse("search"), {"q": question})
        assert hits(page) == []
        assert texts(page, "//main//section//h2") == ["Không tìm thấy kết quả nào"]


MINH, CAT = "xã Quảng Minh · Quý III/2026", "phường Bãi Cát · Quý III/2026"
# As leaders speak of it, and all that is found.
SPOKEN = [
    ("quá hạn", {}),
    ("quý III", {"reports": [MINH, CAT]}),
    ("quý 3", {"reports": [MINH, CAT]}),
    ("quý 3/2026", {"reports": [MINH, CAT]}),
    ("khó khăn", {"reports": [CAT]}),
    ("kiến nghị tập huấn", {"proposals": ["Cấp thêm kinh phí tập huấn"]}),
    ("báo cáo quý III Quảng Minh", {"reports": [MINH]}),
    (
        "x",
        {
            "plans": ["Quyền làm chủ, khóa XIII"],
            "tasks": ["Nắm tình hình nhân dân"],
            "units": ["xã Quảng Minh"],
            "reports": [MINH],
        },
    ),
    ("kiểm tra giám sát", {"tasks": ["Việc của thanh niên"]}),
    ("tuyên truyền, phổ biến", {"tasks": ["Trồng 100 cây phi lao", *(title for title, _text in TASKS)]}),
]


@pytest.mark.parametrize(("asked", "found"), SPOKEN)
def test_what_leaders_ask_for_finds_that_and_no_word_within_another(register, as_user, asked, found):
    unit = make_unit("xã Quảng Minh")
    plan = make_plan(title="Quyền làm chủ, khóa XIII")
    group = make_group(plan, title="Kiểm tra, giám sát", number="3")
    make_assignment(make_task(group, title="Việc của thanh niên"), unit)
    report = make_report(unit, make_period(plan), overview="Hiệu quả quản lý, thành tích ghi nhận.")
    bring_to(report, "accepted", register.cast.staff)
    for question in (asked, fold(asked)):
        page = as_user(register.cast.leader).get(reverse("search"), {"q": question})
        by_kind = {kind: hits(page, kind) for kind in KINDS}
        assert {kind: names for kind, names in by_kind.items() if names} == found


@pytest.mark.parametrize("asked", ["tuyen truyen", "tuyên truyền"])
def test_an_officer_finds_the_own_tasks_by_their_group(register, as_user, asked):
    page = as_user(register.cast.owner).get(reverse("search"), {"q": asked})
    assert hits(page, "tasks") == ["Trồng 100 cây phi lao", *(title for title, _text in TASKS)]


def test_an_officer_finds_the_own_part_of_what_two_units_have(register, as_user):
    """Its own unit, the plan and its task; of the other unit's reports and proposals nothing."""
    cast = register.cast
    own = make_task(register.group, title="Việc chung của hai phường")
    make_assignment(own, cast.ward)
    make_assignment(own, cast.other_ward, due_on=date(2030, 1, 31))
    page = in_english(as_user(cast.outsider)).get(reverse("search"), {"q": "phuong"})
    assert hits(page, "tasks") == ["Việc chung của hai phường"]
    assert texts(page, "//main//section[@id='tasks']//li//*[@class='nowrap']") == ["31/01/2030"]
    assert (hits(page, "plans"), hits(page, "units")) == ([register.plan.title], ["phường Đồi Thông"])
    assert (hits(page, "reports"), hits(page, "proposals")) == ([], [])


def test_what_is_being_written_again_is_found_by_those_who_write_it(register, as_user):
    """A report taken back is a draft again, whose words were sent once."""
    cast = register.cast
    period = make_period(register.plan, name="Quý IV/2026")
    report = make_report(cast.ward, period, overview="Lời chưa ai được đọc.", by=cast.owner)
    Proposal.objects.create(report=report, addressee="Tỉnh", text="Điều chưa ai được đọc")
    bring_to(report, "submitted", cast.owner)
    client = {role: as_user(getattr(cast, role)) for role in ("staff", "leader", "owner", "outsider")}

    def found() -> dict[str, list[int]]:
        pages = {
            role: each.get(reverse("search"), {"q": "chua ai duoc doc"}) for role, each in client.items()
        }
        kinds = ("reports", "proposals")
        return {role: [len(hits(page, kind)) for kind in kinds] for role, page in pages.items()}

    assert found() == {"staff": [1, 1], "leader": [1, 1], "owner": [1, 1], "outsider": [0, 0]}
    withdraw(report, cast.owner)
    assert found() == {"staff": [1, 1], "leader": [0, 0], "owner": [1, 1], "outsider": [0, 0]}


def test_what_is_only_typed_is_found_by_nobody(register, as_user):
    cast = register.cast
    report = make_report(cast.ward, make_period(register.plan, name="Quý IV/2026"), by=cast.owner)
    report.keep({"overview": "Lời mới gõ"}, cast.owner, report.version)
    for person in (cast.staff, cast.leader, cast.owner):
        assert hits(as_user(person).get(reverse("search"), {"q": "lời mới gõ"})) == []
    by_name = {
        role: hits(as_user(getattr(cast, role)).get(reverse("search"), {"q": "quy iv"}), "reports")
        for role in ("staff", "leader", "owner", "outsider")
    }
    name = "phường Bãi Cát · Quý IV/2026"
    assert by_name == {"staff": [name], "leader": [], "owner": [name], "outsider": []}


def test_a_proposal_that_a_revision_repeats_is_found_once(register, as_user):
    cast = register.cast
    revision = make_report(cast.ward, register.report.period, revision=2)
    for row in (register.proposal, register.second):
        Proposal.objects.create(report=revision, addressee=row.addressee, text=row.text)
    bring_to(revision, "accepted", cast.staff)
    Answer.objects.create(
        proposal=register.proposal,
        state="in_hand",
        answered_at=timezone.now(),
        answered_by=cast.staff,
    )
    page = in_english(as_user(cast.staff)).get(reverse("search"), {"q": "tap huan", "kind": "proposals"})
    assert hits(page) == ["Cấp thêm kinh phí tập huấn"]
    assert texts(page, "//main//section//*[contains(@class, 'mark-')]") == ["In hand"]
    assert links(page)[-1].startswith(f"{revision.get_absolute_url()}#proposal-")


def test_a_hit_says_where_it_belongs_and_shows_what_was_found(register, as_user):
    client = in_english(as_user(register.cast.staff))
    page = client.get(reverse("search"), {"q": "kinh phi"})
    assert texts(page, "//main//section//li") == [
        f"phường Bãi Cát · Quý III/2026 {register.plan.title}"
        " Difficulties: Thiếu kinh phí mua tờ gấp. Accepted",
        "Cấp thêm kinh phí tập huấn phường Bãi Cát Quý III/2026 To Ủy ban MTTQ thành phố Not answered",
    ]
    assert texts(page, "//main//mark") == ["kinh phí", "kinh phí"]
    assert texts(page, "//main//nav//a") == ["All 2", "Reports 1", "Proposals 1"]
    page = client.get(reverse("search"), {"q": "617 kh"})
    assert texts(page, "//main//section//li") == [
        f"{register.plan.title} No. 155-KH/TU Ban Thường trực Ủy ban MTTQ thành phố"
        " Kế hoạch số 617/KH-MTTQ-BTT ngày 02/6/2023 In force"
    ]
    assert texts(page, "//main//mark") == ["617/KH-MTTQ-BTT"]


def test_marks_that_are_typed_and_known_are_meant_then_whole_words_come_first_then_names(cast, work, as_user):
    for title in ("Hội Namsơn", "Nắm tình hình", "Nam Hải", "Năm điều", "Khác hẳn"):
        make_task(work.group, title=title, text="Ở Việt Nam" if title == "Khác hẳn" else "")
    client = as_user(cast.staff)
    answered = {
        asked: hits(client.get(reverse("search"), {"q": asked}), "tasks")
        for asked in ("nam", "năm", "nắm", "nằm", "Nam")
    }
    assert answered == {
        "nam": ["Nắm tình hình", "Nam Hải", "Năm điều", "Khác hẳn", "Hội Namsơn"],
        "Nam": ["Nắm tình hình", "Nam Hải", "Năm điều", "Khác hẳn", "Hội Namsơn"],
        "năm": ["Năm điều"],
        "nắm": ["Nắm tình hình"],
        "nằm": ["Nắm tình hình", "Nam Hải", "Năm điều", "Khác hẳn"],
    }


def test_marks_that_only_others_write_are_not_known(cast, work, as_user):
    """Or what an officer finds would tell of what the officer may not read."""
    make_assignment(make_task(work.group, title="Nắm tình hình"), cast.other_ward)
    report = make_report(cast.ward, make_period(work.plan), overview="Nằm trong kế hoạch.")
    bring_to(report, "accepted", cast.staff)
    pages = {
        role: as_user(getattr(cast, role)).get(reverse("search"), {"q": "nằm"})
        for role in ("staff", "outsider")
    }
    found = {role: [hits(page, kind) for kind in ("tasks", "reports")] for role, page in pages.items()}
    assert found == {
        "staff": [[], ["phường Bãi Cát · Quý III/2026"]],
        "outsider": [["Nắm tình hình"], []],
    }


def test_a_task_is_found_by_its_group_as_the_group_is_called_now(cast, work, as_user):
    client = as_user(cast.staff)
    make_task(work.group, title="Giám sát sau kiểm tra", position=5)
    other = make_group(work.plan, title="Nền nếp")
    work.group.title = "Kiểm tra, giám sát"
    work.group.save()
    task = work.group.tasks.first()

    def found(asked: str) -> list[str]:
        return hits(client.get(reverse("search"), {"q": asked}), "tasks")

    assert found("tuyên truyền") == []
    assert found("kiểm tra giám sát") == ["Giám sát sau kiểm tra", str(task)]
    task.group = other
    task.save()
    assert found("kiểm tra giám sát") == ["Giám sát sau kiểm tra"]
    assert found("nen nep") == [str(task)]
    assert [row.history_type for row in task.history.all()] == ["~", "+"]


def test_words_side_by_side_come_before_the_same_words_apart_and_those_before_parts(cast, work, as_user):
    for title in ("Khung tranh dân gian", "Việc khác", "Dân ở khu mới", "Khu dân cư", "Dân khu Đông"):
        make_task(work.group, title=title, text="Dân của khu cũ" if title == "Việc khác" else "")
    page = as_user(cast.staff).get(reverse("search"), {"q": "khu dân"})
    assert hits(page, "tasks") == [
        "Khu dân cư",
        "Dân ở khu mới",
        "Dân khu Đông",
        "Việc khác",
        "Khung tranh dân gian",
    ]


def test_a_unit_that_bears_the_word_comes_before_all_that_stand_in_the_country(cast, as_user):
    make_unit("xã Nam Thủy")
    page = as_user(cast.staff).get(reverse("search"), {"q": "nam"})
    assert hits(page, "units") == ["xã Nam Thủy", "MTTQ thành phố", "phường Bãi Cát", "phường Đồi Thông"]


def test_a_unit_that_has_ended_is_found_and_says_so(cast, as_user):
    ended = timezone.localdate() - timedelta(days=1)
    make_unit("xã Cũ", valid_to=ended)
    page = in_english(as_user(cast.leader)).get(reverse("search"), {"q": "xã cũ"})
    assert texts(page, "//main//section//*[contains(@class, 'mark-')]") == [f"ended {ended:%d/%m/%Y}"]


def test_a_correction_is_found_by_its_new_words_alone(register, as_user):
    task = register.group.tasks.first()
    task.title = "Viết lại hoàn toàn"
    task.save()
    client = as_user(register.cast.staff)
    assert hits(client.get(reverse("search"), {"q": "hoàn toàn"}), "tasks") == ["Viết lại hoàn toàn"]
    assert hits(client.get(reverse("search"), {"q": "quán triệt"}), "tasks") == []


def test_ten_of_each_kind_and_the_others_page_by_page(cast, work, as_user):
    for number in range(34):
        make_task(work.group, title=f"Trồng cây {number:02}", position=number)
    client = in_english(as_user(cast.staff))
    page = client.get(reverse("search"), {"q": "trong cay", "page": "2"})
    assert hits(page) == [f"Trồng cây {number:02}" for number in range(10)]
    assert texts(page, "//main//section/a") == ["24 more: Tasks"]
    assert links(page)[-1] == "?q=trong+cay&kind=tasks"
    page = client.get(reverse("search"), {"q": "trong cay", "kind": "tasks"})
    assert hits(page) == [f"Trồng cây {number:02}" for number in range(30)]
    assert links(page)[-1] == "?q=trong+cay&kind=tasks&page=2"
    page = client.get(reverse("search"), {"q": "trong cay", "kind": "tasks", "page": "2"})
    assert hits(page) == [f"Trồng cây {number:02}" for number in range(30, 34)]
    assert links(page)[:2] == ["?q=trong+cay", "?q=trong+cay&kind=tasks"]


def test_a_kind_without_hits_says_where_they_are(register, as_user):
    page = in_english(as_user(register.cast.staff)).get(reverse("search"), {"q": "155khtu", "kind": "units"})
    assert texts(page, "//main//section//h2") == ["Nothing of this kind"]
    assert texts(page, "//main//nav//a") == ["All 1", "Plans 1"]


def test_the_box_is_on_every_page_and_keeps_the_words(register, as_user):
    client = as_user(register.cast.owner)
    fields = "//header//form[@role='search']/input[@name='q']/@value"
    assert tree(client.get(reverse("list-plans"), {"q": "cây"})).xpath(fields) == []
    assert tree(client.get(reverse("search"), {"q": " Cây  cối "})).xpath(fields) == [" Cây  cối "]
    assert tree(client.get("/")).xpath("//header//form[@role='search']/@action") == ["/search/"]
    assert tree(as_user(None).get(reverse("sign-in"))).xpath("//*[@role='search']") == []


@pytest.mark.parametrize("asked", ["", "   ", "\x00"])
def test_without_words_it_says_what_can_be_found(register, as_user, asked):
    page = in_english(as_user(register.cast.staff)).get(reverse("search"), {"q": asked})
    assert texts(page, "//main//h1 | //main//h2") == ["Search", "One box for everything"]
    assert hits(page) == []


def test_any_words_may_be_searched(register, as_user):
    make_task(register.group, title="Nguy <script>x</script> & % 'dấu'")
    client = as_user(register.cast.staff)
    most = [*HOSTILE_TEXTS, *HOSTILE_NUMBERS, "%", "_", "\\", "'", '"', "a " * 3000, "1-a " * 500, "́"]
    for text in most:
        for query in ({"q": text}, {"q": text, "kind": "tasks"}, {"q": "nguy", "kind": text, "page": text}):
            page = client.get(reverse("search"), query)
            assert page.status_code == 200
            assert "<script>x" not in page.content.decode()
    assert hits(client.get(reverse("search"), {"q": "%"})) == []
    page = client.get(reverse("search"), {"q": "script"})
    assert hits(page) == ["Nguy <script>x</script> & % 'dấu'"]
    assert texts(page, "//main//li//mark") == ["script", "script"]


def test_a_leader_who_finds_nothing_is_told_what_to_try(register, as_user):
    page = in_english(as_user(register.cast.leader)).get(reverse("search"), {"q": "không có gì như thế"})
    assert texts(page, "//main//section//h2") == [
        "Nothing has these words",
        "Who is late stands with each plan",
    ]
    assert "try fewer" in words(page)
    plan = register.plan
    assert tree(page).xpath("//main//section//li//a/@href") == [
        plan.get_absolute_url(),
        f"/plans/{plan.pk}/reporting/?standing=missing",
        f"/plans/{plan.pk}/assignments/?standing=overdue",
    ]


def test_an_officer_who_finds_nothing_is_not_led_to_what_others_owe(register, as_user):
    page = in_english(as_user(register.cast.owner)).get(reverse("search"), {"q": "không có gì như thế"})
    assert texts(page, "//main//section//h2") == ["Nothing has these words"]


WAYS = [
    ("staff", "cây", "", 16),
    ("staff", "cay", "", 15),
    ("owner", "cây", "", 17),
    ("staff", "cây", "tasks", 10),
    ("staff", "cây zzz", "", 10),
    ("owner", "zzz", "", 8),
]


@pytest.mark.parametrize("rows", [1, 40])
@pytest.mark.parametrize(("role", "asked", "kind", "queries"), WAYS)
def test_many_hits_ask_no_more_than_few(
    cast, as_user, django_assert_num_queries, role, asked, kind, queries, rows
):
    for number in range(rows):
        plan = make_plan(title="Cây")
        make_basis(plan)
        task = make_task(make_group(plan), title="Cây")
        report = make_report(cast.ward, make_period(plan), overview="Cây")
        make_entry(report, make_assignment(task, cast.ward))
        Proposal.objects.create(report=report, addressee="Cây", text="Cây")
        bring_to(report, "accepted", cast.staff)
        make_unit(f"Cây {number}")
    cast.ward.aliases = "Cây"
    cast.ward.save()
    client = as_user(getattr(cast, role))
    with django_assert_num_queries(queries):
        page = client.get(reverse("search"), {"q": asked, "kind": kind})
    assert len(hits(page, "tasks")) == (0 if "zzz" in asked else min(rows, 30 if kind else 10))
