"""The header of a table of tasks: which column holds the task, its lead, its helpers, its deadline,
its product."""

import re

from .folding import fold

ORDER, GROUP, TASK, NOTE = "order", "group", "task", "note"
LEAD, SUPPORT, DUE, PRODUCT = "lead", "support", "due", "product"
HEADINGS = (
    (ORDER, re.compile(r"(?:stt|tt|so tt|so thu tu|s\.?t\.?t\.?|t\.t|#|no\.?)")),
    (NOTE, re.compile(r"ghi chu.*|kinh phi.*|dia diem.*|so luong.*|doi tuong.*|don vi tinh|dvt")),
    (PRODUCT, re.compile(r".*\b(?:san pham|dau ra)\b.*|ket qua.*|hinh thuc van ban.*")),
    (DUE, re.compile(r".*\b(?:thoi gian|thoi han|tien do|thoi diem|moc thoi gian|ngay hoan thanh|lo "
                     r"trinh)\b.*|han .*|hoan thanh.*")),
    (LEAD, re.compile(r".*\b(?:chu tri|dau moi|phu trach|chiu trach nhiem)\b.*")),
    (SUPPORT, re.compile(r".*\bphoi hop\b.*")),
    (LEAD, re.compile(
        r".*\b(?:don vi|co quan|bo phan|to chuc|nguoi|dong chi) (?:\w+ )?(?:thuc hien|trien khai|tham "
        r"muu)\b.*|"
        r"phan cong.*|trach nhiem.*|don vi|co quan|bo phan"
    )),
    (GROUP, re.compile(r"(?:cac )?(?:nhom|linh vuc|mang|phan viec|chuyen de)\b.*")),
    (TASK, re.compile(r".*\b(?:noi dung|nhiem vu|cong viec|hoat dong|dau viec|giai phap|ten viec|muc "
                      r"viec)\b.*")),
)  # fmt: skip
LONGEST_HEADING = 90


def find_columns(texts: list[str]) -> dict[str, int] | None:
    """The column of each part of a task, when the texts are the header of a table of tasks, else None."""
    columns: dict[str, int] = {}
    for position, text in enumerate(texts):
        name = _heading(text)
        if name and name not in columns:
            columns[name] = position
    if GROUP in columns and TASK not in columns:
        columns[TASK] = columns.pop(GROUP)
    told = columns.keys() & {LEAD, SUPPORT, DUE, PRODUCT}
    return columns if TASK in columns and told and len(texts) >= 2 else None


def _heading(text: str) -> str | None:
    folded = re.sub(r"\s+", " ", fold(text)).strip(" .:*")
    if not folded or len(folded) > LONGEST_HEADING:
        return None
    return next((name for name, pattern in HEADINGS if pattern.fullmatch(folded)), None)
