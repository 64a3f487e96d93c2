"""What is counted for a task, on the task's own page."""

from decimal import Decimal

import pytest
from django.urls import reverse

from reports.models import IndicatorValue
from tasks.models import Indicator, Task
from tests.factories import make_entry, make_report
from tests.pages import HOSTILE_NUMBERS, HOSTILE_TEXTS, form_data, in_english, texts, tree, words
from units.watching import Watch

ERRORS = "//main//*[contains(@class, 'invalid-feedback')] | //main//*[contains(@class, 'text-danger')]"


@pytest.fixture
def conferences(work):
    return Indicator.objects.create(task=work.task, name="Hội nghị", measure="cuộc", target=Decimal("1234.5"))


def url(work) -> str:
    return reverse("edit-task", args=[work.task.pk])


def row(place: int, **fields) -> dict:
    fields = {"name": "Số người", "measure": "lượt", "target": "", "sum": "last", "ORDER": place + 1} | fields
    return {f"indicators-{place}-{name}": value for name, value in fields.items()}


def stored(work) -> list[tuple]:
    return list(work.task.indicators.values_list("name", "measure", "target", "sum"))


def test_what_is_stored_stands_in_the_fields(cast, work, as_user, conferences):
    client = as_user(cast.staff)
    data = form_data(client.get(url(work)))
    names = ("name", "measure", "target", "sum")
    assert [data[f"indicators-0-{name}"] for name in names] == [["Hội nghị"], ["cuộc"], ["1234,5"], ["added"]]
    client.post(url(work), data)
    assert (stored(work), Indicator.history.count()) == ([("Hội nghị", "cuộc", 1234.5, "added")], 1)
    assert form_data(in_english(client).get(url(work)))["indicators-0-target"] == ["1234.5"]


def test_rows_are_added_changed_and_moved_with_who_did_it(cast, work, as_user, conferences):
    client = as_user(cast.staff)
    change = {"indicators-0-target": "2.000", "indicators-0-ORDER": 9, "indicators-TOTAL_FORMS": 2}
    response = client.post(url(work), form_data(client.get(url(work))) | change | row(1))
    assert response["Location"] == reverse("show-task", args=[work.task.pk])
    assert stored(work) == [("Số người", "lượt", None, "last"), ("Hội nghị", "cuộc", 2000, "added")]
    told = texts(in_english(client).get(response["Location"]), "//ul[contains(@class, 'timeline')]/li")
    assert [line.split(" · ", 1)[1] for line in told[:2]] == [
        "Cán bộ thành phố Changed indicator: Hội nghị (cuộc) Position: 0 → 1 "
        "Target of each unit: 1234.50 → 2000.00",
        "Cán bộ thành phố Added indicator: Số người (lượt)",
    ]
    page = in_english(client).get(reverse("show-plan-history", args=[work.plan.pk]))
    assert "Added indicator: Số người (lượt)" in words(page)


def test_a_row_is_dropped(cast, work, as_user, conferences):
    client = as_user(cast.staff)
    client.post(url(work), form_data(client.get(url(work))) | {"indicators-0-DELETE": "on"})
    assert (stored(work), Indicator.history.count()) == ([], 2)


def test_a_row_with_reported_figures_stays_and_the_page_says_so(cast, work, as_user, conferences):
    entry = make_entry(make_report(cast.ward, plan=work.plan), work.assignment)
    IndicatorValue.objects.create(entry=entry, indicator=conferences, value=3)
    client = in_english(as_user(cast.staff))
    data = form_data(client.get(url(work))) | {"indicators-0-DELETE": "on", "title": "Tên mới"}
    response = client.post(url(work), data)
    assert texts(response, ERRORS) == [
        "Units have reported figures of “Hội nghị”, so it stays; you can rename it."
    ]
    assert form_data(response)["title"] == ["Tên mới"]
    assert (stored(work), Task.objects.get().title) == (
        [("Hội nghị", "cuộc", 1234.5, "added")],
        "Tổ chức hội nghị học tập",
    )


def test_errors_stand_at_their_row_and_nothing_is_stored(cast, work, as_user, conferences):
    client = in_english(as_user(cast.staff))
    change = {"indicators-0-target": "-5", "indicators-TOTAL_FORMS": 3, "title": "Tên mới"}
    rows = row(1, name="", target="1,234") | row(2, target="nhiều")
    response = client.post(url(work), form_data(client.get(url(work))) | change | rows)
    assert texts(response, ERRORS) == [
        "Enter 0 or more.",
        "This field is required.",
        "“1,234” can be read in two ways: write 1234, or at most two decimals.",
        "Enter a number in digits, such as 1250 or 12.5.",
    ]
    assert form_data(response)["indicators-2-target"] == ["nhiều"]
    assert len(tree(response).xpath("//main//details[@data-row][@open]")) == 3
    assert (stored(work), Task.objects.get().title) == (
        [("Hội nghị", "cuộc", 1234.5, "added")],
        "Tổ chức hội nghị học tập",
    )


def test_the_slower_of_two_is_told_of_the_others_indicators(cast, work, as_user, conferences):
    first, second = as_user(cast.staff), in_english(as_user(cast.admin))
    mine, theirs = form_data(first.get(url(work))), form_data(second.get(url(work)))
    first.post(url(work), mine | {"indicators-0-measure": "buổi"})
    response = second.post(url(work), theirs | {"title": "Tên của tôi"})
    assert (response.status_code, Task.objects.get().title) == (200, "Tổ chức hội nghị học tập")
    assert "unit of measure: cuộc → buổi" in words(response, "//main//*[@role='alert']").lower()


@pytest.mark.parametrize(
    "field", ["0-name", "0-measure", "0-target", "0-sum", "0-id", "0-ORDER", "TOTAL_FORMS", "INITIAL_FORMS"]
)
def test_hostile_values_are_no_fault(cast, work, as_user, conferences, field):
    client = as_user(cast.staff)
    whole = form_data(client.get(url(work)))
    for value in [*HOSTILE_NUMBERS, *HOSTILE_TEXTS]:
        response = client.post(url(work), whole | {f"indicators-{field}": value})
        assert response.status_code in (200, 302), value
    assert Indicator.objects.filter(task=work.task).count() >= 1


def test_a_row_that_gets_its_first_figure_meanwhile_stays(cast, work, as_user, conferences, monkeypatch):
    client = in_english(as_user(cast.staff))
    data = form_data(client.get(url(work))) | {"indicators-0-DELETE": "on", "title": "Tên mới"}
    save = Watch.save

    def reported(watch, forms):
        entry = make_entry(make_report(cast.ward, plan=work.plan), work.assignment)
        IndicatorValue.objects.create(entry=entry, indicator=conferences, value=3)
        return save(watch, forms)

    monkeypatch.setattr(Watch, "save", reported)
    response = client.post(url(work), data)
    assert texts(response, ERRORS) == [
        "Units have reported figures of “Hội nghị”, so it stays; you can rename it."
    ]
    assert (Indicator.objects.get(), Task.objects.get().title) == (conferences, "Tổ chức hội nghị học tập")
