from datetime import date

import pytest
from django.urls import reverse

from tests.factories import PASSWORD, make_letterhead, make_recipient, make_unit, make_user
from units.models import Letterhead, Succession, Unit, User


def url(page: str, *args) -> str:
    return reverse(f"admin:{page}", args=args)


def inline_forms(*prefixes: str) -> dict:
    return {f"{prefix}-{part}_FORMS": 0 for prefix in prefixes for part in ("TOTAL", "INITIAL")}


def unit_data(unit: Unit, **fields) -> dict:
    data = {"kind": unit.kind, "name": unit.name, "short_name": unit.short_name, "code": unit.code}
    return {**data, **inline_forms("letterhead", "successions", "precedences"), **fields}


def user_data(user: User, **fields) -> dict:
    data = {"username": user.username, "full_name": user.full_name, "role": user.role, "is_active": "on"}
    return {**data, "unit": user.unit_id or "", **fields}


@pytest.mark.parametrize("person", ["nobody", "leader", "owner"])
def test_only_admins_and_staff_enter(cast, as_user, person):
    client = as_user(getattr(cast, person, None))
    for page in ("index", "units_unit_changelist", "units_user_changelist"):
        response = client.get(url(page))
        assert (response.status_code, response.url.partition("?")[2]) == (302, f"next={url(page)}")


def test_the_site_bears_our_name_and_look(cast, as_user):
    response = as_user(cast.admin).get(url("index"))
    assert response.context["site_header"] == response.context["site_title"]
    assert "Bám Sát" in response.context["site_header"]
    assert "admin-theme.css" in response.text
    assert "dark_mode.css" not in response.text
    assert "Authentication" not in response.text


def test_staff_see_what_staff_may_manage(cast, as_user):
    apps = as_user(cast.staff).get(url("index")).context["app_list"]
    models = {model["object_name"]: model["perms"] for app in apps for model in app["models"]}
    full = {"add": True, "change": True, "delete": True, "view": True}
    none = {"add": False, "change": False, "delete": False, "view": True}
    kept = {**full, "delete": False}
    assert {name: models.get(name) for name in ("Unit", "Succession", "User", "Letterhead")} == {
        "Unit": none,
        "Succession": none,
        "User": None,
        "Letterhead": kept,
    }
    assert {
        name: models[name] for name in ("Plan", "LegalBasis", "TaskGroup", "Recipient", "ImportDraft")
    } == {
        "Plan": kept,
        "LegalBasis": full,
        "TaskGroup": full,
        "Recipient": full,
        "ImportDraft": none,
    }
    assert (models["Task"], models["Assignment"]) == (full, full)


def test_staff_read_units_and_change_none(cast, as_user):
    client = as_user(cast.staff)
    page = url("units_unit_change", cast.ward.pk)
    assert client.get(page).status_code == 200
    assert client.post(page, unit_data(cast.ward, short_name="khác")).status_code == 403
    assert client.post(url("units_unit_add"), unit_data(cast.ward, code="khac")).status_code == 403
    assert client.post(url("units_unit_delete", cast.other_ward.pk), {"post": "yes"}).status_code == 403
    assert set(Unit.objects.values_list("short_name", flat=True)) == {
        "MTTQ thành phố",
        "phường Bãi Cát",
        "phường Đồi Thông",
    }


def test_staff_reach_no_account(cast, as_user):
    client = as_user(cast.staff)
    pages = ["change", "history", "delete"]
    assert [client.get(url(f"units_user_{page}", cast.owner.pk)).status_code for page in pages] == [403] * 3
    assert client.get(url("units_user_changelist")).status_code == 403
    assert client.get(url("auth_user_password_change", cast.owner.pk)).status_code == 403


def test_staff_correct_a_letterhead(cast, as_user):
    letterhead = make_letterhead(cast.ward)
    page = url("units_letterhead_change", letterhead.pk)
    data = {"unit": cast.ward.pk, "issuer_name": "ỦY BAN MTTQ\nPHƯỜNG BÃI CÁT", "place": "Bãi Cát"}
    data |= {"sent_to": "Lưu: VT\n- Như trên;", **inline_forms("signers")}
    data |= {
        "signers-TOTAL_FORMS": 1,
        "signers-0-authority": "KT. CHỦ TỊCH",
        "signers-0-position": "PHÓ CHỦ TỊCH",
    }
    assert as_user(cast.staff).post(page, data).status_code == 302
    letterhead.refresh_from_db()
    assert (letterhead.place, letterhead.sent_to) == ("Bãi Cát", "Như trên\nLưu: VT")
    assert letterhead.history.first().history_user == cast.staff
    assert str(letterhead.signers.get()) == "KT. CHỦ TỊCH PHÓ CHỦ TỊCH"


@pytest.mark.parametrize(
    ("page", "row"), [("units_unit_history", "unit"), ("units_letterhead_history", "letterhead")]
)
def test_the_history_of_a_unit_tells_of_its_letterhead_and_signers(cast, as_user, page, row):
    letterhead = make_letterhead(cast.ward)
    signer = letterhead.signers.create(position="PHÓ CHỦ TỊCH")
    make_letterhead(cast.other_ward, place="Nơi khác").signers.create(position="ỦY VIÊN")
    signer.delete()
    pk = {"unit": cast.ward.pk, "letterhead": letterhead.pk}[row]
    changes = as_user(cast.staff).get(url(page, pk)).context["changes"].object_list
    assert [(entry.action, entry.names) for entry in changes][:3] == [
        ("removed", ["PHÓ CHỦ TỊCH"]),
        ("added", ["PHÓ CHỦ TỊCH"]),
        ("added", ["ỦY BAN MTTQ VIỆT NAM THÀNH PHỐ MẪU"]),
    ]


def test_units_are_found_without_marks(cast, as_user):
    make_letterhead(cast.other_ward)
    client = as_user(cast.admin)
    for page, found in [
        ("units_unit_changelist", [cast.other_ward]),
        ("units_letterhead_changelist", [cast.other_ward.letterhead]),
        ("units_user_changelist", [cast.outsider]),
    ]:
        assert list(client.get(url(page), {"q": "doi THONG"}).context["cl"].result_list) == found


def test_units_are_offered_without_marks(cast, as_user):
    field = {"app_label": "units", "model_name": "user", "field_name": "unit", "term": "doi thong"}
    offered = as_user(cast.admin).get(url("autocomplete"), field).json()["results"]
    assert offered == [{"id": str(cast.other_ward.pk), "text": "phường Đồi Thông"}]


def more_rows(model: type, number: int) -> None:
    for _number in range(number):
        unit = make_unit()
        if model is Succession:
            Succession.objects.create(predecessor=unit, successor=make_unit(), effective_on=date(2025, 7, 1))
        elif model is Letterhead:
            make_letterhead(unit)
        elif model is User:
            make_user("officer", unit)


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(("model", "queries"), [(Unit, 5), (Succession, 5), (Letterhead, 5), (User, 5)])
def test_lists_ask_as_much_for_one_row_as_for_many(
    cast, as_user, django_assert_num_queries, model, queries, rows
):
    more_rows(model, rows)
    client = as_user(cast.admin)
    with django_assert_num_queries(queries):
        response = client.get(url(f"units_{model._meta.model_name}_changelist"))
    assert response.context["cl"].result_count >= rows


def test_admin_changes_a_unit_and_history_tells(cast, as_user, django_assert_num_queries):
    client = as_user(cast.admin)
    data = unit_data(cast.ward, short_name="phường Bãi Vàng", valid_to="30/06/2025")
    assert client.post(url("units_unit_change", cast.ward.pk), data).status_code == 302
    cast.ward.refresh_from_db()
    assert (cast.ward.valid_to, cast.ward.folded.split()[:3]) == (
        date(2025, 6, 30),
        ["phuong", "bai", "vang"],
    )
    with django_assert_num_queries(11):
        response = client.get(url("units_unit_history", cast.ward.pk))
    changed, added = response.context["changes"].object_list
    assert (changed.who, changed.action, added.action) == ("Quản trị", "changed", "added")
    assert [(field.old, field.new) for field in changed.fields] == [
        ("phường Bãi Cát", "phường Bãi Vàng"),
        ("", "30/06/2025"),
    ]
    assert "30/06/2025" in response.text


def test_history_is_read_and_never_written(cast, as_user):
    """simple-history's own page of one version would store what is posted to it."""
    client = as_user(cast.admin)
    version = f"{url('units_unit_history', cast.ward.pk)}{cast.ward.history.get().pk}/"
    client.post(version, unit_data(cast.ward, short_name="khác"))
    cast.ward.refresh_from_db()
    assert cast.ward.short_name == "phường Bãi Cát"
    assert cast.ward.history.count() == 1


def test_history_of_what_is_not_there_leads_back(cast, as_user):
    for pk in (999_999, "abc"):
        assert as_user(cast.admin).get(url("units_unit_history", pk)).status_code == 302


def test_a_unit_in_use_stays(cast, as_user, work):
    named_only = make_unit("phường Chỉ Nhận")
    make_recipient(work.plan, (named_only,), name="Phường Chỉ Nhận")
    client = as_user(cast.admin)
    for unit in (cast.ward, named_only):
        page = url("units_unit_delete", unit.pk)
        response = client.post(page, {"post": "yes"})
        assert response.status_code == 200
        assert (bool(response.context["protected"]), response.context["perms_lacking"]) == (True, set())
        assert client.get(page).status_code == 200
    chosen = {"action": "delete_selected", "_selected_action": [cast.ward.pk, named_only.pk], "post": "yes"}
    assert client.post(url("units_unit_changelist"), chosen).status_code == 200
    assert Unit.objects.filter(pk__in=[cast.ward.pk, named_only.pk]).count() == 2


def test_a_unit_of_no_use_goes(cast, as_user):
    unit = make_unit()
    assert as_user(cast.admin).post(url("units_unit_delete", unit.pk), {"post": "yes"}).status_code == 302
    assert not Unit.objects.filter(pk=unit.pk).exists()


def test_nobody_deletes_an_account(cast, as_user):
    client = as_user(cast.admin)
    assert client.post(url("units_user_delete", cast.leader.pk), {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [cast.leader.pk], "post": "yes"}
    client.post(url("units_user_changelist"), chosen)
    assert User.objects.filter(pk=cast.leader.pk).exists()


NEW = {
    "username": "moi",
    "full_name": "Cán bộ mới",
    "role": "officer",
    "password1": PASSWORD,
    "password2": PASSWORD,
}


def test_an_account_is_made_with_its_password(cast, as_user):
    assert as_user(cast.admin).post(url("units_user_add"), {**NEW, "unit": cast.ward.pk}).status_code == 302
    user = User.objects.get(username="moi")
    assert (user.role, user.unit, user.check_password(PASSWORD)) == ("officer", cast.ward, True)
    assert user.history.get().history_user == cast.admin


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"unit": ""}, "__all__"),
        ({"password2": "khac-hoan-toan-2026"}, "password2"),
        ({"password1": "12345678", "password2": "12345678"}, "password2"),
        ({"username": "OWNER"}, "username"),
        ({"role": ""}, "role"),
    ],
)
def test_a_wrong_account_is_not_made(cast, as_user, fields, wrong):
    data = {**NEW, "unit": cast.ward.pk, **fields}
    response = as_user(cast.admin).post(url("units_user_add"), data)
    assert list(response.context["adminform"].errors) == [wrong]
    assert User.objects.count() == 5


def test_an_officer_without_a_unit_is_a_form_error(cast, as_user):
    page = url("units_user_change", cast.owner.pk)
    response = as_user(cast.admin).post(page, user_data(cast.owner, unit=""))
    assert list(response.context["adminform"].errors) == ["__all__"]


def test_an_account_is_closed(cast, as_user):
    page = url("units_user_change", cast.owner.pk)
    data = user_data(cast.owner)
    del data["is_active"]
    assert as_user(cast.admin).post(page, data).status_code == 302
    cast.owner.refresh_from_db()
    assert (cast.owner.is_active, cast.owner.check_password(PASSWORD)) == (False, True)


@pytest.mark.parametrize("change", [{"role": "staff"}, {"is_active": ""}])
def test_the_last_administrator_stays_one(cast, as_user, change):
    make_user("admin", username="resting", is_active=False)
    page = url("units_user_change", cast.admin.pk)
    data = {key: value for key, value in user_data(cast.admin, **change).items() if value}
    client = as_user(cast.admin)
    response = client.post(page, data)
    assert [error.code for error in response.context["adminform"].errors.as_data()["__all__"]] == [
        "last_admin"
    ]
    make_user("admin", username="second")
    assert client.post(page, data).status_code == 302


def test_an_administrator_who_stays_may_change_the_rest(cast, as_user):
    page = url("units_user_change", cast.admin.pk)
    assert as_user(cast.admin).post(page, user_data(cast.admin, phone="0237 123")).status_code == 302


def test_a_new_password_is_set(cast, as_user):
    page = url("auth_user_password_change", cast.owner.pk)
    client = as_user(cast.admin)
    assert "usable_password" not in client.get(page).context["form"].fields
    for data in ({}, {"unset-password": "1"}, {"password1": "moi-tinh-2026", "password2": "khac-2026-tinh"}):
        assert client.post(page, data).context["form"].errors != {}
    new = {"password1": "moi-tinh-2026", "password2": "moi-tinh-2026"}
    assert client.post(page, new).status_code == 302
    cast.owner.refresh_from_db()
    assert cast.owner.check_password("moi-tinh-2026")
    assert cast.owner.history.first().history_user == cast.admin


def test_the_history_of_a_succession_opens_when_a_unit_of_its_past_is_deleted(cast, as_user):
    unit = make_unit("phường Tạm")
    succession = Succession.objects.create(
        predecessor=unit, successor=cast.other_ward, effective_on=date(2025, 7, 1)
    )
    succession.predecessor = cast.ward
    succession.save()
    unit.delete()
    for person in (cast.admin, cast.staff):
        response = as_user(person).get(url("units_succession_history", succession.pk))
        assert [entry.names for entry in response.context["changes"].object_list] == [
            ["phường Bãi Cát · phường Đồi Thông"],
            ["(đã xóa) · phường Đồi Thông"],
        ]


def test_a_new_password_stands_in_the_history_of_the_account(cast, as_user):
    client = as_user(cast.admin)
    data = {"password1": "mot-mat-khau-khac-7", "password2": "mot-mat-khau-khac-7"}
    assert client.post(url("auth_user_password_change", cast.owner.pk), data).status_code == 302
    response = client.get(url("units_user_history", cast.owner.pk))
    entries = response.context["changes"].object_list
    assert [(entry.who, entry.action, entry.fields) for entry in entries][:1] == [("Quản trị", "changed", [])]
    assert cast.owner.password not in response.text
    cast.owner.refresh_from_db()
    assert cast.owner.password not in response.text


@pytest.mark.parametrize("term", ["\x00", "doi\x00 thong", "\x00" * 300])
def test_no_sign_in_a_search_is_a_fault(cast, as_user, term):
    field = {"app_label": "units", "model_name": "user", "field_name": "unit", "term": term}
    assert as_user(cast.admin).get(url("autocomplete"), field).status_code == 200
    assert as_user(cast.admin).get(url("units_unit_changelist"), {"q": term}).status_code == 200
