"""Who leads a task and who helps, as far as its text says so."""

import re
from dataclasses import dataclass, field

from .folding import fold
from .labels import DOERS, LEAD, SUPPORT, find_facts

UNIT_STARTS = (
    r"(?:cac|toan the|tat ca|moi|ban|hoi|doan|so|phong|ubnd|ubmttq|ubmt|ub mttq|uy ban|van phong|cong an|"
    r"trung tam|"
    r"lien doan|thanh doan|tinh doan|huyen doan|huyen|thanh uy|tinh uy|huyen uy|quan uy|dang uy|dang bo|"
    r"chi bo|"
    r"chi hoi|chi doan|to(?! chuc)|truong|hdnd|hoi dong|bo|cuc|chi cuc|dai|bao|vien|toa an|thuong truc|"
    r"mttq|mat tran|"
    r"quan su|benh vien|tram|cong ty|hop tac xa|ngan hang|kho bac|buu dien|lien hiep|lien minh|to chuc|"
    r"phuong|"
    r"xa(?! hoi)|thi tran|thi xa|quan|tinh|thanh pho|don vi|co quan|cap uy|cap|nganh|lanh dao|chu tich|"
    r"pho chu tich|"
    r"bi thu|truong ban|pho truong ban|dong chi|d/c|can bo|cong doan|bch|btv|btt|doan the|tieu ban|bo "
    r"phan|cuu chien binh|"
    r"hiep hoi|cau lac bo|tap the|nha|khoi|cum|khu|ap|thon|ban chi huy|luc luong|can su|dang doan|he thong)\b"
)
STARTS_UNIT = re.compile(UNIT_STARTS)
NEXT_UNIT = re.compile(rf"\s?(?:[,;\n]|,? va| cung voi| cung)\s+(?:va )?(?={UNIT_STARTS})|\s?[;\n]\s?")
VERBS = (
    "tổ chức|thực hiện|triển khai|xây dựng|tham mưu|hướng dẫn|kiểm tra|giám sát|tuyên truyền|ban hành|"
    "tổng hợp|theo dõi|"
    "đôn đốc|rà soát|hoàn thành|để|trong việc|trong|nhằm|vận động|tiến hành|lựa chọn|chuẩn bị|báo cáo|"
    "khảo sát|trình|"
    "đảm bảo|bảo đảm|phát động|mở|đẩy mạnh|tăng cường|nghiên cứu|đề xuất|in|cấp|biên soạn|lồng ghép|phổ "
    "biến|quán triệt|"
    "duy trì|thường xuyên|chỉ đạo|thẩm định|ký kết|lập|sơ kết|tổng kết|góp ý|lấy ý kiến|xem xét|phân "
    "công|cụ thể hóa|"
    "cụ thể hoá|làm tốt|bố trí|tập trung|tập huấn|đưa|gửi|nắm|thành lập|đánh giá|thống kê|phân bổ|cung "
    "cấp|tạo|hỗ trợ|giới thiệu|"
    "tiếp tục|chủ động|kịp thời|thẩm tra|phản biện|đăng ký|thăm|tặng|trao"
)
VERB = re.compile(
    rf"\s(?:{VERBS})(?!\w)"
    r"(?! (?:thành viên|chính trị|xã hội|đảng|tôn giáo|cơ sở|đoàn thể|hội(?! (?:nghị|thảo|thi|trại|diễn|"
    r"chợ|họp))))"
)
WORDS_IN_NAMES = frozenset(
    """
    an ban binh bàn báo bí bản bảo bộ cao chi chiến chuyên chí chính chúng chỉ chủ chức các cán có
    công cùng cơ cư cấp cộng cụm của cựu doanh dân gia giáo giúp hoá huyện hàng hành hóa hệ học hội
    hợp khu khác khóm khối liên làng lãnh lượng lực môn mầm mặt nghiệp ngành ngân người nhà ninh
    niên non nông năng nước nữ phòng phó phương phường phố phụ quan quản quần quận quốc sinh sở
    thanh thao thuộc thành thôn thư thể thị thống tiểu toàn trang trong trung truyền trên trường
    trưởng trấn trận trị trực tuổi ty tác tôn tại tập tế tỉnh tịch tổ tự uỷ viên việc và văn vũ vệ
    vị với xã y điều đoàn đơn đạo đảng đặc địa đồng ương ấp ủy
    """.split()  # noqa: SIM905 - a hundred quoted words read worse
)
# "các phường, xã" is one recipient; "phường A, xã B" are two.
AREA = re.compile(
    r"(?:phường|xã|thị trấn|quận|huyện|tỉnh|thành phố|cấp|ngành|khối|thôn|ấp|khu|đơn vị|cơ quan)(?!\w) ?"
)
LEADS = re.compile(r"\bchu tri\b")
ASSIGNED = re.compile(r"(?:^|\s)(?:giao(?: cho)?|phân công|do) ", re.IGNORECASE)
HELPERS = re.compile(
    r"\b(?:chu dong )?(?:phoi hop(?: chat che)?(?: voi| cung(?: voi)?)|phoi hop(?= (?:ban|hoi|so|phong|"
    r"ubnd|uy ban|cac|mttq)\b)"
    r"|co su phoi hop cua)\s"
)
SENTENCE_START = re.compile(r"[.;:\n(!?]\s?[-+*•]?\s?")
LONGEST = 200


@dataclass
class Doers:
    """The unit in the lead and those that support it; ``doubtful`` when the text names several for the
    lead."""

    lead: str | None = None
    support: list[str] = field(default_factory=list)
    doubtful: bool = False


def find_doers(text: str) -> Doers:
    """Who does the task, from its labels first and from its sentences where there are none."""
    facts = find_facts(text)
    doers = Doers()
    for fact in facts:
        if fact.name == LEAD and not doers.lead:
            doers.lead = unit_name(fact.value)
        elif fact.name == SUPPORT:
            doers.support += split_units(fact.value)
        elif fact.name == DOERS and not doers.lead:
            _read_doers(fact.value, doers)
        elif fact.name == "both" and not doers.lead:
            read_cell(fact.value, doers)
    _read_sentences(text, doers)
    return doers


def read_cell(text: str, doers: Doers) -> None:
    """Add what a cell or a label says that gives both the lead and its helpers."""
    inner = find_facts(text)
    if inner or LEADS.search(fold(text)):
        found = find_doers(text)
        doers.lead, doers.support = doers.lead or found.lead, doers.support + found.support
        if found.lead or found.support:
            return
    _read_doers(text, doers)


def split_units(text: str) -> list[str]:
    """The units of an enumeration.

    A name such as "Ban Tuyên giáo và Dân vận" or "Sở Văn hóa, Thể thao" stays whole.
    """
    folded = fold(text)
    pieces, position = [], 0
    for match in NEXT_UNIT.finditer(folded):
        if folded.count("(", position, match.start()) > folded.count(")", position, match.start()):
            continue
        if _is_bare_area(text, match.end()):
            continue
        pieces.append(text[position : match.start()])
        position = match.end()
    names = [unit_name(piece) for piece in [*pieces, text[position:]]]
    return list(dict.fromkeys(name for name in names if name))


def _is_bare_area(text: str, start: int) -> bool:
    """Whether a word such as "xã" stands there without the name of one."""
    found = AREA.match(text, start)
    return found is not None and not text[found.end() : found.end() + 1].isupper()


def unit_name(text: str) -> str | None:
    """A unit's name without the words and marks around it, or None when nothing is left."""
    text = re.sub(r"\s+", " ", text).strip(" .;:,-–+*•")
    text = re.sub(r"^(?:(?:và|với|cùng|cho|là|do|giao)\s+)+", "", text)
    if text.endswith(")") and "(" not in text:
        text = text[:-1]
    return text.strip(" .;:,-–+") if any(character.isalpha() for character in text) else None


def _read_doers(text: str, doers: Doers) -> None:
    units = split_units(text)
    doers.lead = unit_name(text)
    doers.doubtful = len(units) > 1


def _read_sentences(text: str, doers: Doers) -> None:
    folded = fold(text)
    if not doers.lead and (match := LEADS.search(folded)):
        doers.lead = _unit_before(text, folded, match.start())
    if not doers.support:
        doers.support = _helpers(text, folded)


def _helpers(text: str, folded: str) -> list[str]:
    for match in HELPERS.finditer(folded):
        if units := split_units(_until_verb(text[match.end() : match.end() + LONGEST])):
            return units
    return []


def _until_verb(text: str) -> str:
    """The units that the text begins with: it ends at a verb, or at a word that no unit has in its name."""
    text = re.split(r"[.;:\n(]", text, maxsplit=1)[0]
    found = VERB.search(text)
    text = text[: found.start()] if found else text
    text = text[: _end_of_names(text)]
    return text if STARTS_UNIT.match(fold(text.strip())) else ""


def _end_of_names(text: str) -> int:
    """Where a word stands that is in no name: a small one that does not complete a capitalised one."""
    before = ""
    for match in re.finditer(r"\w+", text):
        word = match[0]
        completes = before[:1].isupper() and not before.isupper()
        if word[0].islower() and not completes and word not in WORDS_IN_NAMES:
            return match.start()
        before = word
    return len(text)


def _unit_before(text: str, folded: str, end: int) -> str | None:
    """The unit right before "chủ trì", from the start of its sentence or from "giao", "do"."""
    start = max(0, end - LONGEST)
    window = folded[start:end]
    for match in SENTENCE_START.finditer(folded[start:end]):
        window = folded[start + match.end() : end]
    phrase = text[end - len(window) : end]
    assigned = [match.end() for match in ASSIGNED.finditer(phrase)]
    phrase = phrase[assigned[-1] :] if assigned else phrase
    starts = [0, *(match.end() for match in re.finditer(r", ", phrase))]
    names = (phrase[start:].strip() for start in starts)
    return next((unit_name(name) for name in names if name and _until_verb(name) == name), None)
