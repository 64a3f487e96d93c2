"""The pages of a day gone by, as the leader reads them: what once stands there stands there for ever."""

from __future__ import annotations

from datetime import date
from difflib import unified_diff
from io import BytesIO

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from lxml import html
from openpyxl import load_workbook

from tests.pages import tree
from units.models import User

OF_PLANS = (
    "show-plan",
    "list-work",
    "show-matrix",
    "show-reporting",
    "show-indicators",
    "list-remarks",
    "export-matrix",
)
# A plan is headed as it is called today, and there is no way to the page of a period that was removed.
OF_TODAY = (
    "//*[contains(@class, 'plan-head')]",
    "//*[@class='panel-head']/a[starts-with(@href, '/periods/')]",
)
# What was removed since is a link no more.
MAYBE_LINKS = "//a[not(@data-figure)] | //span[not(@*)]"
# Begins with the name of the plan.
TO_COPY = "//textarea[@id='missing']"

Address = tuple[str, int]


def texts(reader: User, addresses: list[Address], day: date) -> dict[Address, str]:
    """What each page says that is there."""
    client = Client()
    client.force_login(reader)
    found = {}
    for name, key in addresses:
        response = client.get(reverse(name, args=[key]), {"on": day.isoformat()})
        if response.status_code != 404:
            assert response.status_code == 200, (name, key)
            found[name, key] = rows(response) if name == "export-matrix" else main(response)
    return found


def main(response: HttpResponse) -> str:
    (found,) = tree(response).xpath("//main")
    for path in OF_TODAY:
        for part in found.xpath(path):
            part.drop_tree()
    for text in found.xpath(TO_COPY):
        text.text = text.text.partition("\n")[2]
    for link in found.xpath(MAYBE_LINKS):
        link.drop_tag()
    return html.tostring(found, encoding="unicode")


def rows(response: HttpResponse) -> str:
    book = load_workbook(BytesIO(response.content))
    return "\n".join(str([cell.value for cell in row]) for sheet in book for row in sheet.iter_rows())


def changed(before: str, after: str) -> str:
    return "\n".join(unified_diff(before.splitlines(), after.splitlines(), "then", "now", n=1, lineterm=""))
