from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

# No page of ours has a longer address, and a redirect to one is refused.
LONGEST = 1500


def asked_back(request: HttpRequest, otherwise: str) -> str:
    """Where the person came from, as `next` says it, if that is a page of ours."""
    asked = request.POST.get("next", request.GET.get("next", ""))
    ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if ours and asked.startswith("/") and len(asked) <= LONGEST else otherwise
