"""The story of a report as its history tells it, from the first word to the accepted revision."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from reports import actions
from reports.models import Attachment
from reports.reading.content import EntryContent
from reports.reading.story import story_of
from tests.factories import bring_to, make_entry, make_report
from tests.reports.acts import accept, keep, send_back, submit, withdraw
from units.records import acting_as

# The clock is set before anything is made.
pytestmark = [pytest.mark.usefixtures("clock"), pytest.mark.django_db]


@pytest.fixture
def clock():
    """Every act on its own day, beginning with the 18th of September."""
    start = datetime(2026, 9, 18, 2, tzinfo=UTC)
    with time_machine.travel(start) as traveller:

        def next_day() -> None:
            nonlocal start
            start += timedelta(days=1)
            traveller.move_to(start)

        yield next_day


def told(report):
    return [
        (act.kind.value, act.who, act.revision) for act in story_of(report).acts if act.kind != "extended"
    ]


def changes(act) -> dict[str, list[str]]:
    """What was changed in the entries, by title: the pieces that are not the same."""
    return {
        entry.title: [
            f"{piece.kind}: {piece.text.strip()}"
            for change in entry.changes
            for piece in change.pieces
            if piece.kind != "same"
        ]
        for entry in act.differences.entries.values()
    }


@pytest.fixture
def story(typed, clock):
    """Returned for one entry, mended, accepted; a revision, accepted."""
    cast, report = typed.cast, typed.report
    submit(report, cast.owner)
    clock()
    send_back(report, cast.staff, reasons={typed.assignment.pk: "Ghi rõ số người."})
    clock()
    submit(report, cast.owner, {f"e{typed.assignment.pk}-result": "Đã tổ chức 02 hội nghị, 186 người."})
    clock()
    accept(report, cast.staff)
    clock()
    revision = actions.revise_report(report, cast.owner)
    clock()
    submit(revision, cast.owner, {f"e{typed.second.pk}-percent": "70", "overview": "Tình hình tốt."})
    clock()
    accept(revision, cast.admin)
    typed.revision = revision
    return typed


def test_who_did_what_in_which_order(story):
    assert told(story.report) == [
        ("started", "Cán bộ phường Bãi Cát", 1),
        ("submitted", "Cán bộ phường Bãi Cát", 1),
        ("returned", "Cán bộ thành phố", 1),
        ("submitted", "Cán bộ phường Bãi Cát", 1),
        ("accepted", "Cán bộ thành phố", 1),
        ("started", "Cán bộ phường Bãi Cát", 2),
        ("submitted", "Cán bộ phường Bãi Cát", 2),
        ("accepted", "Quản trị", 2),
    ]
    assert told(story.revision) == told(story.report)


def test_why_it_was_returned(story):
    returned = story_of(story.report).acts[2]
    assert returned.reason == ""
    assert [(reason.number, reason.title, reason.text) for reason in returned.reasons] == [
        ("1.1", "Tổ chức hội nghị học tập", "Ghi rõ số người.")
    ]


def test_what_was_mended(story):
    _started, first, _returned, again, *_more = story_of(story.report).acts
    assert (first.differences, first.is_again, again.is_again) == (None, False, True)
    assert changes(again) == {"Tổ chức hội nghị học tập": ["new: , 186 người"]}
    assert again.differences.changes == []


def test_what_the_revision_corrects(story):
    act = story_of(story.report).acts[6]
    assert (act.is_again, act.is_unchanged) == (False, False)
    assert changes(act) == {
        "Phát tài liệu tuyên truyền": [
            "old: Đang thực hiện, 60%",
            "new: Đang thực hiện, 70%",
        ]
    }
    assert [[piece.text for piece in change.pieces] for change in act.differences.changes] == [
        ["Tình hình ", "ổn định", "tốt", "."]
    ]


def test_the_days_are_those_of_the_acts(story):
    assert [act.when.date().day for act in story_of(story.report).acts[1:5]] == [18, 19, 20, 21]


def test_a_story_costs_the_same_however_long_it_is(story, django_assert_num_queries):
    with django_assert_num_queries(11):
        story_of(story.report)


def test_sent_again_as_it_was(typed, clock):
    submit(typed.report, typed.cast.owner)
    clock()
    send_back(typed.report, typed.cast.staff, "Xem lại.")
    clock()
    submit(typed.report, typed.cast.owner)
    acts = story_of(typed.report).acts
    assert (acts[2].reason, acts[3].is_unchanged) == ("Xem lại.", True)


def test_taken_back_and_sent_again(typed, clock):
    submit(typed.report, typed.cast.owner)
    clock()
    withdraw(typed.report, typed.cast.owner)
    clock()
    submit(typed.report, typed.cast.staff, {"overview": "Ổn."})
    assert told(typed.report)[1:] == [
        ("submitted", "Cán bộ phường Bãi Cát", 1),
        ("withdrawn", "Cán bộ phường Bãi Cát", 1),
        ("submitted", "Cán bộ thành phố", 1),
    ]


def test_proposals_and_values_of_the_day_are_compared(typed, clock):
    people = typed.task.indicators.create(name="Lượt người")
    name = f"e{typed.assignment.pk}-i{people.pk}"
    submit(typed.report, typed.cast.owner, {name: "100"})
    clock()
    send_back(typed.report, typed.cast.staff, "Sai.")
    clock()
    submit(typed.report, typed.cast.owner, {name: "186", "p0-text": "Cấp thêm loa."})
    clock()
    send_back(typed.report, typed.cast.staff, "Vẫn sai.")
    clock()
    submit(typed.report, typed.cast.owner, {name: "", "p0-text": "", "p0-addressee": ""})
    _started, _first, _returned, second, _again, third = story_of(typed.report).acts
    assert changes(second) == {"Tổ chức hội nghị học tập": ["old: 100", "new: 186"]}
    assert [piece.text for piece in second.differences.changes[0].pieces if piece.kind != "same"] == [
        "tài liệu",
        "loa",
    ]
    assert changes(third) == {"Tổ chức hội nghị học tập": ["old: 186"]}
    assert [piece.kind for piece in third.differences.changes[0].pieces] == ["old"]


def test_a_task_that_was_taken_away_meanwhile(typed, clock):
    submit(typed.report, typed.cast.owner)
    clock()
    withdraw(typed.report, typed.cast.owner)
    typed.second.ended_on = date(2026, 9, 19)
    typed.second.save()
    clock()
    submit(typed.report, typed.cast.owner)
    act = story_of(typed.report).acts[-1]
    assert [(entry.title, entry.is_gone) for entry in act.differences.entries.values()] == [
        ("Phát tài liệu tuyên truyền", True)
    ]


def test_evidence_that_came_and_went(typed, clock):
    def attach(name: str) -> Attachment:
        return Attachment.objects.create(
            report=typed.report, name=name, digest=name, size=1, media_type="x/y", added_by=typed.cast.owner
        )

    old = attach("cu.pdf")
    submit(typed.report, typed.cast.owner)
    clock()
    send_back(typed.report, typed.cast.staff, "Thiếu ảnh.")
    old.delete()
    attach("moi.jpg")
    clock()
    submit(typed.report, typed.cast.owner)
    _started, first, _returned, again = story_of(typed.report).acts
    assert (first.files_added, again.files_added, again.files_removed) == ([], ["moi.jpg"], ["cu.pdf"])
    assert again.is_unchanged is False


def test_days_after_the_lock_that_staff_gave(typed, clock):
    with acting_as(typed.cast.staff):
        typed.obligation.extended_to, typed.obligation.extension_reason = date(2026, 10, 5), "Mưa bão."
        typed.obligation.save()
    clock()
    submit(typed.report, typed.cast.owner)
    clock()
    typed.obligation.extended_to, typed.obligation.extension_reason = None, ""
    typed.obligation.save()
    acts = [act for act in story_of(typed.report).acts if act.kind == "extended"]
    assert [(act.who, act.until, act.reason) for act in acts] == [
        ("Cán bộ thành phố", date(2026, 10, 5), "Mưa bão."),
        ("hệ thống", None, ""),
    ]


def test_another_units_exception_is_none_of_its_story(typed, clock):
    other = typed.period.obligations.create(unit=typed.cast.other_ward)
    other.extended_to, other.extension_reason = date(2026, 10, 5), "Mưa bão."
    other.save()
    assert [act.kind.value for act in story_of(typed.report).acts] == ["started"]


def test_what_staff_logged_is_one_act(owed):
    said = EntryContent(owed.assignment, "", "", "done", 100, "Đã họp.")
    log = actions.start_log(owed.assignment, said, owed.cast.staff, "2f1e7f6c-5a51-4b7e-a3b0-3a2f5b7c9d10")
    actions.finish_log(log, owed.cast.staff, date(2026, 9, 1), "Chị Hoa")
    assert told(log) == [("logged", "Cán bộ thành phố", 1)]


def test_a_report_that_was_brought_in_at_once_has_every_act(owed, clock):
    """Of an old report only its last state is stored; the times are those that it names."""
    report = make_report(owed.cast.ward, owed.period, started_by=owed.cast.owner)
    make_entry(report, owed.assignment, percent=50, result="Đang làm.")
    bring_to(report, "accepted", owed.cast.staff, datetime(2026, 9, 19, tzinfo=UTC))
    assert told(report) == [
        ("started", "Cán bộ phường Bãi Cát", 1),
        ("submitted", "Cán bộ thành phố", 1),
        ("accepted", "Cán bộ thành phố", 1),
    ]
    assert [act.when.day for act in story_of(report).acts] == [18, 19, 19]
    clock()
    clock()
    revision = actions.revise_report(report, owed.cast.owner)
    first, second = f"e{owed.assignment.pk}", f"e{owed.second.pk}"
    typed = {f"{first}-status": "in_progress", f"{first}-percent": "60", f"{first}-result": "Đang làm."}
    submit(revision, owed.cast.owner, {**typed, f"{second}-status": "not_started"})
    (entry, _added) = story_of(report).last_submission.differences.entries.values()
    assert [[piece.text for piece in change.pieces] for change in entry.changes] == [
        ["Đang thực hiện, 50%", " → ", "Đang thực hiện, 60%"]
    ]


def test_the_newest_submission_answers_the_return_before_it(typed, clock):
    answered = []
    submit(typed.report, typed.cast.owner)
    answered.append(story_of(typed.report).answered)
    clock()
    send_back(typed.report, typed.cast.staff, "Xem lại.")
    clock()
    submit(typed.report, typed.cast.owner)
    answered.append(story_of(typed.report).answered.reason)
    clock()
    withdraw(typed.report, typed.cast.owner)
    keep(typed.report, typed.cast.owner, {"overview": "Ổn."})
    clock()
    submit(typed.report, typed.cast.owner)
    answered.append(story_of(typed.report).answered.reason)
    accept(typed.report, typed.cast.staff)
    clock()
    submit(actions.revise_report(typed.report, typed.cast.owner), typed.cast.owner)
    answered.append(story_of(typed.report).answered)
    assert answered == [None, "Xem lại.", "Xem lại.", None]


def test_an_answer_that_was_taken_back_is_no_measure_of_the_next(typed, clock):
    name = f"e{typed.assignment.pk}-result"
    submit(typed.report, typed.cast.owner)
    clock()
    send_back(typed.report, typed.cast.staff, "Ghi rõ số người.")
    clock()
    submit(typed.report, typed.cast.owner, {name: "Đã tổ chức 02 hội nghị, 186 người."})
    clock()
    withdraw(typed.report, typed.cast.owner)
    clock()
    submit(typed.report, typed.cast.owner)
    act = story_of(typed.report).last_submission
    assert (act.is_unchanged, changes(act)) == (False, {"Tổ chức hội nghị học tập": ["new: , 186 người"]})
