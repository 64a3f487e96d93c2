from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from reports.actions import revise_report
from reports.models import Answer, ProgressReport, Proposal
from tests.factories import bring_to, make_answer, make_period, make_proposal, make_report
from tests.pages import HOSTILE_NUMBERS, HOSTILE_TEXTS, form_data, in_english, links, texts, words
from tests.reports.acts import accept, submit
from tests.reports.final import accepted_rows

NOW = datetime(2026, 12, 18, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def proposal(cast, work) -> Proposal:
    """Of the ward's accepted report."""
    proposal = make_proposal(make_report(cast.ward, make_period(work.plan)))
    bring_to(proposal.report, "accepted", cast.owner)
    return proposal


def url(proposal) -> str:
    return reverse("answer-proposal", args=[proposal.pk])


def report_page(proposal) -> str:
    return f"/reports/{proposal.report_id}/#proposal-{proposal.pk}"


def revised(report: ProgressReport, cast, typed: dict[str, str]) -> ProgressReport:
    """A revision that says the same but for what is typed; accepted."""
    revision = revise_report(report, cast.owner)
    submit(revision, cast.owner, typed)
    accept(revision, cast.staff)
    return revision


def test_an_answer_is_stored_with_who_gave_it_and_when(cast, proposal, as_user):
    client = in_english(as_user(cast.staff))
    page = client.get(url(proposal))
    assert (texts(page, "//main//h1"), "Cấp thêm tài liệu." in words(page)) == (["Answer a proposal"], True)
    response = client.post(url(proposal), form_data(page) | {"text": "Đã cấp 100 bộ."})
    answer = Answer.objects.get()
    assert response["Location"] == report_page(proposal)
    assert (answer.proposal, answer.state, answer.text) == (proposal, "answered", "Đã cấp 100 bộ.")
    assert (answer.answered_by, answer.answered_at) == (cast.staff, NOW)
    assert [(row.history_type, row.history_user) for row in answer.history.all()] == [("+", cast.staff)]
    assert texts(client.get(proposal.report.get_absolute_url()), "//main//*[@role='status']") == [
        "The proposal of phường Bãi Cát is answered; the unit sees it on its first page."
    ]


def test_the_accepted_report_stays_as_it_is(cast, proposal, as_user):
    client = as_user(cast.staff)
    before = accepted_rows()
    client.post(url(proposal), form_data(client.get(url(proposal))) | {"text": "Đã cấp 100 bộ."})
    client.post(url(proposal), form_data(client.get(url(proposal))) | {"text": "Đã cấp 200 bộ."})
    assert (accepted_rows(), Answer.objects.get().text) == (before, "Đã cấp 200 bộ.")


def test_what_is_in_hand_needs_no_words_and_is_answered_later_by_another(cast, proposal, as_user):
    client = in_english(as_user(cast.staff))
    client.post(url(proposal), form_data(client.get(url(proposal))) | {"state": "in_hand"})
    assert (Answer.objects.get().state, Answer.objects.get().text) == ("in_hand", "")
    client = in_english(as_user(cast.admin))
    page = client.get(url(proposal))
    assert form_data(page)["state"] == ["in_hand"]
    assert "In hand · Cán bộ thành phố, 09:00 18/12/2026" in words(page)
    client.post(url(proposal), form_data(page) | {"state": "answered", "text": "Xong."})
    answer = Answer.objects.get()
    assert (answer.state, answer.text, answer.answered_by) == ("answered", "Xong.", cast.admin)


def test_an_answer_without_words_is_refused_at_its_field(cast, proposal, as_user):
    client = in_english(as_user(cast.staff))
    response = client.post(url(proposal), form_data(client.get(url(proposal))) | {"text": " \r\n "})
    assert texts(response, "//main//*[contains(@class, 'invalid-feedback')]") == [
        "Write the answer, or choose “In hand”."
    ]
    assert (response.status_code, Answer.objects.count()) == (200, 0)


def test_saving_without_a_change_writes_nothing(cast, proposal, as_user):
    answer = make_answer(proposal, cast.admin, text="Đã cấp.\nCòn 10 bộ.")
    client = as_user(cast.staff)
    assert client.post(url(proposal), form_data(client.get(url(proposal)))).status_code == 302
    answer.refresh_from_db()
    assert (answer.answered_by, answer.history.count()) == (cast.admin, 1)


def test_the_slower_of_two_is_told_and_sees_what_the_first_stored(cast, proposal, as_user):
    first, second = as_user(cast.staff), in_english(as_user(cast.admin))
    mine, theirs = form_data(first.get(url(proposal))), form_data(second.get(url(proposal)))
    first.post(url(proposal), mine | {"text": "Đã cấp 100 bộ."})
    response = second.post(url(proposal), theirs | {"state": "in_hand", "text": "Đang chờ."})
    assert (response.status_code, Answer.objects.get().text) == (200, "Đã cấp 100 bộ.")
    assert "Nothing was stored: somebody changed this" in words(response, "//main//*[@role='alert']")
    assert "Cán bộ thành phố" in words(response, "//main//*[@role='alert']")
    assert "Answered · Cán bộ thành phố, 09:00 18/12/2026 Đã cấp 100 bộ." in words(response)
    assert form_data(response)["text"] == ["Đang chờ."]
    assert second.post(url(proposal), form_data(response)).status_code == 302
    assert (Answer.objects.get().text, Answer.objects.get().answered_by) == ("Đang chờ.", cast.admin)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_answer(cast, proposal, as_user, at_once):
    pages = [
        (client, form_data(client.get(url(proposal)))) for client in map(as_user, (cast.staff, cast.admin))
    ]
    answers = at_once(
        *(
            lambda client=client, data=data: (
                client.post(url(proposal), data | {"text": "Đã cấp."}).status_code
            )
            for client, data in pages
        )
    )
    (stored,) = at_once(lambda: (Answer.objects.count(), Answer.history.count()))
    assert (sorted(answers), stored) == ([200, 302], (1, 1))


@pytest.mark.parametrize("state", ["draft", "submitted", "returned"])
def test_what_is_not_accepted_waits_for_its_answer(cast, work, as_user, state):
    proposal = make_proposal(make_report(cast.ward, make_period(work.plan)))
    bring_to(proposal.report, state, cast.owner)
    assert as_user(cast.staff).get(url(proposal)).status_code == 404
    assert as_user(cast.owner).get(url(proposal)).status_code == 404


def test_the_person_comes_back_to_where_the_act_began(cast, work, proposal, as_user):
    client = as_user(cast.staff)
    here = f"/plans/{work.plan.pk}/remarks/?shown=all&answer=none"
    opens = next(link for link in links(client.get(here)) if link.startswith(url(proposal)))
    page = client.get(opens)
    assert f"{here}#proposal-{proposal.pk}" in links(page)
    response = client.post(url(proposal), form_data(page) | {"text": "Đã cấp."})
    assert response["Location"] == f"{here}#proposal-{proposal.pk}"


@pytest.mark.parametrize(
    "elsewhere",
    ["-1", "//other.test/", "https://other.test/", "javascript:alert(1)", "\\\\other.test", "/" + "ă" * 5000],
)
def test_nobody_is_led_to_another_place(cast, proposal, as_user, elsewhere):
    client = as_user(cast.staff)
    page = client.get(url(proposal), {"next": elsewhere})
    assert form_data(page)["next"] == [report_page(proposal)]
    sent = form_data(page) | {"text": "Đã cấp.", "next": elsewhere}
    assert client.post(url(proposal), sent)["Location"] == report_page(proposal)


def test_hostile_values_are_no_fault(cast, proposal, as_user):
    client = as_user(cast.staff)
    for name in ("state", "text", "seen", "next"):
        for value in [*HOSTILE_NUMBERS, *HOSTILE_TEXTS]:
            data = form_data(client.get(url(proposal)))
            assert client.post(url(proposal), data | {name: value}).status_code in (200, 302), (name, value)
    for value in HOSTILE_TEXTS:
        assert client.get(url(proposal), {"next": value}).status_code == 200
    assert "\x00" not in Answer.objects.get().text


def test_a_revision_that_repeats_the_proposal_has_its_answer(typed, cast, as_user):
    submit(typed.report, cast.owner)
    accept(typed.report, cast.staff)
    proposal = typed.report.proposals.get()
    make_answer(proposal, cast.staff)
    revision = revised(typed.report, cast, {"overview": "Số liệu đã sửa."})
    again = revision.proposals.get()
    client = in_english(as_user(cast.staff))
    for person in (cast.staff, cast.leader, cast.owner):
        page = words(in_english(as_user(person)).get(revision.get_absolute_url()))
        assert "Answered · Cán bộ thành phố, 18/12/2026 Đã cấp 100 bộ." in page
    assert form_data(client.get(url(again)))["text"] == ["Đã cấp 100 bộ."]
    client.post(url(again), form_data(client.get(url(again))) | {"text": "Đã cấp 200 bộ."})
    assert [(answer.proposal, answer.text) for answer in Answer.objects.all()] == [
        (proposal, "Đã cấp 200 bộ.")
    ]
    assert "Đã cấp 200 bộ." in words(client.get(typed.report.get_absolute_url()))


@pytest.mark.parametrize(
    "change",
    [{"p0-text": "Cấp thêm 200 tài liệu."}, {"p0-addressee": "Thành ủy"}],
    ids=["words", "addressee"],
)
def test_a_revision_that_asks_otherwise_asks_anew(typed, cast, as_user, change):
    submit(typed.report, cast.owner)
    accept(typed.report, cast.staff)
    make_answer(typed.report.proposals.get(), cast.staff)
    revision = revised(typed.report, cast, change)
    page = in_english(as_user(cast.staff)).get(revision.get_absolute_url())
    assert "Đã cấp 100 bộ." not in words(page, "//main//section[contains(@class, 'report-texts')]")
    assert "Not answered" in words(page)


def test_the_same_words_in_another_period_ask_anew(cast, work, proposal):
    make_answer(proposal, cast.staff)
    later = make_proposal(make_report(cast.ward, make_period(work.plan, name="Quý IV/2026")))
    others = make_proposal(make_report(cast.other_ward, proposal.report.period))
    logged = [make_proposal(make_report(cast.ward, plan=work.plan)) for _number in range(2)]
    origins = dict(Proposal.objects.with_origin().values_list("pk", "origin"))
    assert origins == {row.pk: row.pk for row in (proposal, later, others, *logged)}


def test_who_reads_the_report_sees_where_its_proposal_stands(cast, proposal, as_user):
    mark = "//main//*[contains(@class, 'report-texts')]//*[contains(@class, 'mark')]"

    def seen(person) -> tuple[list[str], list[str]]:
        page = in_english(as_user(person)).get(proposal.report.get_absolute_url())
        return texts(page, mark), texts(page, f"//main//a[starts-with(@href, '{url(proposal)}')]")

    assert [seen(person) for person in (cast.staff, cast.leader, cast.owner)] == [
        (["Not answered"], ["Answer"]),
        (["Not answered"], []),
        (["Not answered"], []),
    ]
    make_answer(proposal, cast.staff, state="in_hand", text="Đã chuyển Thành ủy.")
    assert seen(cast.owner) == (["In hand"], [])
    assert seen(cast.staff) == (["In hand"], ["Change the answer"])


def test_the_history_of_the_report_tells_what_was_done_about_it(cast, proposal, as_user):
    client = in_english(as_user(cast.staff))
    client.post(url(proposal), form_data(client.get(url(proposal))) | {"state": "in_hand"})
    client.post(
        url(proposal), form_data(client.get(url(proposal))) | {"state": "answered", "text": "Đã cấp."}
    )
    page = client.get(reverse("show-report-history", args=[proposal.report_id]))
    assert texts(page, "//ol[contains(@class, 'story')]/li")[-2:] == [
        "09:00 18/12/2026 · Cán bộ thành phố Took up a proposal Cấp thêm tài liệu.",
        "09:00 18/12/2026 · Cán bộ thành phố Answered a proposal Cấp thêm tài liệu. Đã cấp.",
    ]
    assert "answer to a proposal" in words(page, "//ul[contains(@class, 'timeline')]")


@pytest.mark.parametrize(("days", "shown"), [(0, True), (30, True), (31, False)])
def test_the_unit_finds_what_was_answered_lately_on_its_first_page(cast, proposal, as_user, days, shown):
    make_answer(proposal, cast.staff)
    with time_machine.travel(NOW + timedelta(days=days), tick=False):
        page = in_english(as_user(cast.owner)).get("/")
        other = in_english(as_user(cast.outsider)).get("/")
    line = "✓ Proposal “Cấp thêm tài liệu.”: answered on 18/12/2026 by Cán bộ thành phố"
    assert texts(page, "//main//ul[@class='settled']/li[contains(., 'Proposal')]") == [line] * shown
    assert (report_page(proposal) in links(page), line in words(other)) == (shown, False)
