from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from units.models import User


class SignIn(views.LoginView):
    template_name = "units/sign_in.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs, sample_accounts=sample_accounts())


class SignOut(views.LogoutView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What was not told yet is told to nobody: the machine may be shared."""
        for _untold in messages.get_messages(request):
            pass
        return super().post(request, *args, **kwargs)


class ChangePassword(views.PasswordChangeView):
    template_name = "units/change_password.html"
    success_url = reverse_lazy("home")

    def form_valid(self, form):
        messages.success(self.request, _("Your password was changed."))
        return super().form_valid(form)


def sample_accounts() -> dict | None:
    """The sample's accounts and their password, while it runs in DEBUG; None in an office."""
    if not settings.DEBUG:
        return None
    users = User.objects.filter(username__in=settings.SAMPLE_USERNAMES, full_name__startswith="Tài khoản mẫu")
    return {"password": settings.SAMPLE_PASSWORD, "users": users} if users else None
