from django.urls import path

from units.views import accounts, health, units

urlpatterns = [
    path("units/", units.list_units, name="list-units"),
    path("sign-in/", accounts.SignIn.as_view(), name="sign-in"),
    path("sign-out/", accounts.SignOut.as_view(), name="sign-out"),
    path("password/", accounts.ChangePassword.as_view(), name="change-password"),
    path("healthz", health.healthz, name="healthz"),
]
