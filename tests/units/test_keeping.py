"""What is kept is shown as long as the data is the same, and to nobody else than before."""

import re
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import make_user
from tests.pages import form_data
from units.keeping import PAGES, STATES, Keep, data_version, from_kept, present

pytestmark = pytest.mark.django_db(transaction=True)

# The session, the person, the plan, the version of the data; for the last SQLite has a connection of its own.
QUERIES = {"sqlite": 3, "postgresql": 4}


@pytest.fixture(autouse=True)
def _nothing_kept():
    PAGES.found.clear()
    STATES.found.clear()


@pytest.fixture
def address(work) -> str:
    return reverse("list-work", args=[work.plan.pk])


def in_another_connection(act) -> None:
    """A thread has connections of its own."""

    def alone() -> None:
        act()
        connection.close()

    thread = Thread(target=alone)
    thread.start()
    thread.join(10)


def renamed(work, name: str) -> None:
    work.task.title = name
    work.task.save()


def test_the_second_time_a_page_costs_who_asks_and_whether_anything_changed(cast, address, as_user):
    client = as_user(cast.leader)
    first, costs = client.get(address), []
    # Whoever writes anything at all to the same server of PostgreSQL makes it be read anew.
    for _turn in range(50):
        with CaptureQueriesContext(connection) as queries:
            again = client.get(address)
        costs.append(len(queries))
        assert without_token(again) == without_token(first)
    assert min(costs) == QUERIES[connection.vendor]


def without_token(response) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value=")\w+', r"\1", response.content.decode())


def test_what_this_worker_writes_is_shown(cast, work, address, as_user):
    client = as_user(cast.leader)
    assert "Tổ chức hội nghị học tập" in client.get(address).content.decode()
    renamed(work, "Phát thanh")
    assert "Phát thanh" in client.get(address).content.decode()


def test_what_another_writes_is_shown(cast, work, address, as_user):
    client = as_user(cast.leader)
    client.get(address)
    in_another_connection(lambda: renamed(work, "Phát thanh"))
    assert "Phát thanh" in client.get(address).content.decode()


def test_all_threads_of_a_worker_share_what_is_kept(cast, address, as_user):
    client, same = as_user(cast.leader), []
    # Whoever writes anything at all to the same server of PostgreSQL makes it be read anew.
    for _turn in range(50):
        client.get(address)
        (first,) = PAGES.found.values()
        in_another_connection(lambda: client.get(address))
        (again,) = PAGES.found.values()
        same.append(again is first)
    assert any(same)


def test_what_was_begun_before_a_page_was_kept_is_shown_once_it_is_committed(cast, work, address, as_user):
    if connection.vendor == "sqlite":
        pytest.skip("one writes while others read: only PostgreSQL's tests have connections that can")
    client, written, go_on = as_user(cast.leader), Event(), Event()

    def slowly() -> None:
        with transaction.atomic():
            renamed(work, "Phát thanh")
            written.set()
            go_on.wait(10)

    thread = Thread(target=in_another_connection, args=[slowly])
    thread.start()
    written.wait(10)
    # What is committed first was begun last.
    make_user("leader", cast.city, "other")
    assert "Phát thanh" not in client.get(address).content.decode()
    go_on.set()
    thread.join(10)
    assert "Phát thanh" in client.get(address).content.decode()


def test_the_head_of_a_kept_page_is_the_person_s_own(cast, address, as_user):
    other = make_user("leader", cast.city, "other", full_name="Phó Chủ tịch")
    as_user(cast.leader).get(address)
    page = as_user(other).get(address).content.decode()
    assert "Phó Chủ tịch" in page
    assert "Lãnh đạo" not in re.sub(r"menu-items.*?</div>\s*</div>", "", page, flags=re.S).split("<main")[0]


def test_who_is_shown_a_kept_page_can_sign_out(cast, address, as_user):
    as_user(cast.leader).get(address)
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.leader)
    page = client.get(address).content.decode()
    tokens = re.findall(r'csrfmiddlewaretoken" value="(\w+)"', page)
    sent = [client.post(reverse("sign-out"), {"csrfmiddlewaretoken": token}) for token in tokens]
    assert [response.status_code for response in sent] == [302, 302]


def test_nothing_that_is_kept_holds_a_token_or_a_name(cast, work, as_user):
    client, plan = as_user(cast.staff), work.plan.pk
    of_plan = ("show-plan", "list-work", "show-matrix", "show-reporting", "show-indicators", "list-remarks")
    addresses = [
        reverse("home"),
        *(reverse(name, args=[plan]) for name in of_plan),
        reverse("show-task", args=[work.task.pk]),
        reverse("show-assignment", args=[work.assignment.pk]),
        reverse("show-unit", args=[cast.ward.pk]),
    ]
    assert [client.get(address).status_code for address in addresses] == [200] * 10
    pages = [page for _version, page in PAGES.found.values()]
    assert len(pages) == 10
    assert [page for page in pages if "csrfmiddlewaretoken" in page or cast.staff.full_name in page] == []


def test_a_message_is_told_once_on_a_kept_page(cast, work, as_user):
    client, task = as_user(cast.staff), reverse("show-task", args=[work.task.pk])
    client.get(task)
    edit = reverse("edit-task", args=[work.task.pk])
    client.post(edit, form_data(client.get(edit)) | {"title": "Phát thanh"})
    assert [client.get(task).content.decode().count('class="note note-good"') for _turn in "ab"] == [1, 0]


def test_each_role_and_language_is_shown_its_own(cast, work, address, as_user):
    log = reverse("log-progress", args=[work.assignment.pk])
    pages = [as_user(who).get(address).content.decode() for who in (cast.leader, cast.staff)]
    assert [log in page for page in pages] == [False, True]
    client = as_user(cast.leader)
    client.post(reverse("set-language"), {"language": "en"})
    assert 'lang="en"' in client.get(address).content.decode()
    assert as_user(cast.owner).get(address).status_code == 403


@pytest.mark.parametrize("name", ["list-work", "show-task"])
def test_what_is_written_while_a_page_begins_is_shown_next_time(cast, work, as_user, monkeypatch, name):
    """The reader has read the plan when another writes: its page may be old, but is not kept as a new one."""
    client = as_user(cast.leader)
    address = reverse(name, args=[{"list-work": work.plan, "show-task": work.task}[name].pk])
    keep = Keep.get
    begun: list = []

    def write_first(self: Keep, key, make):
        if self is PAGES and not begun:
            begun.append(key)
            in_another_connection(lambda: renamed_all(work, "Phát thanh"))
        return keep(self, key, make)

    monkeypatch.setattr(Keep, "get", write_first)
    client.get(address)
    assert begun
    assert "<h1>Phát thanh</h1>" in client.get(address).content.decode()


def renamed_all(work, name: str) -> None:
    renamed(work, name)
    work.plan.title = name
    work.plan.save()


def kept_once(keep: Keep, key: str, value: str) -> Any:
    """As on a page of data that stays the same."""
    before = present.set("version")
    try:
        return keep.get(key, lambda: value)
    finally:
        present.reset(before)


def test_threads_ask_for_the_version_at_once(db):
    """More on Python 3.12 and later, where threads of one connection are switched within a statement."""
    found: set[Any] = set()

    def ask() -> None:
        found.update(data_version() for _time in range(2000))

    threads = [Thread(target=in_another_connection, args=[ask]) for _thread in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if connection.vendor == "sqlite":
        assert found == {data_version()}
    assert None not in found


def test_within_a_transaction_nothing_is_kept(work):
    keep: Keep[str] = Keep(2)
    with transaction.atomic():
        assert data_version() is None
        show = from_kept(lambda name: keep.get("title", lambda: name))
        assert [show(name) for name in "ab"] == ["a", "b"]


def test_outside_of_views_that_may_nothing_is_kept(work):
    keep: Keep[str] = Keep(2)
    assert [keep.get("title", lambda name=name: name) for name in "ab"] == ["a", "b"]


def test_what_was_kept_yesterday_is_made_anew(work, time_machine):
    keep: Keep[str] = Keep(2)
    show = from_kept(lambda name: keep.get("title", lambda: name))
    time_machine.move_to("2026-03-01T16:59:59Z")
    assert show("yesterday") == "yesterday"
    time_machine.move_to("2026-03-01T17:00:00Z")
    assert show("today") == "today"


def test_what_was_not_asked_for_lately_goes():
    keep: Keep[str] = Keep(2)
    for name in ("a", "b", "a", "c"):
        kept_once(keep, name, "once")
    assert [kept_once(keep, name, "again") for name in ("a", "c", "b")] == ["once", "once", "again"]
