from django.urls import reverse


def test_signing_out_ends_the_session_and_leads_to_the_sign_in(cast, as_user):
    client = as_user(cast.owner)
    response = client.post(reverse("sign-out"))
    assert (response.status_code, response["Location"]) == (302, reverse("sign-in"))
    assert "_auth_user_id" not in client.session
    assert client.get("/")["Location"] == f"{reverse('sign-in')}?next=/"


def test_a_mere_link_signs_nobody_out(cast, as_user):
    client = as_user(cast.owner)
    assert client.get(reverse("sign-out")).status_code == 405
    assert client.session["_auth_user_id"] == str(cast.owner.pk)


def test_a_second_click_leads_to_the_sign_in_too(cast, as_user):
    client = as_user(cast.owner)
    client.post(reverse("sign-out"))
    assert client.post(reverse("sign-out"))["Location"].startswith(reverse("sign-in"))


def test_what_was_not_told_yet_is_not_told_to_the_next_person(cast, as_user):
    client = as_user(cast.owner)
    data = {
        "old_password": "mat-khau-thu",
        "new_password1": "mot-hai-ba-bon",
        "new_password2": "mot-hai-ba-bon",
    }
    cast.owner.set_password(data["old_password"])
    cast.owner.save()
    client.force_login(cast.owner)
    assert client.post(reverse("change-password"), data).status_code == 302
    assert client.cookies["messages"].value
    client.post(reverse("sign-out"))
    assert client.cookies["messages"].value == ""
