import pytest
from django.urls import reverse

from tests.factories import bring_to
from tests.pages import HOSTILE_NUMBERS, HOSTILE_TEXTS, in_english, texts, tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(as_user, cast):
    return in_english(as_user(cast.staff))


def pick(waits) -> str:
    return f"{waits.report.pk}:{waits.report.version}"


def accept(client, *picks: str, **data):
    return client.post(reverse("accept-reports"), {"pick": picks, **data}, follow=True)


def states(*all_waits) -> list[str]:
    for waits in all_waits:
        waits.report.refresh_from_db()
    return [waits.report.state for waits in all_waits]


def notes(page) -> list[str]:
    return texts(page, "//main/div[contains(@class,'note')]")


def test_what_was_chosen_is_accepted_and_nothing_else(staff, cast, waiting):
    first, second, third = waiting(), waiting(), waiting()
    page = accept(staff, pick(first), pick(third))
    assert states(first, second, third) == ["accepted", "submitted", "accepted"]
    assert notes(page) == [
        f"2 reports were accepted: {first.unit} – Quý III/2026, {third.unit} – Quý III/2026"
    ]
    assert first.report.accepted_by == cast.staff
    assert first.report.history.first().history_user == cast.staff
    assert tree(page).xpath("//main/div[contains(@class,'note')]/a/@href") == [
        f"/reports/{first.report.pk}/",
        f"/reports/{third.report.pk}/",
    ]


def test_of_many_it_names_three_and_counts_the_others(staff, waiting):
    many = [waiting() for _number in range(6)]
    three = ", ".join(f"{waits.unit} – Quý III/2026" for waits in many[:3])
    page = accept(staff, *(pick(waits) for waits in many[:4]))
    assert notes(page) == [f"4 reports were accepted: {three} and 1 other report"]
    page = accept(staff, *(pick(waits) for waits in many))
    assert [note.rsplit(" – ")[-1] for note in notes(page)] == [
        "Quý III/2026",
        "Quý III/2026 and 1 other report",
    ]


def test_one_that_moved_on_is_left_and_named(staff, cast, waiting):
    first, second = waiting(), waiting()
    seen = pick(second)
    second.report.withdraw(second.report.version)
    bring_to(second.report, "submitted", cast.owner)
    page = accept(staff, pick(first), seen)
    assert states(first, second) == ["accepted", "submitted"]
    assert notes(page) == [
        f"1 report was accepted: {first.unit} – Quý III/2026",
        f"Not accepted, because they were changed meanwhile or need a look: {second.unit} – Quý III/2026",
    ]


def test_one_that_is_no_longer_clean_is_left(staff, waiting):
    first, odd = waiting(), waiting(status="done", percent=100)
    page = accept(staff, pick(first), pick(odd))
    assert states(first, odd) == ["accepted", "submitted"]
    assert len(notes(page)) == 2


def test_sent_twice_it_accepts_once_and_says_so(staff, waiting):
    waits = waiting()
    chosen = pick(waits)
    accept(staff, chosen)
    page = accept(staff, chosen)
    assert notes(page) == [
        f"Not accepted, because they were changed meanwhile or need a look: {waits.unit} – Quý III/2026"
    ]
    assert waits.report.history.filter(state="accepted").count() == 1


def test_nothing_chosen_does_nothing(staff, waiting):
    waits = waiting()
    assert (notes(accept(staff)), states(waits)) == (["Nothing was chosen."], ["submitted"])


def test_the_chosen_plan_is_kept(staff, waiting):
    waits = waiting()
    answer = staff.post(reverse("accept-reports"), {"pick": pick(waits), "plan": "7"})
    assert answer.url == "/reports/review/?plan=7"
    answer = staff.post(reverse("accept-reports"), {"plan": "7&x=//elsewhere"})
    assert answer.url == "/reports/review/?plan=7%26x%3D%2F%2Felsewhere"


@pytest.mark.parametrize("value", [*HOSTILE_NUMBERS, *HOSTILE_TEXTS, "1:", ":1", "1:1:1", "9999999:1"])
def test_hostile_choices_are_left_out(staff, waiting, value):
    waits = waiting()
    page = accept(staff, value, f"{waits.report.pk}:{value}")
    assert (page.status_code, states(waits)) == (200, ["submitted"])
