import pytest
from django.template.loader import render_to_string
from lxml import html

from reports.models import Attachment
from tests.factories import make_attachment

WORD = {"media_type": "application/msword"}
PICTURE = {"media_type": "image/jpeg", "inert": True}


def listed(report, **context) -> html.HtmlElement:
    attachments = Attachment.objects.filter(report=report).select_related("added_by").order_by("pk")
    page = render_to_string("reports/parts/evidence_list.html", {"attachments": attachments, **context})
    return html.fromstring(page)


def test_each_file_with_its_size_and_who_added_it(cast, report):
    make_attachment(report, cast.owner, name="Biên bản.doc", content=b"a" * 2048, **WORD)
    make_attachment(report, cast.staff, name="Ảnh.jpg", content=b"b" * 3 * 2**20, **PICTURE)
    lines = [" ".join(line.text_content().split()) for line in listed(report).xpath("//li/div")]
    days = [row.added_at.astimezone().strftime("%H:%M %d/%m/%Y") for row in Attachment.objects.order_by("pk")]
    assert lines == [
        f"Biên bản.doc 2,0 KB · Cán bộ phường Bãi Cát, {days[0]}",
        f"Ảnh.jpg 3,0 MB · Cán bộ thành phố, {days[1]}",
    ]


def test_pictures_and_inert_papers_open_in_place_and_only_when_asked(cast, report):
    word = make_attachment(report, cast.owner, name="a.doc", content=b"a", **WORD)
    picture = make_attachment(report, cast.owner, name="b.jpg", content=b"b", **PICTURE)
    paper = make_attachment(report, cast.owner, name="c.pdf", content=b"c", inert=True)
    acting = make_attachment(report, cast.owner, name="d.pdf", content=b"d")
    page = listed(report)
    assert page.xpath("//a[@class='evidence-name']/@href") == [
        f"/evidence/{row.pk}/" for row in (word, picture, paper, acting)
    ]
    opened = "//details//*[@loading='lazy']/@src"
    assert (page.xpath(opened), page.xpath("//@src")) == (
        [f"/evidence/{picture.pk}/?open=1", f"/evidence/{paper.pk}/?open=1#navpanes=0&view=FitH"],
        [f"/evidence/{picture.pk}/?open=1", f"/evidence/{paper.pk}/?open=1#navpanes=0&view=FitH"],
    )
    assert page.xpath("//details[@open]") == []
    assert page.xpath("//img/@alt | //iframe/@title") == ["b.jpg", "c.pdf"]


def test_a_name_is_text_wherever_it_stands(cast, report):
    make_attachment(report, cast.owner, name='"><script>x</script>', **PICTURE)
    page = listed(report, removable=True)
    assert page.xpath("//script") == []
    assert page.xpath("//img/@alt") == ['"><script>x</script>']


def test_it_is_removed_only_where_that_is_offered(cast, report):
    attachment = make_attachment(report, cast.owner, name="a.doc", **WORD)
    assert listed(report).xpath("//button") == []
    (button,) = listed(report, removable=True).xpath("//button")
    assert (button.get("formaction"), button.get("form"), button.get("aria-label")) == (
        f"/evidence/{attachment.pk}/remove/",
        "remove-evidence",
        "Bỏ a.doc",
    )


def test_an_empty_list_is_there_to_be_filled(cast, report):
    (empty,) = listed(report).xpath("//ul[@data-list]")
    assert (list(empty), empty.text_content().strip()) == ([], "")


@pytest.mark.parametrize("count", [1, 30])
def test_any_number_of_files_is_one_query(count, cast, report, django_assert_num_queries):
    for number in range(count):
        make_attachment(report, cast.owner, content=bytes([number]), **PICTURE)
    with django_assert_num_queries(1):
        assert len(listed(report, removable=True).xpath("//li")) == count


def test_the_limits_are_told_before_anything_is_chosen(db):
    page = html.fromstring(render_to_string("reports/parts/evidence_limits.html"))
    assert page.text_content() == (
        "PDF, ảnh (JPEG, PNG), Word, Excel; mỗi tệp không quá 20 MB, tối đa 10 tệp. "
        "Vị trí chụp trong ảnh sẽ được xóa."
    )
