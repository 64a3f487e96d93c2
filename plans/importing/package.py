"""The parts of a .docx file, read with guards against oversized and hostile archives."""

import io
import posixpath
import struct
import zipfile
import zlib
from typing import NoReturn

from django.utils.translation import gettext_lazy as _
from lxml import etree

from .errors import NotAPlan

MOST_ENTRIES = 3000
LARGEST_PART = 24 * 1024 * 1024
LARGEST_TOTAL = 200 * 1024 * 1024
GREATEST_RATIO = 250
RATIO_FROM = 2 * 1024 * 1024
CHUNK = 256 * 1024
BROKEN = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, EOFError, OSError,
    NotImplementedError, RuntimeError, ValueError, KeyError, IndexError, MemoryError,
)  # fmt: skip
RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
# Word's "Strict Open XML Document" says the same in other namespaces.
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MAIN_PART = "word/document.xml"


class Package:
    """A .docx file. Raises NotAPlan for every archive that is none or is not safe to read."""

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            self._names = {entry.filename: entry for entry in self._archive.infolist()}
        except BROKEN:
            _refuse_damaged()
        entries = self._archive.infolist()
        declared = sum(entry.file_size for entry in entries)
        if len(entries) > MOST_ENTRIES or declared > LARGEST_TOTAL:
            _refuse_oversized()
        if any(entry.flag_bits & 1 for entry in entries):
            raise NotAPlan(
                _("The document is protected by a password. Remove the password in Word and choose it again.")
            )
        self._read = 0
        self._refuse_other_kinds()

    def main_part(self) -> str:
        """The name of the part that holds the text."""
        root = self.xml("_rels/.rels")
        for relation in root if root is not None else []:
            if relation.get("Type", "").endswith("/officeDocument"):
                target = relation.get("Target", "").lstrip("/")
                if target in self._names:
                    return target
        if MAIN_PART in self._names:
            return MAIN_PART
        raise NotAPlan(
            _("The file is not a Word document (.docx): it holds no text. Save the plan as .docx in Word.")
        )

    def related(self, part: str, kind: str) -> etree._Element | None:
        """The part of the given kind that belongs to ``part``, such as "numbering" or "styles"."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        for relation in root if root is not None else []:
            if relation.get("Type", "").endswith(f"/{kind}") and relation.get("TargetMode") != "External":
                target = relation.get("Target", "")
                path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                return self.xml(posixpath.normpath(path))
        return None

    def xml(self, name: str) -> etree._Element | None:
        """The root of a part, None when there is no such part."""
        if name not in self._names:
            return None
        data = self._bytes(name).replace(STRICT, TRANSITIONAL)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError):
            _refuse_damaged()
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data or root.getroottree().docinfo.doctype:
            raise NotAPlan(
                _("The document holds XML declarations that no Word document has, so it is not read.")
            )
        return root

    def _bytes(self, name: str) -> bytes:
        """The content, counted while it is unpacked: what the archive declares is not trusted."""
        entry = self._names[name]
        pieces, size = [], 0
        try:
            with self._archive.open(entry) as stream:
                while piece := stream.read(CHUNK):
                    size += len(piece)
                    self._read += len(piece)
                    packed = max(1, entry.compress_size)
                    if size > LARGEST_PART or (size > RATIO_FROM and size / packed > GREATEST_RATIO):
                        _refuse_oversized()
                    if self._read > LARGEST_TOTAL:
                        _refuse_oversized()
                    pieces.append(piece)
        except BROKEN:
            _refuse_damaged()
        return b"".join(pieces)

    def _refuse_other_kinds(self) -> None:
        if any(name.startswith("xl/") for name in self._names):
            raise NotAPlan(
                _("This is an Excel workbook. Choose the Word file of the plan, or paste its text.")
            )
        if any(name.startswith("ppt/") for name in self._names):
            raise NotAPlan(_("This is a presentation. Choose the Word file of the plan, or paste its text."))
        if "mimetype" in self._names and "content.xml" in self._names:
            raise NotAPlan(_("This is an OpenDocument file. Save it as .docx and choose it again."))


def _refuse_damaged() -> NoReturn:
    raise NotAPlan(
        _("The document is damaged and cannot be opened. Open it in Word, save it again and choose it.")
    )


def _refuse_oversized() -> NoReturn:
    raise NotAPlan(
        _("The document is far too large when unpacked, so it is not read. Copy its text and paste it.")
    )
