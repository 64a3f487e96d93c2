"""The signature: "TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH", the name."""

import re

from .folding import fold, is_capitals
from .lines import Line
from .markers import find_marker, is_rule
from .outline import Signer

AUTHORITY = re.compile(r"(?:tm|t/m|t\.m|kt|k/t|k\.t|tl|t/l|t\.l|tuq|t/uq|tun|q)(?:\s?[./]\s?|\s(?=[a-z]{2}))")
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
SURNAMES = (
    "nguyen|tran|le|pham|hoang|huynh|phan|vu|vo|dang|bui|do|ho|ngo|duong|ly|dinh|truong|doan|luong|mai|"
    "cao|trinh|lam|dao|luu|"
    "ta|chu|chau|ha|thai|to|quach|hua|vuong|tong|kieu|la|mac|vi|nong|lo|cam|bach|ton|trieu|lu|dam|tang|"
    "quan|phung|lai|khuc|le thi"
)
NAME = re.compile(r"(?:[^\W\d_][^\W\d_'.]*\.? ){1,5}[^\W\d_][^\W\d_'.]*")
RANK = re.compile(
    r"(?:(?:dai|thuong|trung|thieu) (?:ta|uy|tuong)|thac si|tien si|bac si|luat su|ong|ba|dong chi|linh "
    r"muc|thuong toa|dai duc)\s"
)
SURNAME = re.compile(rf"(?:{SURNAMES})\b")


def is_signature(line: Line) -> bool:
    """Whether the line says for whom or as what somebody signs."""
    if line.cells or not is_capitals(line.text) or len(line.text) > 120:
        return False
    return AUTHORITY.match(line.folded) is not None or POSITION.fullmatch(line.folded) is not None


def is_office(text: str) -> bool:
    """Whether the text is an office in capitals, such as "TRƯỞNG BAN DÂN VẬN"."""
    return len(text) < 80 and is_capitals(text) and POSITION.fullmatch(fold(text)) is not None


def read_signer(lines: list[Line]) -> tuple[Signer | None, int | None]:
    """The first signer in the lines behind the body, and the line of a second one if there is any."""
    start = next((index for index, line in enumerate(lines) if is_signature(line)), None)
    if start is None:
        return None, None
    authority: list[str] = []
    position: list[str] = []
    for index, line in enumerate(lines[start:], start=start):
        if _is_name(line, bool(position)):
            signer = Signer(" ".join(authority) or None, " ".join(position) or None, _name(line.text))
            return signer, _second(lines[index + 1 :])
        if line.text.startswith("-") or (find_marker(line.text) and not AUTHORITY.match(line.folded)):
            break
        if SIGNED.fullmatch(line.folded) or is_rule(line.text):
            continue
        if not is_capitals(line.text) and not POSITION.fullmatch(line.folded):
            break
        _add(line, authority, position)
    return Signer(" ".join(authority) or None, " ".join(position) or None, None), None


def _add(line: Line, authority: list[str], position: list[str]) -> None:
    text = line.text.strip(" *_")
    if AUTHORITY.match(line.folded) or (not POSITION.fullmatch(line.folded) and not position):
        authority.append(text)
    else:
        position.append(text)


def _second(lines: list[Line]) -> int | None:
    return next((line.number for line in lines if is_signature(line)), None)


def looks_like_name(text: str) -> bool:
    """Whether the text could be a person's name: two to six capitalised words beginning with a surname."""
    words = text.split()
    is_capitalised = all(word[0].isupper() for word in words) and not is_capitals(text)
    return NAME.fullmatch(text) is not None and is_capitalised and SURNAME.match(fold(text)) is not None


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
    if not text or not NAME.fullmatch(text) or find_marker(line.text) or POSITION.fullmatch(line.folded):
        return False
    if is_capitals(text):
        is_office = POSITION.fullmatch(line.folded) or AUTHORITY.match(line.folded)
        return has_position and not is_office and SURNAME.match(fold(text)) is not None
    rank = RANK.match(fold(text))
    return all(word[0].isupper() for word in text[rank.end() if rank else 0 :].split())


def _name(text: str) -> str:
    match = SIGNED.match(fold(text))
    return text[match.end() if match else 0 :].strip(" *_.-")
