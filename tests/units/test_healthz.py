from django.db import OperationalError, connection
from django.test import Client


def test_it_says_ok_and_no_more(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = Client().get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")
    assert response["Content-Type"] == "text/plain"
    assert "no-store" in response["Cache-Control"]
    assert response.cookies == {}


def test_a_head_request_is_enough(db):
    response = Client().head("/healthz")
    assert (response.status_code, response.content) == (200, b"")


def test_it_says_so_when_the_database_is_away(db, monkeypatch):
    def away(*args):
        raise OperationalError("disk of /srv/secret is full")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", away)
        response = Client().get("/healthz")
    assert (response.status_code, response.content) == (503, b"database unavailable")
