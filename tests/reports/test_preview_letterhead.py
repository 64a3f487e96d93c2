import pytest
from django.urls import reverse

from tests.factories import make_letterhead
from tests.pages import HOSTILE_NUMBERS, HOSTILE_TEXTS, form_data, in_english, links, texts, words
from units.models import Letterhead
from units.records import acting_as

SHEET = "//*[contains(@class, 'letterhead-sheet')]"


@pytest.fixture
def address(cast) -> str:
    return reverse("preview-letterhead", args=[cast.ward.pk])


@pytest.fixture
def form_address(cast) -> str:
    return reverse("edit-letterhead", args=[cast.ward.pk])


def test_a_leader_reads_the_letterhead_with_its_history_and_is_offered_no_change(
    cast, as_user, address, form_address
):
    with acting_as(cast.staff):
        make_letterhead(cast.ward).signers.create(position="PHÓ CHỦ TỊCH")
    page = in_english(as_user(cast.leader)).get(address)
    assert texts(page, f"{SHEET}//*[@class='issuer']") == ["ỦY BAN MTTQ VIỆT NAM", "THÀNH PHỐ MẪU"]
    assert texts(page, "//main//ul[contains(@class, 'timeline')]/li/div[2]") == [
        "Added further signer: PHÓ CHỦ TỊCH",
        "Added letterhead: ỦY BAN MTTQ VIỆT NAM THÀNH PHỐ MẪU",
    ]
    assert words(page, "//main//*[@class='meta']") == "Open: symbol, signer's name, recipients of its papers"
    assert form_address not in links(page)
    assert form_address in links(as_user(cast.staff).get(address))


def test_of_a_unit_without_one_it_says_so(cast, as_user, address):
    page = in_english(as_user(cast.leader)).get(address)
    assert words(page, "//main//*[@class='note']").startswith("This unit has none yet.")
    assert texts(page, f"{SHEET}//*[@class='issuer']")[1] == "PHƯỜNG BÃI CÁT"
    assert Letterhead.objects.count() == 0


def test_what_is_typed_is_shown_alone_and_not_stored(cast, as_user, address, form_address):
    make_letterhead(cast.ward).signers.create(position="PHÓ CHỦ TỊCH")
    client = as_user(cast.staff)
    data = form_data(client.get(form_address))
    data |= {"place": "Bãi Sậy", "issuer_name": "", "symbol": "HM", "signers-0-DELETE": "on"}
    data |= {"signers-TOTAL_FORMS": "2", "signers-1-position": "ủy viên", "signers-1-name": ""}
    response = client.post(address, data)
    assert "<html" not in response.text
    assert texts(response, f"{SHEET}//*[@class='issuer']") == ["…" * 10]
    assert texts(response, f"{SHEET}//*[@class='dated']") == ["Bãi Sậy, ngày tháng năm 20"]
    assert texts(response, f"{SHEET}//*[@class='number']") == ["Số: /BC-HM"]
    assert texts(response, f"({SHEET})[2]//*[contains(@class, 'signature')]/p") == ["ỦY VIÊN", ""]
    assert (len(texts(response, SHEET)), Letterhead.history.count()) == (2, 1)


def test_it_asks_the_database_little_as_somebody_types(
    cast, as_user, address, form_address, django_assert_num_queries
):
    make_letterhead(cast.ward).signers.create(position="PHÓ CHỦ TỊCH")
    client = as_user(cast.staff)
    data = form_data(client.get(form_address))
    with django_assert_num_queries(5):
        client.post(address, data)


def test_hostile_values_in_every_field_are_shown_or_left_out(cast, as_user, address, form_address):
    make_letterhead(cast.ward).signers.create(position="PHÓ CHỦ TỊCH")
    client = as_user(cast.staff)
    whole = form_data(client.get(form_address))
    fields = [name for name in whole if name != "csrfmiddlewaretoken"]
    for text in [*HOSTILE_NUMBERS, *HOSTILE_TEXTS, "\n" * 5000, "Ă " * 3000, "ß\n" * 1000]:
        response = client.post(address, whole | dict.fromkeys(fields, text))
        assert (response.status_code, "<script" in response.text.casefold()) == (200, False), text
    assert client.post(address, {"unknown": "x"}).status_code == 200


@pytest.mark.parametrize("method", ["get", "post"])
def test_officers_read_no_letterhead(cast, as_user, address, method):
    make_letterhead(cast.ward)
    assert getattr(as_user(cast.owner), method)(address).status_code == 403
    assert getattr(as_user(cast.outsider), method)(address).status_code == 404
    assert as_user(cast.leader).post(address).status_code == 403
