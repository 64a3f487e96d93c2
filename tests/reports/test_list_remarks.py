from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from reports.actions import revise_report
from reports.models import ProgressReport
from reports.state.remarks import remarks
from tests.factories import (
    bring_to,
    make_answer,
    make_period,
    make_plan,
    make_proposal,
    make_report,
    make_unit,
)
from tests.pages import HOSTILE_NUMBERS, HOSTILE_TEXTS, in_english, links, texts, tree, words
from tests.reports.acts import accept, submit
from units.models import Succession, Unit

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day} 09:00").replace(tzinfo=HANOI)


@pytest.fixture(autouse=True)
def clock():
    """All that the register knows was entered on the first of June; people look in December."""
    with time_machine.travel(at("2026-06-01"), tick=False) as traveller:
        yield traveller


@pytest.fixture
def quarters(work, clock):
    third = make_period(work.plan)
    fourth = make_period(
        work.plan, name="Quý IV/2026", figures_to=date(2026, 12, 14), due_on=date(2026, 12, 20)
    )
    clock.move_to(at("2026-12-18"))
    return third, fourth


def tell(unit, period, day, difficulties="", proposals=(), by=None) -> ProgressReport:
    """An accepted report, sent and accepted on the day."""
    report = make_report(unit, period, difficulties=difficulties)
    for place, text in enumerate(proposals):
        make_proposal(report, position=place, text=text)
    return bring_to(report, "accepted", by or unit.users.first(), at(day))


def url(work, **asked) -> str:
    return reverse("list-remarks", args=[work.plan.pk], query=asked or None)


def rows(page) -> list[str]:
    return texts(page, "//main//ul[@class='rows']/li")


def answering(page) -> list[str]:
    return [link for link in links(page) if link.startswith("/proposals/")]


def told(plan, day=date(2026, 12, 18), current=True) -> list[str]:
    return [remark.text for remark in remarks(plan, day) if remark.is_current or not current]


def test_what_stands_in_the_way_and_what_is_asked_newest_first(cast, work, quarters, as_user):
    own = tell(cast.ward, quarters[0], "2026-09-12", "Thiếu tài liệu.", ["Cấp thêm tài liệu.", "Mở lớp."])
    tell(cast.other_ward, quarters[0], "2026-09-14", "Mưa bão\nkéo dài.")
    make_answer(own.proposals.get(position=1), cast.staff, text="Sẽ mở trong tháng 10.")
    for person in (cast.admin, cast.staff, cast.leader):
        page = in_english(as_user(person)).get(url(work))
        answer, change = ("", "") if person == cast.leader else (" Answer", " Edit")
        unit = "" if person == cast.leader else ": phường Bãi Cát"
        assert rows(page) == [
            "Mưa bão kéo dài. Difficulties phường Đồi Thông Quý III/2026 14/09/2026",
            "Thiếu tài liệu. Difficulties phường Bãi Cát Quý III/2026 12/09/2026",
            "Cấp thêm tài liệu. Proposal to MTTQ thành phố phường Bãi Cát Quý III/2026 12/09/2026"
            f" Not answered{answer}{unit}",
            "Mở lớp. Proposal to MTTQ thành phố phường Bãi Cát Quý III/2026 12/09/2026"
            f" Answered · 18/12/2026 Sẽ mở trong tháng 10. ✓ Answered{change}{unit}",
        ]
        assert texts(page, "//main//section/div[@class='panel-head']") == ["Difficulties and proposals 4"]
    first = own.proposals.get(position=0).pk
    assert {f"/reports/{own.pk}/#difficulties", f"/reports/{own.pk}/#proposal-{first}"} <= set(links(page))


def test_the_places_in_the_report_that_are_pointed_at_are_there(cast, work, quarters, as_user):
    report = tell(cast.ward, quarters[0], "2026-09-12", "Thiếu.", ["Cấp."])
    page = tree(as_user(cast.leader).get(report.get_absolute_url()))
    assert [remark.anchor for remark in remarks(work.plan, date(2026, 12, 18))] == [
        anchor
        for anchor in page.xpath("//main//@id")
        if anchor in ("difficulties", f"proposal-{report.proposals.get().pk}")
    ]


def test_only_what_was_accepted_counts_and_of_revisions_the_last(typed, cast, clock):
    clock.move_to(at("2026-09-12"))
    submit(typed.report, cast.owner, {"difficulties": "Thiếu tài liệu."})
    assert told(typed.plan) == []
    accept(typed.report, cast.staff)
    clock.move_to(at("2026-09-20"))
    revision = revise_report(typed.report, cast.owner)
    submit(revision, cast.owner, {"difficulties": "Thiếu loa."})
    assert told(typed.plan, date(2026, 9, 20)) == ["Thiếu tài liệu.", "Cấp thêm tài liệu."]
    accept(revision, cast.staff)
    assert told(typed.plan, date(2026, 9, 20)) == ["Thiếu loa.", "Cấp thêm tài liệu."]
    assert told(typed.plan, date(2026, 9, 19)) == ["Thiếu tài liệu.", "Cấp thêm tài liệu."]
    assert told(typed.plan, date(2026, 9, 11)) == []


def test_a_newer_report_supersedes_difficulties_and_answered_proposals(cast, work, quarters, as_user):
    older = tell(cast.ward, quarters[0], "2026-09-12", "Thiếu tài liệu.", ["Cấp thêm.", "Mở lớp."])
    make_answer(older.proposals.get(position=0), cast.staff)
    make_answer(older.proposals.get(position=1), cast.staff, state="in_hand")
    tell(cast.ward, quarters[1], "2026-12-15", "", ["Thêm loa."])
    assert told(work.plan) == ["Thêm loa.", "Mở lớp."]
    assert told(work.plan, current=False) == ["Thêm loa.", "Thiếu tài liệu.", "Cấp thêm.", "Mở lớp."]
    page = in_english(as_user(cast.leader)).get(url(work))
    assert texts(page, "//nav[@class='filters']/a") == ["Still open 2", "Of all periods 4"]
    page = in_english(as_user(cast.leader)).get(url(work, shown="all"))
    assert len(rows(page)) == 4


def test_a_late_report_of_an_older_period_supersedes_nothing(cast, work, quarters):
    tell(cast.ward, quarters[1], "2026-12-15", "Thiếu loa.")
    late = make_report(cast.ward, quarters[0], difficulties="Thiếu tài liệu.")
    late.mark_submitted(cast.owner, quarters[0].cut_off_on, now=at("2026-12-16"))
    late.state, late.accepted_at, late.accepted_by = "accepted", at("2026-12-17"), cast.staff
    late.save()
    assert told(work.plan) == ["Thiếu loa."]


def test_what_staff_log_supersedes_nothing(cast, work, quarters):
    tell(cast.ward, quarters[0], "2026-09-12", "Thiếu tài liệu.")
    make_report(cast.ward, plan=work.plan, state="accepted", by=cast.staff)
    assert told(work.plan) == ["Thiếu tài liệu."]


def test_the_unit_that_another_goes_on_in_speaks_for_it(cast, work, quarters):
    tell(cast.ward, quarters[0], "2026-09-12", "Thiếu tài liệu.", ["Cấp thêm."])
    Succession.objects.create(
        predecessor=cast.ward, successor=cast.other_ward, effective_on=date(2026, 10, 1)
    )
    assert told(work.plan) == ["Thiếu tài liệu.", "Cấp thêm."]
    tell(cast.other_ward, quarters[1], "2026-12-15", "Thiếu loa.")
    assert told(work.plan) == ["Thiếu loa.", "Cấp thêm."]
    assert told(work.plan, date(2026, 12, 17)) == ["Thiếu loa.", "Thiếu tài liệu.", "Cấp thêm."]


def goes_on(predecessor: Unit, successor: Unit, day: str) -> None:
    """As was known since the first of June."""
    with time_machine.travel(at("2026-06-01"), tick=False):
        Succession.objects.create(
            predecessor=predecessor, successor=successor, effective_on=date.fromisoformat(day)
        )


def test_what_the_successor_said_still_stands_for_both_when_it_merges_in_turn(cast, work, quarters, clock):
    clock.move_to(at("2026-06-01"))
    third = make_unit("phường Rừng Dương")
    clock.move_to(at("2026-12-18"))
    goes_on(cast.ward, cast.other_ward, "2026-10-01")
    goes_on(cast.other_ward, third, "2026-12-10")
    tell(cast.ward, quarters[0], "2026-09-12", "Thiếu tài liệu.")
    tell(cast.other_ward, quarters[1], "2026-12-05", "Thiếu loa.")
    days = [date(2026, 12, day) for day in (4, 5, 10, 18)]
    assert [told(work.plan, day) for day in days] == [
        ["Thiếu tài liệu."],
        ["Thiếu loa."],
        ["Thiếu loa."],
        ["Thiếu loa."],
    ]
    tell(third, quarters[1], "2026-12-17", "Mưa bão.", by=cast.staff)
    assert told(work.plan) == ["Mưa bão."]


def test_what_the_successor_said_before_the_merger_speaks_for_itself_alone(cast, work, quarters):
    goes_on(cast.ward, cast.other_ward, "2026-10-01")
    tell(cast.ward, quarters[0], "2026-09-12", "Thiếu tài liệu.")
    tell(cast.other_ward, quarters[0], "2026-09-30", "Thiếu loa.")
    days = [date(2026, 9, 30), date(2026, 10, 1), date(2026, 12, 18)]
    assert [told(work.plan, day) for day in days] == [["Thiếu loa.", "Thiếu tài liệu."]] * 3
    tell(cast.other_ward, quarters[1], "2026-10-01", "Mưa bão.")
    assert told(work.plan) == ["Mưa bão."]


def test_units_that_go_on_in_each_other_each_speak_for_themselves(cast, work, quarters):
    goes_on(cast.ward, cast.other_ward, "2026-07-01")
    goes_on(cast.other_ward, cast.ward, "2026-08-01")
    tell(cast.ward, quarters[0], "2026-09-12", "Thiếu tài liệu.")
    tell(cast.other_ward, quarters[0], "2026-09-14", "Thiếu loa.")
    assert told(work.plan) == ["Thiếu loa.", "Thiếu tài liệu."]


def test_a_day_that_has_passed_stays_as_it_was(cast, work, quarters, as_user, clock):
    clock.move_to(at("2026-09-15"))
    report = tell(cast.ward, quarters[0], "2026-09-12", "", ["Cấp thêm."])
    answer = make_answer(report.proposals.get(), cast.staff, state="in_hand", text="Đã chuyển.")
    clock.move_to(at("2026-11-01"))
    answer.state, answer.text = "answered", "Đã cấp."
    answer.save()
    cast.ward.short_name, cast.ward.kind = "phường Mới", Unit.Kind.MEMBER
    cast.ward.save()
    quarters[0].name = "Quý 3"
    quarters[0].save()
    clock.move_to(at("2026-12-18"))
    tell(cast.ward, quarters[1], "2026-12-17", "Thiếu loa.")

    def shown(day) -> list[str]:
        return rows(in_english(as_user(cast.leader)).get(url(work, on=day, shown="all")))

    said = "Cấp thêm. Proposal to MTTQ thành phố phường Bãi Cát Quý III/2026 12/09/2026"
    assert shown("2026-09-11") == []
    assert shown("2026-09-14") == [f"{said} Not answered"]
    assert shown("2026-10-31") == [f"{said} In hand · 15/09/2026 Đã chuyển. In hand"]
    renamed = "Cấp thêm. Proposal to MTTQ thành phố phường Mới Quý 3 12/09/2026"
    assert shown("2026-11-01") == [f"{renamed} Answered · 15/09/2026 Đã cấp. ✓ Answered"]
    assert len(shown("2026-12-17")) == 2
    client = as_user(cast.staff)
    acts = [
        len(answering(client.get(url(work, shown="all", on=day)))) for day in ("2026-10-31", "2026-12-18")
    ]
    assert acts == [0, 1]
    assert len(rows(client.get(url(work, on="2026-10-31", kind="ward")))) == 1


def test_each_filter_leaves_what_it_asks_for(cast, work, quarters, as_user, clock):
    clock.move_to(at("2026-06-01"))
    member = make_unit("Hội Phụ nữ", Unit.Kind.MEMBER)
    clock.move_to(at("2026-12-18"))
    own = tell(cast.ward, quarters[0], "2026-09-12", "A", ["B", "C", "D"])
    tell(member, quarters[0], "2026-09-13", "E", ["F"], by=cast.staff)
    tell(member, quarters[1], "2026-12-15", "G", by=cast.staff)
    make_answer(own.proposals.get(text="C"), cast.staff)
    make_answer(own.proposals.get(text="D"), cast.staff, state="in_hand")
    client = in_english(as_user(cast.leader))

    def found(**asked) -> str:
        page = client.get(url(work, **asked))
        count = tree(page).xpath("string(//main//section/div[@class='panel-head']/span)") or "0"
        letters = "".join(row[0] for row in rows(page))
        assert (count, page.status_code) == (str(len(letters)), 200)
        return letters

    assert {
        str(asked): found(**asked)
        for asked in (
            {},
            {"shown": "all"},
            {"what": "difficulties"},
            {"what": "proposal"},
            {"answer": "none"},
            {"answer": "in_hand"},
            {"answer": "answered"},
            {"kind": "member"},
            {"kind": "member", "shown": "all"},
            {"unit": cast.ward.pk, "what": "difficulties"},
            {"unit": member.pk, "answer": "answered"},
            {"period": quarters[0].pk},
            {"period": quarters[1].pk, "shown": "all"},
            {"on": "2026-09-12"},
            {"on": "2026-12-14", "kind": "member"},
        )
    } == {
        "{}": "GFABCD",
        "{'shown': 'all'}": "GEFABCD",
        "{'what': 'difficulties'}": "GA",
        "{'what': 'proposal'}": "FBCD",
        "{'answer': 'none'}": "FB",
        "{'answer': 'in_hand'}": "D",
        "{'answer': 'answered'}": "C",
        "{'kind': 'member'}": "GF",
        "{'kind': 'member', 'shown': 'all'}": "GEF",
        f"{{'unit': {cast.ward.pk}, 'what': 'difficulties'}}": "A",
        f"{{'unit': {member.pk}, 'answer': 'answered'}}": "",
        f"{{'period': {quarters[0].pk}}}": "FABCD",
        f"{{'period': {quarters[1].pk}, 'shown': 'all'}}": "G",
        "{'on': '2026-09-12'}": "ABCD",
        "{'on': '2026-12-14', 'kind': 'member'}": "EF",
    }


def test_remarks_of_a_merged_unit_are_those_of_the_one_it_goes_on_in(cast, work, quarters, as_user, clock):
    clock.move_to(at("2026-06-01"))
    heir = make_unit("Hội Phụ nữ", Unit.Kind.MEMBER)
    clock.move_to(at("2026-12-18"))
    goes_on(cast.ward, heir, "2026-10-01")
    tell(cast.ward, quarters[0], "2026-09-12", "Thiếu loa.")
    tell(cast.other_ward, quarters[0], "2026-09-13", "Mưa bão.")
    client = in_english(as_user(cast.leader))

    def found(**asked) -> list[str]:
        return [row[:8] for row in rows(client.get(url(work, **asked)))]

    assert rows(client.get(url(work, unit=heir.pk))) == [
        "Thiếu loa. Difficulties phường Bãi Cát now Hội Phụ nữ Quý III/2026 12/09/2026"
    ]
    assert found(kind="member") == ["Thiếu lo"]
    assert found(kind="ward") == ["Mưa bão."]
    assert found(unit=heir.pk, on="2026-09-30") == ["Mưa bão.", "Thiếu lo"]
    assert found(unit=cast.ward.pk, on="2026-09-30") == ["Thiếu lo"]
    page = tree(client.get(url(work)))
    assert page.xpath("//select[@name='unit']/option/text()") == ["All", "Hội Phụ nữ", "phường Đồi Thông"]


def test_the_form_keeps_what_is_chosen_and_the_choices_are_those_of_the_plan(cast, work, quarters, as_user):
    tell(cast.ward, quarters[0], "2026-09-12", "A", ["B"])
    tell(cast.other_ward, make_period(make_plan()), "2026-09-12", "Z")
    page = tree(in_english(as_user(cast.leader)).get(url(work, unit=cast.ward.pk, shown="all")))
    form = page.xpath("//main//details//form")[0]
    assert form.xpath(".//select[@name='unit']/option/text()") == ["All", "phường Bãi Cát"]
    assert form.xpath(".//select[@name='kind']/option/text()") == ["All", "Ward or commune Front"]
    assert form.xpath(".//select[@name='period']/option/text()") == ["All", "Quý III/2026"]
    assert form.xpath(".//select[@name='unit']/option[@selected]/@value") == [str(cast.ward.pk)]
    assert form.xpath(".//input[@name='shown']/@value") == ["all"]
    assert page.xpath("//nav[@class='filters']/a/@href") == [
        f"?unit={cast.ward.pk}&shown=",
        f"?unit={cast.ward.pk}&shown=all",
    ]


def test_a_plan_without_remarks_and_filters_without_hits_say_so(cast, work, quarters, as_user):
    client = in_english(as_user(cast.leader))
    page = client.get(url(work))
    assert (texts(page, "//main//h2"), texts(page, "//main//select")) == (
        ["No difficulties or proposals"],
        [],
    )
    tell(cast.ward, quarters[0], "2026-09-12", "A")
    page = client.get(url(work, answer="answered"))
    assert texts(page, "//main//h2") == ["None is as you asked"]
    assert "take away" in words(page)


def test_a_choice_that_the_plan_does_not_have_is_told(cast, work, quarters, as_user):
    tell(cast.ward, quarters[0], "2026-09-12", "A")
    client = in_english(as_user(cast.leader))
    page = client.get(url(work, unit=cast.other_ward.pk))
    assert (len(rows(page)), len(tree(page).xpath("//main//details[@open]"))) == (1, 1)
    told_of = "Select a valid choice. {} is not one of the available choices."
    assert texts(page, "//main//details//*[contains(@class, 'invalid-feedback')]") == [
        told_of.format(cast.other_ward.pk)
    ]
    page = client.get(url(work, shown="none"))
    assert texts(page, "//main//p[@class='text-danger']") == [told_of.format("none")]


def test_hostile_addresses_are_no_fault(cast, work, quarters, as_user):
    tell(cast.ward, quarters[0], "2026-09-12", "A", ["B"])
    client = as_user(cast.staff)
    for name in ("shown", "what", "answer", "kind", "unit", "period", "on", "page"):
        for value in [*HOSTILE_NUMBERS, *HOSTILE_TEXTS]:
            page = client.get(url(work), {name: value})
            assert (name, value, page.status_code, len(rows(page))) == (name, value, 200, 2)


@pytest.mark.parametrize("units", [1, 60])
def test_many_remarks_ask_no_more_than_few(cast, work, quarters, as_user, django_assert_num_queries, units):
    for place in range(units):
        unit = make_unit()
        for period in quarters:
            report = tell(unit, period, "2026-12-15", f"Khó khăn {place}.", ["B", "C"], by=cast.staff)
            make_answer(report.proposals.get(text="C"), cast.staff)
    client = as_user(cast.staff)
    with django_assert_num_queries(10):
        page = client.get(url(work, shown="all"))
    assert len(rows(page)) == min(6 * units, 50)


def test_the_pages_are_turned_and_the_filters_stay(cast, work, quarters, as_user):
    for place in range(51):
        day = date(2026, 9, 1) + timedelta(days=place)
        tell(make_unit(), quarters[0], day.isoformat(), f"Khó khăn {place}.", by=cast.staff)
    client = in_english(as_user(cast.staff))
    page = client.get(url(work, what="difficulties"))
    assert (len(rows(page)), "?what=difficulties&page=2" in links(page)) == (50, True)
    assert texts(page, "//main//section/div[@class='panel-head']/span") == ["51"]
    page = client.get(url(work, what="difficulties", page=2))
    assert [row[:12] for row in rows(page)] == ["Khó khăn 0. "]


def test_the_plan_leads_here_those_who_read_everything(cast, work, as_user):
    shown = {
        person.role: url(work) in links(as_user(person).get(work.plan.get_absolute_url()))
        for person in (cast.admin, cast.staff, cast.leader, cast.owner)
    }
    assert shown == {"admin": True, "staff": True, "leader": True, "officer": False}
