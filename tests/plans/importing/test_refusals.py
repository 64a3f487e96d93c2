"""Files that people choose by mistake, and files made to do harm: each gets one clear sentence."""

import io
import zipfile

import pytest

from plans.importing import MAX_BYTES, NotAPlan, read_file, read_text

from .docx_builder import TYPES, W, archive, docx, paragraphs

PLAN = "KẾ HOẠCH\nTrồng cây\n\nI. NHIỆM VỤ\n- Trồng 100 cây."
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
TCVN3 = "KÕ ho¹ch triÓn khai c«ng t¸c MÆt trËn n¨m 2005 cña ñy ban ph­êng"
VNI = "Keá hoaïch trieån khai coâng taùc Maët traän naêm 2005 cuûa phöôøng"


def refusal(data: bytes, name: str = "plan.docx") -> str:
    with pytest.raises(NotAPlan) as caught:
        read_file(name, data)
    return str(caught.value)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b" \r\n\t", "is empty"),
        (b"%PDF-1.7\n", "PDF"),
        (b"{\\rtf1\\ansi}", "RTF"),
        (b"\xff\xd8\xff\xe0" + bytes(40), "picture"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "picture"),
        (b"<!DOCTYPE html><html></html>", "web page"),
        (COMPOUND + "WordDocument".encode("utf-16-le"), "old Word"),
        (COMPOUND + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"x" * (MAX_BYTES + 1), "larger than 20 MB"),
        (bytes(range(256)) * 4, "neither"),
        (TCVN3.encode("cp1252"), "old font"),
        (VNI.encode("utf-8"), "old font"),
    ],
)
def test_other_files(data, words):
    assert words in refusal(data)


def test_archives_that_are_no_word_documents():
    assert "Excel" in refusal(archive({"[Content_Types].xml": TYPES, "xl/workbook.xml": "<a/>"}))
    assert "presentation" in refusal(archive({"ppt/presentation.xml": "<a/>"}))
    assert "OpenDocument" in refusal(archive({"mimetype": "x", "content.xml": "<a/>"}))
    assert "holds no text" in refusal(archive({"[Content_Types].xml": TYPES}))


def test_damaged_archives():
    whole = docx(paragraphs(PLAN))
    assert read_file("x.docx", whole).groups[0].tasks[0].text == "Trồng 100 cây."

    assert "damaged" in refusal(whole[: len(whole) // 2])
    assert "damaged" in refusal(b"PK\x03\x04" + bytes(100))
    assert "damaged" in refusal(archive({"word/document.xml": "<w:document"}))


def test_a_zip_bomb_is_not_unpacked():
    assert "too large" in refusal(archive({"word/document.xml": "<a>" + " " * 30_000_000 + "</a>"}))


def test_a_zip_bomb_that_lies_about_its_size():
    data = bytearray(archive({"word/document.xml": "<a>" + " " * 30_000_000 + "</a>"}))
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = (1000).to_bytes(4, "little")

    assert refusal(bytes(data))


def test_too_many_entries():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        for number in range(3001):
            packed.writestr(f"{number}", "")

    assert "too large" in refusal(stream.getvalue())


def test_an_encrypted_entry():
    data = bytearray(docx(paragraphs(PLAN)))
    data[data.index(b"PK\x01\x02") + 8] |= 1

    assert "password" in refusal(bytes(data))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(encoding):
    declared = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY b "c">]>'
    text = f"{declared}<w:document {W}><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("word/document.xml", text.encode(encoding))

    assert "XML declarations" in refusal(stream.getvalue())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("  \n ", "no text"),
        ("BÁO CÁO\nKết quả thực hiện Kế hoạch số 5/KH-A\n\nKẾ HOẠCH\nI. NHIỆM VỤ\n- Việc.", "báo cáo"),
        ("Số: 7/MTTQ\nV/v góp ý kế hoạch\nKính gửi: Các phường\nI. NỘI DUNG\n- Góp ý.", "official letter"),
        ("QUYẾT ĐỊNH\nVề việc khen thưởng\nĐiều 1. Khen thưởng 5 người.", "quyết định"),
        ("GIẤY MỜI\nHọp bàn kế hoạch", "giấy mời"),
        ("CHƯƠNG TRÌNH\nHội nghị sơ kết\n- 7h30: Đón khách\n- 8h00: Khai mạc", "agenda"),
        ("Hôm nay trời đẹp.\nChúng tôi đi chơi.", "No heading"),
        ("KẾ HOẠCH\nTrồng cây\nI. MỤC ĐÍCH\nCó bóng mát.", "No tasks"),
        (PLAN + "\n- Việc." * 10_000, "too long"),
    ],
)
def test_texts_that_are_no_plans(text, words):
    with pytest.raises(NotAPlan) as caught:
        read_text(text)

    assert words in str(caught.value)
