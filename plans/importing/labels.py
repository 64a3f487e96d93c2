"""Labelled facts inside a task: "Đơn vị chủ trì: …", "Thời gian hoàn thành: …"."""

import re
from dataclasses import dataclass

from .folding import fold
from .markers import without_marker

BODY = r"(?:cac )?(?:don vi|co quan|bo phan|to chuc|ca nhan|nguoi|dong chi|ban|nganh)"
LEAD, SUPPORT, DUE, PRODUCT, DOERS, DETAIL = "lead", "support", "due", "product", "doers", "detail"
LABELS = {
    "both": rf"(?:{BODY} )?chu tri,? ?(?:va )?(?:{BODY} )?phoi hop(?: thuc hien)?",
    SUPPORT: rf"(?:{BODY} )?(?:cung )?phoi hop(?: voi)?(?: thuc hien)?",
    PRODUCT: r"(?:yeu cau )?(?:san pham|ket qua(?: dau ra| dat duoc)?|dau ra)(?: (?:du kien|hoan thanh|"
             r"thuc hien))?",
    DUE: (
        r"(?:thoi gian|thoi han|tien do|moc thoi gian|lo trinh|han|ngay|thoi diem)"
        r"(?: (?:bat dau|trien khai|thuc hien|hoan thanh|to chuc|va hoan thanh|ket thuc|cuoi|chot|bao "
        r"cao|du kien|la)){0,3}"
        r"|hoan thanh"
    ),
    LEAD: (
        rf"(?:{BODY} )?(?:chu tri|dau moi|chiu trach nhiem(?: chinh)?|phu trach)"
        r"(?: (?:thuc hien|tham muu|trien khai|chinh|tong hop)){0,2}"
    ),
    DOERS: rf"(?:{BODY} (?:trien khai |to chuc )?thuc hien|phan cong(?: thuc hien| nhiem vu)?|trach "
           rf"nhiem(?: thuc hien)?)",
    DETAIL: (
        r"(?:kinh phi|dia diem|thanh phan|doi tuong|hinh thuc|noi dung|so luong|quy mo|muc dich|yeu cau|"
        r"nguoi thuc hien|ghi chu)(?: (?:thuc hien|tham gia|tham du|to chuc|cu the|tuyen truyen))?"
    ),
}  # fmt: skip
LABEL = re.compile(
    r"(?:^|[\n.;,(|]|(?<= )[-+*•] ?)\s{0,3}(?:[-+*•]\s?)?(?:(?:[a-h]|\d{1,2}(?:\.\d{1,2}){0,3})[.),-] ?)?(?:"
    + "|".join(f"(?P<{name}>{pattern})" for name, pattern in LABELS.items())
    + r")\s?:\s?"
)


@dataclass(frozen=True)
class Fact:
    """What stands behind a label.

    ``name`` is one of the labels above, ``start`` the position of the label.
    """

    name: str
    value: str
    start: int


def find_facts(text: str) -> list[Fact]:
    """The labelled facts of a task's text, in order."""
    matches = list(LABEL.finditer(fold(text)))
    ends = [match.start() for match in matches[1:]] + [len(text)]
    return [
        Fact(match.lastgroup or "", _value(text[match.end() : end]), match.start())
        for match, end in zip(matches, ends, strict=False)
    ]


def is_fact(text: str) -> bool:
    """Whether the line only states a fact about the task before it, such as its deadline."""
    return LABEL.match(fold(without_marker(text))) is not None


def is_core_fact(text: str) -> bool:
    """Whether the line states who does the task, with whom, until when, or what it yields."""
    match = LABEL.match(fold(without_marker(text)))
    return match is not None and match.lastgroup != DETAIL


def _value(text: str) -> str:
    """The value up to the end of its line or sentence, without the bracket that closes around it."""
    text = text.strip().split("\n")[0]
    text = re.split(r"\.\s+(?=[^\W\d_])", text, maxsplit=1)[0]
    depth = 0
    for position, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth < 0:
            text = text[:position]
            break
    return text.strip(" .;,-+*•")
