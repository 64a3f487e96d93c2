from decimal import Decimal

import pytest

from reports.content import Content, EntryContent, ProposalContent
from reports.differences import Change, EntryDifference, Kind, Piece, differences, whole_pieces, word_pieces
from tests.factories import make_assignment, make_task

SAME, OLD, NEW = Kind.SAME, Kind.OLD, Kind.NEW


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("", "", []),
        ("Không đổi.", "Không đổi.", [(SAME, "Không đổi.")]),
        ("", "Mới.", [(NEW, "Mới.")]),
        ("Cũ.", "", [(OLD, "Cũ.")]),
        (
            "Đã tổ chức 02 hội nghị.",
            "Đã tổ chức 03 hội nghị.",
            [(SAME, "Đã tổ chức "), (OLD, "02 "), (NEW, "03 "), (SAME, "hội nghị.")],
        ),
        ("hội nghị.", "hội nghị, 186 người.", [(SAME, "hội nghị"), (NEW, ", 186 người"), (SAME, ".")]),
        ("phát 1.186 tờ", "phát 1.286 tờ", [(SAME, "phát "), (OLD, "1.186 "), (NEW, "1.286 "), (SAME, "tờ")]),
    ],
)
def test_texts_differ_by_words(old, new, pieces):
    assert word_pieces(old, new) == pieces


def test_both_texts_can_be_read_from_the_pieces():
    old, new = "một hai ba\nbốn năm sáu", "một 2 ba\nbốn sáu"
    pieces = word_pieces(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != NEW) == old
    assert "".join(piece.text for piece in pieces if piece.kind != OLD) == new


def test_very_long_texts_are_set_one_after_the_other():
    old, new = "a " * 2000, "b " * 2000
    assert word_pieces(old, new) == [Piece(OLD, old), Piece(SAME, " → "), Piece(NEW, new)]


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("50", "60", [(OLD, "50"), (SAME, " → "), (NEW, "60")]),
        ("", "60", [(NEW, "60")]),
        ("50", "", [(OLD, "50")]),
    ],
)
def test_short_values_differ_as_a_whole(old, new, pieces):
    assert whole_pieces(old, new) == pieces


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
    old = said(values={people.pk: Decimal("1200.50")})
    new = said(status="done", percent=100, result="Đã làm.", values={people.pk: Decimal(1300)})
    found = differences(Content([old]), Content([new]))
    assert found.entries == {
        work.assignment.pk: EntryDifference(
            "1.1",
            "Học tập",
            [
                Change("status", [(OLD, "In progress, 50 %"), (SAME, " → "), (NEW, "Done")]),
                Change("Lượt người", [(OLD, "1,200.5"), (SAME, " → "), (NEW, "1,300")]),
                Change("result", [(OLD, "Đang "), (NEW, "Đã "), (SAME, "làm.")]),
            ],
        )
    }
    assert bool(found)


def test_percent_alone_is_a_change_of_status(said):
    (entry,) = differences(Content([said()]), Content([said(percent=70)])).entries.values()
    assert [piece.text for piece in entry.changes[0].pieces] == [
        "Đang thực hiện, 50 %",
        " → ",
        "Đang thực hiện, 70 %",
    ]


def test_a_value_that_came_or_went(work, said):
    people = work.task.indicators.create(name="Lượt người")
    with_value, without = said(values={people.pk: Decimal(0)}), said()
    (come,) = differences(Content([without]), Content([with_value])).entries.values()
    (gone,) = differences(Content([with_value]), Content([without])).entries.values()
    assert (come.changes, gone.changes) == (
        [Change("Lượt người", [(NEW, "0")])],
        [Change("Lượt người", [(OLD, "0")])],
    )


def test_entries_that_only_one_of_the_two_has(work, cast, said):
    other = make_assignment(make_task(work.group, title="Khác"), cast.ward)
    second = EntryContent(other, "1.2", "Khác", "done", 100, "Xong.")
    come = differences(Content([said()]), Content([said(), second])).entries
    gone = differences(Content([said(), second]), Content([said()])).entries
    assert [(entry.title, entry.is_new, entry.is_gone) for entry in come.values()] == [("Khác", True, False)]
    assert [(entry.title, entry.is_new, entry.is_gone) for entry in gone.values()] == [("Khác", False, True)]
    assert [piece.kind for change in come[other.pk].changes for piece in change.pieces] == [NEW, NEW]
    assert [piece.kind for change in gone[other.pk].changes for piece in change.pieces] == [OLD, OLD]


def test_texts_of_the_whole(settings):
    settings.LANGUAGE_CODE = "en"
    old = Content(overview="Ổn.", difficulties="Thiếu tiền.", next_steps="Làm tiếp.")
    new = Content(overview="Ổn.", difficulties="", next_steps="Làm nốt.")
    assert differences(old, new).changes == [
        Change("difficulties and causes", [(OLD, "Thiếu tiền.")]),
        Change("next steps", [(SAME, "Làm "), (OLD, "tiếp"), (NEW, "nốt"), (SAME, ".")]),
    ]


def test_a_proposal_taken_out_leaves_the_others_alone(settings):
    settings.LANGUAGE_CODE = "en"
    first, second, third = (ProposalContent("Thành phố", text) for text in ("Tiền.", "Sách.", "Loa."))
    assert differences(
        Content(proposals=[first, second, third]), Content(proposals=[second, third])
    ).changes == [Change("proposal", [(OLD, "To Thành phố: Tiền.")])]
    assert differences(Content(proposals=[first]), Content(proposals=[second, third])).changes == [
        Change("proposal", [(SAME, "To Thành phố: "), (OLD, "Tiền"), (NEW, "Sách"), (SAME, ".")]),
        Change("proposal", [(NEW, "To Thành phố: Loa.")]),
    ]
