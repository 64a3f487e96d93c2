from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.defaults import page_not_found


class LanguageMiddleware:
    """Vietnamese unless the person switched; the browser's own preference is not asked.

    Office machines often run an English system, and an officer must not land on an English page.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class OwnNotFoundMiddleware:
    """A missing page is our own in a trial too: Django's would list every address."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        return page_not_found(request, Http404()) if response.status_code == 404 else response


class PrivatePagesMiddleware:
    """On a ward's shared machine the Back button shows nothing after signing out."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class SignInMiddleware(LoginRequiredMiddleware):
    """Who presses a button after the sign-in has ended comes back to its page, and is told to press again."""

    def handle_no_permission(self, request: HttpRequest, view_func: Callable) -> HttpResponseRedirect:
        if request.method in ("GET", "HEAD"):
            return super().handle_no_permission(request, view_func)
        # Not for what a page's own script sends: it tells by itself.
        if request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate":
            messages.warning(request, _("Your sign-in had ended: what you pressed last was not done."))
        return redirect_to_login(page_before(request))


def page_before(request: HttpRequest) -> str:
    """The page of ours that the request came from, or the first page."""
    try:
        page = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return "/"
    return page._replace(scheme="", netloc="").geturl() if page.netloc == request.get_host() else "/"
