"""Periods, reports and answers of a history; each act draws what it treats."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

from reports import actions
from reports.forms.answer import AnswerForm
from reports.models import Answer, Obligation, Period, ProgressReport, Proposal
from reports.reading.content import Content, EntryContent, ProposalContent
from tasks.models import Assignment
from tests.reports.acts import submit
from tests.reports.state.histories import Office
from tests.reports.state.oracle import Facts
from tests.reports.state.plan_acts import amount, current, plan_of

WORDS = ("", "Thiếu tài liệu.", "Thiếu người.")
ASKED = (("MTTQ thành phố", "Cấp tài liệu."), ("MTTQ thành phố", "Cấp loa."), ("Thành ủy", "Cấp tài liệu."))


# Periods and what is owed


def open_period(office: Office) -> None:
    plan, closes = office.one(office.world.plans), office.day(0, 50)
    facts: Facts = {
        "plan": plan,
        "name": office.name("kỳ"),
        "figures_from": closes - timedelta(days=office.random.choice((90, 90, 20))),
        "figures_to": closes,
        "cut_off_on": closes + timedelta(days=office.random.choice((0, 0, 3))),
        "due_on": closes + timedelta(days=office.random.randint(0, 10)),
        "grace_days": office.random.choice((0, 3)),
        "locks_on": None,
    }
    if office.chance(0.4):
        facts["locks_on"] = facts["due_on"] + timedelta(days=10)
    period = Period(plan_id=plan, kind="ad_hoc", **{name: facts[name] for name in facts if name != "plan"})
    actions.open_period(period)
    office.tell("periods", period.pk, facts)
    tell_asked(office, period)


def tell_asked(office: Office, period: Period) -> None:
    """Whoever has work of the plan, and was not asked before."""
    world = office.world
    asked = {each["unit"] for each in world.obligations.values() if each["period"] == period.pk}
    working = {
        unit
        for (task, unit), given in world.assignments.items()
        if given["ended_on"] is None and plan_of(office, task) == period.plan_id
    }
    keys = dict(period.obligations.values_list("unit", "pk"))
    assert set(keys) == asked | working, "those who have work of the plan owe its report"
    for unit in working - asked:
        office.tell("obligations", keys[unit], {"period": period.pk, "unit": unit, "extended_to": None})


def ask_units(office: Office) -> None:
    if period := office.one(office.world.periods):
        row = Period.objects.get(pk=period)
        actions.ask_units(row, actions.owing_units(row.plan, office.now.date()))
        tell_asked(office, row)


def edit_period(office: Office) -> None:
    key = office.one(office.world.periods)
    if key is None:
        return
    period = office.world.periods[key]
    due_on = max(period["due_on"] + timedelta(days=office.random.randint(-5, 15)), period["figures_from"])
    if office.chance(0.3):
        office.change("periods", key, name=office.name("kỳ"))
        return
    office.change(
        "periods",
        key,
        due_on=due_on,
        grace_days=office.random.choice((0, 2, 5)),
        cut_off_on=period["cut_off_on"] + timedelta(days=office.random.randint(-5, 5)),
        locks_on=None if period["locks_on"] is None else max(period["locks_on"], due_on),
    )


def remove_period(office: Office) -> None:
    key = office.one(office.world.periods)
    if key and Period.objects.get(pk=key).remove():
        for obligation, facts in office.world.obligations.items():
            if facts["period"] == key:
                office.tell("obligations", obligation, None)
        office.tell("periods", key, None)


def extend(office: Office) -> None:
    if key := office.one(office.world.obligations):
        row = Obligation.objects.get(pk=key)
        row.extended_to, row.extension_reason = office.one(((None, ""), (office.day(), "Mưa lũ.")))
        row.save()
        office.tell("obligations", key, {"extended_to": row.extended_to})


# Reports


def report(office: Office) -> None:
    """One or some steps of one unit's report, often one of the period opened last."""
    owing = office.world.obligations
    newest = max((owed["period"] for owed in owing.values()), default=None)
    of_newest = [key for key, owed in owing.items() if owed["period"] == newest]
    key = office.one(of_newest if office.chance(0.6) else owing)
    if key is None:
        return
    owed = owing[key]
    for _step in range(office.random.choice((1, 2, 3, 3))):
        office.tick()
        own = [
            (pk, each)
            for pk, each in office.world.reports.items()
            if (each["unit"], each["period"]) == (owed["unit"], owed["period"])
        ]
        if not own:
            begin(office, key, owed)
            continue
        last, facts = max(own, key=lambda each: each[1]["revision"])
        step = office.random.choice(STEPS[facts["state"]])
        step(office, ProgressReport.objects.get(pk=last), facts)


def begin(office: Office, key: int, owed: Facts) -> None:
    row = actions.start_report(Obligation.objects.select_related("period").get(pk=key), office.staff)
    tell_begun(office, row)


def tell_begun(office: Office, row: ProgressReport) -> None:
    facts = {"plan": row.plan_id, "unit": row.unit_id, "period": row.period_id, "revision": row.revision}
    office.tell("reports", row.pk, {**facts, "state": "draft", "first_sent_on": None, "said": {}})


def send(office: Office, row: ProgressReport, facts: Facts) -> None:
    """Of all that the unit has in the plan now; sometimes by way of the page's form."""
    had = {task: unit for task, unit in current(office) if unit == row.unit_id}
    tasks = [task for task in had if plan_of(office, task) == row.plan_id]
    said = {task: drawn(office, task) for task in tasks}
    difficulties, asked = office.one(WORDS), office.random.sample(ASKED, office.random.randrange(3))
    rows = Assignment.objects.filter(unit=row.unit_id, task__in=tasks)
    if office.chance(0.1):
        submit(
            row, office.staff, typed(office, {each.task_id: each for each in rows}, said, difficulties, asked)
        )
    else:
        content = Content(
            entries=[entry(each, *said[each.task_id]) for each in rows.select_related("task")],
            proposals=[ProposalContent(*each) for each in asked],
            difficulties=difficulties,
        )
        actions.submit_report(row, content, office.staff, row.version)
    today = office.now.date()
    cut_off = office.world.periods[row.period_id]["cut_off_on"]
    sent = {"sent_at": office.now, "reported_on": min(today, cut_off), "state": "submitted"}
    told = {"said": said, "difficulties": difficulties, "proposals": asked}
    office.tell("reports", row.pk, {**sent, **told, "first_sent_on": facts["first_sent_on"] or today})


def drawn(office: Office, task: int) -> tuple[str, int, dict[int, Decimal]]:
    status = office.one(("not_started", "in_progress", "in_progress", "done", "done"))
    percent = {"not_started": 0, "in_progress": office.random.randrange(100), "done": 100}[status]
    own = [key for key, indicator in office.world.indicators.items() if indicator["task"] == task]
    return status, percent, {key: amount(office) for key in own if office.chance(0.7)}


def entry(given: Assignment, status: str, percent: int, values: dict[int, Decimal]) -> EntryContent:
    return EntryContent(given, "", given.task.title, status, percent, "Đã làm.", values)


def typed(
    office: Office, rows: dict[int, Assignment], said: dict[int, tuple], difficulties: str, asked: list
) -> dict[str, str]:
    """Every field, also those that say nothing: others go on from the report before."""
    fields = {"difficulties": difficulties}
    for place in range(len(ASKED)):
        addressee, text = asked[place] if place < len(asked) else ("", "")
        fields |= {f"p{place}-addressee": addressee, f"p{place}-text": text}
    for task, (status, percent, values) in said.items():
        name = f"e{rows[task].pk}"
        fields |= {f"{name}-status": status, f"{name}-percent": str(percent), f"{name}-result": "Đã làm."}
        for key, indicator in office.world.indicators.items():
            if indicator["task"] == task:
                fields[f"{name}-i{key}"] = str(values.get(key, ""))
    return fields


def write_on(office: Office, row: ProgressReport, facts: Facts) -> None:
    row.keep({"difficulties": "Chưa gửi."}, office.staff, row.version)


def drop_draft(office: Office, row: ProgressReport, facts: Facts) -> None:
    if facts["first_sent_on"] is None:
        key = row.pk
        row.discard(row.version)
        office.tell("reports", key, None)


def accept(office: Office, row: ProgressReport, facts: Facts) -> None:
    row.accept(office.staff, row.version)
    office.tell("reports", row.pk, {"state": "accepted", "accepted_at": office.now})


def send_back(office: Office, row: ProgressReport, facts: Facts) -> None:
    row.send_back(office.staff, row.version, "Xem lại.", {})
    office.tell("reports", row.pk, {"state": "returned"})


def withdraw(office: Office, row: ProgressReport, facts: Facts) -> None:
    row.withdraw(row.version)
    office.tell("reports", row.pk, {"state": "draft"})


def revise(office: Office, row: ProgressReport, facts: Facts) -> None:
    tell_begun(office, actions.revise_report(row, office.staff))


STEPS: dict[str, list[Callable[..., None]]] = {
    "draft": [send] * 8 + [write_on, drop_draft, drop_draft],
    "returned": [send] * 5 + [write_on],
    "submitted": [accept] * 5 + [send_back, withdraw],
    "accepted": [revise],
}


def log(office: Office) -> None:
    """Staff write down what a unit told, also of an earlier day."""
    key = office.one(current(office))
    if key is None:
        return
    office.tick()
    given = Assignment.objects.select_related("task__group", "unit").get(task=key[0], unit=key[1])
    said = drawn(office, key[0])
    row = actions.start_log(given, entry(given, *said), office.staff, uuid4())
    on = office.now.date() - timedelta(days=office.random.choice((0, 0, 1, 7, 30)))
    actions.finish_log(row, office.staff, on, "")
    tell_begun(office, row)
    sent = {"sent_at": office.now, "first_sent_on": office.now.date(), "reported_on": on}
    told = {"said": {key[0]: said}, "difficulties": "", "proposals": []}
    office.tell("reports", row.pk, {**sent, **told, "state": "accepted", "accepted_at": office.now})


def answer(office: Office) -> None:
    """An answer is to what was proposed, in whichever revision of the report it stands."""
    accepted = Proposal.objects.filter(report__state=ProgressReport.State.ACCEPTED).order_by("pk")
    proposal = office.one(accepted.with_origin().select_related("report"))
    if proposal is None:
        return
    row = Answer.objects.filter(proposal=proposal.origin).first() or Answer(proposal_id=proposal.origin)
    state, text = office.one((("in_hand", ""), ("in_hand", "Đang xem."), ("answered", "Đã cấp.")))
    form = AnswerForm({"state": state, "text": text}, instance=row, by=office.staff)
    assert form.is_valid(), form.errors
    form.save()
    key = (proposal.report.unit_id, proposal.report.period_id, proposal.addressee, proposal.text)
    office.tell("answers", key, {"state": state, "text": text})
