from typing import BinaryIO, cast

from django.core.files.storage import storages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reports.access import readable_attachment
from reports.evidence.kinds import MEDIA_TYPES, signatures_in
from reports.evidence.refusals import NotEvidence
from reports.evidence.storage import name_of
from reports.reading.signatures import signed


@require_safe
def show_signatures(request: HttpRequest, pk: int) -> HttpResponse:
    """The digital signatures of a PDF as they are found now, with the certificates that are trusted now."""
    attachment = readable_attachment(request.user, pk)
    context = {"attachment": attachment}
    try:
        with storages["evidence"].open(name_of(attachment.digest)) as content:
            is_pdf = attachment.media_type == MEDIA_TYPES["pdf"]
            found = signed(signatures_in(cast(BinaryIO, content))) if is_pdf else []
    except NotEvidence as refusal:
        return render(request, "reports/show_signatures.html", {**context, "problem": refusal})
    except OSError:
        problem = _("The file cannot be read at the moment. Tell the administration.")
        return render(request, "reports/show_signatures.html", {**context, "problem": problem}, status=410)
    return render(request, "reports/show_signatures.html", {**context, "signatures": found})
