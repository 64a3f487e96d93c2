"""Finding rows by words of their `folded` column, best first."""

from __future__ import annotations

from collections.abc import Collection
from functools import reduce
from operator import add, and_
from typing import Any, Self, TypeVar

from django.db.models import Case, F, Model, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import StrIndex, Substr

from units.folding import NUMBER, Word, compact, fold, phrase, words

Row = TypeVar("Row", bound=Model)

# Nobody types more; what is pasted is cut.
LONGEST = 200
MOST_WORDS = 16


class Question:
    """What a person looks for: words in any order, and document numbers however they are spaced."""

    # Of what was typed with marks, the words that are written so in what is looked through.
    known: Collection[Word] = ()

    def __init__(self, text: str) -> None:
        self.text = " ".join(text.replace("\0", "").split())[:LONGEST]
        self.spoken = words(self.text)[:MOST_WORDS]
        folded = fold(self.text)
        self.numbers = list(dict.fromkeys(map(compact, NUMBER.findall(folded))))[:MOST_WORDS]
        self.words = list(dict.fromkeys(word.plain for word in words(NUMBER.sub(" ", folded))))[:MOST_WORDS]

    @property
    def beside(self) -> list[Word]:
        """The words that are no part of a number, as they were typed."""
        typed = {word.plain: word for word in self.spoken}
        return [typed.get(plain, Word(plain, plain)) for plain in self.words]

    @property
    def is_blank(self) -> bool:
        return not self.text

    @property
    def parts(self) -> list[str]:
        """All of them are to be found."""
        return [*map(self.part, self.beside), *(f" {number}" for number in self.numbers)]

    def part(self, word: Word) -> str:
        """A word is found from its beginning: typed with marks or as figures, it is whole, and no other
        marks are meant where it is known with these."""
        if word in self.known:
            return phrase([word.marked])
        return phrase([word.plain]) if is_marked(word) or word.plain.isdecimal() else f" {word.plain}"

    @property
    def marked(self) -> list[Word]:
        return list(filter(is_marked, self.beside))

    def rank(self) -> Combinable:
        """0 is best. What weighs most: the marks as typed, then whole words, side by side, in the name."""
        whole = [phrase([word.plain]) for word in self.spoken]
        marked = [phrase([word.marked]) for word in self.spoken if is_marked(word)]
        side_by_side = [phrase([word.plain for word in self.spoken])]
        wishes = [
            (8, all_in("folded", marked)),
            (4, all_in("folded", whole)),
            (2, all_in("folded", side_by_side)),
            (1, all_in("first_line", whole)),
        ]
        missed = [Case(When(wish, then=Value(0)), default=Value(weight)) for weight, wish in wishes if wish]
        return reduce(add, missed, Value(0))


def is_marked(word: Word) -> bool:
    return word.marked != word.plain


def all_in(column: str, texts: list[str]) -> Q:
    return reduce(and_, (Q(**{f"{column}__contains": text}) for text in texts), Q())


def held_in(path: str, parts: list[str]) -> Q:
    """Of dots and dashes alone nothing is found."""
    return all_in(path, parts) or Q(pk__in=[])


class Searched(QuerySet[Row]):
    """Rows with a `folded` column, made by `units.folding.searchable`."""

    def matching(self, text: str) -> Self:
        return self.answering(Question(text))

    def answering(self, question: Question) -> Self:
        """Those that hold every word, with or without marks, best first (`rank`), and of one rank in the
        order they were in; all for a blank text."""
        if question.is_blank:
            return self
        ordering: Any = self.query.order_by or self.model._meta.ordering
        first_line = Substr("folded", 1, StrIndex(F("folded"), Value("\n")))
        ranked = self.holding(question.parts).alias(first_line=first_line).annotate(rank=question.rank())
        return ranked.order_by("rank", *ordering)

    def holding(self, parts: list[str]) -> Self:
        return self.filter(held_in("folded", parts))
