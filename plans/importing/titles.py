"""A short title for a task, proposed from its text."""

import re

from .citations import find_citations
from .folding import fold
from .labels import find_facts
from .unit_names import UNIT_STARTS, VERBS

LONGEST = 90
LOOKED_AT = 1000
SHORTEST = 12
SHORTEST_BEFORE_COLON = 25
TRAILING = " .;:,-–—/+(“\"‘'"
STRONG = re.compile(r"[.;:](?=\s|$)")
CLAUSE = re.compile(
    r",(?=\s)|\s[-–]\s|\s\(|\s(?=(?:nham|de|gan voi|dong thoi|tu do|qua do|theo|trong do|nhat la|trong|"
    r"cho|voi|cua|ve)\s)"
)
# Names are capitalised ("Ban Tổ chức"), so a verb in small letters is what the body does.
NO_ACTS = {"trong", "trong việc", "nhằm", "để", "in", "cấp", "mở", "tạo", "lập"}
ACTS = "|".join(verb for verb in VERBS.split("|") if verb not in NO_ACTS)
ACT = re.compile(
    rf"(?<!các )(?<!và )(?<!\w)(?:{ACTS})(?! (?:thành viên|chính trị|đoàn|hội|đảng|cơ sở))(?!\w)"
)
SUBJECT = re.compile(UNIT_STARTS)
LONGEST_SUBJECT = 180
DANGLING = re.compile(
    r"\s(?:và|của|các|về|cho|với|trong|số|ngày|những|theo|việc|là|để|tại|hoặc|cùng|do|từ|đến|một|có|được|"
    r"như|bằng|nghị quyết|kế hoạch|quyết định|quy định|kết luận|chỉ thị|chương trình|nghị định|tháng|năm|"
    r"gắn|nhất)$",
    re.IGNORECASE,
)


def propose_title(text: str, longest: int = LONGEST) -> str:
    """The first clause in whole words, of about ``longest`` characters at most, not cut inside a
    reference."""
    text = text.strip().split("\n")[0][:LOOKED_AT].strip()
    facts = [fact.start for fact in find_facts(text) if fact.start > 0]
    first = _without_subject(_first_sentence(text[: facts[0]] if facts else text))
    title = first.rstrip(TRAILING) if len(first) <= longest else _shorten(first, longest)
    title = title or text[:longest].strip()
    return title[:1].upper() + title[1:]


def _without_subject(text: str) -> str:
    """What is to be done, where the sentence begins with the body that does it."""
    begins_with_body = SUBJECT.match(fold(text)) and not ACT.match(text[:1].lower() + text[1:])
    act = ACT.search(text) if begins_with_body else None
    if act is None or act.start() > LONGEST_SUBJECT or len(text) - act.start() < SHORTEST_BEFORE_COLON:
        return text
    if "chủ trì" in text[: act.start()]:
        return text
    return text[act.start() :]


def _first_sentence(text: str) -> str:
    held = _references(text)
    for match in STRONG.finditer(text):
        shortest = SHORTEST_BEFORE_COLON if match[0] == ":" else SHORTEST
        is_abbreviation = match[0] == "." and re.search(r"(?:^|[\s.])[^\W\d_]{1,2}$", text[: match.start()])
        if match.start() >= shortest and not is_abbreviation and not _inside(match.start(), held):
            return text[: match.start()]
    return text


def _shorten(text: str, longest: int) -> str:
    held = _references(text)
    breaks = [match.start() for match in CLAUSE.finditer(fold(text[: longest + 1]))]
    fitting = [position for position in breaks if not _inside(position, held)]
    best = _best([position for position in fitting if text[position] == ","], fitting, longest)
    if best:
        return _tidy(text[:best])
    spaces = [match.start() for match in re.finditer(" ", text[: longest + 1])]
    whole = [position for position in spaces if not _inside(position, held)] or spaces
    return _tidy(text[: whole[-1]] if whole else text[:longest])


def _best(commas: list[int], breaks: list[int], longest: int) -> int | None:
    """The last comma that still leaves a telling title, else the last clause that does."""
    late = [position for position in commas or breaks if position >= longest // 2]
    late = late or [position for position in breaks if position >= longest // 2]
    return late[-1] if late else None


def _tidy(text: str) -> str:
    text = text.rstrip(TRAILING)
    while match := DANGLING.search(text):
        text = text[: match.start()].rstrip(TRAILING)
    return text


def _references(text: str) -> list[tuple[int, int]]:
    """The spans of references, from the kind of document to the number and date."""
    spans = []
    for citation in find_citations(text):
        before = fold(text[max(0, citation.start - 40) : citation.start])
        kind = re.search(r"(?:\w+ \w+(?: \w+ \w+)?)? ?so ?:? ?$", before)
        spans.append((citation.start - (len(kind[0]) if kind else 0), citation.end))
    return spans


def _inside(position: int, spans: list[tuple[int, int]]) -> bool:
    return any(start < position < end for start, end in spans)
