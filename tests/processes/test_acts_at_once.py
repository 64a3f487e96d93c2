"""Two people act on the same version of a report at the same instant, through servers of several processes.

One succeeds; the other is told so (409), and has the own text back. PAIRS says how many pairs of each kind.
"""

import logging
import os
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest

from tests.processes.browser import Act, Answer, Browser, at_once
from tests.processes.office import Office, Server

log = logging.getLogger(__name__)
PAIRS = int(os.environ.get("PAIRS", "6"))
UNGUARDED = 3
LATER = 0.015  # seconds


class People:
    """Two officers of a ward and two staff, all signed in."""

    def __init__(self, server: Server) -> None:
        self.officers = [Browser(server, f"officer-{place}") for place in (1, 2)]
        self.staff = [Browser(server, f"staff-{place}") for place in (1, 2)]


def submit_twice(people: People, report: int, place: int) -> list[Act]:
    """The same person in two tabs, or two people."""
    first, second = people.officers[0], people.officers[place % 2]
    return [Act(who, f"/reports/{report}/submit/", {"version": 2}) for who in (first, second)]


def edit_both(people: People, report: int, place: int) -> list[Act]:
    """As the page saves by itself, or by its button."""
    path = f"/reports/{report}/{('keep', 'edit')[place % 2]}/"
    texts = [f"Chữ của người thứ {number} ở kỳ {place}." for number in (1, 2)]
    return [
        Act(who, path, {"version": 2, "overview": text})
        for who, text in zip(people.officers, texts, strict=True)
    ]


def accept_and_return(people: People, report: int, place: int) -> list[Act]:
    """To return takes longer before it decides; to accept comes later by different spans."""
    accept = Act(people.staff[0], f"/reports/{report}/accept/", {"version": 3}, after=place % 5 * LATER)
    reason = f"Thiếu số liệu của kỳ {place}."
    return [accept, Act(people.staff[1], f"/reports/{report}/return/", {"version": 3, "reason": reason})]


def accept_and_withdraw(people: People, report: int, place: int) -> list[Act]:
    """The officer takes back, to edit, what staff accept."""
    accept = Act(people.staff[0], f"/reports/{report}/accept/", {"version": 3})
    return [accept, Act(people.officers[place % 2], f"/reports/{report}/withdraw/", {"version": 3})]


def submit_and_edit(people: People, report: int, place: int) -> list[Act]:
    """To submit takes longer before it decides; the other comes later by different spans."""
    submit = Act(people.officers[0], f"/reports/{report}/submit/", {"version": 2})
    text = f"Chữ đến muộn ở kỳ {place}."
    fields = {"version": 2, "overview": text}
    return [submit, Act(people.officers[1], f"/reports/{report}/keep/", fields, after=place % 5 * LATER)]


KINDS: dict[str, Callable[[People, int, int], list[Act]]] = {
    "submit": submit_twice,
    "edit": edit_both,
    "answer": accept_and_return,
    "withdraw": accept_and_withdraw,
    "send": submit_and_edit,
}
FIRST_TEXT = "Tình hình ổn định."
ENTRIES = [["Một", "done", 100, "Đã tổ chức 02 hội nghị."], ["Hai", "in_progress", 60, "Đã phát 400 tờ gấp."]]


class Pair(NamedTuple):
    acts: list[Act]
    answers: list[Answer]

    @property
    def problem(self) -> str:
        """Why it is not that one succeeded and the other was told and has the own text back."""
        if sorted(answer.status for answer in self.answers) not in ([200, 409], [302, 409]):
            return f"answered {[answer.status for answer in self.answers]}"
        loser, answer = next((act, answer) for act, answer in zip(*self, strict=True) if answer.status == 409)
        texts = [text for text in loser.fields.values() if isinstance(text, str)]
        missing = [text for text in texts if text not in self.text_of(loser, answer)]
        return f"lost {missing}" if missing else ""

    def text_of(self, loser: Act, answer: Answer) -> str:
        return str(answer.json()["yours"]) if "/keep/" in loser.path else answer.shown

    @property
    def winner(self) -> Act:
        return next(act for act, answer in zip(*self, strict=True) if answer.status != 409)


def expected(winner: Act) -> dict[str, Any]:
    """What a report has to say after the winner's act alone, as `told` tells it."""
    act, who = winner.path.split("/")[3], winner.browser.username
    text = winner.fields.get("overview", FIRST_TEXT)
    submitted = {"submitted": who if act == "submit" else "officer-1"}
    state, acts, by = {
        "keep": ("draft", ["draft"], {}),
        "edit": ("draft", ["draft"], {}),
        "submit": ("submitted", ["draft", "submitted"], submitted),
        "accept": ("accepted", ["draft", "submitted", "accepted"], {**submitted, "accepted": who}),
        "return": ("returned", ["draft", "submitted", "returned"], {**submitted, "returned": who}),
        "withdraw": ("draft", ["draft", "submitted", "draft"], submitted),
    }[act]
    rows = 2 if by else 0
    return {
        "state": state,
        "acts": acts,
        "by": by,
        "version": winner.fields["version"] + 1,
        "typed overview": text,
        "overview": text if rows else "",
        "return_reason": winner.fields.get("reason", ""),
        "entries": ENTRIES[:rows],
        "entry_acts": ["+"] * rows,
    }


@pytest.fixture(scope="module")
def made(office: Office) -> SimpleNamespace:
    """Reports for each kind of pair: the first of them for the server without the guard."""
    made = office.ask("seed", "pairs", UNGUARDED + PAIRS)
    return SimpleNamespace(
        unguarded={kind: keys[:UNGUARDED] for kind, keys in made.items()},
        guarded={kind: keys[UNGUARDED:] for kind, keys in made.items()},
    )


def run_pairs(server: Server, reports: dict[str, list[int]]) -> dict[str, dict[int, Pair]]:
    people = People(server)
    found: dict[str, dict[int, Pair]] = {}
    for kind, acts_of in KINDS.items():
        acts = {report: acts_of(people, report, place) for place, report in enumerate(reports[kind])}
        found[kind] = {report: Pair(both, at_once(both)) for report, both in acts.items()}
        first = [pair for pair in found[kind].values() if pair.answers[0].status != 409]
        log.info("%s: %d pairs, the first succeeded in %d", kind, len(acts), len(first))
    return found


def test_one_of_two_succeeds_and_the_other_keeps_the_own_text(office, made):
    assert_both_succeed_without_the_guard(office, made.unguarded)
    server = office.serve()
    pairs = run_pairs(server, made.guarded)
    assert {kind: len(found) for kind, found in pairs.items()} == dict.fromkeys(KINDS, PAIRS)
    problems = {report: pair.problem for found in pairs.values() for report, pair in found.items()}
    assert {report: problem for report, problem in problems.items() if problem} == {}
    told = office.ask("told", "reports")
    for found in pairs.values():
        for report, pair in found.items():
            said = told[str(report)]
            said["typed overview"] = said["typed"]["overview"]
            wanted = expected(pair.winner)
            assert {name: said[name] for name in wanted} == wanted
    assert server.faults() == []


def assert_both_succeed_without_the_guard(office: Office, reports: dict[str, list[int]]) -> None:
    """Or else the test above would prove nothing. It shares the office, which takes long to set up."""
    server = office.serve("tests.processes.unguarded")
    problems = {
        kind: [pair.problem for pair in found.values() if pair.problem]
        for kind, found in run_pairs(server, reports).items()
    }
    server.kill()
    assert {kind for kind, found in problems.items() if found} == set(KINDS)
    assert problems["submit"] == ["answered [302, 302]"] * UNGUARDED
    assert problems["edit"][0] == "answered [200, 200]"
