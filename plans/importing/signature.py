"""The signature: "TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH", the name."""

import re

from .folding import fold, is_capitals
from .lines import Line
from .markers import find_marker, is_rule
from .outline import Signer

AUTHORITY = re.compile(r"(?:tm|t/m|t\.m|kt|k/t|k\.t|tl|t/l|t\.l|tuq|t/uq|tun)(?:\s?[./]\s?|\s(?=[a-z]{2}))")
FOR_A_BODY = re.compile(r"(?:tm|t/m|t\.m)\b")
POSITION = re.compile(
    r"(?:quyen |q\. ?)?(?:pho )?(?:chu tich|bi thu|truong ban|truong phong|giam doc|tong giam doc|hieu "
    r"truong|chanh van phong|"
    r"truong doan|thu truong|vien truong|chanh an|cuc truong|chi cuc truong|chi huy truong|chinh tri "
    r"vien|doi truong|to truong|"
    r"truong cong an|truong tieu ban|truong ban dieu hanh|chu nhiem|thu ky|tong thu ky|bo truong|thu "
    r"tuong|vu truong|"
    r"chu nhiem uy ban|pho ban|ke toan truong|chanh thanh tra|truong thon|truong khoi|tong bien tap)\b.*"
    r"|uy vien(?: ban)? (?:thuong truc|thuong vu)\b.*|pho chanh van phong\b.*|bi thu thuong truc|nguoi "
    r"(?:lap|ky)\b.*"
)
SIGNED = re.compile(
    r"[(\[{]?\s*"
    r"(?:da ky|daky|da ki|ky ten(?:,? dong dau)?|ky,? dong dau|ky ten|ky)(?:\s?(?:va|,)? dong dau)?"
    r"\s*[)\]}]?\s*:?\s*"
)
SIGNED_IN_BRACKETS = r"[(\[{]\s?(?:da ky|ky)\b[^)\]}]{0,20}[)\]}]"
SURNAMES = (
    "nguyen|tran|le|pham|hoang|huynh|phan|vu|vo|dang|bui|do|ho|ngo|duong|ly|dinh|truong|doan|luong|mai|"
    "cao|trinh|lam|dao|luu|"
    "ta|chu|chau|ha|thai|to|quach|hua|vuong|tong|kieu|la|mac|vi|nong|lo|cam|bach|ton|trieu|lu|dam|tang|"
    "quan|phung|lai|khuc|le thi"
)
LETTERS = r"[^\W\d_](?:[^\W\d_]|[.-](?=[^\W\d_]))*"
WORD = rf"{LETTERS}\.?(?:['’‘ʼ`]\s?{LETTERS})?"
NAME = re.compile(rf"{WORD}(?: {WORD}){{1,6}}|{LETTERS}['’‘ʼ`]\s?{LETTERS}")
RANK = re.compile(
    r"(?:(?:dai|thuong|trung|thieu) (?:ta|uy|tuong)|chuan tuong|pho giao su|giao su|thac si|tien si|bac si|"
    r"ky su|cu nhan|duoc si|nha giao|luat su|nghe si|ong|ba|dong chi|linh muc|giam muc|muc su|hoa thuong|"
    r"thuong toa|dai duc|ni truong|ni su|su co|chanh tri su)\b\s?[.,]?\s+"
)
DEGREE = re.compile(
    r"(?:[A-ZĐ][A-Za-zĐđƯư]{0,4}\.)+(?:\s?,)?\s*"
    r"|(?:GS|PGS|TSKH|TS|ThS|BS|BSCK|CK|DS|KS|CN|LS|ĐĐ|TT|HT|NGƯT|NGND|NSƯT|NSND)I{0,2}\.?,?\s+"
)
LONGEST = 160
SURNAME = re.compile(rf"(?:{SURNAMES})\b")


def is_signature(line: Line) -> bool:
    """Whether the line says for whom or as what somebody signs.

    An office must stand in capitals; for whom one signs is plain from "TM." and the like.
    """
    if line.cells or len(line.text) > 120:
        return False
    if is_capitals(line.text):
        return AUTHORITY.match(line.folded) is not None or POSITION.fullmatch(line.folded) is not None
    return _names_authority(line)


def _names_authority(line: Line) -> bool:
    """Whether the line is "TM. Ban Thường trực", in small letters behind its capital sign."""
    sign = AUTHORITY.match(line.folded)
    is_short = len(line.text) < 80 and not line.text.endswith((".", ";", ":", ","))
    return sign is not None and is_short and is_capitals(line.text[: sign.end()])


def opens_signature(text: str) -> bool:
    """Whether the text says in capitals for whom somebody signs."""
    return is_capitals(text) and AUTHORITY.match(fold(text)) is not None


def closes_recipients(line: Line) -> bool:
    """Whether an unmarked line below "Lưu" belongs to the signer: an office or a name in small letters, or
    "(đã ký)"."""
    if SIGNED.fullmatch(line.folded):
        return True
    if find_marker(line.text) or line.text.endswith((".", ";", ",", ")")) or not line.text[0].isupper():
        return False
    is_office_named = len(line.text) < 60 and POSITION.fullmatch(line.folded) is not None
    return is_office_named or is_person(line.text)


def is_caption(text: str) -> bool:
    """Whether a line between a signature and a table belongs to the table: in capitals and of no signer, or a
    remark in brackets."""
    if text.startswith("(") and not SIGNED.fullmatch(fold(text)):
        return True
    is_signing = opens_signature(text) or is_office(text) or is_signer(text)
    return is_capitals(text) and len(text.split()) > 2 and not is_signing


def is_office(text: str) -> bool:
    """Whether the text is an office in capitals, such as "TRƯỞNG BAN DÂN VẬN"."""
    return len(text) < 80 and is_capitals(text) and POSITION.fullmatch(fold(text)) is not None


def read_signer(lines: list[Line]) -> tuple[Signer | None, int | None]:
    """The first signer in the lines behind the body, and the line of a second one if there is any."""
    start = _start(lines)
    if start is None:
        return None, None
    authority: list[str] = []
    position: list[str] = []
    for index, line in enumerate(lines[start:], start=start):
        if _is_name(line, bool(position)):
            signer = _signer(authority, position, _name(line.text))
            return signer, _second(lines[index + 1 :])
        if line.text.startswith("-") or (find_marker(line.text) and not AUTHORITY.match(line.folded)):
            break
        if SIGNED.fullmatch(line.folded) or is_rule(line.text):
            continue
        if not is_capitals(line.text) and not POSITION.fullmatch(line.folded) and not _names_authority(line):
            break
        _add(line, authority, position)
    return _signer(authority, position, None), None


def _start(lines: list[Line]) -> int | None:
    """The first line of the signature; an office in small letters counts only above a name."""
    for index, line in enumerate(lines):
        if is_signature(line):
            return index
        below = [under for under in lines[index + 1 : index + 4] if not SIGNED.fullmatch(under.folded)]
        if closes_recipients(line) and POSITION.fullmatch(line.folded) and below and is_person(below[0].text):
            return index
    return None


def _signer(authority: list[str], position: list[str], name: str | None) -> Signer:
    """The parts together; an office on the same line as "TM. BAN THƯỜNG TRỰC" is set apart."""
    whole = " ".join(authority)
    if not position and FOR_A_BODY.match(fold(whole[:4])) and len(whole) < LONGEST:
        places = [match.end() for match in re.finditer(r"\s", whole)][2:]
        office = next((place for place in places if POSITION.fullmatch(fold(whole[place:]))), None)
        if office:
            whole, position = whole[: office - 1], [whole[office:]]
    return Signer(whole or None, " ".join(position) or None, name)


def _add(line: Line, authority: list[str], position: list[str]) -> None:
    text = line.text.strip(" *_")
    is_position = POSITION.fullmatch(line.folded) is not None
    if AUTHORITY.match(line.folded) or not (is_position or position):
        authority.append(text)
    else:
        position.append(text)


def _second(lines: list[Line]) -> int | None:
    return next((line.number for line in lines if is_signature(line)), None)


def looks_like_name(text: str) -> bool:
    """Whether the text could be a person's name: two to six capitalised words beginning with a surname."""
    return is_person(text) and not is_capitals(text) and SURNAME.match(fold(_untitled(text))) is not None


def is_person(text: str) -> bool:
    """Whether the text has the shape of a person's name, with titles before it or not."""
    bare = "" if AUTHORITY.match(fold(text)) else _untitled(text)
    return NAME.fullmatch(bare) is not None and all(word[0].isupper() for word in bare.split())


def is_signer(text: str) -> bool:
    """Whether the text, standing where signers stand, is a name and no office, or "(đã ký)"."""
    if SIGNED.fullmatch(fold(text)):
        return True
    if not is_person(text) or POSITION.fullmatch(fold(text)):
        return False
    return not is_capitals(text) or SURNAME.match(fold(_untitled(text))) is not None


def _untitled(text: str) -> str:
    """The name without ranks and degrees: "Đại tá, TS. Bế Văn Hạ" is "Bế Văn Hạ"."""
    while (rank := RANK.match(fold(text))) or (rank := DEGREE.match(text)):
        text = text[rank.end() :]
    return text


def signature_start(text: str) -> int | None:
    """Where an authority or office in capitals begins behind other text on the same line, if there is
    one."""
    if len(text) > 300 or is_capitals(text):
        return None
    for match in re.finditer(r"\s(?=[^\W\d_])", text):
        rest = text[match.end() :]
        if is_capitals(rest) and (AUTHORITY.match(fold(rest)) or POSITION.fullmatch(fold(rest))):
            return match.start()
    return None


def _is_name(line: Line, has_position: bool) -> bool:
    text = _name(line.text)
    is_role = POSITION.fullmatch(line.folded) or AUTHORITY.match(line.folded)
    if is_role or find_marker(text) or not is_person(text):
        return False
    return not is_capitals(text) or (has_position and SURNAME.match(fold(_untitled(text))) is not None)


def _name(text: str) -> str:
    """The name without "(đã ký)" before or behind it."""
    match = SIGNED.match(fold(text))
    text = text[match.end() if match else 0 :]
    behind = re.search(rf"\s{SIGNED_IN_BRACKETS}$", fold(text))
    return text[: behind.start() if behind else None].strip(" *_.-")
