"""Every kind of paper from the sample, held to the limits of Decree 30/2020/ND-CP, Annex I, item by item."""

import os
import shutil
import subprocess
import unicodedata
from collections.abc import Callable
from functools import cache
from io import BytesIO, StringIO
from pathlib import Path
from typing import NamedTuple

import pdfplumber
import pytest
from django.core.management import call_command
from django.utils import timezone

from plans.models import Plan
from reports.documents.choices import Choices
from reports.documents.content import Paper
from reports.documents.kinds import Kind, paper_of
from reports.documents.pdf.engine import render_pdf
from reports.models import ProgressReport
from tests.reports.documents.reading import MM, Piece, pieces

LEFT, CENTRE, RIGHT = (30, 96), (110, 112), (112, 195)


class Limit(NamedTuple):
    """What the decree says of a part: from which size to which, in which face, and where its middle is."""

    item: str
    starts: Callable[[Paper], str]
    least: int
    most: int
    face: str
    across: tuple[int, int]


LIMITS = (
    Limit("II.1.a", lambda paper: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, 13, "bold", RIGHT),
    Limit("II.1.b", lambda paper: "Độc lập - Tự do - Hạnh phúc", 13, 14, "bold", RIGHT),
    Limit("II.2, superior", lambda paper: paper.head.superior[0], 12, 13, "regular", LEFT),
    Limit("II.2, issuer", lambda paper: paper.head.issuer[-1], 12, 13, "bold", LEFT),
    Limit("II.3", lambda paper: "Số:", 13, 13, "regular", LEFT),
    Limit("II.4", lambda paper: f"{paper.head.place or '…'}", 13, 14, "italic", RIGHT),
    Limit("II.5, kind", lambda paper: paper.kind, 13, 14, "bold", CENTRE),
    Limit("II.7, office", lambda paper: paper.signature.office[0], 13, 14, "bold", RIGHT),
    Limit("II.9, head", lambda paper: "Nơi nhận:", 12, 12, "bold italic", LEFT),
    Limit("II.9, lines", lambda paper: "- Lưu:", 11, 11, "regular", LEFT),
)
# III.1: what is itself an appendix has no frame.
APPENDIX = Limit("III.1", lambda paper: paper.kind, 14, 14, "bold", (152, 156))


def program(name: str, package: str) -> str:
    found = shutil.which(name)
    missing = f"{name} is missing (on Debian: {package})"
    if found is None and os.environ.get("REQUIRE_PDF_TOOLS") == "1":
        pytest.fail(missing, pytrace=False)
    if found is None:
        pytest.skip(missing)
    return found


def said_by(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def sample_papers() -> dict[str, Paper]:
    call_command("load_sample", stdout=StringIO())
    plan, day = Plan.objects.get(), timezone.localdate()
    of_periods = ProgressReport.objects.filter(state="accepted", period__isnull=False)
    report = of_periods.select_related("period", "unit").first()
    asked = {
        **{kind: Choices(plan, day) for kind in Kind},
        Kind.UNIT_REPORT: Choices(plan, day, period=report.period, unit=report.unit),
        Kind.MISSING: Choices(plan, day, period=report.period),
    }
    papers = {str(kind.value): paper_of(kind, choices) for kind, choices in asked.items()}
    papers["expanded"] = paper_of(Kind.RECIPIENTS, Choices(plan, day, expanded=True))
    papers["archival"] = paper_of(Kind.RECIPIENTS, Choices(plan, day, archival=True))
    return papers


@cache
def all_printed() -> dict[str, tuple[Paper, bytes]]:
    return {name: (paper, render_pdf(paper)) for name, paper in sample_papers().items()}


@pytest.fixture
def printed(db) -> dict[str, tuple[Paper, bytes]]:
    """Made by whichever test of a process comes first."""
    return all_printed()


def check_pages(name: str, paper: Paper, pdf: bytes, everything: list[Piece]) -> None:
    """I.1-4 and I.7: A4, its margins, one face in black, numbers from the second page."""
    turned = {True} if paper.landscape else {False, *(appendix.landscape for appendix in paper.appendices)}
    with pdfplumber.open(BytesIO(pdf)) as document:
        for page in document.pages:
            width, height = (round(edge / MM) for edge in (page.width, page.height))
            assert (width, height) in {(297, 210) if sideways else (210, 297) for sideways in turned}, name
            here = [piece for piece in everything if piece.page == page.page_number]
            above = [piece.text for piece in here if piece.bottom < 25 * MM]
            assert above == ([str(page.page_number)] if page.page_number > 1 else []), name
            body = [piece for piece in here if piece.bottom > 25 * MM]
            assert min(piece.left for piece in body) / MM > 29.9, name
            assert width - max(piece.right for piece in body) / MM >= 15, name
            assert height - max(piece.bottom for piece in body) / MM >= 20, name
    assert min(piece.left for piece in everything) / MM < 35, name
    assert {piece.face for piece in everything} <= {"regular", "bold", "italic", "bold italic"}, name
    # Numbers inside the bars of a chart are part of a picture.
    assert {piece.size for piece in everything} <= {9.8, 11, 12, 13, 14}, name


def check_parts(name: str, paper: Paper, everything: list[Piece]) -> None:
    for limit in LIMITS if paper.head else (APPENDIX,):
        piece = next(piece for piece in everything if piece.text.startswith(limit.starts(paper)))
        where = (name, limit.item, piece)
        assert limit.least <= piece.size <= limit.most, where
        assert piece.face == limit.face, where
        assert limit.across[0] <= piece.centre / MM <= limit.across[1], where


def check_order(name: str, everything: list[Piece]) -> None:
    """I.6: head, kind, end; Nơi nhận level with the signature."""
    firsts = [
        next((piece.page, piece.top) for piece in everything if piece.text.startswith(start))
        for start in ("CỘNG HÒA", "Độc lập", "Số:", "Nơi nhận:", "- Lưu:")
    ]
    assert firsts == sorted(firsts), name
    sent_to = next(piece for piece in everything if piece.text == "Nơi nhận:")
    level = [p for p in everything if p.page == sent_to.page and abs(p.top - sent_to.top) < 3]
    assert any(piece.look in ((13, "bold"), (14, "bold")) for piece in level), name


def test_every_kind_keeps_to_the_decree(printed):
    assert len(printed) == len(Kind) + 2
    for name, (paper, pdf) in printed.items():
        everything = pieces(pdf)
        check_pages(name, paper, pdf, everything)
        check_parts(name, paper, everything)
        if paper.head:
            check_order(name, everything)
        assert unicodedata.is_normalized("NFC", "".join(piece.text for piece in everything)), name


def test_poppler_and_qpdf_find_nothing_wrong(printed, tmp_path: Path):
    fonts, check = program("pdffonts", "poppler-utils"), program("qpdf", "qpdf")
    for name, (_paper, pdf) in printed.items():
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(pdf)
        rows = [line.split() for line in said_by(fonts, str(path)).splitlines()[2:]]
        # Embedded, a subset, with a way back to letters.
        assert [(row[0][6:].startswith("+TeX-Gyre-Termes"), *row[-5:-2]) for row in rows] == [
            (True, "yes", "yes", "yes")
        ] * len(rows), name
        assert rows, name
        assert "No syntax or stream encoding errors found" in said_by(check, "--check", str(path)), name
