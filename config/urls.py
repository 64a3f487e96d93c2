from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    path("", include("reports.urls")),
    path("", include("tasks.urls")),
    path("", include("plans.urls")),
    path("", include("units.urls")),
    path("language/", login_not_required(set_language), name="set-language"),
    path("admin/", admin.site.urls),
]
