"""The kind of a task group, from the words of its title."""

import re

from .folding import fold
from .outline import DIRECTIVES, OTHER, PROPAGANDA, SUPERVISION

SUBJECTS = re.compile(
    r"\b(?:(?P<propaganda>tuyen truyen|pho bien|quan triet|hoc tap|nang cao(?: \w+){0,3} nhan thuc|"
    r"truyen thong|giao duc)"
    r"|(?P<supervision>kiem tra|giam sat|so ket|tong ket|phan bien|thanh tra|don doc)"
    r"|(?P<directives>chi thi|nghi quyet|ket luan|quy dinh|quyet dinh|chuong trinh hanh dong|lanh dao|"
    r"chi dao|cu the hoa"
    r"|the che hoa))\b"
)
ACTS = re.compile(r"\btrien khai thuc hien\b|\bto chuc trien khai\b")


def kind_of(title: str) -> str:
    """The kind that the first telling word names: what is done counts, not what it is done about."""
    folded = fold(title)
    if match := SUBJECTS.search(folded):
        return {"propaganda": PROPAGANDA, "supervision": SUPERVISION}.get(match.lastgroup or "", DIRECTIVES)
    return DIRECTIVES if ACTS.search(folded) else OTHER
