import pytest
from django.test import Client, override_settings
from django.urls import reverse

from tests.pages import in_english, links, texts, tree, words


def test_an_unknown_address(cast, as_user):
    response = in_english(as_user(cast.owner)).get("/khong-co/")
    assert response.status_code == 404
    assert words(response, "//main//h2") == "This page is not here"
    assert links(response) == ["/"]
    assert reverse("show-unit", args=[cast.ward.pk]) in tree(response).xpath("//nav//a/@href")


def test_a_strangers_page_and_one_that_never_was_look_alike(cast, work, as_user):
    client = as_user(cast.outsider)
    theirs = client.get(reverse("show-task", args=[work.task.pk]))
    nobodys = client.get(reverse("show-task", args=[work.task.pk + 1000]))
    assert (theirs.status_code, nobodys.status_code) == (404, 404)
    assert words(theirs) == words(nobodys)
    assert "hội nghị" not in theirs.content.decode()


def test_a_reader_who_may_not_write(cast, work, as_user):
    response = in_english(as_user(cast.leader)).get(reverse("edit-plan", args=[work.plan.pk]))
    assert response.status_code == 403
    assert words(response, "//main//h2") == "You may not open this page"
    assert links(response) == ["/"]


def test_a_form_of_before_another_sign_in(cast, work):
    client = in_english(Client(enforce_csrf_checks=True))
    client.force_login(cast.staff)
    response = client.post(reverse("edit-task", args=[work.task.pk]), {"title": "Khác"})
    assert response.status_code == 403
    assert words(response, "//main//h2") == "The form was not accepted"
    work.task.refresh_from_db()
    assert work.task.title == "Tổ chức hội nghị học tập"


@override_settings(DATA_UPLOAD_MAX_NUMBER_FIELDS=3)
def test_a_request_that_cannot_be_read(cast, as_user, work):
    response = in_english(as_user(cast.staff)).post(
        reverse("edit-task", args=[work.task.pk]), {str(number): "x" for number in range(10)}
    )
    assert response.status_code == 400
    assert words(response, "//main//h1") == "This request could not be read"
    assert (links(response), texts(response, "//nav")) == (["/"], [])


@override_settings(DATA_UPLOAD_MAX_NUMBER_FIELDS=3)
@pytest.mark.parametrize(("language", "said"), [("vi", "Về trang đầu"), ("en", "To the first page")])
def test_a_request_that_cannot_be_read_is_told_in_the_readers_language(cast, as_user, language, said):
    client = as_user(cast.staff)
    client.cookies["django_language"] = language
    response = client.post(reverse("sign-out"), {str(number): "x" for number in range(10)})
    assert (response.status_code, texts(response, "//main//a")) == (400, [said])
    assert tree(response).get("lang") == language


@override_settings(DEBUG=True)
def test_a_trial_shows_our_own_page_and_no_addresses(cast, as_user):
    for path in ("/khong-co/", reverse("show-plan", args=[404])):
        response = in_english(as_user(cast.owner)).get(path)
        assert response.status_code == 404
        assert words(response, "//main//h2") == "This page is not here"
        assert "tasks.urls" not in response.content.decode()


def test_pages_of_signed_in_people_stay_in_no_cache(cast, work, as_user):
    for path in ("/", reverse("show-task", args=[work.task.pk]), "/khong-co/"):
        assert as_user(cast.staff).get(path).headers["Cache-Control"] == "private, no-store", path
    assert as_user(None).get(reverse("sign-in")).headers["Cache-Control"] != "private, no-store"


@pytest.mark.parametrize(("language", "said"), [("vi", "Về trang đầu"), ("en", "To the first page")])
def test_a_fault_of_ours_says_so_in_the_readers_language(cast, as_user, monkeypatch, language, said):
    def broken(request):
        raise RuntimeError("password of the database")

    monkeypatch.setattr("reports.views.home.officer_home", broken)
    client = as_user(cast.owner)
    client.raise_request_exception = False
    client.cookies["django_language"] = language
    response = client.get("/")
    assert response.status_code == 500
    assert "password of the database" not in response.content.decode()
    assert texts(response, "//main//a") == [said]
    assert tree(response).get("lang") == language


NO_NUMBERS = ["0", "-1", "9" * 19, "9" * 30, "9" * 5000, "abc", "1.5", "%00", "٣"]


@pytest.mark.parametrize(
    "path",
    [
        "plans/{}/",
        "plans/{}/edit/",
        "plans/{}/history/",
        "plans/{}/assign/",
        "plans/{}/tasks/add/",
        "plans/{}/documents/",
        "plans/{}/documents/recipients.pdf",
        "reports/{}/document.pdf",
        "plans/import/{}/",
        "plans/import/{}/keep/",
        "plans/import/{}/discard/",
        "tasks/{}/",
        "tasks/{}/edit/",
        "tasks/{}/remove/",
        "assignments/{}/edit/",
        "assignments/{}/remove/",
        "units/{}/",
    ],
)
def test_a_number_in_an_address_that_nothing_has(cast, as_user, path):
    client = as_user(cast.staff)
    found = {pk: client.post("/" + path.format(pk)).status_code for pk in NO_NUMBERS}
    # A page that is only read refuses the post before it looks for the row.
    assert set(found.values()) <= {404, 405}
    found = {pk: client.get("/" + path.format(pk)).status_code for pk in NO_NUMBERS}
    assert set(found.values()) <= {404, 405}
