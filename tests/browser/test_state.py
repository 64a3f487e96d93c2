"""The pages of the state of a plan on a telephone: one line for day and filters, what is chosen in view."""

import pytest
from django.urls import reverse

from tests.factories import make_obligation, make_period

TABS = (
    "show-plan",
    "show-reporting",
    "list-remarks",
    "show-matrix",
    "list-work",
    "show-indicators",
    "show-content",
    "list-periods",
)


@pytest.fixture
def leader(phone, sign_in, cast):
    return sign_in(phone, cast.leader)


@pytest.mark.parametrize("name", TABS)
def test_the_chosen_tab_is_in_view(leader, work, name):
    leader.goto(reverse(name, args=[work.plan.pk]))
    chosen = leader.locator(".tabs [aria-current]").bounding_box()
    assert chosen["x"] >= 0
    assert chosen["x"] + chosen["width"] <= leader.viewport_size["width"]


def test_the_chosen_state_is_in_view(leader, work):
    leader.goto(reverse("list-work", args=[work.plan.pk]) + "?standing=late&role=carry_out")
    chosen = leader.locator(".filters [aria-current]").bounding_box()
    assert chosen["x"] + chosen["width"] <= leader.viewport_size["width"]


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("show-plan", ".tile >> nth=3"),
        ("show-reporting", ".reporting-share"),
        ("show-matrix", "[data-matrix] td a >> nth=0"),
    ],
)
def test_the_first_figures_are_on_the_first_screen(leader, cast, work, name, first):
    make_obligation(make_period(work.plan), cast.ward)
    leader.goto(reverse(name, args=[work.plan.pk]))
    place = leader.locator(first).bounding_box()
    assert place["y"] + place["height"] <= leader.viewport_size["height"]


def test_a_day_that_was_typed_goes_with_the_filter_that_is_chosen(leader, work, axe):
    leader.goto(reverse("list-work", args=[work.plan.pk]))
    leader.locator(".day summary").click()
    axe(leader)
    leader.get_by_label("Số liệu tính đến").fill("01/06/2023")
    leader.get_by_label("Vai trò").select_option("carry_out")
    leader.get_by_role("button", name="Xem").click()
    leader.wait_for_url("**role=carry_out**")
    band = leader.get_by_role("status")
    assert band.inner_text() == "Đang xem số liệu đến hết ngày 01/06/2023 · Về hôm nay"
    axe(leader)
    band.get_by_role("link").click()
    leader.wait_for_url(lambda address: "on=" not in address)
    assert "role=carry_out" in leader.url
