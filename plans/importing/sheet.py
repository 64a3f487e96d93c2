"""Plain text as a sheet: page numbers and running heads dropped, tables and side-by-side columns
recognised."""

import re
from collections import Counter
from dataclasses import dataclass, replace

from .folding import fold
from .lines import Cell, squeeze
from .markers import find_marker
from .signature import is_office, is_signer, looks_like_name, opens_signature, signature_start
from .table_header import find_columns

PAGE_NUMBER = re.compile(r"-?\s?(?:(?:trang|page)\s?)?\d{1,3}(?:\s?/\s?\d{1,3})?\s?-?")
PIPE_RULE = re.compile(r"[\s|+:=-]+")
COLUMN_GAP = re.compile(r" {3,}|\s*\t\s*")
PURPOSE = re.compile(r"[(\[] ?(?:de )?(?:b/c|p/h|t/h|bao cao|phoi hop|thuc hien) ?[)\]]\W{0,2}")
FAR_RIGHT = 24
NATIONAL = re.compile(r"\b(?:cong hoa xa hoi chu nghia|doc lap ?- ?tu do|dang cong san viet nam)\b")


@dataclass(frozen=True)
class Row:
    """A source line.

    ``gap``: a blank line before; ``page``: a page began in between; ``level``: of Word's automatic numbering.
    """

    text: str
    number: int
    gap: bool = False
    page: bool = False
    cells: tuple[Cell, ...] = ()
    table: int = 0
    column: int = 0
    level: int = 0


def read_rows(source: list[str]) -> list[Row]:
    """The lines that carry content, with what stood between them."""
    rows: list[Row] = []
    gap = page = False
    furniture = _furniture(source)
    for number, text in enumerate(source, start=1):
        page = page or "\f" in text or number in furniture
        if not text.strip() or number in furniture:
            gap = gap or not text.strip()
            continue
        rows.append(Row(text.replace("\f", ""), number, gap, page))
        gap = page = False
    return rows


def _furniture(source: list[str]) -> set[int]:
    """The numbers of the lines that hold a page number, or a running head beside one."""
    filled = [(number, squeeze(text)) for number, text in enumerate(source, start=1) if text.strip()]
    pages = {
        place
        for place, (number, text) in enumerate(filled)
        if PAGE_NUMBER.fullmatch(fold(text)) or "\f" in source[number - 1]
    }
    dropped = {filled[place][0] for place in pages if PAGE_NUMBER.fullmatch(fold(filled[place][1]))}
    beside = {place + step for place in pages for step in (-1, 0, 1) if 0 <= place + step < len(filled)}
    beside = {place for place in beside if filled[place][0] not in dropped}
    heads = Counter(re.sub(r"\d+", "#", filled[place][1]) for place in beside)
    for place in beside:
        text = re.sub(r"\d+", "#", filled[place][1])
        if heads[text] > 1 and not find_marker(filled[place][1]) and len(text) > 3:
            dropped.add(filled[place][0])
    return dropped


def mark_tables(rows: list[Row]) -> list[Row]:
    """The rows with the cells of tables drawn with | or with tabs."""
    result: list[Row] = []
    table, width = 0, 0
    for row in rows:
        cells = _piped(row.text)
        cells = _tabbed(row, width) if cells is None else cells
        if cells is None and width and not row.gap and "\t" not in row.text and _open(result[-1], width):
            result[-1] = _continued(result[-1], row)
            continue
        if cells == []:
            continue
        if cells and (width == 0 or (row.gap and len(cells) != width)):
            table += 1
            width = 0
        width = (width or len(cells)) if cells else 0
        result.append(replace(row, cells=tuple(map(Cell, cells)), table=table) if cells else row)
    return result


def _piped(text: str) -> list[str] | None:
    """The cells of a line drawn with |, an empty list for a rule between rows, None for another line."""
    if text.count("|") < 2:
        return None
    if PIPE_RULE.fullmatch(text) and "-" in text:
        return []
    inner = text.strip()
    inner = inner[1:] if inner.startswith("|") else inner
    inner = inner[:-1] if inner.endswith("|") else inner
    return [squeeze(cell) for cell in inner.split("|")]


def _tabbed(row: Row, width: int) -> list[str] | None:
    cells = [squeeze(cell) for cell in row.text.split("\t")]
    if width and len(cells) >= 2:
        return cells[:width] + [""] * (width - len(cells))
    return cells if len(cells) >= 2 and find_columns(cells) else None


def _open(row: Row, width: int) -> bool:
    """Whether the last row of a table may go on: its last cells are still missing."""
    return (
        bool(row.cells) and "\t" in row.text and not row.cells[-1].text and row.text.count("\t") < width - 1
    )


def _continued(row: Row, more: Row) -> Row:
    filled = max(place for place, cell in enumerate(row.cells) if cell.text or place == 0)
    cells = list(row.cells)
    cells[filled] = Cell(f"{cells[filled].text}\n{squeeze(more.text)}".strip())
    return replace(row, cells=tuple(cells))


def split_columns(rows: list[Row]) -> list[Row]:
    """Rows of a head or a signature block: what stands left first, then what stands right."""
    left: list[Row] = []
    right: list[Row] = []
    archived = signed = False
    for row in rows:
        first, second = _columns(row.text)
        if PURPOSE.fullmatch(fold(second)):
            first, second = f"{first} {second}", ""
        if not (left or right or second) and opens_signature(first) and _is_beside_recipients(rows):
            first, second = "", first
        if right and not second:
            is_signing = (signed and _is_signature(first)) or (archived and is_signer(first))
            first, second = ("", first) if is_signing else _without_name(first)
        signed = signed or _is_signature(second)
        archived = archived or fold(first).startswith("- luu")
        if first:
            left.append(replace(row, text=first, column=1))
        if second:
            right.append(replace(row, text=second, column=2, gap=row.gap and not first))
    return left + right


def _is_signature(text: str) -> bool:
    return opens_signature(text) or is_office(text)


def _is_beside_recipients(rows: list[Row]) -> bool:
    """Whether something stands right of "Nơi nhận"."""
    headings = (_columns(row.text) for row in rows if fold(row.text.strip()).startswith("noi nhan"))
    return any(second for _, second in headings)


def _without_name(text: str) -> tuple[str, str]:
    """What stands left, and the signer's name that was set right of it before the columns were lost."""
    if looks_like_name(text):
        return "", text
    end = max(text.rfind(". ", 0, 200), text.rfind("; ", 0, 200)) + 1
    return (text[:end], text[end:].strip()) if end and looks_like_name(text[end:].strip()) else (text, "")


def _columns(text: str) -> tuple[str, str]:
    expanded = text.expandtabs(8)
    stripped = text.strip()
    indent = len(expanded) - len(expanded.lstrip(" "))
    pieces = [piece for piece in COLUMN_GAP.split(stripped) if piece]
    if len(pieces) > 1 and (
        len(pieces[0]) < 4 and find_marker(pieces[0] + " x") and not pieces[0].startswith("*")
    ):
        pieces = [f"{pieces[0]} {pieces[1]}", *pieces[2:]]
    if len(pieces) > 1 and not (pieces[0].endswith(":") and not fold(pieces[0]).startswith("noi nhan")):
        return squeeze(pieces[0]), squeeze(" ".join(pieces[1:]))
    whole = squeeze(stripped)
    national = NATIONAL.search(fold(whole))
    if national and national.start() > 0:
        return whole[: national.start()].strip(), whole[national.start() :]
    signed = signature_start(whole)
    if signed is not None:
        return whole[:signed], whole[signed:].strip()
    is_right = indent >= FAR_RIGHT and not find_marker(whole) and not fold(whole).startswith("noi nhan")
    return ("", whole) if is_right else (whole, "")
