"""Zip archives read with guards against the oversized and the hostile ones."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from plans.importing.package import BROKEN
from reports.evidence.refusals import NotEvidence

MOST_MEMBERS = 3000
LARGEST_TOTAL = 300 * 2**20
GREATEST_RATIO = 250
RATIO_FROM = 2 * 2**20
MOST_DIRECTORY = 2**20
CHUNK = 2**18
END = struct.Struct("<4s4H2LH")
END_SIGNATURE = b"PK\5\6"
LONGEST_COMMENT = 2**16
# A member that leads out of the folder it is unpacked in, or that two systems read differently.
OUTSIDE = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:|[\0\\]")


class Budget:
    """What may still be unpacked of a file and of the files in it."""

    def __init__(self) -> None:
        self.left = LARGEST_TOTAL

    def take(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise NotEvidence("unpacked")


class Archive:
    """A sound archive without anything before, between or after it. Raises NotEvidence for any other."""

    def __init__(self, source: BinaryIO, budget: Budget) -> None:
        self.budget = budget
        refuse_ends(source)
        try:
            self._archive = zipfile.ZipFile(source)
        except BROKEN:
            raise NotEvidence("damaged") from None
        members = self._archive.infolist()
        self.names = {member.filename for member in members}
        if any(member.flag_bits & 1 for member in members):
            raise NotEvidence("protected")
        if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > budget.left:
            raise NotEvidence("unpacked")
        if len(self.names) < len(members) or any(OUTSIDE.search(name) for name in self.names):
            raise NotEvidence("mixed")

    def members(self) -> Iterator[tuple[str, bytes]]:
        """Every file by name, unpacked one at a time; what the archive declares of sizes is not trusted."""
        for member in self._archive.infolist():
            if not member.is_dir():
                yield member.filename, self._unpack(member)

    def _unpack(self, member: zipfile.ZipInfo) -> bytes:
        unpacked = io.BytesIO()
        try:
            with self._archive.open(member) as stream:
                while piece := stream.read(CHUNK):
                    self.budget.take(len(piece))
                    size = unpacked.tell() + unpacked.write(piece)
                    if size > RATIO_FROM and size > GREATEST_RATIO * max(1, member.compress_size):
                        raise NotEvidence("unpacked")
        except BROKEN:
            raise NotEvidence("damaged") from None
        return unpacked.getvalue()


def refuse_ends(source: BinaryIO) -> None:
    """The archive must begin at the first byte and end with the last one, as every office writes it."""
    size = source.seek(0, 2)
    source.seek(max(0, size - END.size))
    end = source.read(END.size)
    if len(end) < END.size or not end.startswith(END_SIGNATURE):
        raise NotEvidence("damaged")
    _signature, _disk, _first, _here, _count, length, offset, comment = END.unpack(end)
    if comment or offset + length + END.size != size:
        raise NotEvidence("mixed")
    if length > MOST_DIRECTORY:
        raise NotEvidence("unpacked")


def ends_as_archive(source: BinaryIO) -> bool:
    """Whether a file that says it is something else is read as an archive from its end."""
    size = source.seek(0, 2)
    source.seek(max(0, size - LONGEST_COMMENT - END.size))
    tail = source.read()
    place = tail.rfind(END_SIGNATURE)
    if place < 0 or len(tail) - place < END.size:
        return False
    length, offset = END.unpack_from(tail, place)[5:7]
    return 0 < length <= size and offset < size
