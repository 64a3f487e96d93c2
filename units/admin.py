"""Units and people in the admin, and what every other admin of the product builds on."""

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminTextareaWidget, RelatedFieldWidgetWrapper
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import Group
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Field, Q, QuerySet, TextField, prefetch_related_objects
from django.forms import Textarea
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from units import access
from units.admin_forms import NewPasswordForm, NewUserForm, UserForm
from units.history import Timeline
from units.letterheads import letterhead_timeline
from units.models import Letterhead, Signer, Succession, Unit, User
from units.searching import Question, held_in

admin.site.site_header = admin.site.site_title = _("Bám Sát – administration")
admin.site.index_title = _("Administration")


def sign_in_first(request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
    """One door for everybody; who is in already and comes here has no business in the admin."""
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect_to_login(request.GET.get("next", reverse("admin:index")))


admin.site.login = login_not_required(sign_in_first)  # type: ignore[method-assign]
# What a person may do follows from the role alone; groups would promise something else.
admin.site.unregister(Group)


# Asked of anonymous people too: they are not active.
Predicate = Callable[[Any], bool]


def nobody(user: User) -> bool:
    return False


class Guarded:
    """Django's four questions, answered by the access modules: its permission tables are never asked."""

    may_view: Predicate = staticmethod(access.may_manage_work)
    may_add: Predicate = staticmethod(access.may_manage_work)
    may_change: Predicate = staticmethod(access.may_manage_work)
    may_delete: Predicate = staticmethod(access.may_manage_work)

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return self.may_view(request.user)

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return self.may_add(request.user)

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return self.may_change(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return self.may_delete(request.user)

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        """No cross beside a choice: a row is deleted on its own page, not while naming it in another."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = False
        return field


class GuardedTable(Guarded, admin.TabularInline):
    extra = 0
    formfield_overrides = {TextField: {"widget": Textarea({"rows": 2, "cols": 30})}}


class RecordedAdmin(Guarded, admin.ModelAdmin):
    """History as the other screens show it. Not simple-history's own pages: their page of one version
    saves whatever is posted to it, even with reverting switched off."""

    list_per_page = 50
    object_history_template = "admin/row_history.html"
    formfield_overrides = {TextField: {"widget": AdminTextareaWidget({"rows": 4})}}

    def timeline(self, row: Any) -> Timeline:
        return Timeline(self.model.history.filter(id=row.pk))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict | None = None
    ) -> HttpResponse:
        row = self.get_object(request, unquote(object_id))
        changes = Paginator(self.timeline(row) if row else (), self.list_per_page)
        page = changes.get_page(request.GET.get("page"))
        return super().history_view(request, object_id, {**(extra_context or {}), "changes": page})

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[list, dict, set, list]:
        """Where rows are in the way, the page names them instead of permissions that nobody has."""
        deletable, counts, forbidden, protected = super().get_deleted_objects(objs, request)
        return deletable, counts, set() if protected else forbidden, protected

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Each word in some column: with or without marks where the column is folded."""
        for word in search_term.replace("\0", "").split():
            parts = Question(word).parts
            hits = [
                held_in(path, parts) if path.endswith("folded") else Q(**{f"{path}__icontains": word})
                for path in self.get_search_fields(request)
            ]
            queryset = queryset.filter(reduce(or_, hits))
        return queryset, False


class LetterheadInline(Guarded, admin.StackedInline):
    model = Letterhead


class SignerInline(GuardedTable):
    model = Signer


class SuccessorInline(GuardedTable):
    model = Succession
    fk_name = "predecessor"
    autocomplete_fields = ("successor",)
    verbose_name_plural = _("goes on in")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Succession]:
        return super().get_queryset(request).select_related("predecessor", "successor")


class PredecessorInline(SuccessorInline):
    fk_name = "successor"
    autocomplete_fields = ("predecessor",)
    verbose_name_plural = _("came from")


@admin.register(Unit)
class UnitAdmin(RecordedAdmin):
    may_add = may_change = may_delete = staticmethod(access.may_manage_people)
    list_display = ("short_name", "name", "kind", "code", "valid_from", "valid_to")
    list_filter = ("kind", ("valid_to", admin.EmptyFieldListFilter))
    search_fields = ("folded",)
    inlines = (LetterheadInline, SuccessorInline, PredecessorInline)

    def timeline(self, row: Unit) -> Timeline:
        return Timeline(*super().timeline(row).sources, *letterhead_timeline(row).sources)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[list, dict, set, list]:
        """A distribution list protects its units too: the database would drop them without a word."""
        deletable, counts, forbidden, protected = super().get_deleted_objects(objs, request)
        units = list(objs)
        prefetch_related_objects(units, "receptions")
        lists = [recipient for unit in units for recipient in unit.receptions.all()]
        protected += [f"{recipient._meta.verbose_name}: {recipient}" for recipient in lists]
        return deletable, counts, forbidden, protected


@admin.register(Succession)
class SuccessionAdmin(RecordedAdmin):
    may_add = may_change = may_delete = staticmethod(access.may_manage_people)
    list_display = ("predecessor", "successor", "effective_on", "decision_number")
    list_select_related = ("predecessor", "successor")
    list_filter = ("effective_on",)
    search_fields = ("predecessor__folded", "successor__folded", "decision_number")
    autocomplete_fields = ("predecessor", "successor")


@admin.register(Letterhead)
class LetterheadAdmin(RecordedAdmin):
    may_delete = staticmethod(access.may_manage_people)
    list_display = ("unit", "superior_name", "__str__", "symbol", "place", "signer_position", "signer_name")
    list_select_related = ("unit",)
    list_filter = ("unit__kind",)
    search_fields = ("unit__folded", "issuer_name", "superior_name")
    autocomplete_fields = ("unit",)
    inlines = (SignerInline,)

    def timeline(self, row: Letterhead) -> Timeline:
        return letterhead_timeline(row.unit)


@admin.register(User)
class UserAdmin(RecordedAdmin, DjangoUserAdmin):
    """Nobody deletes an account: what the person did keeps its name. A closed one is inactive."""

    may_view = may_add = may_change = staticmethod(access.may_manage_people)
    may_delete = staticmethod(nobody)
    form = UserForm
    add_form = NewUserForm
    add_form_template = None
    change_password_form = NewPasswordForm
    change_user_password_template = "admin/new_password.html"  # noqa: S105 - a template, not a password
    list_display = ("username", "full_name", "role", "unit", "is_active", "last_login")
    list_select_related = ("unit",)
    list_filter = ("role", "is_active", "unit__kind")
    search_fields = ("username", "full_name", "email", "unit__folded")
    autocomplete_fields = ("unit",)
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password", "is_active")}),
        (_("person"), {"fields": ("full_name", "role", "unit", "email", "phone")}),
        (_("dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "password1", "password2")}),
        (_("person"), {"fields": ("full_name", "role", "unit", "email", "phone")}),
    )
