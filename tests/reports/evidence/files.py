"""Files as people send them, and the parts that hostile ones are made of."""

import struct
import zipfile
from functools import cache
from io import BytesIO

import docx
import pikepdf
from pikepdf import Dictionary, Name
from PIL import Image

TYPES = "[Content_Types].xml"
TYPES_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def photo(size=(60, 40), form="JPEG", mode="RGB", **options) -> bytes:
    """Red at the left, blue at the right."""
    image = Image.new(mode, size)
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    image.paste("blue", (size[0] // 2, 0, *size))
    return saved(image, form, **options)


def saved(image: Image.Image, form: str, **options) -> bytes:
    file = BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def pdf(change=None, **options) -> bytes:
    """One empty page; `change` may do something to the document before it is saved."""
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(595, 842))
        if change:
            change(document)
        file = BytesIO()
        document.save(file, deterministic_id="encryption" not in options, **options)
    return file.getvalue()


def acting_pdf(**action) -> bytes:
    """A PDF that does something when it is opened."""

    def change(document):
        values = {key: Name(value) if str(value).startswith("/") else value for key, value in action.items()}
        document.Root.OpenAction = Dictionary(**values)

    return pdf(change)


def zipped(members: dict[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@cache
def word() -> bytes:
    document = docx.Document()
    document.add_heading("Biên bản hội nghị")
    document.add_paragraph("Hội nghị có 120 người dự.")
    document.add_picture(BytesIO(photo()))
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def types(**parts: str) -> str:
    """The list of content types: `xl__workbook_xml` stands for /xl/workbook.xml."""
    overrides = "".join(
        f'<Override PartName="/{name.replace("__", "/").replace("_xml", ".xml")}" ContentType="{kind}"/>'
        for name, kind in parts.items()
    )
    return f'<Types xmlns="{TYPES_NAMESPACE}">{overrides}</Types>'


def relations(kind: str, target: str, external: bool = True) -> str:
    mode = ' TargetMode="External"' if external else ""
    return (
        f'<Relationships xmlns="{RELATIONS_NAMESPACE}">'
        f'<Relationship Id="rId1" Type="{RELATION}/{kind}" Target="{target}"{mode}/></Relationships>'
    )


def excel(more: dict[str, bytes | str] | None = None) -> bytes:
    members: dict[str, bytes | str] = {
        TYPES: types(xl__workbook_xml=WORKBOOK),
        "_rels/.rels": relations("officeDocument", "xl/workbook.xml", external=False),
        "xl/workbook.xml": f'<workbook xmlns="{SHEETS}"><sheets/></workbook>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEETS}"><sheetData/></worksheet>',
    }
    return zipped(members | (more or {}))


def word_with(more: dict[str, bytes | str], text: str = "") -> bytes:
    """A Word file with other parts, or with XML in its text."""
    members: dict[str, bytes | str] = {**unzipped(word()), **more}
    if text:
        members["word/document.xml"] = str(members["word/document.xml"], "utf-8").replace("<w:p>", text, 1)
    return zipped(members)


def word_related(kind: str, target: str, external: bool = True) -> bytes:
    return word_with({"word/_rels/settings.xml.rels": relations(kind, target, external)})


SECTOR, END_OF_CHAIN, TABLE, FREE = 512, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def compound(streams: dict[str, bytes], storages: tuple[str, ...] = ()) -> bytes:
    """A compound file of Microsoft with these streams and empty storages."""
    table: list[int] = []
    body = b""

    def place(content: bytes) -> int:
        nonlocal body
        start, count = len(table), -(-len(content) // SECTOR)
        table.extend([*range(start + 1, start + count), END_OF_CHAIN])
        body += content.ljust(count * SECTOR, b"\0")
        return start

    entries = [entry("Root Entry", 5, END_OF_CHAIN, 0)]
    for name, content in streams.items():
        content = content.ljust(4096, b"\0")
        entries.append(entry(name, 2, place(content), len(content)))
    entries += [entry(name, 1, 0, 0) for name in storages]
    directory = place(b"".join(entries))
    first, numbers = len(table), -(-(len(table) + 1) // 127)
    table += [TABLE] * numbers
    table += [FREE] * (numbers * 128 - len(table))
    listed = [*range(first, first + numbers)]
    head = struct.pack("<8s16xHHHHH6xLLLLLLLLL", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
                       0, numbers, directory, 0, 4096, END_OF_CHAIN, 0, END_OF_CHAIN, 0)  # fmt: skip
    listed += [FREE] * (109 - numbers)
    return head + struct.pack("<109L", *listed) + body + struct.pack(f"<{len(table)}L", *table)


def entry(name: str, kind: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    return text.ljust(64, b"\0") + struct.pack("<HBB48xLQ", len(text) + 2, kind, 1, start, size)


def old_word(flags: int = 0, text: bytes = b"") -> bytes:
    return struct.pack("<HHHHHH", 0xA5EC, 193, 0, 0, 0, flags).ljust(512, b"\0") + text


def old_excel(*records: tuple[int, bytes]) -> bytes:
    written = [(0x809, b"\0\6\5\0".ljust(16, b"\0")), *records, (0x0A, b"")]
    return b"".join(struct.pack("<HH", kind, len(content)) + content for kind, content in written)


DOC = compound({"WordDocument": old_word(), "1Table": b""})
XLS = compound({"Workbook": old_excel((0x85, b"\0\0\0\0\0\0\1\0A"))})
