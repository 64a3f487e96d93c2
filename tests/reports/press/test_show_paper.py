"""What a person sees of a paper that is printed."""

import os
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from reports.documents.formats import Format
from reports.press.desk import hand_in
from reports.press.room import Order, State
from tests.pages import HOSTILE_TEXTS, in_english, texts, tree, words
from tests.presses import end_presses
from tests.reports.press.conftest import paper_of

pytestmark = pytest.mark.django_db

STAGE = "//main//*[@role='status']"


@pytest.fixture
def address(cast, papers) -> str:
    return hand_in(paper_of(), Format.PDF, cast.staff)


@pytest.fixture
def waiting(cast, papers, shut, monkeypatch) -> str:
    """The address of a paper that nobody prints, seen without patience."""
    monkeypatch.setattr("reports.press.desk.PATIENCE", 0)
    return hand_in(paper_of(title="Về việc in chậm"), Format.PDF, cast.staff)


def order_at(papers) -> Order:
    [path] = papers.glob("*/orders/*")
    return Order(path.parent.parent.name, path.name)


def test_the_file_is_shown_in_the_browser_and_kept_by_nobody_else(cast, as_user, address, printed):
    response = printed(as_user(cast.staff), address)
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert response.getvalue()[:5] == b"%PDF-"
    assert response["Content-Disposition"] == 'inline; filename="in-thu.pdf"'
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("default-src 'none'; ")


def test_a_workbook_is_downloaded_from_a_page_with_a_button(cast, as_user, papers, printed):
    address = hand_in(paper_of(), Format.XLSX, cast.staff)
    client = as_user(cast.staff)
    response = printed(client, address)
    assert response["Content-Disposition"] == 'attachment; filename="in-thu.xlsx"'
    assert response["Content-Security-Policy"].endswith("; sandbox")
    page = client.get(f"{address}?waited=1")
    assert (page.status_code, texts(page, "//main//h1")) == (200, ["Văn bản đã in xong"])
    assert texts(page, f"//main//a[@href='{address}']") == ["Tải xuống"]
    told = client.get(address, headers={"Accept": "application/json"}).json()
    assert told == {"state": "kept", "next": f"{address}?waited=1"}


def test_a_paper_that_takes_long_tells_how_far_it_is(cast, as_user, waiting, papers):
    client = as_user(cast.staff)
    page = client.get(waiting)
    assert page.status_code == 202
    assert words(page) == (
        "Thông báo Về việc in chậm Đang in… Văn bản dài cần chờ một lát. Khi in xong, văn bản tự mở ra, "
        "không cần bấm lại. Đang chờ tới lượt. Có thể rời trang này: văn bản vẫn được in tiếp, "
        "bấm in lại là có ngay. Quay lại"
    )
    assert f'<meta http-equiv="refresh" content="2; url={waiting}?waited=1">' in page.content.decode()
    order_at(papers).count_try()
    assert words(client.get(waiting), STAGE) == "Đang dàn trang."
    order_at(papers).teller()(3, 40)
    assert words(client.get(waiting), STAGE) == "Đã xong 3/40 phần"
    told = client.get(waiting, headers={"Accept": "application/json"})
    assert (told.status_code, told.json()) == (
        200,
        {"state": "waiting", "progress": [3, 40], "stage": "Đã xong 3/40 phần"},
    )
    english = in_english(client).get(waiting)
    assert words(english, STAGE) == "3 of 40 parts are done"


def test_a_file_that_is_only_kept_says_that_its_download_begins(cast, as_user, papers, shut, monkeypatch):
    monkeypatch.setattr("reports.press.desk.PATIENCE", 0)
    page = as_user(cast.staff).get(hand_in(paper_of(), Format.DOCX, cast.staff))
    assert words(page, "//main//h1/following-sibling::p[1]") == (
        "Văn bản dài cần chờ một lát. Khi in xong, việc tải xuống tự bắt đầu, không cần bấm lại."
    )


@pytest.mark.parametrize(
    ("again", "back"),
    [
        ("", "/"),
        (
            "/plans/7/documents/summary.pdf?paper=x&number=05&title=G%E1%BB%ADi+%26",
            "/plans/7/documents/?paper=summary&number=05&title=G%E1%BB%ADi+%26",
        ),
        ("/reports/8/document.docx", "/reports/8/"),
    ],
)
def test_the_way_back_leads_to_where_it_was_chosen(cast, as_user, papers, shut, monkeypatch, again, back):
    monkeypatch.setattr("reports.press.desk.PATIENCE", 0)
    page = as_user(cast.staff).get(hand_in(paper_of(), Format.PDF, cast.staff, again))
    assert tree(page).xpath("//main//a[@data-back]/@href") == [back]


def test_a_paper_that_failed_says_what_to_do_and_the_log_why(cast, as_user, waiting, papers, caplog):
    order_at(papers).fail("no room on the disk")
    client = as_user(cast.staff)
    client.raise_request_exception = False
    page = client.get(waiting)
    assert (page.status_code, texts(page, "//main//h1")) == (500, ["Không in được văn bản"])
    assert "no room on the disk" in caplog.text
    told = client.get(waiting, headers={"Accept": "application/json"}).json()
    assert told == {"state": "failed", "next": f"{waiting}?waited=1"}


def test_a_file_that_was_swept_can_be_printed_again(cast, as_user, waiting, papers):
    order_at(papers).forget()
    page = as_user(cast.staff).get(waiting)
    assert (page.status_code, texts(page, "//main//h1")) == (410, ["Tệp đã in không còn được lưu"])


def test_a_file_that_is_swept_while_it_is_asked_for_can_be_printed_again(
    cast, as_user, waiting, papers, monkeypatch
):
    monkeypatch.setattr(Order, "state", State.KEPT)
    page = as_user(cast.staff).get(waiting)
    assert (page.status_code, texts(page, "//main//h1")) == (410, ["Tệp đã in không còn được lưu"])


def test_too_many_papers_at_once_are_to_be_printed_later(cast, as_user, waiting, monkeypatch):
    monkeypatch.setattr("reports.press.room.MOST_WAITING", 1)
    client = as_user(cast.staff)
    refused = hand_in(paper_of(), Format.PDF, cast.staff)
    page = client.get(refused)
    assert (page.status_code, texts(page, "//main//h1")) == (503, ["Đang có quá nhiều văn bản chờ in"])
    assert client.get(waiting).status_code == 202


def test_a_server_that_cannot_print_says_so(cast, as_user, settings, tmp_path):
    settings.PAPERS_ROOT = tmp_path / "file"
    settings.PAPERS_ROOT.write_text("no folder")
    page = as_user(cast.staff).get(hand_in(paper_of(), Format.PDF, cast.staff))
    assert (page.status_code, texts(page, "//main//h1")) == (503, ["Máy chủ hiện không in được"])


def test_the_address_is_good_for_a_day(cast, as_user, address, printed, papers):
    client = as_user(cast.staff)
    assert printed(client, address).status_code == 200
    end_presses(papers)
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        page = client.get(address)
    assert (page.status_code, texts(page, "//main//h1")) == (410, ["Tệp đã in không còn được lưu"])


def test_the_address_is_for_one_person_and_one_file(cast, as_user, address, papers):
    end_presses(papers)
    for person in (cast.admin, cast.leader, cast.owner, cast.outsider):
        assert as_user(person).get(address).status_code == 404
    assert as_user(None).get(address).status_code == 302
    client = as_user(cast.staff)
    token = address.split("/")[2]
    wrong = [address[:-4] + ".docx", address.replace("in-thu", "khac"), address.replace(token, token[:-1])]
    wrong += [address.replace(token, f"x{token[1:]}"), "/papers/a/b", f"/papers/{'a' * 3000}/in-thu.pdf"]
    assert [client.get(path).status_code for path in wrong] == [404] * 6


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_addresses_are_not_found(cast, as_user, text):
    from urllib.parse import quote

    client = as_user(cast.staff)
    written = quote(text, safe="", errors="surrogatepass")
    assert client.get(f"/papers/{written}/{written}").status_code == 404


def test_a_worker_waits_for_short_papers_alone_and_one_at_a_time(cast, as_user, papers, shut, monkeypatch):
    from reports.press import desk

    slept: list[float] = []
    monkeypatch.setattr(desk.time, "sleep", slept.append)
    client = as_user(cast.staff)
    short = hand_in(paper_of(), Format.PDF, cast.staff)
    long = hand_in(paper_of(rows=2500), Format.PDF, cast.staff)
    assert client.get(short).status_code == 202
    assert 0 < sum(slept) < 1
    slept.clear()
    assert client.get(long).status_code == client.get(f"{short}?waited=1").status_code == 202
    lock = os.open(papers / "patience", os.O_WRONLY)
    assert desk.taken(lock)
    assert client.get(short).status_code == 202
    os.close(lock)
    assert slept == []


def test_no_question_is_asked_of_the_database_but_who_it_is(
    cast, as_user, waiting, papers, django_assert_num_queries
):
    client = as_user(cast.staff)
    order = order_at(papers)
    with django_assert_num_queries(2):
        assert client.get(waiting, headers={"Accept": "application/json"}).json()["state"] == State.WAITING
    order.kept.parent.mkdir()
    order.kept.write_bytes(b"%PDF-1.7")
    with django_assert_num_queries(2):
        assert client.get(waiting).getvalue() == b"%PDF-1.7"
