import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from plans.models import ImportDraft, Plan
from tests.pages import HOSTILE_TEXTS, form_data, in_english, links, texts, words
from tests.tasks.plan_texts import LETTER, PLAN

ERRORS = "//main//*[contains(@class, 'invalid-feedback')] | //main//form/ul/li"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)) * 8
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def upload(client, name: str, data: bytes, **fields):
    return client.post(reverse("import-plan"), {"file": SimpleUploadedFile(name, data), **fields})


def word_file(text: str) -> bytes:
    document, file = Document(), io.BytesIO()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("ke-hoach.txt", PLAN.encode()),
        ("ke-hoach.txt", PLAN.encode("utf-8-sig")),
        ("ke-hoach.txt", PLAN.encode("utf-16")),
        ("ke-hoach.docx", word_file(PLAN)),
        ("khong-duoi", PLAN.replace("\n", "\r\n").encode()),
    ],
    ids=["utf-8", "with a mark", "utf-16", "docx", "lines of Windows"],
)
def test_a_document_is_read_and_waits_for_its_confirmation(cast, as_user, name, data):
    response = upload(as_user(cast.staff), name, data)
    draft = ImportDraft.objects.get()
    assert response["Location"] == reverse("review-import", args=[draft.pk])
    assert (draft.file_name, draft.created_by, draft.plan, draft.discarded) == (name, cast.staff, None, False)
    assert draft.outline["title"] == "Thực hiện phong trào trồng cây năm 2024"
    assert [len(group["tasks"]) for group in draft.outline["groups"]] == [2, 1]
    assert Plan.objects.count() == 0


def test_pasted_text_does_as_well(cast, as_user):
    response = as_user(cast.staff).post(reverse("import-plan"), {"text": PLAN})
    draft = ImportDraft.objects.get()
    assert response["Location"] == reverse("review-import", args=[draft.pk])
    assert (draft.file_name, draft.outline["number"]) == ("", "07/KH-MTTQ-BTT")


def test_the_act_is_history_in_the_persons_name(cast, as_user):
    upload(as_user(cast.staff), "ke-hoach.txt", PLAN.encode())
    assert [(row.history_type, row.history_user) for row in ImportDraft.history.all()] == [("+", cast.staff)]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("anh.jpg", JPEG, "This is a picture."),
        ("ke-hoach.docx", JPEG, "This is a picture."),
        ("rong.docx", b"", "The submitted file is empty."),
        ("rong.txt", b" \r\n\t", "The file is empty."),
        ("cu.doc", OLD_WORD, "This is an old Word or Office file (.doc)."),
        ("ban-in.pdf", b"%PDF-1.7 ...", "This is a PDF."),
        ("thu.txt", LETTER.encode(), ""),
        ("hong.docx", b"PK\x03\x04" + b"\x00" * 100, ""),
        ("la.bin", bytes(range(256)) * 20, ""),
        ("nul.txt", b"\x00" * 5000, "The file is empty."),
    ],
)
def test_what_is_no_plan_is_refused_in_words_and_not_stored(cast, as_user, name, data, said):
    response = upload(in_english(as_user(cast.staff)), name, data)
    assert response.status_code == 200
    errors = texts(response, ERRORS)
    assert len(errors) == 1
    assert errors[0].startswith(said)
    assert ImportDraft.objects.count() == 0


def test_a_letter_pasted_is_refused_and_stays_in_the_field(cast, as_user):
    response = in_english(as_user(cast.staff)).post(reverse("import-plan"), {"text": LETTER})
    assert len(texts(response, ERRORS)) == 1
    assert form_data(response)["text"][0].splitlines() == LETTER.splitlines()
    assert ImportDraft.objects.count() == 0


def test_neither_file_nor_text(cast, as_user):
    response = in_english(as_user(cast.staff)).post(reverse("import-plan"), {"text": "  "})
    assert texts(response, ERRORS) == ["Choose a file or paste the text of the plan."]


def test_a_file_and_a_text_together_are_refused(cast, as_user):
    response = upload(in_english(as_user(cast.staff)), "ke-hoach.txt", PLAN.encode(), text=PLAN)
    assert texts(response, ERRORS) == ["A file and a text were given: clear one of the two."]
    assert form_data(response)["text"][0].splitlines() == PLAN.splitlines()
    assert ImportDraft.objects.count() == 0


def test_hostile_texts_and_names_are_no_fault(cast, as_user):
    client = as_user(cast.staff)
    for text in HOSTILE_TEXTS:
        assert client.post(reverse("import-plan"), {"text": text}).status_code == 200
        assert client.post(reverse("import-plan"), {"file": text, "text": text}).status_code == 200
    for name in (
        "../../etc/passwd",
        "a\x00b.txt",
        "ă" * 300 + ".txt",
        "<script>x</script>.txt",
    ):
        assert upload(client, name, PLAN.encode()).status_code == 302
    assert "<script>x" not in client.get(reverse("import-plan")).content.decode()
    assert max(len(draft.file_name) for draft in ImportDraft.objects.all()) <= 255
    assert not [draft for draft in ImportDraft.objects.all() if "/" in draft.file_name]


def test_control_characters_in_a_document_are_not_carried_on(cast, as_user):
    upload(as_user(cast.staff), "a.txt", PLAN.replace("vườn ươm", "vườn\x00 ươm\x0b").encode())
    stored = [json.dumps(draft.outline) for draft in ImportDraft.objects.all()]
    assert not any("\\u0000" in outline or "\\u000b" in outline for outline in stored)


def test_what_waits_and_what_was_put_aside_is_listed_with_its_reader(cast, as_user):
    def draft(**fields):
        return ImportDraft.objects.create(outline={}, created_by=cast.staff, **fields)

    first, second = draft(file_name="mot.docx"), draft()
    aside = draft(file_name="ba.docx", discarded=True)
    draft(file_name="thanh-ke-hoach.docx", plan=Plan.objects.create(title="X"))
    page = in_english(as_user(cast.admin)).get(reverse("import-plan"))
    assert links(page) == [
        reverse("list-plans"),
        *(reverse("review-import", args=[each.pk]) for each in (second, first, aside)),
    ]
    assert texts(page, "//main//section//li//a") == ["pasted text", "mot.docx"]
    assert "Cán bộ thành phố" in words(page, "//main//section//li")
    assert "Put aside earlier (1)" in words(page)


@pytest.mark.parametrize("rows", [1, 30])
def test_a_long_list_asks_no_more_than_a_short_one(cast, as_user, django_assert_num_queries, rows):
    for discarded in (True, False):
        for _number in range(rows):
            ImportDraft.objects.create(outline={}, created_by=cast.staff, discarded=discarded)
    client = as_user(cast.staff)
    with django_assert_num_queries(5):
        client.get(reverse("import-plan"))
