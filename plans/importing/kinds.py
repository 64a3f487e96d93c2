"""The kind of a document, from the line that names it: KẾ HOẠCH, BÁO CÁO, QUYẾT ĐỊNH …"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from .errors import NotAPlan
from .folding import is_capitals
from .lines import Line
from .markers import find_marker

PLAN = re.compile(
    r"(?:du thao )?(?:ke hoach(?: hanh dong| phoi hop| cong tac| lien tich)?"
    r"|chuong trinh(?: hanh dong| cong tac| phoi hop| phoi hop cong tac)?)"
)
STARTS_PLAN = re.compile(r"(?:ke hoach|chuong trinh hanh dong)\s")
OTHERS = {
    "baocao": "báo cáo", "totrinh": "tờ trình", "quyetdinh": "quyết định", "nghiquyet": "nghị quyết",
    "thongbao": "thông báo", "huongdan": "hướng dẫn", "chithi": "chỉ thị", "ketluan": "kết luận",
    "congvan": "công văn", "bienban": "biên bản", "giaymoi": "giấy mời", "quyche": "quy chế",
    "quydinh": "quy định",
    "congdien": "công điện", "lichcongtac": "lịch công tác", "dean": "đề án", "thumoi": "giấy mời",
    "thongtri": "thông tri",
    "nghidinh": "nghị định", "thongtu": "thông tư", "hopdong": "hợp đồng", "thongbaoketluan": "thông báo",
    "quychephoihop": "quy chế", "baocaoketqua": "báo cáo", "phuongan": "phương án",
}  # fmt: skip
EVENT = re.compile(
    r"(?:to chuc )?(?:hoi nghi|buoi|le |dai hoi|ky hop|phien hop|toa dam|hop |gap mat|hoi thao|tong ket|"
    r"chuong trinh)"
)
CLOCK = re.compile(r"\d{1,2} ?(?:h|gio|:) ?\d{0,2}")
ATTACHED = re.compile(r"[(\[]?\s*(?:ban hanh )?(?:kem theo|dinh kem)\b")
LETTER = re.compile(r"kinh gui\b|v/v\b|ve viec\b")
SEARCHED = 80


@dataclass(frozen=True)
class Heading:
    """Where the document names itself a plan: the index of that line, and what it says behind the kind."""

    index: int
    rest: str
    attached_to: Line | None = None


def find_heading(lines: list[Line]) -> Heading:
    """The line that makes the document a plan. Raises NotAPlan for other kinds and for no kind at all."""
    for index, line in enumerate(lines[:SEARCHED]):
        if line.cells:
            continue
        rest = plan_heading(line)
        if rest is not None:
            _refuse_agenda(lines, index)
            return Heading(index, rest)
        if other := _other_kind(line):
            return _attached_plan(lines, index) if other == "quyết định" else _refuse(other)
        if line.folded.startswith("kinh gui"):
            raise NotAPlan(
                _("This is an official letter, not a plan. Choose the plan that was sent with it.")
            )
    heading = _plain_heading(lines)
    if heading is None:
        raise NotAPlan(
            _(
                "No heading “KẾ HOẠCH” was found, so this is not read as a plan. "
                "Choose the plan itself, with its first page."
            )
        )
    return heading


def plan_heading(line: Line) -> str | None:
    """What stands behind the kind, when the line names the document a plan; None when it does not."""
    text, folded = line.text.strip(" *_.:"), line.folded.strip(" *_.:")
    if PLAN.fullmatch(folded) or compact(folded) in ("kehoach", "chuongtrinhhanhdong", "kehoachhanhdong"):
        return "" if text[:1].isupper() else None
    match = STARTS_PLAN.match(folded)
    if match and is_capitals(text) and not find_marker(line.text):
        return text[match.end() :].strip()
    return None


def compact(folded: str) -> str:
    """The letters of a folded line alone, so that letter-spaced headings compare equal."""
    return re.sub(r"[^a-z]", "", folded)


def _other_kind(line: Line) -> str | None:
    folded = line.folded.strip(" *_.:")
    found = OTHERS.get(compact(folded)) if len(folded) < 40 and line.text[:1].isupper() else None
    if found is None and is_capitals(line.text):
        starts = re.match(r"(bao cao|to trinh|quyet dinh|thong bao|giay moi|bien ban|huong dan) ", folded)
        found = OTHERS[compact(starts[1])] if starts else None
    return found


def _refuse(kind: str) -> Heading:
    raise NotAPlan(
        _("This document calls itself “%(kind)s”, not a plan. Choose the plan (KẾ HOẠCH) itself."), kind=kind
    )


def _refuse_agenda(lines: list[Line], index: int) -> None:
    """ "CHƯƠNG TRÌNH" above the hours of a meeting is an agenda."""
    if not lines[index].folded.startswith("chuong trinh") or "hanh dong" in lines[index].folded:
        return
    following = lines[index + 1 : index + 30]
    hours = sum(CLOCK.search(line.folded[:24]) is not None for line in following)
    if (following and EVENT.match(following[0].folded) and hours) or hours >= 3:
        raise NotAPlan(_("This is the agenda of a meeting, not a plan. Choose the plan (KẾ HOẠCH) itself."))


def _attached_plan(lines: list[Line], decision: int) -> Heading:
    """The plan that is issued with a decision and stands behind it in the same file."""
    for index in range(decision + 1, len(lines)):
        rest = plan_heading(lines[index]) if not lines[index].cells else None
        following = lines[index + 1 : index + 8]
        if rest is not None and any(ATTACHED.match(line.folded) for line in following):
            return Heading(index, rest, attached_to=lines[decision])
    return _refuse("quyết định")


def _plain_heading(lines: list[Line]) -> Heading | None:
    """A first line such as "Kế hoạch triển khai …" in a text pasted without its head."""
    for index, line in enumerate(lines[:5]):
        folded = line.folded
        if LETTER.match(folded):
            return None
        match = STARTS_PLAN.match(folded)
        is_title = (
            match
            and line.text[0].isupper()
            and len(line.text) < 300
            and not line.text.endswith((".", ";", ":"))
        )
        if match and is_title and not re.match(r"ke hoach(?: hanh dong)? so\b", folded):
            return Heading(index, line.text[match.end() :].strip())
    return None
