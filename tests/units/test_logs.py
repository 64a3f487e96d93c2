"""What an administrator reads of refusals."""

import logging

from django.urls import reverse

from config.logs import RefusalsInOneLine


def test_a_refusal_is_one_line(cast, work, as_user, caplog):
    caplog.handler.addFilter(RefusalsInOneLine())
    as_user(cast.leader).get(reverse("edit-plan", args=[work.plan.pk]))
    assert [record.getMessage() for record in caplog.records] == [
        f"Forbidden (Permission denied): /plans/{work.plan.pk}/edit/"
    ]
    assert caplog.text.count("\n") == 1


def test_a_fault_is_told_with_its_place():
    told = (ValueError, ValueError(), None)
    record = logging.LogRecord("django.request", logging.ERROR, "", 0, "Fault", None, told)
    assert RefusalsInOneLine().filter(record)
    assert record.exc_info
