"""Words of a paper: clean text, dates, gaps and line breaks as Decree 30/2020/ND-CP asks for them."""

import re
import textwrap
import unicodedata
from datetime import date

from units.texts import tidy as tidy
from units.texts import tidy_lines as tidy_lines

GAP = "\N{NO-BREAK SPACE}"
ONE_WORD = re.compile(r"(?<=\b(?:ỦY|UỶ)) (?=BAN\b)|(?<=\bMẶT) (?=TRẬN\b)|(?<=\bTỔ) (?=(?:QUỐC|CHỨC)\b)")
NUMBER_ALONE = re.compile(r"(\d+)\s*([A-Za-zĐđ]?)\s*/?")
# What a title says before its topic, and how a period's name ends and begins.
BEFORE_TOPIC = re.compile(
    r"^(?:kế hoạch\s+(?!h[óo][aá]\b|nhỏ\b))?(?:(?:về việc|về|v/v)\s+)?(?=\S)", re.IGNORECASE
)
OF_YEAR = re.compile(r"\s*/\s*(?=\d{4}$)")
COMMON_WORD = re.compile(r"^(?:Quý|Tháng|Năm|Kỳ|Đợt|Tuần|Sáu|Chín|Nửa|Đột)(?= )")
# A line of a title has so many bold letters of 14 pt; it goes on before one of these words, or costs as much
# as lines that differ by so many letters, squared.
LONGEST_TITLE_LINE = 68
LINKING_WORDS = {"ở", "của", "về", "trên", "tại", "theo", "cho", "và", "ngày", "giai", "quý", "thuộc"}
BROKEN_PHRASE = 400
PLACE_NAME = re.compile(r" (?=(?:TỈNH|THÀNH PHỐ|THỊ XÃ|QUẬN|HUYỆN|PHƯỜNG|XÃ|ĐẶC KHU) )")


def written_date(day: date | None) -> str:
    """Annex I, II.4.b: days under 10 and the months 1 and 2 take a zero; an unknown day is a gap.

    >>> written_date(date(2023, 9, 5))
    'ngày 05 tháng 9 năm 2023'
    """
    if day is None:
        return f"ngày{GAP * 6}tháng{GAP * 6}năm 20{GAP * 4}"
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def written_number(number: str, symbol: str = "") -> str:
    """The line "Số: 05/KH-MTTQ-BTT"; an unknown number is a gap before the stroke."""
    return f"Số: {number}" if number else f"Số:{GAP * 10}/{symbol or '…………'}"


def completed(number: str, symbol: str) -> str:
    """A number alone gets its symbol, and two figures (Annex I, II.3); what says more stays as it is.

    >>> completed("5", "BC-MTTQ-BTT"), completed("5a", "BC"), completed("05/BC", "BC-MTTQ-BTT")
    ('05/BC-MTTQ-BTT', '05a/BC', '05/BC')
    """
    alone = NUMBER_ALONE.fullmatch(number)
    return f"{alone[1]:0>2}{alone[2]}/{symbol or '…………'}" if alone else number


def topic_of(title: str) -> str:
    """A title as it goes on after "về": a small first letter unless it starts a name.

    >>> topic_of("Về việc Tổ chức hội nghị.")
    'tổ chức hội nghị'
    >>> topic_of("Kế hoạch triển khai Nghị quyết")
    'triển khai Nghị quyết'
    """
    topic = BEFORE_TOPIC.sub("", tidy(title)).rstrip(" ;.,/")
    first, _, rest = topic.partition(" ")
    starts_a_name = first[1:] != first[1:].lower() or rest[:1].isupper()
    return topic if starts_a_name else topic[:1].lower() + topic[1:]


def written_period(name: str) -> str:
    """A period's name within a sentence.

    >>> written_period("Quý III/2026")
    'quý III năm 2026'
    """
    return COMMON_WORD.sub(lambda word: word[0].lower(), OF_YEAR.sub(" năm ", tidy(name)))


def capitalized(text: str) -> str:
    """With a capital at its beginning alone, as a cell begins."""
    return f"{text[:1].upper()}{text[1:]}"


def sentence(text: str) -> str:
    """One line with a full stop at its end, unless it has its own mark there; nothing stays nothing."""
    line = tidy(text).rstrip(" ;,")
    return line if line.endswith((".", "!", "?", "…", ":")) or not line else f"{line}."


def paragraphs(text: str) -> list[str]:
    return [sentence(line) for line in tidy_lines(text)]


def broken(name: str, longest: int) -> tuple[str, ...]:
    """The lines of a body's name, each at most `longest` characters, split where an office splits it.

    The name of the place goes to a line of its own; whatever is still too long, to about equal lines.

    >>> broken("ỦY BAN MTTQ VIỆT NAM TỈNH MẪU", 26)
    ('ỦY BAN MTTQ VIỆT NAM', 'TỈNH MẪU')
    """
    if len(name) <= longest:
        return (name,) if name else ()
    return tuple(line for part in PLACE_NAME.split(name, maxsplit=1) for line in _even(part, longest))


def _even(text: str, longest: int) -> list[str]:
    whole = ONE_WORD.sub(GAP, text)
    fewest = len(textwrap.wrap(whole, longest))
    tries = (textwrap.wrap(whole, width) for width in range(len(text) // fewest, longest + 1))
    lines = next(lines for lines in tries if len(lines) <= fewest)
    return [line.replace(GAP, " ") for line in lines]


def title_lines(*parts: str, longest: int = LONGEST_TITLE_LINE) -> tuple[str, ...]:
    """The lines of a title: each part begins one, and what is too long goes on before a word that links.

    >>> title_lines("Kết quả thực hiện Kế hoạch năm của phường", longest=34)
    ('Kết quả thực hiện Kế hoạch năm', 'của phường')
    """
    return tuple(line for part in parts for line in _title_part(part, longest))


def _title_part(text: str, longest: int) -> list[str]:
    """Of all ways to break it the one with about equal lines that breaks no phrase."""
    if len(text) <= longest:
        return [text]
    words = text.split(" ")
    usual = len(text) / -(-len(text) // longest)
    ways: list[tuple[float, list[str]]] = [(0, [])]
    for end in range(1, len(words) + 1):
        found = []
        for begin in range(end - 1, -1, -1):
            line = " ".join(words[begin:end])
            if len(line) > longest and begin < end - 1:
                break
            breaks_phrase = begin and words[begin].lower() not in LINKING_WORDS
            cost = (len(line) - usual) ** 2 + (BROKEN_PHRASE if breaks_phrase else 0)
            found.append((ways[begin][0] + cost, [*ways[begin][1], line]))
        ways.append(min(found, key=lambda way: way[0]))
    return ways[-1][1]


def ascii_name(text: str) -> str:
    """A file name's stem of ASCII letters, digits and hyphens, at most 80 characters.

    >>> ascii_name("Nơi nhận 05/KH-MTTQ-ĐĐ")
    'Noi-nhan-05-KH-MTTQ-DD'
    """
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    plain = bare.encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", plain)[:80].strip("-")


def roman(number: int) -> str:
    """
    >>> roman(14)
    'XIV'
    """
    digits = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    written = ""
    for value, letters in digits:
        times, number = divmod(number, value)
        written += letters * times
    return written
