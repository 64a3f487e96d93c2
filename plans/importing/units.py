"""Who leads a task and who helps, as far as its text says so."""

import re
from dataclasses import dataclass, field

from .dates import TIME
from .folding import fold
from .labels import DOERS, LEAD, SUPPORT, find_facts
from .unit_names import UNIT_STARTS, is_like_a_name, leading_names

NEXT_UNIT = re.compile(rf"\s?(?:[,;\n]|,? va| cung voi| cung)\s+(?:va |voi )?(?={UNIT_STARTS})|\s?[;\n]\s?")
NEXT_ABBREVIATION = re.compile(r"\s?,\s+(?=[A-ZĐÂĂÊÔƠƯ]{3,}\b)")
NOBODY = re.compile(r"(?:khong(?: co)?|chua(?: co| ro)?|0|x)")
# How words for bodies are spelled that others fold to: "Sở Nông nghiệp và Môi trường" has no "mọi".
STARTS_SPELLED = {
    "moi": "mọi",
    "vien": "viện",
    "nha": "nhà",
    "khoi": "khối",
    "cuc": "cục",
    "doan": "đoàn",
    "hoi": "hội",
    "tram": "trạm",
    "so": "sở",
    "bo": "bộ",
    "ban": "ban",
    "to": "tổ",
    "quan": "quận",
    "tinh": "tỉnh",
    "cap": "cấp",
    "cum": "cụm",
}
# "các phường, xã" is one recipient; "phường A, xã B" are two.
AREA = re.compile(
    r"(?:phường|xã|thị trấn|quận|huyện|tỉnh|thành phố|cấp|ngành|khối|thôn|ấp|khu|đơn vị|cơ quan|đoàn thể|"
    r"hội|tổ chức|lực lượng|ban|sở|phòng|thị xã|xóm|bản|làng)(?!\w) ?"
)
LEADS = re.compile(r"\b(?:dong |cung |chiu trach nhiem )?chu tri\b")
IN_CHARGE = re.compile(r"[(][^()]{1,200}? phu trach(?= ?[);,])")
ASSIGNED = re.compile(r"(?:^|\s)(?:giao(?: cho)?|phân công|do|đề nghị|yêu cầu|mời) ", re.IGNORECASE)
HELPERS = re.compile(
    r"\b(?:phoi hop(?: \w+){0,2}? (?:voi|cung(?: voi)?)|phoi hop(?: chat che)?"
    rf"(?= {UNIT_STARTS})|co su phoi hop cua)\s"
)
HELPS = re.compile(r"\s?[(]?\bphoi hop(?: (?:thuc hien|tham gia|to chuc))?(?= ?(?:[.;,)\]\n]|$))")
SENTENCE_START = re.compile(r"[.;:\n([!?]\s?[-+*•]?\s?")
# What may follow the name behind its label: when the task is done, or who helps.
WHEN = re.compile(
    r"(?:va |can |phai |se )*(?:(?:thoi gian|thoi han|tien do|xong|hoan thanh|hoan tat|truoc|cham nhat|"
    r"muon nhat|khong qua|khong muon hon|thuong xuyen|lien tuc|dinh ky|(?:ca|quanh|suot) nam|"
    r"hang (?:ngay|tuan|thang|quy|nam))\b|(?:thuc hien|tien hanh|trien khai|duy tri|to chuc) (?:thuc hien )?"
    r"(?:thuong xuyen|xong|trong|truoc|vao|tu|den|quy|thang|ngay|hang|dinh ky)\b)"
)
BEFORE_TIME = re.compile(r"(?:(?:trong|vao|tu|den|toi|het|dau|giua|cuoi|han|chot|ngay|dip) )*")
HELP = re.compile(r"(?:va |cung )?phoi hop\b|[^;]* phoi hop(?: (?:thuc hien|tham gia|to chuc))?$")
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
            doers.lead = unit_name(_without_help(_without_time(fact.value)))
        elif fact.name == SUPPORT:
            doers.support += split_units(_without_time(fact.value))
        elif fact.name in (DOERS, "both") and not doers.lead:
            read_cell(_without_time(fact.value), doers)
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
    breaks = [*NEXT_UNIT.finditer(folded), *NEXT_ABBREVIATION.finditer(text)]
    for match in sorted(breaks, key=re.Match.start):
        if match.start() < position:
            continue
        if folded.count("(", position, match.start()) > folded.count(")", position, match.start()):
            continue
        if _is_bare_area(text, match.end()) or _goes_on(text, folded, match):
            continue
        pieces.append(text[position : match.start()])
        position = match.end()
    names = [unit_name(piece) for piece in [*pieces, text[position:]]]
    return list(dict.fromkeys(name for name in names if name))


def _is_bare_area(text: str, start: int) -> bool:
    """Whether a word such as "xã" stands there without the name of one."""
    found = AREA.match(text, start)
    return found is not None and not text[found.end() : found.end() + 1].isupper()


def _goes_on(text: str, folded: str, break_: re.Match[str]) -> bool:
    """Whether "và" stands inside a name: the capitalised word behind it only folds to a word for a body."""
    word = re.compile(r"\w*").match(text, break_.end())[0]  # type: ignore[index]
    spelled = STARTS_SPELLED.get(fold(word))
    is_body = spelled is None or word.lower() in (spelled, fold(word))
    is_body = is_body or folded.startswith("quan su", break_.end())
    return break_[0].strip() == "va" and word[:1].isupper() and not is_body


def unit_name(text: str) -> str | None:
    """A unit's name without the words and marks around it, or None when nothing is left."""
    text = re.sub(r"\s+", " ", text).strip(" .;:,-–+*•")
    text = re.sub(r"^(?:(?:và|với|cùng|cho|là|do|giao)\s+)+", "", text)
    if text.endswith(")") and "(" not in text:
        text = text[:-1]
    text = text.strip(" .;:,-–+")
    is_named = any(character.isalpha() for character in text) and not NOBODY.fullmatch(fold(text))
    return text if is_named else None


def _without_time(text: str) -> str:
    """The units behind a label without the deadline: "Phòng Nội vụ; xong trước 15/6/2026"."""
    folded = fold(text)
    for mark in _marks_outside_brackets(folded):
        start = re.compile(r"\s*").match(folded, mark + 1).end()  # type: ignore[union-attr]
        time = BEFORE_TIME.match(folded, start)
        if WHEN.match(folded, start) or (time and TIME.match(folded, time.end())):
            return text[:mark]
    return text


def _without_help(text: str) -> str:
    """The lead behind a label without who helps: "Phòng Nội vụ; phối hợp với Phòng Y tế"."""
    folded = fold(text)
    for mark in _marks_outside_brackets(folded):
        if HELP.match(folded[mark + 1 :].strip()):
            return text[:mark]
    return text


def _marks_outside_brackets(text: str) -> list[int]:
    marks = [match.start() for match in re.finditer("[,;]", text)]
    return [mark for mark in marks if text.count("(", 0, mark) <= text.count(")", 0, mark)]


def _read_doers(text: str, doers: Doers) -> None:
    doers.support = doers.support or _helpers(text, fold(text))
    text = _without_help(text)
    units = split_units(text)
    doers.lead = unit_name(text)
    doers.doubtful = len(units) > 1


def _read_sentences(text: str, doers: Doers) -> None:
    folded = fold(text)
    if not doers.lead and (match := LEADS.search(folded)):
        doers.lead = unit_name(_names_before(text, folded, match.start()))
        doers.doubtful = len(split_units(doers.lead or "")) > 1
    if not doers.lead and (match := IN_CHARGE.search(folded)):
        doers.lead = unit_name(_names_before(text, folded, match.end() - len(" phu trach")))
    if not doers.support:
        doers.support = _helpers(text, folded)


def _helpers(text: str, folded: str) -> list[str]:
    """The units behind "phối hợp với", or else before "phối hợp" at the end of a clause."""
    for match in HELPERS.finditer(folded):
        if units := split_units(leading_names(text[match.end() : match.end() + LONGEST])):
            return units
    for match in HELPS.finditer(folded):
        if units := split_units(_names_before(text, folded, match.start())):
            return units
    return []


def _names_before(text: str, folded: str, end: int) -> str:
    """The names right before ``end``, from the start of their clause or from "giao", "do"; "" for none."""
    start = max(0, end - LONGEST)
    end = start + len(text[start:end].rstrip(" ("))
    for pattern in (SENTENCE_START, LEADS):
        for match in pattern.finditer(folded, start, end):
            start = match.end()
    phrase = text[start:end]
    assigned = [match.end() for match in ASSIGNED.finditer(phrase)]
    names = [phrase[assigned[-1] :]] if assigned else _clauses(phrase)
    sure = next((name for name in names if name and leading_names(name) == name), "")
    return sure or next((name for name in names if is_like_a_name(name)), "")


def _clauses(phrase: str) -> list[str]:
    """The phrase, and what follows each comma in it where that begins as a name does."""
    starts = [0, *(match.end() for match in re.finditer(r",\s*", phrase))]
    clauses = [phrase[start:].strip() for start in starts]
    return [clause for clause in clauses if clause[:1].isupper() or clause.startswith(("các ", "mỗi "))]
