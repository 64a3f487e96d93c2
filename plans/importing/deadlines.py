"""When a task is due, as far as its text says so: a day, the end of a period, or "thường xuyên"."""

import re
from dataclasses import dataclass, field
from datetime import date

from .citations import KIND, without_citations
from .dates import Time, day_before, find_times
from .labels import DUE, find_facts

BEFORE = r"(?:truoc|som hon)"
CUE = re.compile(
    rf"(?:^|[\s(])(?P<cue>{BEFORE}|cham nhat|muon nhat|khong qua|khong muon hon|xong|hoan thanh|hoan tat|"
    rf"han|han cuoi|han chot|"
    r"trong|vao|den|toi|het|cuoi|ket thuc|dinh kem thoi gian)(?P<more>(?: (?:la|vao|den|trong|truoc|het|"
    r"cuoi|xong|dut diem|suot|ca|\d{1,2} ngay|"
    r"khoang|dau|giua|tuan(?: \w{1,4})?|ngay|thoi gian|cac|dip|thoi diem|toi|du kien|phan dau)){0,4}) ?:? ?$"
)
NOT_A_DEADLINE = re.compile(
    r"(?:tinh|ke tu|so lieu|nhiem ky)(?: \w+)? ?(?:den|tu)(?: het)?(?: ngay)? ?$|tam nhin(?: "
    r"den)?(?: nam)? ?$"
)
START = re.compile(r"(?:^|[\s(])(?:tu|ke tu|bat dau tu|bat dau)(?: (?:dau|giua|cuoi|ngay|het))* ?$")
CLOCK = re.compile(r"(?:luc )?\d{1,2} ?(?:gio|h|g)(?: ?\d{2})?(?: ?phut)?'? ?,? ?(?:ngay )?$")
DAYS_BEFORE = re.compile(r"(?:\d{1,2} ?(?:,|va|-|den|toi) ?){1,10}$")
RANGE = re.compile(r" ?(?:-|den|toi)(?: het)?(?: ngay)? ?")
ALSO = re.compile(r" ?(?:,|va|, va) (?:trong |ngay )?")
RANGE_WITHIN = re.compile(r"\b(?:den|toi)\b|-")
COMPLETES = re.compile(r"\b(?:hoan thanh|hoan tat|xong|tong ket|so ket|ket thuc|nghiem thu|ban giao)\b")
UNCLEAR = re.compile(r"(?:^|\s)(?:dau|giua)(?: thang| quy| nam)? ?$")
RECURRING = re.compile(r"\b(?:hang|hang) (?:nam|quy|thang|tuan|ngay)\b|\bmoi (?:nam|quy|thang|tuan)\b")
REGULAR = re.compile(
    r"\b(?:thuc hien|tien hanh|trien khai|duy tri|to chuc) thuong xuyen\b|\bthuong xuyen,? lien tuc\b(?= "
    r"?(?:[.;)]|$))|"
    r"[(] ?thuong xuyen ?[)]|\bnhiem vu thuong xuyen\b|\bcong viec thuong xuyen\b|\b(?:la|mang tinh) "
    r"thuong xuyen\b|"
    r"\bdinh ky (?:hang|moi|\d+|6|ba|sau|quy|thang|nam)\b"
)
AT_END_REGULAR = re.compile(r"[,;] ?thuong xuyen ?(?=[.;)\n]|$)")
STARTS_REGULAR = re.compile(r"\W*thuong xuyen\b")
REGULAR_VALUE = re.compile(r"\bthuong xuyen\b|\blien tuc\b|\bdinh ky\b|\b(?:ca|quanh|suot) nam\b|\bhang\b")
# A period at the end of a sentence is none of the work where it tells of a document, of the past, or of what
# is planned or counted for it, unless the work is to sum it up.
OF_SOMETHING = re.compile(
    rf"\b(?:{KIND}|da|vua qua|so voi|cung ky|truoc day|thanh tich|so lieu|nghi quyet|hoi nghi lan|"
    r"chien dich|phong trao|theo|nhu|ke tu)\b|\bcua ?$"
)
OF_A_TERM = re.compile(
    r"\b(?:ket qua|tinh hinh|nhiem vu|cong tac|chi tieu|muc tieu|phuong huong|noi dung|kinh phi|du toan|"
    r"danh sach|dot|dinh huong|phat dong)\b"
)
SUMS_UP = re.compile(r"\W*(?:hop |hoi nghi |to chuc |tien hanh )*(?:so ket|tong ket|giao ban|hop)\b")
SENTENCE_END = re.compile(r"[.;\n](?!\d)")
WINDOW, LONGEST_DAYS = 70, 30
PERIODS = ("quarter", "worded_quarter", "month", "part", "numeric")


@dataclass
class Timing:
    """``due_on`` and ``ongoing`` are never both set. The rest tells what a person should look at."""

    due_on: date | None = None
    ongoing: bool = False
    without_year: list[str] = field(default_factory=list)
    assumed_year: bool = False
    several: bool = False
    doubtful: bool = False
    uncued: bool = False
    past: str | None = None


def find_timing(text: str, year: int | None = None, earliest: date | None = None) -> Timing:
    """The deadline in a task's text.

    ``year`` is the plan's own year, for times that name none. A day before ``earliest`` is no deadline where
    a sentence names it, for it tells of something that was; where a label calls it the deadline, it stays.
    """
    labelled = [fact.value for fact in find_facts(text) if fact.name == DUE]
    for value in labelled:
        timing = read_time(value, year, earliest)
        if timing.due_on or timing.ongoing or timing.without_year:
            return timing
    return _in_sentences(text, year, earliest)


def read_time(value: str, year: int | None = None, earliest: date | None = None) -> Timing:
    """The deadline in the value of a label or in a cell of a time column: every time counts that is no
    start."""
    folded = without_citations(value)
    times = find_times(folded, year)
    ends = [time for time in times if not _is_start(folded, time, _before(folded, time))]
    meant = [(time, _day_meant(folded, time)) for time in ends]
    timing = _from_times(meant, value, folded, year)
    if earliest and timing.due_on and timing.due_on < earliest:
        timing.past = value
    if not timing.due_on and REGULAR_VALUE.search(folded):
        timing.ongoing, timing.without_year = True, []
    return timing


def _in_sentences(text: str, year: int | None, earliest: date | None) -> Timing:
    folded = without_citations(text)
    meant = []
    previous: Time | None = None
    starts = False
    for time in find_times(folded, year):
        before = _before(folded, time)
        ends_range = previous is not None and starts and RANGE.fullmatch(folded, previous.end, time.start)
        starts = _is_start(folded, time, before)
        if ends_range or (not starts and _is_deadline(folded, time, before)):
            meant.append((time, _day_meant(folded, time)))
        elif meant and previous is meant[-1][0] and _is_named_with(folded, previous, time):
            meant.append((time, time.last))
        previous = time
    meant = meant or _at_sentence_ends(folded, year)
    past = [time for time, day in meant if day and earliest and day < earliest]
    meant = [(time, day) for time, day in meant if not (day and earliest and day < earliest)]
    timing = _from_times(meant, text, folded, year)
    timing.past = text[past[0].start : past[0].end] if past and not timing.due_on else None
    timing.uncued = bool(meant) and all(
        time.unit in PERIODS and not CUE.search(_before(folded, time)) for time, _ in meant
    )
    if timing.due_on:
        return timing
    if RECURRING.search(folded) or REGULAR.search(folded) or AT_END_REGULAR.search(folded):
        timing.ongoing, timing.without_year = True, []
        timing.doubtful = "nhiem vu thuong xuyen" in folded
    elif STARTS_REGULAR.match(folded):
        timing.ongoing = timing.doubtful = True
        timing.without_year = []
    return timing


def _before(folded: str, time: Time) -> str:
    """The text before a time, without the hour or the days that belong to it: "17 giờ ngày 20/5/2026"."""
    near = max(0, time.start - LONGEST_DAYS)
    days = DAYS_BEFORE.sub("", CLOCK.sub("", folded[near : time.start]))
    return folded[max(0, time.start - WINDOW) : near] + days


def _is_start(folded: str, time: Time, before: str) -> bool:
    """Whether the time only says when something begins, unlike "từ tháng 3 đến tháng 5/2026"."""
    if not START.search(before):
        return False
    is_period = time.unit in ("month", "quarter") and RANGE_WITHIN.search(folded, time.start, time.end)
    return not (is_period or DAYS_BEFORE.search(folded, max(0, time.start - LONGEST_DAYS), time.start))


def _is_named_with(folded: str, first: Time, second: Time) -> bool:
    """Whether the second time is joined to a deadline: "trong tháng 3 và quý III/2026"."""
    return second.unit != "year" and ALSO.fullmatch(folded, first.end, second.start) is not None


def _is_deadline(folded: str, time: Time, before: str) -> bool:
    if NOT_A_DEADLINE.search(before):
        return False
    cue = CUE.search(before)
    if time.unit == "year":
        return folded.startswith(("het", "cuoi"), time.start) or (
            cue is not None and not _is_vague(cue, before)
        )
    return cue is not None or START.search(before) is not None or _stands_at_end(before, time, folded)


def _is_vague(cue: re.Match[str], before: str) -> bool:
    """Whether a year is only a horizon, as in "đến năm 2030 có 90% hộ", and not "tổng kết vào năm 2030"."""
    if cue["cue"] not in ("den", "toi", "vao") or re.search("het|cuoi", cue["more"]):
        return False
    sentence = re.split(r"[.;\n]", before)[-1]
    return cue["cue"] != "vao" or COMPLETES.search(sentence) is None


def _stands_at_end(before: str, time: Time, folded: str) -> bool:
    """A month or quarter behind a comma or in brackets that ends its sentence: "…, quý III/2026."."""
    is_set_off = before.rstrip().endswith((",", "(", ":", ";"))
    return is_set_off and time.unit in PERIODS and not folded[time.end :].lstrip(" )")[:1].strip(".;\n")


def _at_sentence_ends(folded: str, year: int | None) -> list[tuple[Time, date | None]]:
    """The quarters, months and half-years with their years that end a sentence: "Họp tháng 6/2026."."""
    times = [time for time in find_times(folded, year) if _ends_sentence(folded, time)]
    return [(time, time.last) for time in times]


def _ends_sentence(folded: str, time: Time) -> bool:
    named = folded[time.start : time.end]
    if time.unit not in PERIODS or time.unit == "numeric" or not re.search(r"\d{4}", named):
        return False
    if folded[time.end :].lstrip(" ")[:1].strip(".;\n"):
        return False
    before = folded[: time.start]
    sentence = SENTENCE_END.split(before)[-1]
    if not sentence.strip() or NOT_A_DEADLINE.search(before) or START.search(before):
        return False
    return not OF_SOMETHING.search(sentence) and bool(
        SUMS_UP.match(sentence) or not OF_A_TERM.search(sentence)
    )


def _day_meant(folded: str, time: Time) -> date | None:
    """The last day of the period, or the day before it begins where the text says "trước tháng 6/2026"."""
    if time.unit in ("date", "day") or not time.first:
        return time.last
    if re.search(rf"(?:^|[\s(]){BEFORE} ?$", _before(folded, time)) and not folded.startswith(
        ("het", "cuoi"), time.start
    ):
        return day_before(time.first)
    return time.last


def _is_range(folded: str, meant: list[tuple[Time, date | None]]) -> bool:
    """Whether the times are only the two ends of one: "01/6/2026 - 10/6/2026"."""
    if len(meant) != 2:
        return False
    return RANGE.fullmatch(folded, meant[0][0].end, meant[1][0].start) is not None


def _from_times(meant: list[tuple[Time, date | None]], text: str, folded: str, year: int | None) -> Timing:
    days = [day for _, day in meant if day]
    timing = Timing(
        due_on=max(days, default=None), several=len(set(days)) > 1 and not _is_range(folded, meant)
    )
    timing.without_year = [text[time.start : time.end] for time, day in meant if day is None]
    timing.doubtful = any(UNCLEAR.search(folded[max(0, time.start - 20) : time.start]) for time, _ in meant)
    timing.assumed_year = bool(
        year
        and timing.due_on
        and not re.search(r"(?:19|20)\d\d", "".join(folded[t.start : t.end] for t, _ in meant))
    )
    if timing.due_on:
        timing.without_year = []
    return timing
