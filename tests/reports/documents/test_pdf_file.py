"""The file itself: faces, language, tags, letters, and that it never differs without a reason."""

import subprocess
import sys
import unicodedata
from io import BytesIO

import pdfplumber
import pytest
from pdfminer.pdftypes import resolve1

from reports.documents.pdf import render_pdf
from tests.reports.documents.reading import flowing, texts

MARKED = "aăâeêioôơuưy"
TONES = "\u0300\u0309\u0303\u0301\u0323"
LETTERS = [
    *(unicodedata.normalize("NFC", vowel + tone) for vowel in MARKED for tone in TONES),
    *"ăâđêôơư",
]


@pytest.fixture
def catalog(make_paper):
    with pdfplumber.open(BytesIO(render_pdf(make_paper()))) as document:
        yield document.doc.catalog


def embedded_fonts(pdf: bytes) -> list[tuple[str, bool]]:
    """Each font's name and whether its own outlines are in the file."""
    with pdfplumber.open(BytesIO(pdf)) as document:
        fonts = resolve1(resolve1(document.pages[0].page_obj.resources["Font"]))
        found = []
        for reference in fonts.values():
            (child,) = resolve1(resolve1(reference)["DescendantFonts"])
            descriptor = resolve1(resolve1(child)["FontDescriptor"])
            found.append((descriptor["FontName"].name, "FontFile3" in descriptor))
        return sorted(found)


def test_only_subsets_of_termes_are_embedded(make_paper):
    fonts = embedded_fonts(render_pdf(make_paper()))
    assert [(name.split("+")[1], len(name.split("+")[0]), embedded) for name, embedded in fonts] == [
        ("TeX-Gyre-Termes-Italic", 6, True),
        ("TeX-Gyre-Termes-Bold-Italic", 6, True),
        ("TeX-Gyre-Termes", 6, True),
        ("TeX-Gyre-Termes-Bold", 6, True),
    ]


def test_every_vietnamese_letter_comes_back(make_paper):
    assert len(LETTERS) == 67
    small, capital = "".join(LETTERS), "".join(LETTERS).upper()
    pdf = render_pdf(make_paper(lines=(small[:34], small[34:], capital[:34], capital[34:]), note=""))
    assert [text for text in texts(pdf) if text[0] in "1234"] == [
        f"1. {small[:34]};",
        f"2. {small[34:]};",
        f"3. {capital[:34]};",
        f"4. {capital[34:]}./.",
    ]
    assert {name.split("+")[1].split("-")[0] for name, _embedded in embedded_fonts(pdf)} == {"TeX"}


def test_text_is_composed_and_without_ligatures(make_paper):
    text = flowing(render_pdf(make_paper(lines=("Văn phòng fi fl ff ffi ffl “Tổ quốc” – 5 % …",), note="")))
    assert "1. Văn phòng fi fl ff ffi ffl “Tổ quốc” – 5 % …./." in text
    assert unicodedata.is_normalized("NFC", text)


def test_title_author_and_language(make_paper, catalog):
    with pdfplumber.open(BytesIO(render_pdf(make_paper()))) as document:
        assert document.metadata == {
            "Title": "Danh sách nơi nhận Kế hoạch số 05/KH-MTTQ-BTT ngày 05 tháng 9 năm 2023 "
            "về thực hiện nghị quyết mẫu",
            "Author": "ỦY BAN MTTQ VIỆT NAM THÀNH PHỐ MẪU",
            "Producer": document.metadata["Producer"],
        }
    assert resolve1(catalog["Lang"]) == b"vi"
    assert resolve1(catalog["ViewerPreferences"])["DisplayDocTitle"] is True


def test_the_file_is_tagged(catalog):
    assert resolve1(catalog["MarkInfo"])["Marked"] is True
    (document,) = resolve1(resolve1(catalog["StructTreeRoot"])["K"])
    kinds = [resolve1(child)["S"].name for child in resolve1(resolve1(document)["K"])]
    assert kinds == ["Div", "H1", "P", "P", "L", "P", "Sect"]
    assert b"pdfuaid:part" in resolve1(catalog["Metadata"]).get_data()


def test_the_same_content_gives_the_same_bytes(make_paper):
    assert render_pdf(make_paper()) == render_pdf(make_paper())


def test_the_program_starts_without_the_typesetting_engine():
    code = "import reports.views.documents, sys; print('weasyprint' in sys.modules)"
    setup = "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'config.settings'; django.setup(); "
    ran = subprocess.run([sys.executable, "-c", setup + code], capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"
