"""Reading a plan document: a file or pasted text becomes an outline that a person then confirms."""

from .errors import NotAPlan
from .files import MAX_BYTES, read_file, read_text
from .outline import Outline

__all__ = ["MAX_BYTES", "NotAPlan", "Outline", "read_file", "read_text"]
