"""What holds for every input: an outline or a refusal, and places that exist."""

import io
import json
import zipfile
from contextlib import suppress
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from plans.importing import NotAPlan, Outline, read_file, read_text
from plans.importing.citations import normal_number
from plans.importing.folding import fold
from plans.importing.lines import clean, squeeze
from plans.importing.titles import propose_title

from .docx_builder import docx, paragraphs

DOCUMENTS = Path(__file__).parent / "documents"
LINES = sorted({line for path in DOCUMENTS.glob("*.txt") for line in path.read_text("utf-8").split("\n")})
WHOLE = docx(paragraphs("KẾ HOẠCH\nTrồng cây\n\nI. NHIỆM VỤ\n- Trồng 100 cây."))
plan_lines = st.lists(st.sampled_from(LINES) | st.text(max_size=30), max_size=40)


def assert_sound(outline: Outline) -> None:
    last = len(outline.source)
    tasks = [task for group in outline.groups for task in group.tasks]
    placed = [*outline.legal_bases, *outline.sections, *outline.groups, *outline.recipients, *tasks]
    assert all(1 <= item.line <= last for item in placed)
    assert all(task.line <= task.end_line <= last and task.title and task.text for task in tasks)
    assert not any(task.due_on and task.ongoing for task in tasks)
    assert all(warning.line is None or 1 <= warning.line <= last for warning in outline.warnings)
    assert Outline.from_dict(json.loads(json.dumps(outline.to_dict()))) == outline


@given(plan_lines)
@settings(max_examples=150, deadline=None)
def test_mixed_lines_of_plans(lines):
    with suppress(NotAPlan):
        assert_sound(read_text("KẾ HOẠCH\nTrồng cây\nI. NHIỆM VỤ\n- Trồng cây.\n" + "\n".join(lines)))


@given(st.text(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_text(text):
    with suppress(NotAPlan):
        assert_sound(read_text(text))


@given(st.binary(max_size=400))
@settings(max_examples=100, deadline=None)
def test_any_bytes(data):
    for start in (b"", b"PK\x03\x04", b"\xff\xfe", b"K\xe1\xba\xbe HO\xe1\xba\xa0CH\nA\nI. \n- "):
        with suppress(NotAPlan):
            assert_sound(read_file("plan", start + data))


@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=8))
@settings(max_examples=150, deadline=None)
def test_a_document_with_changed_bytes(place, change):
    with suppress(NotAPlan):
        assert_sound(read_file("plan.docx", WHOLE[:place] + change + WHOLE[place + len(change) :]))


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_document_part(text):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("word/document.xml", text)
    with suppress(NotAPlan):
        assert_sound(read_file("plan.docx", stream.getvalue()))


@given(st.text(max_size=200))
def test_cleaning_twice_changes_nothing(text):
    once = clean(text)
    assert clean(once) == once
    assert squeeze(squeeze(once)) == squeeze(once)


@given(st.text(max_size=200).map(clean))
def test_folding_keeps_every_place(text):
    assert len(fold(text)) == len(text)


@given(st.from_regex(r"[0-9]{1,4} ?[-/] ?[A-ZĐ]{1,4} ?[/-] ?[A-Z]{1,4}", fullmatch=True))
def test_a_normal_number_stays_as_it_is(number):
    assert normal_number(normal_number(number)) == normal_number(number)
    assert " " not in normal_number(number)


@given(st.sampled_from([line for line in LINES if len(line) > 3]))
def test_titles_are_short_and_in_the_words_of_the_text(text):
    title = propose_title(text)
    assert 0 < len(title) <= 100
    assert fold(title) in fold(text)
