import pytest
from django.test import Client
from django.urls import reverse

from tests.pages import form_data, in_english, texts, tree, words


def switch(client: Client, to: str, **fields):
    return client.post(reverse("set-language"), {"language": to, **fields})


@pytest.mark.parametrize("header", ["en-US,en;q=0.9", "fr", "", "*", "zz;q=x"])
def test_vietnamese_whatever_the_browser_prefers(db, header):
    page = Client().get(reverse("sign-in"), headers={"accept-language": header})
    assert (tree(page).get("lang"), page["Content-Language"]) == ("vi", "vi")
    assert words(page, "//h1") == "Đăng nhập"


def test_english_is_a_switch_away_and_stays(db):
    client = Client()
    switch(client, "en")
    page = client.get(reverse("sign-in"), headers={"accept-language": "vi"})
    assert (tree(page).get("lang"), page["Content-Language"]) == ("en", "en")
    assert words(page, "//h1") == "Sign in"


def test_and_vietnamese_is_a_switch_back(db):
    client = in_english(Client())
    switch(client, "vi")
    assert words(client.get(reverse("sign-in")), "//h1") == "Đăng nhập"


@pytest.mark.parametrize("chosen", ["xx", "fr", "", "en-us", "a\x00b", "x" * 5000])
def test_a_language_that_is_not_offered_changes_nothing(db, chosen):
    client = Client()
    assert switch(client, chosen).status_code == 302
    assert words(client.get(reverse("sign-in")), "//h1") == "Đăng nhập"


def test_a_cookie_of_another_make_is_no_harm(db):
    client = Client()
    client.cookies["django_language"] = "../../etc"
    assert words(client.get(reverse("sign-in")), "//h1") == "Đăng nhập"


def test_the_switch_keeps_the_page_with_its_search(cast, as_user):
    client = as_user(cast.staff)
    here = f"{reverse('list-plans')}?q=c%C3%A2y+xanh&page=1"
    menu = tree(client.get(here)).xpath("//form[@action='/language/']")[0]
    data = {
        field.get("name"): field.get("value") for field in menu.xpath(".//input[@name] | .//button[@name]")
    }
    assert (data["language"], data["next"]) == ("en", here)
    assert switch(client, "en", next=data["next"])["Location"] == here


def test_the_switch_leads_to_no_other_host(db):
    assert switch(Client(), "en", next="https://elsewhere.test/")["Location"] == "/"


def test_dates_are_typed_and_read_day_first(cast, as_user, work):
    client = as_user(cast.staff)
    url = reverse("edit-task", args=[work.task.pk])
    for chosen in ("vi", "en"):
        client.cookies["django_language"] = chosen
        client.post(url, form_data(client.get(url)) | {"due_on": "04/03/2026"})
        work.task.refresh_from_db()
        assert work.task.due_on.isoformat() == "2026-03-04"
        page = client.get(reverse("show-task", args=[work.task.pk]))
        assert texts(page, "//dd/span[@class='nowrap']") == ["04/03/2026"]
        assert form_data(client.get(url))["due_on"] == ["04/03/2026"]
