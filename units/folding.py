import unicodedata


def fold(text: str) -> str:
    """Text for comparing and searching: no case, no marks, `đ` as `d`, single spaces.

    >>> fold("Ủy ban  MTTQ phường Trường Sơn")
    'uy ban mttq phuong truong son'
    """
    # PostgreSQL refuses to look for a NUL.
    decomposed = unicodedata.normalize("NFD", text.casefold().replace("đ", "d").replace("\0", ""))
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(bare.split())
