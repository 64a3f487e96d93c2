"""Word and Excel files of today: archives of XML in which nothing may act, fetch or hide.

Taken are links to click on and references to files of the own disk, as offices have them. Charts carry a
workbook of their own, which is looked at like the document. Refused are macros, objects of other programs
(OLE, ActiveX), whatever is fetched from a network when the file is opened, and commands in fields (DDE).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import BinaryIO
from xml.parsers import expat

from reports.evidence.archives import Archive, Budget
from reports.evidence.refusals import NotEvidence

TYPES = "[Content_Types].xml"
MAIN = "application/vnd.openxmlformats-officedocument.{}.main+xml"
KINDS = {MAIN.format("wordprocessingml.document"): "docx", MAIN.format("spreadsheetml.sheet"): "xlsx"}
MACROS = re.compile(r"macro(?:enabled|sheet)|vba(?:project|data)", re.IGNORECASE)
EMBEDDED = re.compile(r"oleobject|activex|/control$|/afchunk$", re.IGNORECASE)
DATA = re.compile(r"/connections$|/queryTable$", re.IGNORECASE)
# What a picture or a font never begins with: programs, archives, compound files, shortcuts.
ARCHIVE = b"PK\3\4"
FOREIGN = (b"MZ", b"\x7fELF", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf", b"L\0\0\0\1\x14\2\0", b"#!")
XML = re.compile(rb"\A(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*<")
# Of all other XML the head is enough, and a table of a hundred thousand rows is soon looked at.
TELLING = re.compile(rb"instrText|fldSimple|ddeLink|oleLink|\0")
OWN_DISK = re.compile(r"(?:file:/{3})?[a-z]:[\\/]|(?!\w+:|[\\/]{2})", re.IGNORECASE)
COMMAND = re.compile(r"\bDDE(?:AUTO)?\b|\bINCLUDE(?:TEXT|PICTURE)\s+\"?\s*(?:\w{2,}:|\\\\|//)", re.IGNORECASE)


def office_kind(source: BinaryIO, budget: Budget | None = None) -> str:
    """ "docx" or "xlsx". Raises NotEvidence. With a budget it is one inside another."""
    archive = Archive(source, budget or Budget())
    if TYPES not in archive.names:
        raise NotEvidence("kind" if "mimetype" in archive.names else "archive")
    kinds: set[str] = set()
    for name, content in archive.members():
        if content.startswith(ARCHIVE) and budget is None:
            office_kind(io.BytesIO(content), archive.budget)
        elif content.startswith((ARCHIVE, *FOREIGN)):
            raise NotEvidence("embedded")
        elif XML.match(content) or name.endswith((".xml", ".rels")):
            kinds |= set(Part(content, whole=name == TYPES or name.endswith(".rels")).mains(archive.names))
    if len(kinds) != 1:
        raise NotEvidence("kind")
    return kinds.pop()


class HeadRead(Exception):  # noqa: N818 - a way out of the parser, not a fault
    pass


class Part:
    """What one XML part says of types, relations and commands. Raises NotEvidence for what may not be."""

    def __init__(self, content: bytes, *, whole: bool) -> None:
        self.whole = whole or TELLING.search(content) is not None
        self.types: dict[str, str] = {}
        self.commands: list[str] = []
        self.field: list[str] = []
        self.in_field = False
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = refuse_declaration
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        try:
            parser.Parse(content, True)
        except HeadRead:
            pass
        except expat.ExpatError:
            raise NotEvidence("damaged") from None
        # A field's words may be split among many elements.
        if COMMAND.search(" ".join([*self.commands, "".join(self.field)])):
            raise NotEvidence("fetching")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if not self.whole:
            raise HeadRead
        name = tag.rpartition(" ")[2]
        if name in ("Override", "Default"):
            self.types[attributes.get("PartName", "").lstrip("/")] = attributes.get("ContentType", "")
            refuse_type(attributes.get("ContentType", ""))
        elif name == "Relationship":
            refuse_type(attributes.get("Type", ""))
            refuse_target(attributes)
        elif name == "fldSimple":
            self.commands += attributes.values()
        elif name in ("ddeLink", "oleLink"):
            raise NotEvidence("fetching")
        self.in_field = name == "instrText"

    def text(self, text: str) -> None:
        if self.in_field:
            self.field.append(text)

    def end(self, tag: str) -> None:
        self.in_field = False

    def mains(self, names: set[str]) -> Iterator[str]:
        """The kinds of main parts that it declares and that are there."""
        return (KINDS[kind] for name, kind in self.types.items() if kind in KINDS and name in names)


def refuse_declaration(*_declared: object) -> None:
    """No office writes one; with it a small file can ask for other files or grow without end."""
    raise NotEvidence("mixed")


def refuse_type(kind: str) -> None:
    """The type of a part or of a relation."""
    for pattern, reason in ((MACROS, "macros"), (EMBEDDED, "embedded"), (DATA, "fetching")):
        if pattern.search(kind):
            raise NotEvidence(reason)


def refuse_target(attributes: dict[str, str]) -> None:
    """A link is followed by a person, anything else by the program that opens the file."""
    outside = attributes.get("TargetMode") == "External"
    link = attributes.get("Type", "").endswith("/hyperlink")
    if outside and not link and not OWN_DISK.match(attributes.get("Target", "").strip()):
        raise NotEvidence("fetching")
