"""What every paper says, whatever file it becomes: its head, its title, its end.

All texts are Vietnamese and ready to print; a renderer adds only place, face and size.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Protocol

from reports.documents.texts import GAP, written_date, written_number


@dataclass(frozen=True)
class Head:
    """Fields 2, 3 and 4 of the decree. Names are in capitals, one string a printed line.

    An empty `number`, `place` or `dated` is unknown and leaves a gap to be filled by hand.
    """

    superior: tuple[str, ...]
    issuer: tuple[str, ...]
    number: str = ""
    place: str = ""
    dated: date | None = None

    @property
    def number_line(self) -> str:
        return written_number(self.number)

    @property
    def place_and_date(self) -> str:
        return f"{self.place or '…' * 4}, {written_date(self.dated)}"


@dataclass(frozen=True)
class Signature:
    """Field 7: in whose name and in what office (capitals), and the name; empty where unknown."""

    authority: str = ""
    position: str = ""
    name: str = ""

    @property
    def office(self) -> tuple[str, ...]:
        """The lines above the room to sign; dots to write on where nothing is known."""
        return tuple(filter(None, (self.authority, self.position))) or ("…" * 12,)


@dataclass(frozen=True)
class Paper:
    """A paper without its body. `title` has a string for each line that the title surely breaks into;
    `sent_to` are the lines of "Nơi nhận", the last one of the archive; `stem` names the file.
    """

    template: ClassVar[str]

    head: Head
    kind: str
    title: tuple[str, ...]
    signature: Signature
    sent_to: tuple[str, ...]
    stem: str

    @property
    def subject(self) -> str:
        """The title of the file itself, for readers and search."""
        return " ".join(f"{self.kind.capitalize()} {' '.join(self.title)}".replace(GAP, " ").split())

    @property
    def author(self) -> str:
        return " ".join(self.head.issuer)


class Named(Protocol):
    @property
    def stem(self) -> str: ...


def file_name(paper: Named, extension: str) -> str:
    """For example "Noi-nhan-05-KH-MTTQ-BTT.pdf": ASCII, as an office names its files."""
    return f"{paper.stem}.{extension}"
