import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import PASSWORD
from tests.pages import in_english, texts

NEW = "mat-khau-moi-2027"


def change(client: Client, **fields):
    data = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW, **fields}
    return client.post(reverse("change-password"), data)


def test_the_new_password_holds_and_the_person_stays_signed_in(cast, as_user):
    client = as_user(cast.owner)
    response = change(client)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.get("/").status_code == 200
    assert Client().login(username="owner", password=NEW)
    assert not Client().login(username="owner", password=PASSWORD)


def test_another_open_session_ends(cast, as_user):
    elsewhere = as_user(cast.owner)
    change(as_user(cast.owner))
    assert elsewhere.get("/").status_code == 302


def test_the_person_is_told(cast, as_user):
    client = in_english(as_user(cast.owner))
    change(client)
    assert texts(client.get("/"), "//main//*[@role='status']") == ["Your password was changed."]


def test_the_change_is_history_in_the_persons_own_name_without_the_password(cast, as_user):
    client = as_user(cast.owner)
    before = cast.owner.history.count()
    change(client)
    assert cast.owner.history.count() == before + 1
    newest = cast.owner.history.first()
    assert newest.history_user == cast.owner
    assert not hasattr(newest, "password")


@pytest.mark.parametrize(
    "fields",
    [
        {"old_password": "sai"},
        {"new_password2": "khac-han-2027"},
        {"new_password1": "12345678", "new_password2": "12345678"},
        {"new_password1": "ngan", "new_password2": "ngan"},
        {"new_password1": "phuongbaicat", "new_password2": "phuongbaicat", "old_password": ""},
        {"new_password1": "", "new_password2": ""},
        {"new_password1": "a\x00b-2027-xyz", "new_password2": "a\x00b-2027-xyz"},
    ],
)
def test_what_cannot_be_a_change_changes_nothing(cast, as_user, fields):
    response = change(as_user(cast.owner), **fields)
    assert response.status_code == 200
    assert texts(response, "//main//*[contains(@class, 'invalid-feedback')]") != []
    assert Client().login(username="owner", password=PASSWORD)
