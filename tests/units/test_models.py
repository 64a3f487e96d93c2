from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from tests.factories import make_recipient, make_unit, make_user
from units.folding import fold
from units.models import Unit, User
from units.records import acting_as


def test_fold_drops_marks_case_and_spaces():
    assert fold("Ủy ban  MTTQ\u00a0phường ĐỒI Thông") == "uy ban mttq phuong doi thong"


@pytest.mark.django_db
def test_units_match_with_or_without_marks():
    unit = make_unit("phường Đồi Thông")
    make_unit("phường Bãi Cát")
    assert list(Unit.objects.matching("doi thong")) == [unit]
    assert list(Unit.objects.matching("Đồi")) == [unit]


@pytest.mark.django_db
def test_valid_on_counts_both_ends():
    unit = make_unit(valid_from=date(2023, 1, 1), valid_to=date(2025, 6, 30))
    for day, valid in [
        (date(2022, 12, 31), False),
        (date(2023, 1, 1), True),
        (date(2025, 6, 30), True),
        (date(2025, 7, 1), False),
    ]:
        assert (list(Unit.objects.valid_on(day)) == [unit], unit.is_valid_on(day)) == (valid, valid)


@pytest.mark.django_db
def test_officer_without_a_unit_is_refused_by_the_database(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=cast.owner.pk).update(unit=None)


@pytest.mark.django_db
def test_a_user_with_history_cannot_be_deleted(cast):
    with acting_as(cast.staff):
        make_unit("phường Mới")
    with pytest.raises(ProtectedError):
        cast.staff.delete()


@pytest.mark.django_db
def test_history_says_who(cast):
    with acting_as(cast.staff):
        unit = make_unit("phường Mới")
    assert unit.history.get().history_user == cast.staff


@pytest.mark.django_db
def test_roles_decide_the_admin_site(cast):
    assert {user.username: user.is_staff for user in User.objects.all()} == {
        "admin": True,
        "staff": True,
        "leader": False,
        "owner": False,
        "outsider": False,
    }


@pytest.mark.django_db
def test_superuser_is_an_admin():
    assert User.objects.create_superuser("root", "mat-khau-dai", full_name="Gốc").role == "admin"


@pytest.mark.django_db(transaction=True)
def test_row_and_history_are_written_together(monkeypatch):
    """A failing history write takes the row back with it."""

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(Unit.history.model, "save", fail)
    with pytest.raises(RuntimeError):
        make_unit("phường Hỏng", code="hong")
    assert not Unit.objects.filter(code="hong").exists()


def test_make_user_is_checked(db):
    with pytest.raises(Exception, match=r"officer|đơn vị|unit"):
        make_user("officer", None)


@pytest.mark.django_db
def test_a_unit_of_a_distribution_list_cannot_be_deleted(cast, work):
    stays = make_recipient(work.plan, (make_unit("phường Chỉ Nhận", code="only-receives"),))
    with pytest.raises(ProtectedError):
        stays.units.get().delete()
    make_unit("phường Thừa", code="spare").delete()
    assert Unit.objects.filter(code__in=["only-receives", "spare"]).values_list("code", flat=True).get() == (
        "only-receives"
    )
