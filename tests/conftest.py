"""The cast: the same few people in every test, and one plan that the owner's unit has a part in."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Barrier, Thread
from time import monotonic
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, connections
from django.http import HttpResponseBase
from django.test import Client

from config.catalogue import compile_catalogue
from config.garbage import look_for_garbage_seldom
from reports import guards
from tests.factories import (
    make_assignment,
    make_group,
    make_plan,
    make_recipient,
    make_task,
    make_unit,
    make_user,
)
from tests.presses import end_presses
from units.models import Unit


def pytest_configure() -> None:
    """Tests read the catalogue as it is, not as it was when the product was set up."""
    compile_catalogue()


def pytest_collection_finish() -> None:
    look_for_garbage_seldom()


@pytest.fixture(autouse=True)
def _fast_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _evidence_of_the_tests(settings, tmp_path_factory):
    evidence = settings.STORAGES["evidence"]
    options = {**evidence["OPTIONS"], "location": tmp_path_factory.getbasetemp() / "evidence"}
    settings.STORAGES = {**settings.STORAGES, "evidence": {**evidence, "OPTIONS": options}}


@pytest.fixture(autouse=True)
def _papers_of_the_tests(settings, papers_folder):
    settings.PAPERS_ROOT = papers_folder


@pytest.fixture(scope="session")
def papers_folder(tmp_path_factory) -> Iterator[Path]:
    """Of all tests of this process. Whatever press a test has started ends with them."""
    folder = tmp_path_factory.mktemp("papers")
    yield folder
    end_presses(folder)


@pytest.fixture
def printed() -> Callable[[Client, str], HttpResponseBase]:
    """`printed(client, address)`: the file that a page for printing leads to, once it is there."""

    def follow(client: Client, address: str) -> HttpResponseBase:
        response = client.get(address, follow=True)
        until = monotonic() + 60
        while response.status_code == 202:
            assert monotonic() < until, address
            response = client.get(response.request["PATH_INFO"])
        return response

    return follow


@pytest.fixture(autouse=True)
def _final_rows_leave_with_their_test(request):
    """Between tests that commit, Django empties every table: only then may accepted reports go."""
    marker = request.node.get_closest_marker("django_db")
    commits = {"transactional_db", "live_server"} & set(request.fixturenames)
    if not (commits or (marker and marker.kwargs.get("transaction"))):
        yield
        return
    request.getfixturevalue("transactional_db")
    guards.install(connection)
    yield
    guards.remove(connection)


@pytest.fixture
def cast(db) -> SimpleNamespace:
    """City, two wards, and a person of every role; `owner` is the officer of `ward`."""
    city = make_unit("MTTQ thành phố", Unit.Kind.CITY, code="city")
    ward = make_unit("phường Bãi Cát", code="bai-cat")
    other_ward = make_unit("phường Đồi Thông", code="doi-thong")
    return SimpleNamespace(
        city=city,
        ward=ward,
        other_ward=other_ward,
        admin=make_user("admin", city, "admin", full_name="Quản trị"),
        staff=make_user("staff", city, "staff", full_name="Cán bộ thành phố"),
        leader=make_user("leader", city, "leader", full_name="Lãnh đạo"),
        owner=make_user("officer", ward, "owner", full_name="Cán bộ phường Bãi Cát"),
        outsider=make_user("officer", other_ward, "outsider", full_name="Cán bộ phường Đồi Thông"),
    )


@pytest.fixture
def work(cast) -> SimpleNamespace:
    """One plan with one task, given to the owner's ward and to nobody else."""
    plan = make_plan(issuing_unit=cast.city)
    group = make_group(plan)
    task = make_task(group, title="Tổ chức hội nghị học tập", text="Tổ chức hội nghị học tập ở cơ sở.")
    return SimpleNamespace(
        plan=plan,
        group=group,
        task=task,
        assignment=make_assignment(task, cast.ward),
        recipient=make_recipient(plan, (cast.ward,), name="Các phường"),
    )


@pytest.fixture
def as_user():
    """A signed-in client: `as_user(cast.staff)`; None stays anonymous."""

    def sign_in(user) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def at_once(tmp_path, monkeypatch) -> Callable[..., list]:
    """Runs the acts in threads that start together; gives what each returned or raised.

    SQLite: threads share a database in memory with locks that no office meets, so a copy of it in a file
    takes its place, opened as the product opens its own.
    """

    def run(*acts: Callable[[], Any]) -> list:
        answers: list[Any] = [None] * len(acts)
        start = Barrier(len(acts))

        def act(place: int) -> None:
            try:
                start.wait(10)
                answers[place] = acts[place]()
            except Exception as error:
                answers[place] = error
            finally:
                connections.close_all()

        threads = [Thread(target=act, args=[place]) for place in range(len(acts))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        return answers

    def run_on_a_file(*acts: Callable[[], Any]) -> list:
        path = tmp_path / "copy.sqlite3"
        if not path.exists():
            connection.ensure_connection()
            copy = sqlite3.connect(path)
            connection.connection.backup(copy)
            copy.close()
        with monkeypatch.context() as patch:
            # New connections read this; the one of the test stays as it is.
            patch.setitem(connection.settings_dict, "NAME", str(path))
            return run(*acts)

    return run_on_a_file if connection.vendor == "sqlite" else run
