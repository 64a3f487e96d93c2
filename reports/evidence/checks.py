"""What `manage.py check --deploy` says of where the evidence is kept."""

from typing import Any

from django.core.checks import CheckMessage, Error

from reports.evidence.actions import evidence_storage
from reports.evidence.bucket import BucketStorage


def check_bucket(**_more: Any) -> list[CheckMessage]:
    storage = evidence_storage()
    if isinstance(storage, BucketStorage):
        try:
            next(storage.digests(), None)
        except OSError as error:
            hint = "See EVIDENCE_BUCKET and AWS_ENDPOINT_URL; the key must be allowed to list, get and put."
            return [Error(f"The bucket of evidence cannot be read: {error}", hint=hint, id="reports.E003")]
    return []
