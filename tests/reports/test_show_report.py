from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from reports import actions
from reports.reading.content import EntryContent
from tests.factories import (
    bring_to,
    make_assignment,
    make_attachment,
    make_entry,
    make_period,
    make_plan,
    make_report,
    make_task,
)
from tests.pages import form_data, in_english, links, texts, tree, words
from tests.reports.acts import accept, send_back, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(as_user):
    """A report's page as a person gets it, in English."""
    return lambda user, report: in_english(as_user(user)).get(reverse("show-report", args=[report.pk]))


def banner(page) -> str:
    return words(page, "//div[contains(@class, 'report-banner')]")


def acts(page) -> list[str]:
    """What the banner offers to do next."""
    return texts(
        page,
        "//div[contains(@class,'report-banner')]//*[self::button or (self::a and contains(@class,'btn'))]",
    )


def test_a_draft_is_gone_on_with_by_its_unit(typed, read):
    page = read(typed.cast.owner, typed.report)
    assert banner(page).startswith("Being written, not submitted yet. Last typed by Cán bộ phường Bãi Cát at")
    assert acts(page) == ["Continue"]
    assert "Đã tổ chức 02 hội nghị." in words(page)


def test_what_is_typed_is_read_by_those_who_may_write_it(typed, read):
    shown = {
        role: "Đã tổ chức 02 hội nghị." in words(read(getattr(typed.cast, role), typed.report))
        for role in ("owner", "staff", "leader")
    }
    assert shown == {"owner": True, "staff": True, "leader": False}
    page = read(typed.cast.leader, typed.report)
    assert (acts(page), "can be read here once it is submitted" in words(page)) == ([], True)


def test_a_submitted_report_waits_and_can_be_taken_back(sent, read):
    page = read(sent.cast.owner, sent.report)
    assert "Cán bộ phường Bãi Cát submitted it at" in banner(page)
    assert acts(page) == ["Take it back to change it"]
    assert form_data(page)["version"] == ["4"]
    assert tree(page).xpath("//main//form/@action") == [f"/reports/{sent.report.pk}/withdraw/"]
    assert acts(read(sent.cast.staff, sent.report)) == ["Review"]
    assert acts(read(sent.cast.leader, sent.report)) == []


def test_a_returned_report_says_why_and_offers_to_mend_it(sent, read):
    send_back(sent.report, sent.cast.staff, "Thiếu ảnh.", {sent.second.pk: "Ghi rõ số tờ."})
    page = read(sent.cast.owner, sent.report)
    assert "Cán bộ thành phố returned this report at" in banner(page)
    assert "Thiếu ảnh. 1.2 Phát tài liệu tuyên truyền: Ghi rõ số tờ." in banner(page)
    assert acts(page) == ["Mend and submit again"]
    assert texts(page, f"//section[@id='entry-{sent.second.pk}']//div[contains(@class,'note-bad')]") == [
        "To be mended: Ghi rõ số tờ."
    ]
    assert texts(page, f"//section[@id='entry-{sent.assignment.pk}']//div[contains(@class,'note-bad')]") == []


def test_an_accepted_report_is_corrected_by_a_revision(sent, read):
    accept(sent.report, sent.cast.staff)
    page = read(sent.cast.owner, sent.report)
    assert "Cán bộ thành phố accepted it at" in banner(page)
    assert acts(page) == ["Make a revision"]
    assert acts(read(sent.cast.leader, sent.report)) == []
    revision = actions.revise_report(sent.report, sent.cast.owner)
    page = read(sent.cast.owner, sent.report)
    assert "A revision is on its way: revision 2" in banner(page)
    assert (acts(page), f"/reports/{revision.pk}/" in links(page)) == ([], True)
    submit(revision, sent.cast.owner)
    accept(revision, sent.cast.staff)
    assert "A later revision stands in its place: revision 2" in banner(read(sent.cast.owner, sent.report))


def test_staff_let_the_unit_correct_an_accepted_report_of_a_locked_period(sent, read):
    accept(sent.report, sent.cast.staff)
    assert acts(read(sent.cast.staff, sent.report)) == ["Make a revision"]
    sent.period.locks_on = sent.period.due_on
    sent.period.save()
    with time_machine.travel("2026-10-05 03:00", tick=False):
        page = read(sent.cast.staff, sent.report)
        assert acts(page) == ["Make a revision", "Exception"]
        assert reverse("extend-obligation", args=[sent.obligation.pk]) in links(page)
        assert [acts(read(person, sent.report)) for person in (sent.cast.owner, sent.cast.leader)] == [[], []]
        sent.plan.state = "closed"
        sent.plan.save()
        assert acts(read(sent.cast.staff, sent.report)) == ["Make a revision"]


def test_the_facts(sent, read):
    page = read(sent.cast.leader, sent.report)
    names = texts(page, "//dl[@class='facts']/dt")
    facts = dict(zip(names, texts(page, "//dl[@class='facts']/dd"), strict=True))
    assert facts["Submitted"].endswith(", Cán bộ phường Bãi Cát")
    del facts["Submitted"]
    assert facts == {
        "Unit": "phường Bãi Cát",
        "Plan": "Thực hiện nghị quyết mẫu",
        "Period": "Quý III/2026",
        "Figures": "15/06/2026 – 14/09/2026",
        "State as of": "14/09/2026",
        "Due": "20/09/2026 on time",
    }


def test_it_says_that_it_came_late(typed, read):
    with time_machine.travel(date(2026, 9, 25)):
        submit(typed.report, typed.cast.owner)
    assert "20/09/2026 late" in words(read(typed.cast.owner, typed.report), "//dl[@class='facts']")


def test_last_time_stands_beside_what_has_changed(owed, read):
    before = make_report(owed.cast.ward, make_period(owed.plan, name="Quý II/2026"))
    make_entry(before, owed.assignment, percent=30, result="Mới xong kế hoạch.")
    make_entry(before, owed.second, percent=20, result="Đã in.")
    bring_to(before, "accepted", owed.cast.staff)
    report = make_report(owed.cast.ward, owed.period)
    make_entry(report, owed.assignment, percent=60, result="Đã họp 02 lần.")
    make_entry(report, owed.second, number="1.2", percent=20, result="Đã in.")
    bring_to(report, "submitted", owed.cast.owner)
    page = read(owed.cast.leader, report)
    first = words(page, f"//section[@id='entry-{owed.assignment.pk}']")
    assert first == (
        "1.1 Tổ chức hội nghị học tập In progress · 60% Đã họp 02 lần."
        " Last time, Quý II/2026: In progress 30% Mới xong kế hoạch."
    )
    second = words(page, f"//section[@id='entry-{owed.second.pk}']")
    assert second == "1.2 Phát tài liệu tuyên truyền In progress · 20% Đã in. = as in Quý II/2026"


def test_a_late_report_of_an_earlier_period_is_compared_with_the_one_before_it(owed, read):
    later = make_report(owed.cast.ward, owed.period)
    make_entry(later, owed.assignment, status="done", percent=100)
    with time_machine.travel(date(2026, 9, 14)):
        bring_to(later, "accepted", owed.cast.staff)
    report = make_report(owed.cast.ward, make_period(owed.plan, name="Quý II/2026"))
    make_entry(report, owed.assignment, percent=30)
    with time_machine.travel(date(2026, 10, 1)):
        bring_to(report, "submitted", owed.cast.owner)
        report.reported_on = date(2026, 6, 14)
        report.save()
    assert "Last time" not in words(read(owed.cast.leader, report))


def values(page) -> list[str]:
    return texts(page, "//dl[@class='report-values']/div")


def test_indicators_stand_against_their_targets(owed, read):
    added = owed.task.indicators.create(name="Lượt người", target=1000)
    last = owed.task.indicators.create(name="Mô hình", sum="last", target=5, position=1)
    free = owed.task.indicators.create(name="Buổi", measure="buổi", position=2)
    before = make_report(owed.cast.ward, make_period(owed.plan, name="Quý II/2026"))
    entry = make_entry(before, owed.assignment)
    for indicator, value in ((added, "400"), (last, "2"), (free, "3")):
        entry.values.create(indicator=indicator, value=Decimal(value))
    with time_machine.travel(date(2026, 6, 14)):
        bring_to(before, "accepted", owed.cast.staff)
    report = make_report(owed.cast.ward, owed.period)
    entry = make_entry(report, owed.assignment)
    for indicator, value in ((added, "186.5"), (last, "5")):
        entry.values.create(indicator=indicator, value=Decimal(value))
    with time_machine.travel(date(2026, 9, 14)):
        bring_to(report, "submitted", owed.cast.owner)
    page = read(owed.cast.leader, report)
    assert values(page) == [
        "Lượt người 186.5 last time 400 586.5 of the target of 1,000 58%",
        "Mô hình 5 last time 2 ✓ 5 of the target of 5 100%",
        "Buổi (buổi) – last time 3 3 so far",
    ]
    assert tree(page).xpath("//progress/@value") == ["58", "100"]


def test_a_total_counts_the_revision_that_stood_when_the_report_was_accepted(owed, read):
    people = owed.task.indicators.create(name="Lượt người", target=100)

    def accepted(period, day, value, **fields):
        report = make_report(owed.cast.ward, period, **fields)
        make_entry(report, owed.assignment).values.create(indicator=people, value=value)
        with time_machine.travel(day):
            return bring_to(report, "accepted", owed.cast.staff)

    first = make_period(owed.plan, name="Quý II/2026")
    accepted(first, date(2026, 6, 14), 10)
    second = accepted(owed.period, date(2026, 9, 14), 20)
    assert values(read(owed.cast.leader, second)) == [
        "Lượt người 20 last time 10 30 of the target of 100 30%"
    ]
    accepted(first, date(2026, 9, 20), 15, revision=2)
    assert values(read(owed.cast.leader, second)) == [
        "Lượt người 20 last time 10 30 of the target of 100 30%"
    ]


def test_a_total_counts_what_was_reported_when_the_task_was_in_another_plan(owed, read):
    people = owed.task.indicators.create(name="Lượt người", target=10)
    elsewhere = make_period(make_plan(title="Kế hoạch trước"), name="Quý II/2026")
    for period, day, value in ((elsewhere, date(2026, 6, 14), 4), (owed.period, date(2026, 9, 14), 8)):
        report = make_report(owed.cast.ward, period)
        make_entry(report, owed.assignment).values.create(indicator=people, value=value)
        with time_machine.travel(day):
            bring_to(report, "accepted", owed.cast.staff)
    page = read(owed.cast.leader, report)
    assert values(page)[0].startswith("Lượt người 8 last time 4 ✓ 12 of the target of 10 ")
    assert tree(page).xpath("//progress/@value") == ["100"]


def test_a_target_of_nothing_has_no_bar(owed, read):
    owed.task.indicators.create(name="Vụ việc", target=0)
    report = make_report(owed.cast.ward, owed.period)
    make_entry(report, owed.assignment)
    bring_to(report, "submitted", owed.cast.owner)
    page = read(owed.cast.leader, report)
    assert values(page) == ["Vụ việc – ✓ 0 of the target of 0"]
    assert tree(page).xpath("//progress") == []


def test_an_amount_that_a_revision_repeats_is_none_of_its_news(owed, read):
    people = owed.task.indicators.create(name="Lượt người")
    for revision in (1, 2):
        report = make_report(owed.cast.ward, owed.period, revision=revision)
        make_entry(report, owed.assignment, result="Đã họp.").values.create(indicator=people, value=40)
        bring_to(report, "accepted", owed.cast.staff)
    assert "= as in revision 1" in words(read(owed.cast.leader, report))


def test_what_was_accepted_later_changes_nothing_on_the_page_of_what_was_before(owed, read):
    people = owed.task.indicators.create(name="Lượt người", target=100)
    reports = []
    for revision, value in ((1, 40), (2, 50)):
        report = make_report(owed.cast.ward, owed.period, revision=revision)
        make_entry(report, owed.assignment).values.create(indicator=people, value=value)
        reports.append(bring_to(report, "accepted", owed.cast.staff))
    first, second = (read(owed.cast.leader, report) for report in reports)
    assert ("Last time" in words(first), values(first)) == (
        False,
        ["Lượt người 40 40 of the target of 100 40%"],
    )
    assert values(second) == ["Lượt người 50 as accepted 40 50 of the target of 100 50%"]


def test_a_revision_shows_what_it_corrects(sent, read):
    accept(sent.report, sent.cast.staff)
    revision = actions.revise_report(sent.report, sent.cast.owner)
    submit(revision, sent.cast.owner, {f"e{sent.assignment.pk}-result": "Đã tổ chức 03 hội nghị."})
    page = read(sent.cast.leader, revision)
    assert texts(page, "//main//h1") == ["Report: Quý III/2026 · revision 2"]
    assert texts(page, "//details[contains(@class,'panel')]/summary") == ["What differs from revision 1"]
    path = "//details[contains(@class,'panel')]"
    assert texts(page, f"{path}//h3") == ["1.1 Tổ chức hội nghị học tập"]
    assert (texts(page, f"{path}//del"), texts(page, f"{path}//ins")) == (["02"], ["03"])
    assert texts(page, "//ol[@class='rows']/li") == [
        "revision 1 Accepted " + sent.report.accepted_at.strftime("%d/%m/%Y"),
        "revision 2 Waiting for review",
    ]
    assert f"/reports/{sent.report.pk}/" in links(page)
    assert "As accepted in revision 1" in words(page)


def test_a_revision_names_the_evidence_that_was_added_and_removed(owed, read):
    reports = []
    for revision, kept in ((1, b"cu"), (2, b"moi")):
        report = make_report(owed.cast.ward, owed.period, revision=revision)
        make_attachment(report, owed.cast.owner, content=b"chung", name=f"chung-{revision}.pdf")
        make_attachment(report, owed.cast.owner, content=kept, name=f"{kept.decode()}.pdf")
        reports.append(bring_to(report, "accepted", owed.cast.staff))
    page = read(owed.cast.leader, reports[1])
    path = "//details[contains(@class,'panel')]"
    assert texts(page, f"{path}/p") == ["Evidence: cu.pdf moi.pdf"]
    assert (texts(page, f"{path}//del"), texts(page, f"{path}//ins")) == (["cu.pdf"], ["moi.pdf"])


def test_a_revision_as_the_one_before_says_so(sent, read):
    accept(sent.report, sent.cast.staff)
    revision = actions.revise_report(sent.report, sent.cast.owner)
    page = read(sent.cast.owner, revision)
    assert texts(page, "//details[contains(@class,'panel')]/p") == ["Nothing."]


def test_the_first_report_has_no_revisions_to_show(sent, read):
    page = read(sent.cast.owner, sent.report)
    assert texts(page, "//details[contains(@class,'panel')]") == []
    assert "Revisions" not in texts(page, "//h2")


def test_a_log_says_who_logged_it_for_whom_and_who_told_it(owed, read):
    owed.task.indicators.create(name="Lượt người", target=10)
    said = EntryContent(owed.assignment, "", "Tổ chức hội nghị học tập", "done", 100, "Đã họp, 40 người dự.")
    log = actions.start_log(owed.assignment, said, owed.cast.staff, "2f1e7f6c-5a51-4b7e-a3b0-3a2f5b7c9d10")
    actions.finish_log(log, owed.cast.staff, date(2026, 9, 1), "Chị Hoa, văn phòng")
    page = read(owed.cast.owner, log)
    assert texts(page, "//main//h1") == ["Logged progress, 01/09/2026"]
    assert banner(page).startswith("Cán bộ thành phố logged this for phường Bãi Cát at")
    assert banner(page).endswith("Told by: Chị Hoa, văn phòng.")
    assert (acts(page), values(page)) == ([], [])
    assert "Đã họp, 40 người dự." in words(page)
    assert texts(page, "//ol[contains(@class,'story')]/li/div[@class='fw-semibold']") == [
        "Logged it for the unit"
    ]


def test_the_story_stands_on_the_page(sent, read):
    send_back(sent.report, sent.cast.staff, reasons={sent.second.pk: "Ghi rõ số tờ."})
    submit(sent.report, sent.cast.owner, {f"e{sent.second.pk}-result": "Đã phát 450 tờ gấp."})
    accept(sent.report, sent.cast.staff)
    page = read(sent.cast.owner, sent.report)
    path = "//ol[contains(@class,'story')]"
    assert texts(page, f"{path}/li/div[@class='fw-semibold']") == [
        "Began the report",
        "Submitted the report",
        "Returned it",
        "Submitted it again",
        "Accepted the report",
    ]
    assert texts(page, f"{path}//ul[@class='story-reasons']/li") == [
        "1.2 Phát tài liệu tuyên truyền: Ghi rõ số tờ."
    ]
    assert (texts(page, f"{path}//del"), texts(page, f"{path}//ins")) == (["400"], ["450"])


def test_a_stranger_finds_nothing(sent, read):
    assert read(sent.cast.outsider, sent.report).status_code == 404
    assert read(sent.cast.owner, make_report(sent.cast.other_ward, sent.period)).status_code == 404


@pytest.mark.parametrize("more", [0, 28])
def test_the_page_asks_the_database_as_often_for_30_tasks(owed, as_user, more, django_assert_num_queries):
    report = make_report(owed.cast.ward, owed.period)
    make_entry(report, owed.assignment)
    make_entry(report, owed.second)
    for place in range(more):
        task = make_task(owed.group, title=f"Việc {place}", position=place + 2)
        make_entry(report, make_assignment(task, owed.cast.ward))
    bring_to(report, "submitted", owed.cast.owner)
    client = as_user(owed.cast.leader)
    with django_assert_num_queries(24):
        client.get(reverse("show-report", args=[report.pk]))
