"""The cast: the same few people in every test, and one plan that the owner's unit has a part in."""

from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client

from config.catalogue import compile_catalogue
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
from units.models import Unit


def pytest_configure() -> None:
    """Tests read the catalogue as it is, not as it was when the product was set up."""
    compile_catalogue()


@pytest.fixture(autouse=True)
def _fast_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _evidence_of_the_tests(settings, tmp_path_factory):
    evidence = settings.STORAGES["evidence"]
    options = {**evidence["OPTIONS"], "location": tmp_path_factory.getbasetemp() / "evidence"}
    settings.STORAGES = {**settings.STORAGES, "evidence": {**evidence, "OPTIONS": options}}


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
