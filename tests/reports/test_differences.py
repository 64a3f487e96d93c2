from decimal import Decimal

import pytest

from reports.reading.content import Content, EntryContent, ProposalContent
from reports.reading.differences import (
    Change,
    EntryDifference,
    Kind,
    Piece,
    differences,
    whole_pieces,
    word_pieces,
)
from tests.factories import make_assignment, make_task


def same(text: str) -> Piece:
    return Piece(Kind.SAME, text)


def old(text: str) -> Piece:
    return Piece(Kind.OLD, text)


def new(text: str) -> Piece:
    return Piece(Kind.NEW, text)


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("", "", []),
        ("Không đổi.", "Không đổi.", [same("Không đổi.")]),
        ("", "Mới.", [new("Mới.")]),
        ("Cũ.", "", [old("Cũ.")]),
        (
            "Đã tổ chức 02 hội nghị.",
            "Đã tổ chức 03 hội nghị.",
            [same("Đã tổ chức "), old("02 "), new("03 "), same("hội nghị.")],
        ),
        ("hội nghị.", "hội nghị, 186 người.", [same("hội nghị"), new(", 186 người"), same(".")]),
        ("phát 1.186 tờ", "phát 1.286 tờ", [same("phát "), old("1.186 "), new("1.286 "), same("tờ")]),
    ],
)
def test_texts_differ_by_words(before, after, pieces):
    assert word_pieces(before, after) == pieces


def test_both_texts_can_be_read_from_the_pieces():
    before, after = "một hai ba\nbốn năm sáu", "một 2 ba\nbốn sáu"
    pieces = word_pieces(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != Kind.NEW) == before
    assert "".join(piece.text for piece in pieces if piece.kind != Kind.OLD) == after


def test_very_long_texts_are_set_one_after_the_other():
    before, after = "a " * 2000, "a " * 2000 + "b"
    assert word_pieces(before, after) == [old(before), new(after)]


def test_texts_with_hardly_a_word_in_common_are_set_one_after_the_other():
    before, after = "Đã in 400 tờ gấp.", "Họp dân ba lần."
    assert word_pieces(before, after) == [old(before), new(after)]


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("50", "60", [old("50"), same(" → "), new("60")]),
        ("", "60", [new("60")]),
        ("50", "", [old("50")]),
    ],
)
def test_short_values_differ_as_a_whole(before, after, pieces):
    assert whole_pieces(before, after) == pieces


@pytest.fixture
def said(work):
    """A maker of what is said of the one assignment."""

    def make(**fields) -> EntryContent:
        facts = {"status": "in_progress", "percent": 50, "result": "Đang làm."}
        return EntryContent(work.assignment, "1.1", "Học tập", **{**facts, **fields})

    return make


def test_equal_accounts_have_no_difference(said):
    found = differences(Content([said()], overview="Ổn định."), Content([said()], overview="Ổn  định.\n"))
    assert (bool(found), found.entries, found.changes) == (False, {}, [])


def test_status_result_and_values_of_an_entry(work, said, settings):
    settings.LANGUAGE_CODE = "en"
    people = work.task.indicators.create(name="Lượt người")
    before = said(values={people.pk: Decimal("1200.50")})
    after = said(status="done", percent=100, result="Đã làm.", values={people.pk: Decimal(1300)})
    found = differences(Content([before]), Content([after]))
    assert found.entries == {
        work.assignment.pk: EntryDifference(
            "1.1",
            "Học tập",
            [
                Change("status", [old("In progress, 50%"), same(" → "), new("Done")]),
                Change("Lượt người", [old("1,200.5"), same(" → "), new("1,300")]),
                Change("result", [old("Đang "), new("Đã "), same("làm.")]),
            ],
        )
    }
    assert bool(found)


def test_percent_alone_is_a_change_of_status(said):
    (entry,) = differences(Content([said()]), Content([said(percent=70)])).entries.values()
    assert [piece.text for piece in entry.changes[0].pieces] == [
        "Đang thực hiện, 50%",
        " → ",
        "Đang thực hiện, 70%",
    ]


def test_a_value_that_came_or_went(work, said):
    people = work.task.indicators.create(name="Lượt người")
    with_value, without = said(values={people.pk: Decimal(0)}), said()
    (come,) = differences(Content([without]), Content([with_value])).entries.values()
    (gone,) = differences(Content([with_value]), Content([without])).entries.values()
    assert (come.changes, gone.changes) == (
        [Change("Lượt người", [new("0")])],
        [Change("Lượt người", [old("0")])],
    )


def test_entries_that_only_one_of_the_two_has(work, cast, said):
    other = make_assignment(make_task(work.group, title="Khác"), cast.ward)
    second = EntryContent(other, "1.2", "Khác", "done", 100, "Xong.")
    come = differences(Content([said()]), Content([said(), second])).entries
    gone = differences(Content([said(), second]), Content([said()])).entries
    assert [(entry.title, entry.is_new, entry.is_gone) for entry in come.values()] == [("Khác", True, False)]
    assert [(entry.title, entry.is_new, entry.is_gone) for entry in gone.values()] == [("Khác", False, True)]
    assert [piece.kind for change in come[other.pk].changes for piece in change.pieces] == [
        Kind.NEW,
        Kind.NEW,
    ]
    assert [piece.kind for change in gone[other.pk].changes for piece in change.pieces] == [
        Kind.OLD,
        Kind.OLD,
    ]


def test_texts_of_the_whole(settings):
    settings.LANGUAGE_CODE = "en"
    before = Content(overview="Ổn.", difficulties="Thiếu tiền.", next_steps="Làm tiếp.")
    after = Content(overview="Ổn.", difficulties="", next_steps="Làm nốt.")
    assert differences(before, after).changes == [
        Change("difficulties and causes", [old("Thiếu tiền.")]),
        Change("next steps", [same("Làm "), old("tiếp"), new("nốt"), same(".")]),
    ]


def test_a_proposal_taken_out_leaves_the_others_alone(settings):
    settings.LANGUAGE_CODE = "en"
    first, second, third = (ProposalContent("Thành phố", text) for text in ("Tiền.", "Sách.", "Loa."))
    assert differences(
        Content(proposals=[first, second, third]), Content(proposals=[second, third])
    ).changes == [Change("proposal", [old("To Thành phố: Tiền.")])]
    assert differences(Content(proposals=[first]), Content(proposals=[second, third])).changes == [
        Change("proposal", [same("To Thành phố: "), old("Tiền"), new("Sách"), same(".")]),
        Change("proposal", [new("To Thành phố: Loa.")]),
    ]
