import pytest
from django.urls import reverse

from tests.factories import make_letterhead, make_unit
from tests.pages import HOSTILE_NUMBERS, HOSTILE_TEXTS, form_data, in_english, links, texts, tree, words
from units.models import Letterhead, Signer, Unit

ERRORS = "//main//*[contains(@class, 'invalid-feedback')] | //main//p[@class='text-danger']"
SHEET = "//main//*[contains(@class, 'letterhead-sheet')]"


@pytest.fixture
def address(cast) -> str:
    return reverse("edit-letterhead", args=[cast.ward.pk])


@pytest.fixture
def stored(cast) -> Letterhead:
    """With two further signers."""
    letterhead = make_letterhead(cast.ward, symbol="MTTQ-BTT", sent_to="Như trên\nLưu: VT")
    letterhead.signers.create(authority="KT. CHỦ TỊCH", position="PHÓ CHỦ TỊCH")
    letterhead.signers.create(authority="TL. BAN THƯỜNG TRỰC", position="CHÁNH VĂN PHÒNG")
    return letterhead


def add_signer(data: dict, **fields) -> dict:
    """What the page's own script does for "Add"."""
    place = data["signers-TOTAL_FORMS"][0]
    data["signers-TOTAL_FORMS"] = [str(int(place) + 1)]
    return data | {f"signers-{place}-{name}": value for name, value in fields.items()}


def history_of(model) -> list[tuple]:
    records = model.history.order_by("history_id").select_related("history_user")
    return [(record.history_type, record.history_user and record.history_user.username) for record in records]


def test_the_page_holds_what_is_stored(cast, as_user, address, stored):
    data = form_data(as_user(cast.staff).get(address))
    assert (data["issuer_name"], data["place"]) == (
        ["ỦY BAN MTTQ VIỆT NAM\r\nTHÀNH PHỐ MẪU"],
        ["Thành phố Mẫu"],
    )
    assert (data["signers-TOTAL_FORMS"], data["signers-1-position"]) == (["2"], ["CHÁNH VĂN PHÒNG"])


def test_a_unit_without_one_gets_what_its_name_suggests_and_nothing_is_stored(cast, as_user, address):
    page = in_english(as_user(cast.staff)).get(address)
    data = form_data(page)
    assert data["issuer_name"] == ["ỦY BAN MTTQ VIỆT NAM\r\nPHƯỜNG BÃI CÁT\r\nBAN THƯỜNG TRỰC"]
    assert (data["place"], data["superior_name"]) == (
        ["Bãi Cát"],
        ["ỦY BAN MTTQ VIỆT NAM MTTQ THÀNH PHỐ"],
    )
    assert words(page, "//main//form/div[@class='note']").startswith("This unit has none yet.")
    assert Letterhead.objects.count() == 0


def test_the_suggestion_is_saved_as_it_is(cast, as_user, address):
    client = as_user(cast.staff)
    response = client.post(address, form_data(client.get(address)))
    # Back to where the person came from: the unit's page unless another was named.
    assert response["Location"] == cast.ward.get_absolute_url()
    assert Letterhead.objects.values_list("unit", "place").get() == (cast.ward.pk, "Bãi Cát")
    assert history_of(Letterhead) == [("+", "staff")]


def test_saving_without_a_change_writes_no_history(cast, as_user, address, stored):
    client = as_user(cast.staff)
    client.post(address, form_data(client.get(address)))
    assert (Letterhead.history.count(), Signer.history.count()) == (1, 2)


def test_everything_changes_comes_and_goes_in_one_post(cast, as_user, address, stored):
    client = as_user(cast.staff)
    data = form_data(client.get(address))
    data |= {"superior_name": "", "issuer_name": " HỘI\u00a0 MẪU \r\n\r\nPHƯỜNG BÃI CÁT", "symbol": "HM – VP"}
    data |= {"sent_to": "- Lưu: VT.\r\n- Đảng ủy (b/c);", "signer_name": "Nguyễn Văn A"}
    data |= {"signers-0-DELETE": "on", "signers-1-name": "Trần Thị B"}
    data = add_signer(data, authority="TUQ. BAN THƯỜNG TRỰC", position="ỦY VIÊN", name="")
    assert client.post(address, data).status_code == 302
    stored.refresh_from_db()
    assert (stored.superior_name, stored.issuer_name, stored.symbol, stored.sent_to, stored.signer_name) == (
        "",
        "HỘI MẪU\nPHƯỜNG BÃI CÁT",
        "HM-VP",
        "Đảng ủy (b/c)\nLưu: VT",
        "Nguyễn Văn A",
    )
    assert list(stored.signers.values_list("authority", "position", "name")) == [
        ("TL. BAN THƯỜNG TRỰC", "CHÁNH VĂN PHÒNG", "Trần Thị B"),
        ("TUQ. BAN THƯỜNG TRỰC", "ỦY VIÊN", ""),
    ]
    assert history_of(Letterhead)[1:] == [("~", "staff")]
    assert history_of(Signer)[2:] == [("-", "staff"), ("~", "staff"), ("+", "staff")]


def test_an_added_row_that_stays_empty_is_nobody(cast, as_user, address, stored):
    client = as_user(cast.staff)
    data = add_signer(form_data(client.get(address)), authority="", position=" ", name="")
    assert client.post(address, data).status_code == 302
    assert stored.signers.count() == 2


def test_errors_say_what_and_where_and_what_was_typed_stays(cast, as_user, address, stored):
    client = in_english(as_user(cast.staff))
    data = form_data(client.get(address))
    data |= {"issuer_name": "A\r\nB\r\nC\r\nD\r\nE\r\nF", "symbol": "05/BC", "place": "\u202e"}
    data |= {"superior_name": "A\r\n" + "Ă" * 121, "signers-1-authority": "", "signers-1-position": ""}
    response = client.post(address, data)
    assert texts(response, ERRORS) == [
        "Line 2 has 121 characters: at most 120 fit. Make it two lines.",
        "Give at most 5 lines: these are 6.",
        "Give the part behind the kind of paper alone, without number or stroke: MTTQ-BTT",
        "This field cannot be blank.",
        "Give the position or the name of who signs.",
    ]
    assert texts(response, "//main//*[@data-problems]//li") == [
        "Superior body",
        "Issuing body",
        "Symbol",
        "Place",
    ]
    assert form_data(response)["symbol"] == ["05/BC"]
    assert history_of(Letterhead) == [("+", None)]


def test_the_paper_beside_the_form_is_what_would_be_printed(cast, as_user, address, stored):
    page = as_user(cast.staff).get(address)
    printed = "//*[self::p or self::h1]"
    paper, second, third = (" ".join(texts(page, f"({SHEET})[{place}]{printed}")) for place in (1, 2, 3))
    assert paper.strip() == (
        "ỦY BAN MTTQ VIỆT NAM TỈNH MẪU ỦY BAN MTTQ VIỆT NAM THÀNH PHỐ MẪU CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM "
        "Độc lập - Tự do - Hạnh phúc Số: /BC-MTTQ-BTT Thành phố Mẫu, ngày tháng năm 20 BÁO CÁO "
        "Kết quả thực hiện … … Nơi nhận: - Như trên; - Lưu: VT. TM. BAN THƯỜNG TRỰC CHỦ TỊCH"
    )
    assert second.strip().endswith("- Lưu: VT. KT. CHỦ TỊCH PHÓ CHỦ TỊCH")
    assert third.strip().endswith("- Lưu: VT. TL. BAN THƯỜNG TRỰC CHÁNH VĂN PHÒNG")


def test_without_scripts_a_button_shows_what_is_typed_and_stores_nothing(cast, as_user, address, stored):
    client = as_user(cast.staff)
    data = form_data(client.get(address)) | {"place": "Bãi Sậy", "preview": "1"}
    response = client.post(address, data)
    assert response.status_code == 200
    assert "Bãi Sậy, ngày" in words(response, SHEET)
    assert form_data(response)["place"] == ["Bãi Sậy"]
    assert Letterhead.objects.get().place == "Thành phố Mẫu"
    assert client.post(address, form_data(response)).status_code == 302
    assert Letterhead.objects.get().place == "Bãi Sậy"


def test_the_slower_of_two_is_told_and_keeps_the_own_text(cast, as_user, address, stored):
    first, second = in_english(as_user(cast.staff)), in_english(as_user(cast.admin))
    mine, theirs = form_data(first.get(address)), form_data(second.get(address))
    first.post(address, mine | {"place": "Bãi Sậy", "signers-0-name": "Nguyễn Văn A"})
    response = second.post(address, theirs | {"symbol": "MTTQ"})
    assert response.status_code == 200
    told = " ".join(texts(response, "//main//*[@role='alert']//li"))
    assert ("Place: Thành phố Mẫu → Bãi Sậy" in told, "Signer's name: Nguyễn Văn A" in told) == (True, True)
    assert Letterhead.objects.values_list("place", "symbol").get() == ("Bãi Sậy", "MTTQ-BTT")
    assert second.post(address, form_data(response)).status_code == 302
    assert Letterhead.objects.values_list("place", "symbol").get() == ("Thành phố Mẫu", "MTTQ")


def test_the_slower_of_two_stores_the_page_as_it_was_seen(cast, as_user, address, stored):
    """Whom the other added is not on it, and what the other took away is."""
    first, second = as_user(cast.staff), in_english(as_user(cast.admin))
    mine, theirs = form_data(first.get(address)), form_data(second.get(address))
    mine = add_signer(mine, authority="", position="ỦY VIÊN", name="") | {"sent_to": "Như trên\r\nBan (b/c)"}
    assert first.post(address, mine).status_code == 302
    response = second.post(address, theirs | {"signers-1-name": "Trần B"})
    assert stored.signers.count() == 3
    told = " ".join(texts(response, "//main//*[@role='alert']//li"))
    assert "Recipients of its papers: Như trên; Lưu: VT → Như trên; Ban (b/c)" in told
    assert second.post(address, form_data(response)).status_code == 302
    stored.refresh_from_db()
    assert (list(stored.signers.values_list("position", "name")), stored.sent_to) == (
        [("PHÓ CHỦ TỊCH", ""), ("CHÁNH VĂN PHÒNG", "Trần B")],
        "Như trên\nLưu: VT",
    )
    assert history_of(Signer)[2:] == [("+", "staff"), ("~", "admin"), ("-", "admin")]


def test_a_name_alone_is_no_signer(cast, as_user, address, stored):
    client = in_english(as_user(cast.staff))
    data = add_signer(form_data(client.get(address)), authority="", position=" ", name="Nguyễn Văn B")
    response = client.post(address, data)
    said = ["Give the position as well: above a name alone the paper prints dots."]
    assert (texts(response, ERRORS), stored.signers.count()) == (said, 2)
    assert client.post(address, data | {"signers-2-authority": "TL. CHỦ TỊCH"}).status_code == 302


def test_without_scripts_a_button_gives_a_row_for_one_more_signer(cast, as_user, address, stored):
    client = as_user(cast.staff)
    data = form_data(client.get(address)) | {"place": "Bãi Sậy", "preview": "signer"}
    response = client.post(address, data)
    rows = tree(response).xpath("//details[@data-row]")
    assert [row.get("open") for row in rows] == [None, None, ""]
    data = form_data(response)
    assert (data["signers-2-position"], data["place"]) == ([""], ["Bãi Sậy"])
    assert client.post(address, data | {"signers-2-position": "ỦY VIÊN"}).status_code == 302
    assert list(stored.signers.values_list("position", flat=True))[2:] == ["ỦY VIÊN"]


@pytest.mark.parametrize("count", ["abc", "9" * 5000, "", "²", "-1"])
def test_a_row_more_than_any_number_breaks_nothing(cast, as_user, address, stored, count):
    client = as_user(cast.staff)
    data = form_data(client.get(address)) | {"signers-TOTAL_FORMS": count, "preview": "signer"}
    assert client.post(address, data).status_code == 200


def test_of_two_who_write_the_first_one_the_second_is_told(cast, as_user, address):
    first, second = as_user(cast.staff), in_english(as_user(cast.admin))
    mine, theirs = form_data(first.get(address)), form_data(second.get(address))
    assert first.post(address, mine | {"place": "Bãi Sậy"}).status_code == 302
    response = second.post(address, theirs | {"place": "Bãi Đá"})
    assert "Added letterhead" in words(response, "//main//*[@role='alert']")
    assert (Letterhead.objects.get().place, form_data(response)["place"]) == ("Bãi Sậy", ["Bãi Đá"])
    assert second.post(address, form_data(response)).status_code == 302
    assert Letterhead.objects.get().place == "Bãi Đá"


def test_it_leads_back_to_the_list_it_was_opened_from(cast, as_user, address, stored):
    client = as_user(cast.staff)
    listed = f"{reverse('list-letterheads')}?gaps=1#unit-{cast.ward.pk}"
    page = client.get(address, {"next": listed})
    assert listed in links(page)
    assert client.post(address, form_data(page))["Location"] == listed
    page = client.get(address, {"next": "https://elsewhere.example/"})
    assert client.post(address, form_data(page))["Location"] == cast.ward.get_absolute_url()


def test_a_signer_of_another_unit_is_not_touched(cast, as_user, address, stored):
    foreign = make_letterhead(cast.other_ward).signers.create(position="ỦY VIÊN")
    client = as_user(cast.staff)
    data = form_data(client.get(address)) | {"signers-0-id": foreign.pk, "signers-0-name": "Kẻ lạ"}
    client.post(address, data)
    client.post(address, data | {"signers-0-DELETE": "on"})
    foreign.refresh_from_db()
    assert (foreign.name, foreign.letterhead.unit) == ("", cast.other_ward)
    # The own one, which the page no longer named, is gone.
    assert stored.signers.count() == 1


def test_a_signer_whom_somebody_removed_meanwhile_can_be_gone_on_without(cast, as_user, address, stored):
    client = in_english(as_user(cast.staff))
    data = form_data(client.get(address)) | {"signers-0-name": "Nguyễn Văn A"}
    stored.signers.first().delete()
    response = client.post(address, data)
    assert "Somebody removed this line meanwhile." in words(response)
    again = form_data(response) | {"signers-0-DELETE": "on"}
    assert client.post(address, again).status_code == 302
    assert stored.signers.count() == 1


def test_more_signers_than_a_form_takes_are_refused(cast, as_user, address, stored):
    client = as_user(cast.staff)
    data = form_data(client.get(address))
    for number in range(30):
        data = add_signer(data, position=f"Phó {number}")
    assert client.post(address, data).status_code == 200
    assert stored.signers.count() == 2


@pytest.mark.parametrize("name", ["TOTAL_FORMS", "INITIAL_FORMS"])
def test_broken_management_fields_change_nothing(cast, as_user, address, stored, name):
    client = as_user(cast.staff)
    whole = form_data(client.get(address)) | {"place": "Bãi Sậy"}
    for number in ["abc", "9" * 5000, "", "\x00", "1e9"]:
        assert client.post(address, whole | {f"signers-{name}": number}).status_code == 200
    without = {key: value for key, value in whole.items() if key != f"signers-{name}"}
    assert client.post(address, without).status_code == 200
    assert Letterhead.objects.get().place == "Thành phố Mẫu"


@pytest.mark.parametrize("preview", [{}, {"preview": "1"}])
def test_hostile_values_in_every_field_break_nothing(cast, as_user, address, stored, preview):
    client = as_user(cast.staff)
    whole = form_data(client.get(address))
    fields = [name for name in whole if not name.endswith("_FORMS") and name != "csrfmiddlewaretoken"]
    for text in [*HOSTILE_NUMBERS, *HOSTILE_TEXTS, "\n" * 5000, "Ă " * 3000, "A\n" * 1000]:
        response = client.post(address, whole | dict.fromkeys(fields, text) | preview)
        assert response.status_code in (200, 302), text
        assert "<script>x" not in response.content.decode()


def test_a_text_of_markup_is_printed_as_it_is(cast, as_user, address, stored):
    client = as_user(cast.staff)
    data = form_data(client.get(address)) | {"issuer_name": "<b>A</b> {{ 7 }}", "preview": "1"}
    assert "<B>A</B> {{ 7 }}" in words(client.post(address, data), SHEET)


@pytest.mark.parametrize("more", [0, 15])
def test_many_signers_ask_no_more_than_few(cast, as_user, address, stored, django_assert_num_queries, more):
    for number in range(more):
        stored.signers.create(position=f"Phó {number}")
    client = as_user(cast.staff)
    with django_assert_num_queries(9):
        client.get(address)


def test_the_long_name_of_a_ward_breaks_within_its_half(cast, as_user):
    name = "Ủy ban Mặt trận Tổ quốc Việt Nam xã Nguyễn Nghiêm Trường Thượng"
    unit = make_unit("xã Nguyễn Nghiêm Trường Thượng", Unit.Kind.WARD, name=name)
    page = in_english(as_user(cast.staff)).get(reverse("edit-letterhead", args=[unit.pk]))
    assert texts(page, f"{SHEET}//*[@class='issuer']") == [
        "ỦY BAN MẶT TRẬN",
        "TỔ QUỐC VIỆT NAM",
        "XÃ NGUYỄN NGHIÊM",
        "TRƯỜNG THƯỢNG",
        "BAN THƯỜNG TRỰC",
    ]
    wide = "//main//*[@data-preview]/p"
    assert texts(page, wide)[-1].startswith("“XÃ NGUYỄN NGHIÊM TRƯỜNG THƯỢNG” is wider than its half")


def test_what_is_empty_leaves_gaps_and_no_empty_lines(cast, as_user, address):
    make_letterhead(
        cast.ward, superior_name="", issuer_name="HỘI MẪU", signing_authority="", signer_position=""
    )
    page = as_user(cast.staff).get(address)
    assert texts(page, f"{SHEET}//*[@class='superior']") == []
    assert texts(page, f"{SHEET}//*[@class='number']") == ["Số: /…………"]
    assert texts(page, f"{SHEET}//*[contains(@class, 'signature')]/p") == ["…" * 12, ""]
    assert texts(page, f"{SHEET}//*[contains(@class, 'sent-to')]/p") == [
        "Nơi nhận:",
        "- ………………;".replace("………………", "…" * 8),
        "- Lưu: VT.",
    ]


def test_the_form_works_without_scripts_and_names_its_preview_for_them(cast, as_user, address, stored):
    page = tree(as_user(cast.staff).get(address))
    assert page.xpath("//form/@data-preview-at") == [reverse("preview-letterhead", args=[cast.ward.pk])]
    assert page.xpath("//form//button[@name='preview']/@value") == ["1", "signer"]
