"""Whole documents against the outlines that a careful reader would write down."""

import json
import unicodedata
from pathlib import Path

import pytest

from plans.importing import read_file, read_text

DOCUMENTS = Path(__file__).parent / "documents"
NAMES = sorted(path.name for path in DOCUMENTS.iterdir() if path.suffix in (".txt", ".docx"))


def expected(name: str) -> dict:
    return json.loads((DOCUMENTS / f"{name}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_document(name):
    outline = read_file(name, (DOCUMENTS / name).read_bytes())

    found = outline.as_json()
    found["warnings"] = [warning.line for warning in outline.warnings]
    assert found == expected(name)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1258"])
def test_encodings_read_alike(encoding):
    text = (DOCUMENTS / "ward_front_columns.txt").read_text(encoding="utf-8")
    data = in_windows_1258(text) if encoding == "cp1258" else text.replace("\n", "\r\n").encode(encoding)

    assert read_file("plan.txt", data).as_json() == read_text(text).as_json()


def test_decomposed_marks_and_hidden_characters_make_no_difference():
    text = (DOCUMENTS / "city_front_running_bases.txt").read_text(encoding="utf-8")
    untidy = unicodedata.normalize("NFD", text).replace(" Nghị", "\u00a0\u200bNghị")

    assert read_text(untidy).as_json() == read_text(text).as_json()


def in_windows_1258(text: str) -> bytes:
    """The text as Windows-1258 writes it: some vowels whole, the tone behind them."""
    pieces = []
    for character in text:
        tones = [
            mark
            for mark in unicodedata.normalize("NFD", character)
            if mark in "\u0300\u0301\u0303\u0309\u0323"
        ]
        rest = "".join(part for part in unicodedata.normalize("NFD", character) if part not in tones)
        pieces.append(unicodedata.normalize("NFC", rest) + "".join(tones))
    return "".join(pieces).encode("cp1258")
