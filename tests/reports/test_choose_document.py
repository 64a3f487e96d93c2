"""The page of a plan's papers: which one, its choices, and how it will look."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from reports.documents.formats import Format
from tests.factories import (
    make_assignment,
    make_group,
    make_letterhead,
    make_obligation,
    make_period,
    make_plan,
    make_recipient,
    make_task,
    make_unit,
)
from tests.pages import HOSTILE_NUMBERS, HOSTILE_TEXTS, in_english, links, texts, tree, words
from tests.reports.telling import on
from units.models import Unit

KINDS = [
    "Summary report",
    "Brief on one page",
    "Report of a unit",
    "Appendix of assignments",
    "Units that have not reported",
    "Distribution list",
]
OWN = ["Report of a unit", "Distribution list"]
OFFERED = "//nav[@id='document-kinds']/div/a"
PAPER = "//div[@lang='vi']"
GAPS = "//p[contains(@class, 'document-gaps')]"
FILES = "//*[@class='document-files']/button[@form='document']"
ERRORS = "//*[@class='field-error' and normalize-space()]"


@pytest.fixture
def shown(as_user, printable):
    """The page as a person gets it, in English."""

    def get(user=None, **asked):
        client = in_english(as_user(user or printable.cast.leader))
        return client.get(reverse("choose-document", args=[printable.plan.pk]), asked)

    return get


def names(page) -> list[str]:
    return texts(page, f"{OFFERED}/b")


def fields(page) -> list[str]:
    return tree(page).xpath("//form[@data-document]//*[@name and not(@type='hidden')]/@name")


def test_who_reads_everything_chooses_among_all_papers_an_officer_among_the_own(printable, shown):
    cast = printable.cast
    assert [names(shown(person)) for person in (cast.admin, cast.staff, cast.leader)] == [KINDS] * 3
    assert names(shown(cast.owner)) == OWN


@pytest.mark.parametrize(
    ("paper", "asks", "says"),
    [
        ("summary", ["period", "on", "group", "kind", "expanded"], "BÁO CÁO"),
        ("brief", ["period", "on", "group", "kind"], "BÁO CÁO"),
        ("missing", ["period", "on", "kind"], "DANH SÁCH"),
        ("recipients", ["expanded"], "DANH SÁCH NƠI NHẬN"),
    ],
)
def test_each_paper_asks_for_what_it_needs_and_is_shown(shown, paper, asks, says):
    page = shown(paper=paper)
    assert fields(page) == [*asks, "number", "dated", "title", "signer", "archival"]
    assert texts(page, f"{PAPER}//h1")[0].startswith(says)


def test_only_the_chosen_paper_is_described_and_a_telephone_has_the_same_list(shown):
    page = shown(paper="missing")
    assert texts(page, f"{OFFERED}/span") == ["Who has not sent the report of a period."]
    assert words(page, "//nav[@id='document-kinds']//summary") == "Which paper Units that have not reported"
    closed = "//nav[@id='document-kinds']/details/a/@href"
    assert tree(page).xpath(closed) == tree(page).xpath(f"{OFFERED}/@href")


def day_of(page) -> tuple[str, str]:
    return words(page, "//*[@id='id_on_label']"), words(page, "//*[@id='id_on_helptext']")


@pytest.mark.parametrize("paper", ["summary", "brief"])
def test_figures_of_a_period_close_with_it_and_the_day_is_when_they_were_known(printable, shown, paper):
    assert day_of(shown(paper=paper)) == ("Figures as of", "From reports accepted by the end of this day.")
    known = "As known at the end of"
    says = "Figures of the period until {}, from reports accepted by the end of this day."
    spring = printable.spring.pk
    with on("2026-12-01"):
        assert day_of(shown(paper=paper, period=spring)) == (known, says.format("14/09/2026"))
    # The period still runs on that day.
    early = shown(paper=paper, period=spring, on="2026-05-31")
    assert day_of(early) == (known, says.format("31/05/2026"))


@pytest.mark.parametrize(
    ("paper", "says"),
    [
        ("unit-report", "The report that was accepted by the end of this day."),
        ("missing", "Who had sent no report by the end of this day."),
    ],
)
def test_papers_of_a_period_say_what_their_day_means(shown, paper, says):
    assert day_of(shown(paper=paper)) == ("As known at the end of", says)


def test_what_the_letterhead_leaves_open_is_said_with_the_way_to_fill_it_in(printable, shown):
    page = shown(printable.cast.staff, paper="summary")
    city = printable.cast.city
    assert words(page, GAPS) == (
        f"The letterhead of {city.short_name} leaves open: symbol, recipients of its papers. Fill it in"
    )
    (way,) = tree(page).xpath(f"{GAPS}/a/@href")
    here = f"{reverse('choose-document', args=[printable.plan.pk])}?paper=summary"
    assert urlsplit(way).path == reverse("edit-letterhead", args=[city.pk])
    assert parse_qs(urlsplit(way).query) == {"next": [here]}


def test_who_may_not_fill_it_in_is_told_without_a_way(shown):
    page = shown(paper="summary")
    assert words(page, GAPS).endswith("leaves open: symbol, recipients of its papers.")
    assert tree(page).xpath(f"{GAPS}/a") == []


def test_gaps_are_those_of_the_paper_and_of_who_issues_it(printable, shown):
    ward = printable.cast.ward
    # Without a letterhead; whom a report is addressed to stands at its beginning.
    assert words(shown(paper="unit-report", unit=ward.pk), GAPS) == (
        f"The letterhead of {ward.short_name} leaves open: symbol, signer's position, signer's name."
    )
    assert texts(shown(paper="assignments"), GAPS) == []
    letterhead = printable.cast.city.letterhead
    letterhead.signer_name = ""
    letterhead.symbol, letterhead.sent_to = "MTTQ-BTT", "Lưu: VT"
    letterhead.save()
    assert words(shown(paper="missing"), GAPS).endswith("leaves open: signer's name.")
    assert texts(shown(paper="missing", signer=printable.deputy.pk), GAPS) == []


def test_a_report_keeps_the_letterhead_of_its_acceptance_and_nothing_is_to_be_filled_in(printable, shown):
    """What today's lacks or has says nothing of it."""
    ward, staff = printable.cast.ward, printable.cast.staff
    with on("2026-01-02"):
        letterhead = make_letterhead(ward, signer_name="Trần A")
    letterhead.symbol, letterhead.signer_name = "MTTQ-BTT", ""
    letterhead.save()
    page = shown(staff, paper="unit-report", unit=ward.pk)
    assert words(page, GAPS) == (
        f"This paper keeps the letterhead that {ward.short_name} had when the report was accepted."
        " It leaves open, to be filled in by hand: symbol."
    )
    assert tree(page).xpath(f"{GAPS}/a") == []
    assert texts(shown(staff, paper="unit-report", unit=ward.pk, number="7/BC-MTTQ"), GAPS) == []


@pytest.mark.parametrize(
    ("paper", "day", "noted"),
    [
        ("summary", "13/09/2026", True),
        ("summary", "14/09/2026", False),
        ("brief", "13/09/2026", True),
        ("missing", "30/11/2026", True),
        ("missing", "01/12/2026", False),
        ("unit-report", "13/09/2026", False),
        ("recipients", "13/09/2026", False),
    ],
)
def test_a_paper_of_a_day_before_its_figures_is_noted_and_printed(printable, shown, paper, day, noted):
    with on("2026-12-01"):
        chosen = {"period": printable.spring.pk, "unit": printable.cast.ward.pk}
        page = shown(paper=paper, dated=day, number="7/BC", signer="", **chosen)
    note = [text for text in texts(page, GAPS) if text.startswith(f"The paper is dated {day}, but")]
    assert (len(note), texts(page, FILES)[0]) == (int(noted), "PDF")


def test_a_number_alone_gets_its_symbol(printable, shown):
    letterhead = printable.cast.city.letterhead
    letterhead.symbol = "MTTQ-BTT"
    letterhead.save()
    for paper, number, said in (
        ("summary", "5", "Số: 05/BC-MTTQ-BTT"),
        ("missing", "12a", "Số: 12a/DS-MTTQ-BTT"),
        ("summary", "5/BC", "Số: 5/BC"),
    ):
        assert texts(shown(paper=paper, number=number), f"{PAPER}//*[@class='number']") == [said]


def test_the_usual_signer_is_offered_also_where_there_is_no_other(printable, shown):
    signers = "//select[@name='signer']/option"
    assert texts(shown(paper="summary"), signers) == ["The usual one", str(printable.deputy)]
    assert texts(shown(paper="unit-report", unit=printable.cast.ward.pk), signers) == ["The usual one"]


def test_an_appendix_has_no_number_and_no_signer(shown):
    page = shown(paper="assignments")
    assert fields(page) == ["on", "group", "kind", "title", "archival"]
    assert texts(page, f"{PAPER}//h1")[0] == "Phụ lục"


def test_a_report_is_shown_once_its_unit_is_chosen(printable, shown):
    page = shown(paper="unit-report")
    assert words(page, "//section[@id='document-preview']") == (
        "Nothing to print yet Choose the unit whose report is to be printed."
    )
    page = shown(paper="unit-report", unit=printable.cast.ward.pk)
    assert fields(page) == ["unit", "period", "on", "number", "dated", "title", "signer", "archival"]
    assert texts(page, f"{PAPER}//*[@class='issuer']")[0] == "ỦY BAN MTTQ VIỆT NAM"


def test_where_nothing_was_accepted_the_page_says_so(printable, shown):
    page = shown(paper="unit-report", unit=printable.cast.other_ward.pk)
    assert words(page, "//section[@id='document-preview']") == (
        "Nothing to print yet No report of this unit and period had been accepted by then."
    )
    assert texts(page, FILES) == []


def test_what_is_typed_stands_on_the_paper(printable, shown):
    page = shown(
        paper="recipients",
        number="07/DS-MTTQ",
        dated="05/09/2026",
        title="Gửi các nơi",
        signer=printable.deputy.pk,
    )
    paper = words(page, PAPER)
    assert "Số: 07/DS-MTTQ Thành phố Mẫu, ngày 05 tháng 9 năm 2026 DANH SÁCH NƠI NHẬN Gửi các nơi" in paper
    assert texts(page, "//*[contains(@class, 'signature')]") == ["KT. CHỦ TỊCHPHÓ CHỦ TỊCH Trần B"]
    assert tree(page).xpath("//form[@data-document]//details/@open") == [""]


def test_the_files_are_those_of_what_is_shown(printable, shown):
    """Each sends the form itself, so that what is typed is printed even before it is shown."""
    page = shown(paper="missing", period=printable.spring.pk, on="2026-06-30", number="7", kind="ward")
    assert tree(page).xpath(f"{FILES}/@formaction") == [
        reverse("print-document", args=[printable.plan.pk, "missing", format]) for format in Format
    ]
    (form,) = tree(page).xpath("//form[@id='document']")
    assert (form.method, dict(form.form_values())) == (
        "GET",
        {
            "paper": "missing",
            "period": str(printable.spring.pk),
            "on": "30/06/2026",
            "kind": "ward",
            "number": "7",
            "signer": "",
        },
    )


def test_what_is_chosen_stays_chosen_with_the_next_paper_but_for_its_number(printable, shown):
    page = shown(paper="brief", group=printable.group.pk, on="2026-06-30", number="7", title="Riêng")
    hidden = tree(shown(paper="recipients", group=printable.group.pk)).xpath("//main//input[@type='hidden']")
    assert [(field.get("name"), field.get("value")) for field in hidden] == [
        ("paper", "recipients"),
        ("group", str(printable.group.pk)),
    ]
    led = tree(page).xpath(f"{OFFERED}/@href")
    assert led[0] == f"?paper=summary&on=2026-06-30&group={printable.group.pk}"


def test_a_group_narrows_the_paper(printable, shown):
    with on("2026-01-06"):
        second = make_group(printable.plan, position=1, number="2", title="Giám sát")
        make_assignment(make_task(second, title="Kiểm tra cơ sở"), printable.cast.ward)
    whole, part = shown(paper="assignments"), shown(paper="assignments", group=second.pk)
    assert ["hội nghị" in words(page, PAPER) for page in (whole, part)] == [True, False]
    assert ["Kiểm tra cơ sở" in words(page, PAPER) for page in (whole, part)] == [True, True]


def test_a_long_table_shows_how_it_begins_and_how_much_more_there_is(printable, shown):
    with on("2026-01-06"):
        for place in range(20):
            make_assignment(
                make_task(printable.group, title=f"Việc {place}", position=place), printable.cast.ward
            )
    page = shown(paper="assignments")
    # The group's own row is one of them.
    assert len(tree(page).xpath(f"({PAPER}//table)[1]/tbody/tr")) == 15
    assert texts(page, f"{PAPER}//p[@class='note']") == ["… and 7 more rows in the paper"]


def test_a_long_list_is_cut_likewise(printable, shown):
    for place in range(16):
        make_recipient(printable.plan, name=f"Nơi {place}", position=place)
    page = shown(paper="recipients")
    assert len(texts(page, f"{PAPER}//li")) == 15
    assert "… and 2 more rows in the paper" in words(page, PAPER)


def test_a_plan_without_anything_says_what_to_do(cast, as_user):
    plan = make_plan(issuing_unit=cast.city)
    client = in_english(as_user(cast.staff))
    for paper in ("unit-report", "missing"):
        page = client.get(reverse("choose-document", args=[plan.pk]), {"paper": paper})
        assert words(page, "//section[@id='document-preview']") == (
            "Nothing to print yet"
            " There is no reporting period yet. As soon as one is open, this can be printed."
        )
    for paper in ("summary", "brief", "assignments", "recipients"):
        assert client.get(reverse("choose-document", args=[plan.pk]), {"paper": paper}).status_code == 200


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ({"on": "31/02/2026"}, "on"),
        ({"on": "2999-01-01"}, "on"),
        ({"dated": "hôm nay"}, "dated"),
        ({"number": "1" * 41}, "number"),
        ({"title": "a" * 501}, "title"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_stays_typed(shown, asked, wrong):
    page = shown(paper="missing", **asked)
    assert tree(page).xpath(f"{ERRORS}/@id") == [f"id_{wrong}_error"]
    assert tree(page).xpath(f"//form//input[@name='{wrong}']/@value") == [asked[wrong]]
    assert "Please mend what is marked" in words(page, "//section[@id='document-preview']")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("period", "This reporting period is of another plan or does not concern you."),
        ("group", "This plan has no such task group."),
        ("kind", "No unit of this kind takes part in the plan."),
        ("signer", "Nobody on the letterhead is meant by this."),
    ],
)
def test_a_choice_that_is_none_is_said_at_its_field(shown, name, says):
    page = shown(paper="summary", **{name: "999999"})
    assert tree(page).xpath(f"{ERRORS}/@id") == [f"id_{name}_error"]
    assert texts(page, ERRORS) == [f"{says} Choose one of the list."]
    assert tree(page).xpath("//form//*[@aria-invalid]/@name") == [name]


def test_a_period_of_another_plan_is_no_choice(shown):
    other = make_period(make_plan())
    assert tree(shown(paper="missing", period=other.pk)).xpath(f"{ERRORS}/@id") == ["id_period_error"]


def test_a_paper_that_is_none_is_said(shown):
    page = shown(paper="poem")
    assert texts(page, "//nav//p") == ["There is no such paper. Choose one of these."]
    assert texts(page, FILES) == []


@pytest.mark.parametrize(
    ("paper", "asked"),
    [
        ("brief", ["on", "period", "group", "kind", "number"]),
        ("unit-report", ["unit", "period"]),
        ("recipients", ["expanded", "archival", "dated", "title", "signer"]),
    ],
)
def test_an_address_that_makes_no_sense_is_answered(shown, paper, asked):
    for name in asked:
        for text in (*HOSTILE_NUMBERS, *HOSTILE_TEXTS):
            assert shown(paper=paper, **{name: text}).status_code == 200
    for text in (*HOSTILE_NUMBERS, *HOSTILE_TEXTS):
        assert shown(paper=text).status_code == 200


def test_an_officer_sees_the_own_report_without_choosing(printable, shown):
    page = shown(printable.cast.owner, paper="unit-report")
    assert texts(page, "//select[@name='unit']/option[@selected]") == ["phường Bãi Cát"]
    assert texts(page, "//select[@name='unit']/option") == ["Choose a unit", "phường Bãi Cát"]
    assert texts(page, FILES)[0] == "PDF"


def test_an_officer_does_not_get_what_is_not_the_own(printable, shown):
    page = shown(printable.cast.owner, paper="unit-report", unit=printable.cast.other_ward.pk)
    assert tree(page).xpath(f"{ERRORS}/@id") == ["id_unit_error"]
    page = shown(printable.cast.owner, paper="summary")
    assert texts(page, ERRORS) == [
        "This paper is not yours to print: the office prints it. Choose one of these."
    ]
    assert names(page) == OWN
    assert texts(page, FILES) == []


def test_the_day_stays_with_the_other_pages(printable, shown):
    page = shown(paper="summary", on="2026-06-30")
    assert f"{reverse('show-matrix', args=[printable.plan.pk])}?on=2026-06-30" in links(page)
    assert tree(page).xpath("//input[@name='on']/@value") == ["30/06/2026"]


def test_the_paper_is_vietnamese_on_every_screen(printable, shown, as_user):
    vietnamese = as_user(printable.cast.leader).get(reverse("choose-document", args=[printable.plan.pk]))
    assert words(vietnamese, PAPER) == words(shown(), PAPER)


@pytest.mark.parametrize(
    ("paper", "queries"),
    [
        ("assignments", 18),
        ("missing", 17),
        ("unit-report", 30),
        ("recipients", 10),
        ("summary", 33),
        ("brief", 33),
    ],
)
@pytest.mark.parametrize("size", [1, 30])
def test_the_page_asks_as_little_of_many_rows(
    printable, as_user, django_assert_num_queries, paper, queries, size
):
    with on("2026-01-06"):
        for place in range(size):
            unit = make_unit(kind=Unit.Kind.MEMBER)
            make_assignment(make_task(printable.group, position=place), unit)
            make_obligation(printable.spring, unit)
            make_recipient(printable.plan, (unit,), name=f"Nơi {place}")
            make_period(printable.plan, name=f"Kỳ {place}")
    client = as_user(printable.cast.leader)
    asked = {"paper": paper, "unit": printable.cast.ward.pk, "period": printable.spring.pk, "expanded": "1"}
    with django_assert_num_queries(queries):
        client.get(reverse("choose-document", args=[printable.plan.pk]), asked)
