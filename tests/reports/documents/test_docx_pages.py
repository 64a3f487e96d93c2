"""The Word file in LibreOffice: the same words at the same places of the same pages as in the PDF.

LibreOffice starts once for all papers; it is given the papers' own typeface as "Times New Roman".
"""

import os
import shutil
import subprocess
from collections import defaultdict
from io import BytesIO
from math import dist

import pdfplumber
import pytest

from reports.documents.content import Column, Paper, Row, Table
from reports.documents.formats import Format
from reports.documents.look.typeface import typeface_files
from reports.documents.rendering import render
from tests.reports.documents.papers import APPENDED, CHART, COMPACT, LONG, OVERFULL, SHORT, TASKS, TURNED
from tests.reports.documents.reading import MM, flowing, pieces

FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{faces}</dir>
  <cachedir>{cache}</cachedir>
  <match target="pattern">
    <test name="family"><string>Times New Roman</string></test>
    <edit name="family" mode="assign" binding="strong"><string>TeX Gyre Termes</string></edit>
  </match>
</fontconfig>
"""
PAPERS = {
    "short": SHORT,
    "long": LONG,
    "appended": APPENDED,
    "turned": TURNED,
    "compact": COMPACT,
    "overfull": OVERFULL,
}
# What the greys of a chart mean stands in one line, a little closer together.
KEYS = {word for part in CHART.parts for word in part.split()}
BOOK = Paper(
    kind="PHỤ LỤC",
    title=("Phân công nhiệm vụ",),
    blocks=(TASKS, Table("Chữ", (Column("Như công thức", 1),), (Row(("=1+1",)), Row(("@SUM(1)",))))),
    stem="Phu-luc",
)


@pytest.fixture(scope="session")
def office() -> str:
    found = shutil.which("soffice")
    missing = "LibreOffice is missing (on Debian: libreoffice-writer-nogui, libreoffice-calc-nogui)"
    if found is None and os.environ.get("REQUIRE_OFFICE") == "1":
        pytest.fail(missing, pytrace=False)
    if found is None:
        pytest.skip(missing)
    return found


@pytest.fixture(scope="session")
def printed(office, tmp_path_factory) -> dict[str, bytes]:
    """What LibreOffice makes of each file, as PDF."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "fonts.conf").write_text(
        FONTS.format(faces=typeface_files()[0].parent, cache=folder / "cache"), encoding="utf-8"
    )
    for name, paper in PAPERS.items():
        (folder / f"{name}.docx").write_bytes(render(paper, Format.DOCX))
    (folder / "book.xlsx").write_bytes(render(BOOK, Format.XLSX))
    files = sorted(str(path) for path in folder.glob("*.???x"))
    subprocess.run(
        [
            office,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            *("--convert-to", "pdf", "--outdir", str(folder / "printed")),
            *files,
        ],
        env={**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")},
        check=True,
        capture_output=True,
        timeout=300,
    )
    return {path.stem: path.read_bytes() for path in (folder / "printed").iterdir()}


@pytest.fixture(scope="session")
def ours() -> dict[str, bytes]:
    return {name: render(paper, Format.PDF) for name, paper in PAPERS.items()}


@pytest.fixture(params=PAPERS)
def pair(request, ours, printed) -> tuple[bytes, bytes]:
    """The paper's PDF, and what LibreOffice printed of its Word file."""
    return ours[request.param], printed[request.param]


def words_of(pdf: bytes) -> list[list[dict]]:
    with pdfplumber.open(BytesIO(pdf)) as document:
        return [page.extract_words(return_chars=True) for page in document.pages]


def place(word: dict) -> tuple[float, float]:
    """Where it begins on its line, in mm; the height of a letter is told differently by every program."""
    return word["chars"][0]["x0"] / MM, word["chars"][0]["matrix"][5] / MM


def farthest(ours: list[dict], theirs: list[dict]) -> float:
    """From a word to the same word nearest to it on the other page."""
    places = defaultdict(list)
    for word in theirs:
        places[word["text"]].append(place(word))
    return max(min(dist(place(word), other) for other in places[word["text"]]) for word in ours)


def test_the_same_words_are_on_the_same_pages_in_the_same_order(pair):
    ours, theirs = map(words_of, pair)
    assert len(theirs) == len(ours)
    for our_words, their_words in zip(ours, theirs, strict=True):
        # A number and its share stand in a chart as one drawn text.
        assert "".join(word["text"] for word in their_words) == "".join(word["text"] for word in our_words)


def test_every_word_is_at_its_place(pair):
    for ours, theirs in zip(*map(words_of, pair), strict=True):
        known = {word["text"] for word in theirs} - KEYS
        assert farthest([word for word in ours if word["text"] in known], theirs) < 1


def test_the_pages_have_the_same_size(pair):
    boxes = []
    for pdf in pair:
        with pdfplumber.open(BytesIO(pdf)) as document:
            boxes.append([[round(edge / MM) for edge in page.bbox] for page in document.pages])
    assert boxes[0] == boxes[1]


def test_the_papers_have_as_many_pages_as_they_should(printed):
    assert {name: pieces(printed[name])[-1].page for name in PAPERS} == {
        "short": 1,
        "long": 4,
        "appended": 14,
        "turned": 12,
        "compact": 1,
        "overfull": 2,
    }


def rules_of(pdf: bytes) -> set[tuple[int, ...]]:
    """Left, right and top of every line of the first page, in mm."""
    with pdfplumber.open(BytesIO(pdf)) as document:
        drawn = (*document.pages[0].rects, *document.pages[0].lines)
        return {tuple(round(line[edge] / MM) for edge in ("x0", "x1", "top")) for line in drawn}


def test_the_three_rules_are_where_they_should_be(ours, printed):
    drawn, theirs = rules_of(ours["short"]), rules_of(printed["short"])
    assert len(drawn) == 3
    assert max(min(dist(rule, their) for their in theirs) for rule in drawn) <= 1
    assert max(min(dist(rule, their) for rule in drawn) for their in theirs) <= 1


def test_a_book_opens_with_its_tables_and_its_texts_as_texts(printed):
    words = flowing(printed["book"])
    assert "Phân công nhiệm vụ" in words
    assert "10. Nhóm nhiệm vụ" in words
    assert "=1+1" in words
    assert "@SUM(1)" in words
    assert "#" not in words
