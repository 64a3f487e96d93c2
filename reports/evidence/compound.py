"""Word and Excel files until 2003: compound files, of which only the few facts that count are read."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from reports.evidence.refusals import NotEvidence

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADER = 512
LAST_SECTOR = 0xFFFFFFFA
ENTRY = 128
MACROS = {"Macros", "_VBA_PROJECT", "_VBA_PROJECT_CUR", "VBA"}
# Storages in which Word and Excel keep the objects of other programs.
OBJECT = re.compile(r"_\d{6,}|MBD[0-9A-F]{8}|Equation Native|\x01Ole10Native")
SHEET, PASSWORD, REFERENCE, END_OF_RECORDS = 0x85, 0x2F, 0x1AE, 0x0A
MACRO_SHEETS = (1, 6)
# The sign that begins a field, then the command; text of one or of two bytes a letter.
DDE = re.compile(rb"\x13[ \0]*D\0?D\0?E\0?(?:A\0?U\0?T\0?O\0?)?[ \"]")


class Compound:
    """Raises NotEvidence where the tables of the file lead outside it or in a circle."""

    def __init__(self, data: bytes) -> None:
        if len(data) < HEADER or data[28:30] != b"\xfe\xff" or data[30:32] not in (b"\x09\0", b"\x0c\0"):
            raise NotEvidence("damaged")
        self.data = data
        self.size = 1 << data[30]
        self.table = list(self._table())
        directory = self.stream(*struct.unpack_from("<L", data, 48))
        self.entries = [directory[at : at + ENTRY] for at in range(0, len(directory) - ENTRY + 1, ENTRY)]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self.size
        if number >= LAST_SECTOR or start >= len(self.data):
            raise NotEvidence("damaged")
        return self.data[start : start + self.size]

    def _table(self) -> Iterator[int]:
        """Which sector follows each; the sectors of this table are listed in the header and behind it."""
        listed = list(struct.unpack_from("<109L", self.data, 76))
        further, count = struct.unpack_from("<LL", self.data, 68)
        for _number in range(min(count, len(self.data) // self.size)):
            *more, further = self._numbers(further)
            listed += more
        used = [sector for sector in listed if sector < LAST_SECTOR]
        if len(used) > len(set(used)):
            raise NotEvidence("damaged")
        for sector in used:
            yield from self._numbers(sector)

    def _numbers(self, sector: int) -> tuple[int, ...]:
        content = self._sector(sector)
        return struct.unpack(f"<{len(content) // 4}L", content[: len(content) // 4 * 4])

    def stream(self, sector: int) -> bytes:
        pieces: list[bytes] = []
        while sector < LAST_SECTOR:
            if len(pieces) * self.size > len(self.data) or sector >= len(self.table):
                raise NotEvidence("damaged")
            pieces.append(self._sector(sector))
            sector = self.table[sector]
        return b"".join(pieces)

    def named(self) -> dict[str, bytes]:
        """Directory entries in use, by name; the same name may stand in several folders."""
        used = [entry for entry in self.entries if entry[66] in (1, 2, 5)]
        return {entry[: max(0, entry[64] - 2)].decode("utf-16-le", "replace"): entry for entry in used}


def compound_kind(data: bytes) -> str:
    """ "doc" or "xls". Raises NotEvidence."""
    file = Compound(data)
    named = file.named()
    if "EncryptedPackage" in named:
        raise NotEvidence("protected")
    if MACROS & named.keys():
        raise NotEvidence("macros")
    if any(OBJECT.fullmatch(name) for name in named):
        raise NotEvidence("embedded")
    if "WordDocument" in named:
        refuse_word(content_of(file, named["WordDocument"]))
        return "doc"
    if workbook := named.get("Workbook") or named.get("Book"):
        refuse_excel(content_of(file, workbook))
        return "xls"
    raise NotEvidence("kind")


def content_of(file: Compound, entry: bytes) -> bytes:
    start, size = struct.unpack_from("<LL", entry, 116)
    if size < 4096:  # kept elsewhere, and too short for a document
        raise NotEvidence("damaged")
    return file.stream(start)[:size]


def refuse_word(content: bytes) -> None:
    if content[10:12] and content[11] & 1:
        raise NotEvidence("protected")
    if DDE.search(content):
        raise NotEvidence("fetching")


def refuse_excel(content: bytes) -> None:
    """The records of the workbook itself: its sheets, its protection, what it refers to."""
    for kind, record in records(content):
        if kind == PASSWORD:
            raise NotEvidence("protected")
        if kind == SHEET and len(record) > 5 and record[5] in MACRO_SHEETS:
            raise NotEvidence("macros")
        # A reference to another program names it and its topic around this sign.
        if kind == REFERENCE and b"\x03" in record[4:]:
            raise NotEvidence("fetching")


def records(content: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place + 4 <= len(content):
        kind, length = struct.unpack_from("<HH", content, place)
        if kind == END_OF_RECORDS:
            return
        yield kind, content[place + 4 : place + 4 + length]
        place += 4 + length
