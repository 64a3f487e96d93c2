import pytest
from django.core.files.storage import storages
from django.urls import reverse

from reports.evidence.storage import name_of
from reports.models import Attachment
from tests.factories import bring_to, make_attachment
from tests.pages import texts

JSON = {"accept": "application/json"}


def url(attachment) -> str:
    return reverse("remove-evidence", args=[attachment.pk])


@pytest.fixture
def paper(cast, work, report):
    return make_attachment(report, cast.owner, work.assignment, name="Biên bản.pdf")


def test_it_leaves_the_report_and_stays_on_the_disk_and_in_the_history(cast, paper, report, as_user):
    response = as_user(cast.owner).post(url(paper), headers=JSON)
    assert (response.status_code, response.json()) == (200, {"version": 2, "attachments": []})
    assert Attachment.objects.count() == 0
    assert storages["evidence"].exists(name_of(paper.digest))
    removed = Attachment.history.first()
    assert (removed.history_type, removed.history_user, removed.name) == ("-", cast.owner, "Biên bản.pdf")


def test_without_javascript_the_page_says_the_way_back(cast, paper, report, as_user):
    client = as_user(cast.owner)
    response = client.post(url(paper))
    assert response["Location"] == reverse("edit-report", args=[report.pk])
    assert texts(client.get(response["Location"]), "//main/*[@role='status']") == [
        "Đã bỏ “Biên bản.pdf” khỏi báo cáo. Muốn lấy lại, hãy chọn lại tệp."
    ]


def test_a_second_click_finds_nothing_more(cast, paper, as_user):
    client = as_user(cast.owner)
    assert [client.post(url(paper), headers=JSON).status_code for _click in range(2)] == [200, 404]
    assert Attachment.history.filter(history_type="-").count() == 1


@pytest.mark.parametrize("state", ["submitted", "accepted"])
def test_evidence_of_a_report_that_was_sent_stays(state, cast, paper, report, as_user):
    bring_to(report, state, cast.staff)
    for person in (cast.owner, cast.staff):
        assert as_user(person).post(url(paper), headers=JSON).status_code == 409
    assert Attachment.objects.count() == 1


def test_strangers_find_nothing_and_readers_may_not(cast, report, paper, as_user):
    assert as_user(cast.outsider).post(url(paper)).status_code == 404
    assert as_user(cast.leader).post(url(paper)).status_code == 404
    bring_to(report, "returned", cast.staff)
    assert as_user(cast.leader).post(url(paper)).status_code == 403
    assert Attachment.objects.count() == 1
