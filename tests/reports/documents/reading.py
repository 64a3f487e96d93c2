"""A PDF read back: what is printed where, in which face and size."""

from dataclasses import dataclass
from io import BytesIO

import pdfplumber

MM = 72 / 25.4
FACES = {
    "TeX-Gyre-Termes": "regular",
    "TeX-Gyre-Termes-Bold": "bold",
    "TeX-Gyre-Termes-Italic": "italic",
    "TeX-Gyre-Termes-Bold-Italic": "bold italic",
}


@dataclass(frozen=True)
class Piece:
    """A run of text on one line in one face; lengths in pt from the page's upper left corner."""

    page: int
    text: str
    face: str
    size: float
    left: float
    right: float
    top: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2

    @property
    def look(self) -> tuple[float, str]:
        return self.size, self.face


def pieces(pdf: bytes) -> list[Piece]:
    with pdfplumber.open(BytesIO(pdf)) as document:
        return [
            Piece(
                page=page.page_number,
                text=word["text"],
                face=FACES.get(word["fontname"].partition("+")[2], word["fontname"]),
                size=round(word["size"], 1),
                left=word["x0"],
                right=word["x1"],
                top=word["top"],
                bottom=word["bottom"],
            )
            for page in document.pages
            for word in page.extract_words(extra_attrs=["fontname", "size"], keep_blank_chars=True)
        ]


def texts(pdf: bytes) -> list[str]:
    return [piece.text.replace("\N{NO-BREAK SPACE}", " ") for piece in pieces(pdf)]


def flowing(pdf: bytes) -> str:
    """All words in reading order, single spaces between them."""
    return " ".join(" ".join(texts(pdf)).split())


def find(pdf: bytes, start: str) -> Piece:
    """The only piece that starts so."""
    (piece,) = [piece for piece in pieces(pdf) if piece.text.startswith(start)]
    return piece


def rules(pdf: bytes) -> list[tuple[float, float, float]]:
    """The drawn lines of the first page from above: left, right, top in pt."""
    with pdfplumber.open(BytesIO(pdf)) as document:
        return sorted(((r["x0"], r["x1"], r["top"]) for r in document.pages[0].rects), key=lambda r: r[2])
