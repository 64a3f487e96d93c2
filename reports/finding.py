"""What the search looks through, and what it shows of each row that it finds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import Case, Exists, OuterRef, Prefetch, Subquery, When
from django.utils import formats
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from plans.access import visible_plans
from plans.models import Plan
from reports.access import told_proposals, told_reports
from reports.models import Answer, ProgressReport, Proposal
from tasks.access import own_part_of, visible_tasks
from tasks.models import Task
from units.access import visible_units
from units.emphasis import Emphasis
from units.folding import Word, phrase
from units.models import Unit, User
from units.searching import Question, Searched

# Of each kind beside the others, and of one kind alone.
FIRST, PAGE = 10, 30
NAME_LENGTH = 140


class Hit(NamedTuple):
    """A row that was found: its name, where it belongs, and words of it, with what was looked for marked."""

    row: Any
    name: SafeString
    places: list[SafeString]
    snippet: SafeString


@dataclass(frozen=True)
class Found:
    """How many hits of a kind there are, and those of one page."""

    kind: str
    label: str
    page: Page
    hits: list[Hit]

    @property
    def count(self) -> int:
        return self.page.paginator.count

    @property
    def more(self) -> int:
        return self.count - self.page.end_index()


class Kind(NamedTuple):
    """`texts` gives a row's name, where it belongs, and what else is said of it."""

    label: Any
    visible: Callable[[User], Searched]
    texts: Callable[[Any], tuple[str, list[str], list[str]]]

    def hit(self, row: Any, question: Question) -> Hit:
        name, places, said = self.texts(row)
        emphasis = Emphasis(question, [name, *places, *said])
        shown = [emphasis.excerpt(place, NAME_LENGTH) for place in places if place]
        return Hit(row, emphasis.excerpt(name, NAME_LENGTH), shown, emphasis.snippet(said))


def find(user: User, question: Question, only: str, number: str | None) -> list[Found]:
    """The best hits of each kind, or with `only` a page of one; the others are counted."""
    question.known = known(user, question.marked)
    found = []
    for key, kind in KINDS.items():
        rows = kind.visible(user).answering(question)
        page = Paginator(rows, PAGE if only else FIRST).get_page(number if only == key else 1)
        hits = [kind.hit(row, question) for row in page] if only in ("", key) else []
        found.append(Found(key, kind.label, page, hits))
    return found


def known(user: User, words: list[Word]) -> list[Word]:
    """Those of which anything that the person may read has the marks."""
    if not words:
        return []
    written = [
        reduce(or_, (Exists(kind.visible(user).holding([phrase([word.marked])])) for kind in KINDS.values()))
        for word in words
    ]
    asked = [Case(When(each, then=True), default=False) for each in written]
    answers = User.objects.filter(pk=user.pk).values_list(*asked).get()
    return [word for word, answer in zip(words, answers, strict=True) if answer]


def plans(user: User) -> Searched:
    return visible_plans(user).order_by("-pk").prefetch_related("legal_bases").defer("folded")


def texts_of_plan(plan: Plan) -> tuple[str, list[str], list[str]]:
    number = f"{pgettext('plan number', 'No.')} {plan.number}" if plan.number else _("No number yet")
    day = formats.date_format(plan.issued_on) if plan.issued_on else ""
    bases = [basis.text for basis in plan.legal_bases.all()]
    return plan.title, [number, day, plan.issuer], bases


def tasks(user: User) -> Searched:
    """Newest plan first; with `own`, the part of the person's own unit."""
    order = ("-group__plan_id", "group__position", "position", "pk")
    visible = visible_tasks(user).select_related("group__plan").order_by(*order)
    own = own_part_of(user)
    with_own = visible if own is None else visible.prefetch_related(Prefetch("assignments", own, "own"))
    return with_own.defer("folded", "group__plan__folded")


def texts_of_task(task: Task) -> tuple[str, list[str], list[str]]:
    said = [task.text, task.product, task.lead_named, *task.support_named.splitlines()]
    return task.title, [task.group.plan.title, task.group.title], said


def units(user: User) -> Searched:
    return visible_units(user).defer("folded")


def texts_of_unit(unit: Unit) -> tuple[str, list[str], list[str]]:
    return unit.short_name, [unit.get_kind_display()], [unit.name, *unit.aliases.splitlines(), unit.code]


def reports(user: User) -> Searched:
    deferred = ("folded", "typed", "unit__folded", "plan__folded")
    return told_reports(user).prefetch_related("entries").defer(*deferred)


def texts_of_report(report: ProgressReport) -> tuple[str, list[str], list[str]]:
    day = formats.date_format(report.reported_on) if report.reported_on else ""
    period = str(report.period) if report.period else _("Logged progress, %(day)s") % {"day": day}
    revision = _("revision %(number)s") % {"number": report.revision} if report.revision > 1 else ""
    difficulties = f"{_('Difficulties')}: {report.difficulties}" if report.difficulties else ""
    heads = [report.overview, difficulties, report.next_steps]
    entries = [f"{entry.title}: {entry.result}" for entry in report.entries.all()]
    return f"{report.unit} · {period}", [revision, report.plan.title], [*heads, *entries]


def proposals(user: User) -> Searched:
    """With `reply`, the state of the answer."""
    answers = Answer.objects.filter(proposal=OuterRef("origin"))
    told = told_proposals(user).with_origin().annotate(reply=Subquery(answers.values("state")[:1]))
    deferred = ("folded", "report__folded", "report__typed", "report__unit__folded")
    return told.select_related("report__unit", "report__period").defer(*deferred)


def texts_of_proposal(proposal: Proposal) -> tuple[str, list[str], list[str]]:
    addressee = _("To %(addressee)s") % {"addressee": proposal.addressee}
    report = proposal.report
    return proposal.text, [str(report.unit), str(report.period or ""), addressee], []


KINDS = {
    "plans": Kind(gettext_lazy("Plans"), plans, texts_of_plan),
    "tasks": Kind(gettext_lazy("Tasks"), tasks, texts_of_task),
    "units": Kind(gettext_lazy("Units"), units, texts_of_unit),
    "reports": Kind(gettext_lazy("Reports"), reports, texts_of_report),
    "proposals": Kind(gettext_lazy("Proposals"), proposals, texts_of_proposal),
}
