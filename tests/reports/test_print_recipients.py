import pytest
from django.urls import reverse
from django.utils import translation

from tests.reports.documents.reading import texts


def url_of(plan) -> str:
    return reverse("print-recipients", args=[plan.pk])


@pytest.mark.parametrize("reader", ["admin", "staff", "leader", "owner"])
def test_readers_of_the_plan_get_its_list(reader, cast, work, as_user):
    response = as_user(getattr(cast, reader)).get(url_of(work.plan))
    assert response.status_code == 200
    assert "1. Các phường./." in texts(response.content)


def test_a_stranger_gets_404(cast, work, as_user):
    assert as_user(cast.outsider).get(url_of(work.plan)).status_code == 404


def test_a_missing_plan_is_404(cast, as_user):
    assert as_user(cast.staff).get(reverse("print-recipients", args=[404])).status_code == 404


def test_the_anonymous_sign_in_first(work, as_user):
    response = as_user(None).get(url_of(work.plan))
    assert (response.status_code, response.headers["Location"]) == (
        302,
        f"{reverse('sign-in')}?next={url_of(work.plan)}",
    )


def test_it_is_only_read(cast, work, as_user):
    assert as_user(cast.staff).post(url_of(work.plan)).status_code == 405


def test_it_opens_in_the_browser_under_a_name_and_is_kept_nowhere(cast, work, as_user):
    work.plan.number = '05/KH"\r\nX: y'
    work.plan.save()
    headers = as_user(cast.staff).get(url_of(work.plan)).headers
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Disposition"] == 'inline; filename="Noi-nhan-05-KH-X-y.pdf"'
    assert headers["Cache-Control"] == "private, no-store"


def test_expanded_on_request_only(cast, work, as_user):
    work.recipient.units.add(cast.other_ward)
    client, unit = as_user(cast.staff), "2. Ủy ban MTTQ Việt Nam phường Đồi Thông./."
    assert unit not in texts(client.get(url_of(work.plan)).content)
    expanded = client.get(url_of(work.plan), {"expanded": "1"})
    assert unit in texts(expanded.content)
    name = f"Noi-nhan-kem-don-vi-ke-hoach-{work.plan.pk}.pdf"
    assert expanded.headers["Content-Disposition"] == f'inline; filename="{name}"'


def test_the_paper_is_the_same_in_an_english_screen(cast, work, as_user):
    client = as_user(cast.staff)
    vietnamese = client.get(url_of(work.plan)).content
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        assert client.get(url_of(work.plan)).content == vietnamese
