"""Where in a row's texts the words of a question stand, and parts of the texts with those words marked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from units.folding import NUMBER, Word, compact, fold, words
from units.searching import Question, is_marked

# As much as two lines of a page hold, and how much of it comes before what was found.
LENGTH = 180
BEFORE = 40
TOKEN = re.compile(r"\w+")


class Span(NamedTuple):
    start: int
    end: int


@lru_cache(4096)
def letters_of(character: str) -> str:
    return " " if character.isspace() else fold(character)


class Folded:
    """A text without marks, that knows of each letter where it came from."""

    def __init__(self, text: str) -> None:
        self.text = unicodedata.normalize("NFC", text.replace("\0", ""))
        letters = [
            (letter, place) for place, character in enumerate(self.text) for letter in letters_of(character)
        ]
        self.plain = "".join(letter for letter, _place in letters)
        self.places = [*(place for _letter, place in letters), len(self.text)]

    def span(self, found: re.Match) -> Span:
        return Span(self.places[found.start()], self.places[found.end()])

    def marked(self, word: Word) -> list[Span]:
        return [span for span in self.whole(word) if word in words(self.text[span.start : span.end])]

    def whole(self, word: Word) -> list[Span]:
        return [self.span(found) for found in TOKEN.finditer(self.plain) if found.group() == word.plain]

    def begun(self, word: Word) -> list[Span]:
        found = re.finditer(rf"(?<!\w){re.escape(word.plain)}", self.plain)
        return [self.span(each) for each in found]

    def number(self, number: str) -> list[Span]:
        found = NUMBER.finditer(self.plain)
        return [self.span(each) for each in found if compact(each.group()).startswith(number)]


class Emphasis:
    """Each word of the question is marked as well as any of the row's texts has it: where its marks are as
    typed; or else where it is whole; or else where a word begins with it."""

    def __init__(self, question: Question, texts: Iterable[str]) -> None:
        self.texts = {text: Folded(text) for text in texts}
        self.seekers = [self.best(word) for word in question.beside]
        self.seekers += [partial(Folded.number, number=number) for number in question.numbers]

    def best(self, word: Word) -> Callable[[Folded], list[Span]]:
        ways = (Folded.marked, Folded.whole) if is_marked(word) else (Folded.whole,)
        held = (way for way in ways if any(way(text, word) for text in self.texts.values()))
        return partial(next(held, Folded.begun), word=word)

    def spans(self, text: str) -> list[list[Span]]:
        """For each part of the question that the text holds, where."""
        return [spans for seek in self.seekers if (spans := seek(self.texts[text]))]

    def excerpt(self, text: str, length: int = LENGTH) -> SafeString:
        """The part of the text that holds most of the question, or its beginning."""
        whole = self.texts[text].text
        spans = joined(whole, (span for part in self.spans(text) for span in part))
        window = densest(whole, spans, length)
        return format_html(
            "{}{}{}",
            "… " if window.start else "",
            format_html_join("", "{}", ((piece,) for piece in pieces(whole, spans, window))),
            " …" if window.end < len(whole) else "",
        )

    def snippet(self, texts: Iterable[str]) -> SafeString:
        """An excerpt of the text that holds most of the question; empty where none holds any of it."""
        held = [(len(self.spans(text)), text) for text in texts]
        most, best = max(held, key=lambda pair: pair[0], default=(0, ""))
        return self.excerpt(best) if most else SafeString()


def joined(text: str, spans: Iterable[Span]) -> list[Span]:
    """In their order; those that nothing but space parts are one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and not text[found[-1].end : span.start].strip():
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def densest(text: str, spans: list[Span], length: int) -> Span:
    """A window of whole words that begins a little before a span and holds as many as any other."""
    if len(text) <= length:
        return Span(0, len(text))
    starts = [max(0, span.start - BEFORE) for span in spans] or [0]
    start = max(starts, key=lambda start: sum(start <= span.start < start + length for span in spans))
    start = min(start, len(text) - length)
    end = start + length
    if start and (gap := text.find(" ", start, start + BEFORE)) >= 0:
        start = gap + 1
    if end < len(text) and (gap := text.rfind(" ", start + length // 2, end)) >= 0:
        end = gap
    return Span(start, end)


def pieces(text: str, spans: list[Span], window: Span) -> Iterator[str]:
    place = window.start
    for span in spans:
        start, end = max(span.start, window.start), min(span.end, window.end)
        if start < end:
            yield text[place:start]
            yield format_html("<mark>{}</mark>", text[start:end])
            place = end
    yield text[place : window.end]
