"""What stands around the words of a paper: its head, its title, its end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reports.documents.content import Head, Signature
from reports.documents.word.geometry import bold_width
from reports.documents.word.markup import MM, Item, Paragraph, cell, grid, lines, plain, run

HEAD_LEFT, HEAD_GAP, SENT_TO = round(66 * MM), round(4 * MM), round(75 * MM)
# A longer list goes on to a next page, which a row that stays whole could not.
MOST_BESIDE = 40


@dataclass(frozen=True)
class Columns:
    """Two columns without lines; each row is what stands in the left one and in the right one."""

    left: int
    right: int
    gap: int
    rows: tuple[tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]], ...]
    whole: bool = True

    @property
    def xml(self) -> str:
        kept = "<w:trPr><w:cantSplit/></w:trPr>" if self.whole else ""
        room = f'<w:tcMar><w:right w:w="{self.gap}" w:type="dxa"/></w:tcMar>'
        rows = (
            f"<w:tr>{kept}{cell(self.left, _all(left), room)}{cell(self.right, _all(right))}</w:tr>"
            for left, right in self.rows
        )
        return grid("TableNormal", [self.left, self.right], "".join(rows))


def _all(paragraphs: tuple[Paragraph, ...]) -> str:
    return "".join(paragraph.xml for paragraph in paragraphs)


def head_items(head: Head, width: int) -> Iterator[Item]:
    """Issuer and number at the left; the nation, its motto, place and day at the right."""
    motto = "Độc lập - Tự do - Hạnh phúc"
    right = width - HEAD_LEFT - HEAD_GAP
    names = (
        *(Paragraph("Superior", run(line)) for line in head.superior),
        *(Paragraph("Issuer", run(line)) for line in head.issuer),
        _rule("Rule", head.issuer[-1:], 12, HEAD_LEFT, 0.42),
    )
    nation = (
        Paragraph("Nation", run("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")),
        Paragraph("Motto", run(motto)),
        _rule("Rule", (motto,), 13, right, 1),
    )
    number, dated = Paragraph("Number", run(head.number_line)), Paragraph("Dated", run(head.place_and_date))
    yield Columns(HEAD_LEFT + HEAD_GAP, right, HEAD_GAP, ((names, nation), ((number,), (dated,))))


def title_items(
    kind: str, title: tuple[str, ...], reference: str, width: int, size: float
) -> Iterator[Paragraph]:
    """What is an appendix names of what, and has no rule."""
    if reference:
        yield Paragraph("Title", run(kind), before=0)
        yield Paragraph("Subtitle", lines(tuple(line.upper() for line in title)))
        yield Paragraph("Reference", run(f"({reference})"))
    else:
        yield Paragraph("Title", run(kind))
        yield Paragraph("Subtitle", lines(title))
        yield _rule("TitleRule", title, size, width, 0.36)


def end_items(signature: Signature, sent_to: tuple[str, ...], width: int, above: int) -> Iterator[Item]:
    """To whom it goes, level with the signature."""
    receivers = (
        Paragraph("SentToHead", run("Nơi nhận:")),
        *(Paragraph("SentTo", run(line)) for line in sent_to),
    )
    signed = (
        *(Paragraph("Office", run(line)) for line in signature.office),
        Paragraph("Signer", run(signature.name)),
    )
    yield Paragraph("Gap", keep=True, line=above)
    whole = len(sent_to) <= MOST_BESIDE
    yield Columns(SENT_TO, width - SENT_TO, 0, ((receivers, signed),), whole)


def _rule(style: str, texts: tuple[str, ...], size: float, room: int, share: float) -> Paragraph:
    """A line as long as a share of the longest text above it, or of all the room where that one wraps."""
    longest = max((bold_width(plain(text), size) for text in texts), default=0)
    return Paragraph(style, aside=round((room - share * min(longest, room)) / 2))
