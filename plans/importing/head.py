"""The head of a plan: number, place and date, issuer; and its title behind the kind."""

import re
from datetime import date

from django.utils.translation import gettext as _

from .body import is_unnumbered_heading
from .citations import find_citations
from .dates import FULL_DATE, find_date
from .folding import fold, is_capitals
from .lines import Line
from .markers import find_marker, is_rule
from .outline import Outline, Warning
from .signature import is_signature

NATIONAL = re.compile(r"\b(?:cong hoa xa hoi chu nghia|doc lap ?- ?tu do|dang cong san viet nam|hanh phuc$)")
# The union's name stands in place of the nation's where a body of the union issues the plan. Below a school
# or an office, or beside the nation's, it is the issuer itself.
OF_UNION = re.compile(r"\b(?:doan|bch|btv|ban chap hanh|ban thuong vu)\b")
UNION = re.compile(r"doan (?:tncs|thanh nien cong san) ho chi minh")
NUMBER = re.compile(r"(?:^|\s)so ?[:.]?\s*(?=[\d.…_\s]*\s*[-/])|(?:^|\s)so ?[:.]? ?(?=\d)")
LOOSE_NUMBER = re.compile(r"\d{1,5}[a-z]? [A-ZĐ]{2,5}(?:[-/.][A-ZĐƯ]+){1,4}")
BLANK = re.compile(r"[.…_\s]*(?:[-/]|$)")
DATE_LINE = re.compile(r"(?:^|(?<=[,;.\s(]))ngay(?=\d|\b)(?=.{0,20}thang(?:\d|\b)|\s?[\d.…_]|\s?$)")
FOOT = re.compile(rf"[(]?[^\d,;:.()]{{2,40}}(?: \d{{1,2}})?, ?ngay ?{FULL_DATE.pattern}[.)]?")
ASIDE = re.compile(
    r"[(\[]?(?:du thao|mat|tuyet mat|toi mat|hoa toc|khan|thuong khan|phu luc|ban sao|sao y|lan \d+)\b.{0,12}"
)
PLACE_TAIL = re.compile(
    r"(?:tinh|thanh pho|tp\.?|huyen|quan|thi xa|phuong|xa|thi tran|viet nam|cap|khoi|khu|dac khu|trung "
    r"uong|va|cua|"
    r"ho chi minh)\b(?! (?:uy|doan|hoi)\b)"
)
# Parts of a body without a name of their own: whose they are stands above or below them.
ORGAN = re.compile(
    r"(?:ban thuong truc|ban thuong vu|ban chap hanh|ban lanh dao|thuong truc|doan chu tich|btt|btv|bch)"
)
GROUND = re.compile(
    r"(?:to dan pho|khu pho|khu dan cu|thon|ap|khom|xom|lang|buon|co quan|to|khu)\b(?! (?:uy|cong tac)\b)"
)
NAMES_GROUND = re.compile(rf"\b(?:tinh|thanh pho|tp|huyen|quan|thi xa|phuong|xa|thi tran)\b|{GROUND.pattern}")
PREAMBLE_STARTS = re.compile(
    r"(?:- ?)?(?:can cu|thuc hien|thi hanh|trien khai|nham|de |tren co so|theo|tiep tuc|xet|phat huy|"
    r"chao mung|huong toi|"
    r"uy ban|ban thuong truc|ban thuong vu|ban chap hanh|ban to chuc|dang uy|nam \d{4}|hang nam|trong)\b"
)
MAKES_PLAN = re.compile(
    r"\b(?:xay dung|ban hanh|de ra|trien khai|lap)(?: va (?:trien khai|ban hanh))? (?:ke hoach|chuong "
    r"trinh|phuong huong)"
)
BODIES = re.compile(
    r"(?:^|[,;.]\s?|\s)(?=(?:ban thuong truc|ban thuong vu|ban chap hanh|uy ban|thuong truc|dang uy|tinh "
    r"uy|thanh uy|huyen uy|"
    r"quan uy|ban |hoi |doan |dang doan|lien doan|so |phong |cong doan|chi bo|ubnd|ubmt|mttq|btt|btv|"
    r"truong |trung tam |tinh doan|"
    r"thanh doan|huyen doan|hoi dong|co quan|van phong|cong an)\b|(?:ubnd|ubmt|mttq|btt|btv)\b)"
)
YEAR_SPAN = r"(?:19|20)\d\d(?: ?[-–] ?(?:19|20)\d\d)?"
TERM = re.compile(
    rf"(?:giai doan|nhiem ky|(?:6|sau|9|chin) thang (?:dau|cuoi) nam|quy (?:iv|i{{1,3}}|[1-4]) ?(?:/|"
    rf"nam)|thang \d\d? ?(?:/|nam)|"
    rf"(?:hoc ky \w+ )?nam(?: hoc)?|(?:den|dinh huong den|tam nhin den)(?: het)? nam) ?{YEAR_SPAN}"
)


def read_head(lines: list[Line], outline: Outline) -> None:
    """Set number, date, place and issuer from the lines above the kind of document."""
    bodies: list[Line] = []
    broken_off = False
    issued_by_union = _is_union_a_body(lines)
    for line in lines:
        is_motto = NATIONAL.search(line.folded) or (not issued_by_union and UNION.fullmatch(line.folded))
        if is_motto or is_rule(line.text) or ASIDE.fullmatch(line.folded.strip(" ()[]")):
            broken_off = broken_off or line.folded.endswith("xa hoi chu nghia")
            continue
        if broken_off and line.folded == "viet nam":
            broken_off = False
        elif not _read_number_and_date(line, outline):
            bodies.append(line)
    outline.issuer = _issuer([line for line in bodies if is_capitals(line.text.replace("đ/c", ""))])


def read_foot(lines: list[Line], outline: Outline) -> list[Line]:
    """The lines without the place and date right above the signature, which count where the head has none."""
    end = next((index for index, line in enumerate(lines) if index > 3 and is_signature(line)), 0)
    line = lines[end - 1] if end else None
    dated = DATE_LINE.search(line.folded) if line else None
    if line is None or dated is None or line.cells or not FOOT.fullmatch(line.folded):
        return lines
    if not outline.issued_on and not outline.place:
        _read_date(line, dated.start(), outline)
    return lines[: end - 1] + lines[end:]


def _is_union_a_body(lines: list[Line]) -> bool:
    """Whether the line with the union's name alone says who issues the plan."""
    if any(NATIONAL.search(line.folded) for line in lines):
        return True
    place = next((index for index, line in enumerate(lines) if UNION.fullmatch(line.folded)), 0)
    above = [line for line in lines[:place] if is_capitals(line.text) and not is_rule(line.text)]
    others = [line for line in lines if is_capitals(line.text) and not UNION.fullmatch(line.folded)]
    return bool(above) and not any(OF_UNION.search(line.folded) for line in others)


def _read_number_and_date(line: Line, outline: Outline) -> bool:
    """Whether the line gives the number or the date; an open gap is noted as a warning."""
    numbered = NUMBER.search(line.folded) if outline.number is None else None
    dated = DATE_LINE.search(line.folded)
    if numbered and (not dated or numbered.start() < dated.start()):
        _read_number(line, numbered.end(), outline)
    if dated:
        _read_date(line, dated.start(), outline)
    return bool(numbered or dated)


def _read_number(line: Line, start: int, outline: Outline) -> None:
    citation = next(find_citations("số " + line.text[start:]), None)
    if loose := LOOSE_NUMBER.match(line.text, start):
        outline.number = loose[0]
    elif citation and citation.start <= 4:
        outline.number = citation.number
    elif BLANK.match(line.folded[start:]):
        outline.warnings.append(Warning(line.number, _("The number of the plan is left blank.")))


def _read_date(line: Line, start: int, outline: Outline) -> None:
    before = line.text[:start].rstrip(" ,;.")
    if numbered := NUMBER.search(fold(before)):
        before = re.sub(
            r"^[^\s]*\d*\s?[-/]\s?[A-ZĐ0-9/&.-]*(?:\s?[-/]\s?[A-ZĐ0-9]+)*\s", "", before[numbered.end() :]
        )
    outline.place = before.strip(" ,*-_()[]") or outline.place
    outline.issued_on = find_date(line.folded[start:])
    if outline.issued_on is None:
        outline.warnings.append(
            Warning(line.number, _("The date of the plan is left blank or is not a real date."))
        )


def _issuer(bodies: list[Line]) -> str | None:
    """The body that issues the plan, in the words of the left head.

    That is its last body, with the place that stands on a line of its own. "BAN THƯỜNG TRỰC" alone does not
    say whose it is: the body above it follows it.
    """
    names = _whole_names([line.text.strip(" *-_.") for line in bodies])
    if not names:
        return None
    if ORGAN.fullmatch(fold(names[-1])) and len(names) > 1:
        return f"{names[-1]} {names[-2]}"
    return names[-1] or None


def _whole_names(texts: list[str]) -> list[str]:
    """The bodies from top to bottom, each put together from its lines."""
    names: list[str] = []
    for text in texts:
        folded = fold(text)
        above = fold(names[-1]) if names else ""
        is_place = PLACE_TAIL.match(folded) or (GROUND.match(folded) and not NAMES_GROUND.search(above))
        if names and is_place:
            names[-1] = f"{names[-1]} {text}"
        else:
            names.append(text)
    return names


def read_issuer_from_preamble(lines: list[Line], outline: Outline) -> None:
    """Where no head names it, the issuer is the body that the preamble says makes this plan."""
    for line in reversed(lines):
        made = [match.start() for match in MAKES_PLAN.finditer(line.folded)]
        if not made:
            continue
        sentence = line.folded.rfind(". ", 0, made[-1]) + 1
        comma = max(line.folded.rfind(mark, sentence, made[-1]) for mark in (",", ";"))
        start = max(sentence, comma + 1)
        name = line.text[start : made[-1]].strip(" ,;.")
        if BODIES.match(fold(name)) and len(name) < 160:
            outline.issuer = name
            message = _("No head names the issuer; it is taken from the preamble: “%(name)s”.")
            outline.warnings.append(Warning(line.number, message % {"name": name}))
            return


def read_title(lines: list[Line], rest: str, outline: Outline) -> int:
    """Set the title and the term from the lines below the kind; gives the index of the first line
    after it."""
    pieces = [rest] if rest else []
    after = len(lines)
    for index, line in enumerate(lines):
        if _is_aside(line) or (is_rule(line.text) and not pieces):
            continue
        if line.cells or is_rule(line.text) or _ends_title(line, pieces):
            after = index
            break
        pieces.append(line.text)
    outline.title = " ".join(pieces).strip(" .;:-*_") or None
    outline.term = _term(outline.title or "")
    return after


def _is_aside(line: Line) -> bool:
    """A remark such as "(Kèm theo Công văn số …)" below the title, which is no part of it."""
    return (
        re.match(r"[(\[]\s?(?:ban hanh|kem theo|dinh kem|du thao|lan thu|thay the|kem)\b", line.folded)
        is not None
    )


def _ends_title(line: Line, pieces: list[str]) -> bool:
    if re.match(r"(?:- ?)?(?:can cu|kinh gui)\b", line.folded) or "nhu sau" in line.folded[-14:]:
        return True
    marker = find_marker(line.text)
    if marker and marker.style != "dash":
        return True
    if not pieces:
        return False
    if is_unnumbered_heading(line):
        return True
    is_paragraph = len(line.text) > 200 or line.text.endswith((".", ";", ":", ","))
    if is_capitals(pieces[-1]) and is_capitals(line.text):
        return False
    if PREAMBLE_STARTS.match(line.folded) and line.text[0].isupper():
        return is_paragraph or line.gap or len(line.text) > 80
    return is_paragraph and (line.gap or len(line.text) > 250) and line.text[0].isupper()


def _term(title: str) -> str | None:
    """The period that the title ends with, as in "… giai đoạn 2023 - 2025"; not that of a cited
    document."""
    matches = list(TERM.finditer(fold(title)))
    if not matches:
        return None
    last = matches[-1]
    before, after = fold(title[: last.start()]), title[last.end() :]
    quoted = after.lstrip().startswith(('"', "”", "»"))
    cited = last[0].startswith("nhiem ky") and re.search(r"dai hoi|nghi quyet", before)
    return (
        None
        if quoted or cited or (len(after.strip(" .)")) > 40 and after.lstrip()[:1] != "(")
        else title[last.start() : last.end()]
    )


def plan_year(outline: Outline) -> int | None:
    """The one year that the plan's term names, for deadlines that say "quý II" and no year."""
    years = set(re.findall(r"(?:19|20)\d\d", outline.term or ""))
    return int(years.pop()) if len(years) == 1 and "đến" not in (outline.term or "").lower() else None


def plan_start(outline: Outline) -> date | None:
    """The first day that a deadline of the plan may name: its own, or the year of the newest basis."""
    if outline.issued_on:
        return outline.issued_on
    cited = [basis.date.year for basis in outline.legal_bases if basis.date]
    return date(max(cited), 1, 1) if cited else None
