"""What a main heading is about: the purpose, the work itself, or how it is organised."""

import re

from .body import Node
from .folding import fold
from .labels import is_core_fact, is_fact

PURPOSE, CONTENT, ASSIGNMENT, ORGANISATION = "purpose", "content", "assignment", "organisation"
BASES, UNKNOWN = "bases", "unknown"
ASSIGNING = re.compile(r"(?:phan cong|trach nhiem|tien do|lo trinh)\b")
ORGANISING = re.compile(
    r"(?:to chuc|che do|kinh phi|nguon luc|dieu kien|thoi gian|"
    r"dia diem|doi tuong|thanh phan|"
    r"pham vi|hinh thuc|khen thuong|bao cao|cong tac bao cao|dieu khoan|kien nghi|de xuat|du toan)\b"
)
WORK = re.compile(
    r"\b(?:noi dung|nhiem vu|giai phap|hoat dong|bien phap|cong viec|cong tac trong tam|viec trong tam|"
    r"trong tam)\b"
)
REAL_WORK = re.compile(r"\b(?:nhiem vu|giai phap|hoat dong|bien phap|cong viec|trong tam)\b")
SUBJECT_MATTER = re.compile(r"\b(?:doi tuong|pham vi|hinh thuc)\b")
ORGANISING_FIRST = re.compile(r"(?:to chuc (?:thuc hien|trien khai)|kinh phi|che do)\b")
PURPOSES = re.compile(
    r"\b(?:muc dich|yeu cau|quan diem|muc tieu|chi tieu|dac diem|tinh hinh|su can thiet|danh gia|thuan loi|"
    r"kho khan|phuong cham|nguyen tac|ket qua|thuc trang|boi canh)\b"
)
GENERIC = re.compile(
    r"\b(?:cac|mot so|nhung|nhom|nhiem vu|giai phap|noi dung|trong tam|chu yeu|cu the|chung|thuc hien|va|"
    r"hoat dong|bien phap|"
    r"cong viec|cong tac|trien khai|dot pha|ve|nam|trong|chinh|\d{4}|can|tap trung|thuong xuyen|ke "
    r"hoach)\b|[\W_]+"
)
PURPOSE_ONLY = re.compile(r"(?:muc dich|yeu cau|quan diem|muc tieu|chi tieu)\b")


def role_of(title: str) -> str:
    """The role of a section, one of the names above."""
    folded = fold(title)
    if folded.startswith(("can cu", "co so phap ly", "co so xay dung")):
        return BASES
    if ASSIGNING.match(folded):
        return ASSIGNMENT
    if ORGANISING_FIRST.match(folded):
        return ORGANISATION
    if WORK.search(folded):
        return UNKNOWN if SUBJECT_MATTER.search(folded) and not REAL_WORK.search(folded) else CONTENT
    if PURPOSES.search(folded):
        return PURPOSE
    return ORGANISATION if ORGANISING.match(folded) else UNKNOWN


def is_generic(title: str) -> bool:
    """Whether the title only says "nhiệm vụ", "giải pháp trọng tâm": a heading over groups, no group
    itself."""
    folded = fold(title)
    return len(folded) < 90 and not GENERIC.sub("", folded)


def is_purpose_only(title: str) -> bool:
    """Whether a heading inside the work part is about aims and holds no tasks."""
    folded = fold(title)
    return len(folded) < 70 and PURPOSE_ONLY.match(folded) is not None and not WORK.search(folded)


def items_of(node: Node) -> list[Node]:
    """The enumerated items below a node that are no mere facts about it ("Thời gian: …")."""
    facts = [child for child in node.children if is_fact(child.text)]
    if not any(is_core_fact(child.text) for child in facts):
        facts = []
    dropped = {id(fact) for fact in facts}
    return [child for child in node.children if id(child) not in dropped]
