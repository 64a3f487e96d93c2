"""The legal bases in the preamble: "Căn cứ …;" lines and running text "Thực hiện Nghị quyết số …; Kế
hoạch số …"."""

import re

from .citations import KIND, STARTS_WITH_KIND, Citation, find_citations
from .dates import FULL_DATE, find_date
from .folding import fold
from .head import MAKES_PLAN
from .lines import Line
from .markers import without_marker
from .outline import LegalBasis

LEADING = re.compile(
    r"(?:tiep tuc |de |nham )*(?:can cu(?: vao)?|thuc hien|thi hanh|trien khai(?: thuc hien)?|cu the hoa|"
    r"theo(?: tinh than)?|tren co so|"
    r"quan triet|xet|tiep tuc thuc hien|va|cung|cac|noi dung|co hieu qua|tinh than)\s+"
)
NEW_BASIS_AFTER = re.compile(
    rf"(?:[,;]|\bva|\bcung(?: voi)?|\bcan cu)\s?(?:va |cac )?{KIND}(?: \w+){{0,4}} ?(?:so ?:?)? ?$"
)
OWN_ABSTRACT = re.compile(
    r"\b(?:ve viec|ve|sua doi|bo sung|quy dinh chi tiet|huong dan(?: thi hanh| thuc hien))\b"
)
SEPARATOR = re.compile(r";|\.(?=\s+[^\W\d_])")


def read_bases(lines: list[Line], listed: bool = False) -> list[LegalBasis]:
    """The cited documents in order, each once.

    A document that another one is about is no basis of its own. ``listed``: the lines stand under a heading
    "Căn cứ", so that each names a document.
    """
    bases: list[LegalBasis] = []
    known: set[str] = set()
    goes_on = False
    for line in lines:
        if line.cells:
            continue
        cited = listed or goes_on
        for segment in _segments(without_marker(line.text)):
            cited = cited or LEADING.match(fold(segment)) is not None
            for basis in _bases_in(segment, line.number, cited):
                key = basis.number or fold(basis.text)
                if key not in known:
                    known.add(key)
                    bases.append(basis)
        goes_on = cited and line.text.endswith(";")
    return bases


def _segments(text: str) -> list[str]:
    """The parts between semicolons and sentence ends outside brackets."""
    pieces, position = [], 0
    depth, counted = 0, 0
    for match in SEPARATOR.finditer(text):
        between = text[counted : match.start()]
        depth = max(0, depth + between.count("(") - between.count(")"))
        counted = match.start()
        if depth == 0:
            pieces.append(text[position : match.start()].strip())
            position = match.end()
    return [piece for piece in [*pieces, text[position:].strip()] if piece]


def _bases_in(segment: str, line: int, cited: bool) -> list[LegalBasis]:
    text = _without_maker(_without_lead(segment))
    folded = fold(text)
    starts = [citation for citation in find_citations(text) if _is_basis(citation, folded)]
    if not starts or (STARTS_WITH_KIND.match(folded) and _names_itself(folded, starts[0])):
        return [_unnumbered(text, folded, line)] if cited and _names_document(folded) else []
    places = [_phrase_start(folded, citation.start) for citation in starts]
    places[0] = 0
    ends = [*places[1:], len(text)]
    return [
        LegalBasis(citation.number, citation.date, _tidy(text[start:end]), line)
        for citation, start, end in zip(starts, places, ends, strict=True)
    ]


def _is_basis(citation: Citation, folded: str) -> bool:
    before = folded[: citation.start]
    if folded.count("(", 0, citation.start) > folded.count(")", 0, citation.start):
        return False
    return (not re.search(r"\d", before) and bool(re.search(KIND, before))) or bool(
        NEW_BASIS_AFTER.search(before[-90:])
    )


def _names_itself(folded: str, citation: Citation) -> bool:
    """Whether the first document has no number and the citation is only in its abstract."""
    return OWN_ABSTRACT.search(folded[: citation.start]) is not None


def _names_document(folded: str) -> bool:
    """Whether a part begins with a document without a number, such as "Luật Mặt trận Tổ quốc Việt Nam"."""
    return STARTS_WITH_KIND.match(folded) is not None and len(folded) > 12


def _unnumbered(text: str, folded: str, line: int) -> LegalBasis:
    dated = re.search(rf"\bngay (?={FULL_DATE.pattern})", folded)
    day = find_date(folded[dated.end() :]) if dated else None
    return LegalBasis(None, day, _tidy(text), line)


def _phrase_start(folded: str, position: int) -> int:
    """Where the phrase of a further basis begins: behind the comma or "và" before its kind."""
    before = folded[:position]
    kinds = list(re.finditer(rf"\b{KIND}\b", before[-90:]))
    return max(0, len(before) - 90) + kinds[-1].start() if kinds else position


def _without_lead(text: str) -> str:
    while match := LEADING.match(fold(text)):
        text = text[match.end() :]
    return text


def _without_maker(text: str) -> str:
    """The text without ", Ban Thường trực … xây dựng kế hoạch … như sau"."""
    folded = fold(text)
    made = [match.start() for match in MAKES_PLAN.finditer(folded)]
    for start in reversed(made):
        comma = folded.rfind(",", 0, start)
        if comma > 0 and not re.match(rf",\s?{KIND}", folded[comma:]):
            return text[:comma]
    return text


def _tidy(text: str) -> str:
    text = re.sub(r"[\s,;.:]+$|^[\s,;.:]+", "", text)
    text = re.sub(r",?\s+(?:và|cùng với|cùng)$", "", text)
    return text
