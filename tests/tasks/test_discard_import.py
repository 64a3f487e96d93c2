from django.urls import reverse

from plans.models import ImportDraft, Plan
from tests.pages import form_data, in_english, texts
from tests.tasks.plan_texts import PLAN


def waiting(client) -> ImportDraft:
    client.post(reverse("import-plan"), {"text": PLAN})
    return ImportDraft.objects.get()


def test_what_is_put_aside_waits_no_longer_and_can_still_be_opened(cast, as_user):
    client = in_english(as_user(cast.staff))
    draft = waiting(client)
    response = client.post(reverse("discard-import", args=[draft.pk]))
    assert response["Location"] == reverse("import-plan")
    page = client.get(reverse("import-plan"))
    assert texts(page, "//main//*[@role='status']") == [
        "“pasted text” was put aside. It can still be opened below."
    ]
    assert texts(page, "//main//section//li//a") == []
    assert texts(page, "//main//details//li//a") == ["pasted text"]
    assert client.get(reverse("review-import", args=[draft.pk])).status_code == 200


def test_the_act_is_history_in_the_persons_name_and_keeps_what_was_typed(cast, as_user):
    draft = waiting(as_user(cast.staff))
    assert draft.keep("plan-title=X", "1") is True
    as_user(cast.admin).post(reverse("discard-import", args=[draft.pk]))
    draft.refresh_from_db()
    assert (draft.discarded, draft.typed) == (True, "plan-title=X")
    assert [(row.history_type, row.history_user) for row in draft.history.all()] == [
        ("~", cast.admin),
        ("+", cast.staff),
    ]


def test_a_second_click_changes_nothing_more(cast, as_user):
    client = as_user(cast.staff)
    draft = waiting(client)
    for _click in range(2):
        assert client.post(reverse("discard-import", args=[draft.pk])).status_code == 302
    assert ImportDraft.objects.get().discarded is True


def test_confirming_it_after_all_makes_the_plan(cast, as_user):
    client = as_user(cast.staff)
    draft = waiting(client)
    client.post(reverse("discard-import", args=[draft.pk]))
    url = reverse("review-import", args=[draft.pk])
    client.post(url, form_data(client.get(url)))
    draft.refresh_from_db()
    assert (draft.plan, draft.discarded) == (Plan.objects.get(), False)


def test_a_document_that_became_a_plan_is_not_put_aside(cast, as_user):
    client = as_user(cast.staff)
    draft = waiting(client)
    url = reverse("review-import", args=[draft.pk])
    client.post(url, form_data(client.get(url)))
    client.post(reverse("discard-import", args=[draft.pk]))
    draft.refresh_from_db()
    assert (draft.discarded, draft.plan) == (False, Plan.objects.get())
