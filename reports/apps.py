from typing import Any

from django.apps import AppConfig
from django.core.checks import Error, Tags, register
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

from reports import guards


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = _("Reports")

    def ready(self) -> None:
        from reports.evidence.checks import check_bucket
        from reports.press.checks import check_papers

        pre_migrate.connect(take_guards_away, sender=self)
        post_migrate.connect(set_guards, sender=self)
        register(Tags.database)(check_guards)
        register(Tags.files)(check_papers)
        register(Tags.files, deploy=True)(check_bucket)


def take_guards_away(using: str, **_more: Any) -> None:
    guards.remove(connections[using])


def set_guards(using: str, **_more: Any) -> None:
    guards.install(connections[using])


def check_guards(*, databases: Any = None, **_more: Any) -> list[Error]:
    missing = [name for alias in databases or () for name in guards.missing(connections[alias])]
    if not missing:
        return []
    hint = "Run manage.py migrate: it sets them again."
    return [Error(f"Accepted reports are not protected: {', '.join(missing)}", hint=hint, id="reports.E001")]
