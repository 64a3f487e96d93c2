"""The figures that the pages print, by the address that each leads to, and what the oracle counts for it."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qsl, urlsplit

from django.test import Client
from django.urls import reverse

from tests.pages import tree
from tests.reports.state.oracle import Facts, World

DONE = ("done_in_time", "done_late")
WITH_FIGURES = ("show-plan", "show-reporting")


def printed(client: Client, plan: int, day: date) -> dict[str, int]:
    found = {}
    for name in WITH_FIGURES:
        page = tree(client.get(reverse(name, args=[plan]), {"on": day.isoformat()}))
        for link in page.xpath("//main//a[@data-figure]"):
            address = urlsplit(link.get("href"))
            path = address.path or reverse(name, args=[plan])
            found[f"{path}?{address.query}"] = int(link.get("data-figure"))
    return found


def listed(client: Client, plan: int, day: date) -> list[tuple[str, str]]:
    """Number, task and unit of the rows of the list of the plan's work, which is one sheet."""
    page = tree(client.get(reverse("list-work", args=[plan]), {"on": day.isoformat()}))
    return [
        tuple(
            " ".join(row.xpath(f".//*[contains(@class, '{part}')]")[0].text_content().split())
            for part in ("task-number", "clamp", "work-unit")
        )
        for row in page.xpath("//main//*[@data-row]")
    ]


def counted(world: World, plan: int, address: str) -> int:
    """How many rows the address asks for."""
    parts = urlsplit(address)
    asked = dict(parse_qsl(parts.query))
    match parts.path.strip("/").split("/")[-1]:
        case "assignments":
            return sum(is_asked(work, asked) for work in world.works_of_plan(plan))
        case "remarks":
            standing = [remark for remark in world.remarks(plan) if remark["holds"]]
            return sum(is_answered(remark, asked.get("answer")) for remark in standing)
        case "reporting":
            return reported(world, plan, asked)
    raise ValueError(address)


def is_asked(work: Facts, asked: dict[str, str]) -> bool:
    carrier, _name, kind = work["carrier"]
    facts = {"group": work["group"][0], "task": work["task"][0], "kind": kind, "unit": carrier}
    return all(str(facts[name]) == asked[name] for name in facts if name in asked) and stands(
        work, asked.get("standing")
    )


def stands(work: Facts, standing: str | None) -> bool:
    match standing:
        case None:
            return True
        case "done":
            return work["progress"] in DONE
        case "due_soon":
            return work["due_soon"]
    return work["progress"] == standing


def is_answered(remark: Facts, answer: str | None) -> bool:
    return answer is None or (remark["reply"] is not None and remark["reply"][0] == answer)


def reported(world: World, plan: int, asked: dict[str, str]) -> int:
    cells = [
        (period, outcome)
        for _unit, _heir, row in world.reporting(plan)["rows"]
        for period, (outcome, *_rest) in row.items()
    ]
    outcomes = {
        "all": ("on_time", "in_grace", "late", "missing", "time_left"),
        "in_time": ("on_time", "in_grace"),
        "due": ("on_time", "in_grace", "late", "missing"),
    }.get(asked["standing"], (asked["standing"],))
    return sum(asked["period"] in ("all", str(period)) and outcome in outcomes for period, outcome in cells)
