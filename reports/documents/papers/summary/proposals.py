"""Part VI of a summary: what the units ask for, by whom it is for, with what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reports.documents.content import Block, Heading, Listing, Text, shown
from reports.documents.papers.states import REPLIES
from reports.documents.papers.summary.wording import Voice, cut, lines_of, same, voices
from reports.documents.texts import tidy
from reports.state.remarks import Remark, Reply
from reports.state.summary import Summary, Words

MOST_ADDRESSEES = 6
MOST_ASKED = 3


@dataclass(frozen=True)
class Asked:
    """What several units ask for in the same words, with the same answer."""

    voice: Voice
    reply: Reply
    answer: str

    @property
    def said(self) -> str:
        return f"{self.voice.said} – {self.state(120)}"

    def state(self, longest: int = 10_000) -> str:
        answer = f": {cut(self.answer, longest)}" if self.answer else ""
        return f"{REPLIES[self.reply]}{answer}"


def proposals(summary: Summary, found: list[tuple[str, list[Asked]]], more: str) -> Iterator[Block]:
    yield Heading("VI. KIẾN NGHỊ, ĐỀ XUẤT")
    if not found:
        yield Text("Các đơn vị không có kiến nghị, đề xuất.")
        return
    yield Text(replies(summary.proposals))
    for place, (addressee, asked) in enumerate(found[:MOST_ADDRESSEES], start=1):
        yield Heading(f"{place}. Đối với {cut(addressee)}", level=2)
        yield Listing("Kiến nghị", tuple(each.said for each in asked[:MOST_ASKED]), numbered=False)
        if len(asked) > MOST_ASKED:
            yield Text(f"{shown(len(asked) - MOST_ASKED)} kiến nghị khác nêu tại {more}.")
    if len(found) > MOST_ADDRESSEES:
        yield Text(
            f"Kiến nghị đối với {shown(len(found) - MOST_ADDRESSEES)} cơ quan, đơn vị khác nêu tại {more}."
        )


def by_addressee(remarks: Iterable[Remark]) -> list[tuple[str, list[Asked]]]:
    """Whom most is asked of first."""
    names: dict[str, str] = {}
    found: dict[str, dict[tuple[Reply, str], list[Words]]] = {}
    for remark in remarks:
        if not remark.proposal or not remark.reply or not lines_of(remark.text):
            continue
        addressee = tidy(remark.proposal.addressee) or "cấp có thẩm quyền"
        names.setdefault(same(addressee), addressee)
        answer = tidy(remark.answer.text).rstrip(" .;") if remark.answer else ""
        replied = found.setdefault(same(addressee), {})
        whole = "; ".join(lines_of(remark.text))
        replied.setdefault((remark.reply, answer), []).append(Words(remark.carrier, whole))
    asked = [(names[key], asked_of(replied)) for key, replied in found.items()]
    return sorted(asked, key=lambda pair: -sum(len(each.voice.units) for each in pair[1]))


def asked_of(replied: dict[tuple[Reply, str], list[Words]]) -> list[Asked]:
    """What most units ask for first."""
    found = [
        Asked(voice, reply, answer) for (reply, answer), words in replied.items() for voice in voices(words)
    ]
    return sorted(found, key=lambda asked: -len(asked.voice.units))


def replies(remarks: Iterable[Remark]) -> str:
    counts = Counter(remark.reply for remark in remarks if remark.reply and lines_of(remark.text))
    parts = [f"{shown(counts[reply])} {REPLIES[reply]}" for reply in reversed(REPLIES) if counts[reply]]
    return f"Các đơn vị có {shown(sum(counts.values()))} kiến nghị, đề xuất: {', '.join(parts)}."


def are_long(found: list[tuple[str, list[Asked]]]) -> bool:
    """Whether the body leaves something of them out."""
    every = [asked for _addressee, of_one in found for asked in of_one]
    return (
        len(found) > MOST_ADDRESSEES
        or any(len(asked) > MOST_ASKED for _addressee, asked in found)
        or any(asked.voice.is_long or len(asked.answer) > 120 for asked in every)
    )
