from urllib.parse import urlencode

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tests.factories import PASSWORD, make_user
from tests.pages import form_data, in_english, texts, tree, words
from units.models import User

SAMPLE = "Tài khoản mẫu: cán bộ"


def sign_in(client: Client, **fields):
    data = {"username": "owner", "password": PASSWORD, **fields}
    return client.post(reverse("sign-in"), data)


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_right_password_opens_the_first_page(cast):
    client = Client()
    response = sign_in(client)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(cast.owner.pk)


@pytest.mark.parametrize("name", ["OWNER", "Owner", "oWNER"])
def test_a_telephones_capital_does_no_harm(cast, name):
    client = Client()
    assert sign_in(client, username=name).status_code == 302
    assert client.session["_auth_user_id"] == str(cast.owner.pk)


def test_no_two_names_differ_in_case_alone(cast):
    with pytest.raises(ValidationError, match="Tên đăng nhập này đã có người dùng"):
        make_user("staff", cast.city, "Owner")
    with pytest.raises(IntegrityError), transaction.atomic():
        User(username="OWNER", full_name="X", role="staff").save()


def test_a_wrong_password_is_not_marked_as_right(cast):
    response = sign_in(Client(), password="sai-mat-khau")
    assert tree(response).xpath("//*[contains(@class, 'is-valid')]") == []


def test_signing_in_changes_nothing_that_a_history_tells(cast):
    sign_in(Client())
    assert [record.history_type for record in cast.owner.history.all()] == ["+"]


def test_a_page_asked_for_before_signing_in_comes_after_it(cast, work):
    client = Client()
    wanted = reverse("show-task", args=[work.task.pk])
    asked = client.get(wanted)
    assert asked["Location"] == f"{reverse('sign-in')}?next={wanted}"
    data = form_data(client.get(asked["Location"]))
    response = client.post(reverse("sign-in"), data | {"username": "owner", "password": PASSWORD})
    assert response["Location"] == wanted


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://elsewhere.test/",
        "//elsewhere.test/",
        "javascript:alert(1)",
        "https:///elsewhere.test",
        "/\\elsewhere.test",
    ],
)
def test_no_address_leads_to_another_host(cast, elsewhere):
    assert sign_in(Client(), next=elsewhere)["Location"] == "/"


@pytest.mark.parametrize(
    "fields", [{"password": "sai-mat-khau"}, {"username": "nobody"}, {"password": PASSWORD.upper()}]
)
def test_a_wrong_password_says_so_and_keeps_the_name(cast, fields):
    client = in_english(Client())
    response = sign_in(client, **fields)
    assert response.status_code == 200
    assert texts(response, "//main//form/ul/li") == [
        "Please enter a correct username and password. Note that both fields may be case-sensitive."
    ]
    assert form_data(response)["username"] == [fields.get("username", "owner")]
    assert form_data(response)["password"] == [""]
    assert not signed_in(client)


def test_a_deactivated_person_gets_the_answer_of_a_wrong_password(cast):
    cast.owner.is_active = False
    cast.owner.save()
    client = Client()
    response = sign_in(client)
    assert response.status_code == 200
    assert not signed_in(client)
    assert words(response) == words(sign_in(Client(), password="sai-mat-khau"))


def test_who_is_deactivated_while_signed_in_is_out_at_the_next_page(cast, as_user):
    client = as_user(cast.staff)
    assert client.get("/").status_code == 200
    cast.staff.is_active = False
    cast.staff.save()
    assert client.get("/")["Location"] == f"{reverse('sign-in')}?next=/"


@pytest.mark.parametrize("name", ["a\x00b", "ă" * 5000, "", "' OR 1=1 --"])
@pytest.mark.parametrize("field", ["username", "password"])
def test_hostile_input_is_an_error_of_the_form(cast, field, name):
    client = Client()
    assert sign_in(client, **{field: name}).status_code == 200
    assert not signed_in(client)


def test_sample_accounts_are_shown_in_a_trial_that_has_them(cast, settings):
    make_user("staff", cast.city, "canbo", full_name=SAMPLE)
    make_user("officer", cast.ward, "truongson", full_name="Tài khoản mẫu: cán bộ phường")
    settings.DEBUG = True
    settings.SAMPLE_PASSWORD = "mat-khau-mau-1"
    page = Client().get(reverse("sign-in"))
    assert texts(page, "//main//code") == ["mat-khau-mau-1", "canbo", "truongson"]
    assert "phường Bãi Cát" in words(page)


def test_a_trial_without_the_sample_shows_no_accounts(cast, settings):
    make_user("staff", cast.city, "canbo", full_name="Nguyễn Văn Thật")
    make_user("staff", cast.city, "other", full_name=SAMPLE)
    settings.DEBUG = True
    assert texts(Client().get(reverse("sign-in")), "//main//code") == []


def test_an_office_never_shows_accounts(cast, settings):
    make_user("staff", cast.city, "canbo", full_name=SAMPLE)
    settings.DEBUG = False
    assert texts(Client().get(reverse("sign-in")), "//main//code") == []


def test_an_anonymous_page_offers_no_navigation(db):
    page = Client().get(reverse("sign-in"))
    assert texts(page, "//nav") == []


@pytest.mark.parametrize(
    ("referer", "page"),
    [
        ("testserver/plans/import/?a=1", "/plans/import/?a=1"),
        ("elsewhere/plans/import/", "/"),
        ("[broken", "/"),
        ("", "/"),
    ],
)
def test_who_presses_a_button_after_the_sign_in_has_ended_comes_back_to_its_page(client, cast, referer, page):
    pressed = client.post("/tasks/1/remove/", headers={"Referer": "//".join(["http:", referer])})
    assert pressed.url == f"/sign-in/?{urlencode({'next': page}, safe='/')}"
    asked = client.get(pressed.url)
    assert texts(asked, "//*[@role='status']") == [
        "Phiên đăng nhập đã hết nên thao tác vừa rồi chưa được thực hiện. Hãy đăng nhập rồi thực hiện lại."
    ]
    answer = client.post(pressed.url, {"username": "owner", "password": PASSWORD, "next": page})
    assert answer.url == page


def test_what_a_script_sends_leaves_no_message(client, db):
    client.post("/reports/1/keep/", headers={"Sec-Fetch-Mode": "cors"})
    assert texts(client.get("/sign-in/"), "//*[@role='status']") == []
