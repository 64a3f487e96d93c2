from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, ProtectedError, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from units.folding import searchable
from units.querysets import LEFT_OPEN, UnitQuerySet
from units.records import History, Recorded
from units.texts import lines_error, recipient_lines, tidy, tidy_lines, tidy_symbol


class Unit(Recorded):
    """A body that issues, receives or carries out: the city Front, a ward's Front, an organisation."""

    class Kind(models.TextChoices):
        CITY = "city", _("City Front")
        SUPERIOR = "superior", _("Superior body")
        PARTY = "party", _("Party body")
        MEMBER = "member", _("Member organisation")
        WARD = "ward", _("Ward or commune Front")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    name = models.CharField(_("full name"), max_length=200, help_text=_("As papers print it."))
    short_name = models.CharField(_("short name"), max_length=80, help_text=_("As lists show it."))
    code = models.SlugField(_("code"), max_length=40, unique=True)
    aliases = models.TextField(
        _("other names"), blank=True, help_text=_("Other names that documents use for it, one a line.")
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True, help_text=_("The last day."))
    folded = models.TextField(editable=False, default="")

    history = History(excluded_fields=["folded"])
    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["folded", "pk"]
        constraints = [
            models.CheckConstraint(
                name="unit_valid_from_before_to",
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("The last day of validity is before the first."),
            )
        ]

    def __str__(self) -> str:
        return self.short_name

    def save(self, *args, **kwargs) -> None:
        self.folded = searchable(self.short_name, self.name, self.code, self.aliases)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("show-unit", args=[self.pk])

    def delete(self, *args, **kwargs) -> tuple[int, dict[str, int]]:
        """Raises ProtectedError for a unit of a distribution list: that table would let it go unasked."""
        lists: set[models.Model] = set(self.receptions.all())
        if lists:
            raise ProtectedError(str(_("Distribution lists name this unit.")), lists)
        return super().delete(*args, **kwargs)

    @property
    def known_names(self) -> list[str]:
        return [self.name, self.short_name, *self.aliases.splitlines()]

    def is_valid_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


class Succession(Recorded):
    """One unit goes on in another from a day; old papers keep the old name, new sums follow this."""

    predecessor = models.ForeignKey(
        Unit, verbose_name=_("predecessor"), on_delete=models.PROTECT, related_name="successions"
    )
    successor = models.ForeignKey(
        Unit, verbose_name=_("successor"), on_delete=models.PROTECT, related_name="precedences"
    )
    effective_on = models.DateField(_("effective on"))
    decision_number = models.CharField(_("decision number"), max_length=80, blank=True)

    history = History()
    history_label_fields = ("predecessor", "successor")

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        ordering = ["effective_on", "pk"]
        constraints = [
            models.UniqueConstraint(name="succession_once", fields=["predecessor", "successor"]),
            models.CheckConstraint(
                name="succession_of_two_units",
                condition=~Q(predecessor=F("successor")),
                violation_error_message=_("A unit cannot succeed itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class Printed(Recorded):
    """Texts that papers print: tidied before they are checked, and no more lines than there is room for."""

    tidied: ClassVar[dict[str, Callable[[str], str]]] = {}
    most_lines: ClassVar[dict[str, int]] = {}

    class Meta:
        abstract = True

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        for name, tidied in self.tidied.items():
            setattr(self, name, tidied(getattr(self, name)))
        super().clean_fields(exclude)

    def clean(self) -> None:
        super().clean()
        if errors := self.errors_of_print():
            raise ValidationError(errors)

    def errors_of_print(self) -> dict[str, ValidationError]:
        found = {name: lines_error(getattr(self, name), most) for name, most in self.most_lines.items()}
        return {name: error for name, error in found.items() if error}


def line_by_line(text: str) -> str:
    return "\n".join(tidy_lines(text))


class Letterhead(Printed):
    """How a unit's papers begin and end (Decree 30/2020/ND-CP, Annex I, fields 2, 4, 7 and 9)."""

    tidied = {
        "superior_name": line_by_line,
        "issuer_name": line_by_line,
        "symbol": tidy_symbol,
        "place": tidy,
        "signing_authority": line_by_line,
        "signer_position": tidy,
        "signer_name": tidy,
        "sent_to": lambda text: "\n".join(recipient_lines(text)),
    }
    most_lines = {"superior_name": 3, "issuer_name": 5, "signing_authority": 4, "sent_to": 30}

    unit = models.OneToOneField(
        Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="letterhead"
    )
    superior_name = models.TextField(
        _("superior body"), max_length=300, blank=True, help_text=_("Each line as the paper breaks it.")
    )
    issuer_name = models.TextField(
        _("issuing body"), max_length=300, help_text=_("Each line as the paper breaks it.")
    )
    symbol = models.CharField(
        _("symbol"),
        max_length=40,
        blank=True,
        help_text=_("Stands in the numbers of its papers, for example MTTQ-BTT in 05/BC-MTTQ-BTT."),
    )
    place = models.CharField(_("place"), max_length=80, help_text=_("Stands before the date."))
    signing_authority = models.TextField(
        _("signing authority"),
        max_length=200,
        blank=True,
        help_text=_("Each line as the paper breaks it, for example: TM. BAN THƯỜNG TRỰC"),
    )
    signer_position = models.CharField(_("signer's position"), max_length=120, blank=True)
    signer_name = models.CharField(_("signer's name"), max_length=120, blank=True)
    sent_to = models.TextField(
        _("recipients of its papers"),
        max_length=1000,
        blank=True,
        help_text=_("One a line, the archive last, for example: Lưu: VT"),
    )

    history = History()

    class Meta:
        verbose_name = _("letterhead")
        verbose_name_plural = _("letterheads")

    def __str__(self) -> str:
        return " ".join(self.issuer_name.split())

    def errors_of_print(self) -> dict[str, ValidationError]:
        errors = super().errors_of_print()
        if "/" in self.symbol or self.symbol[:1].isdigit():
            message = _("Give the part behind the kind of paper alone, without number or stroke: MTTQ-BTT")
            errors["symbol"] = ValidationError(message)
        return errors

    @property
    def left_open(self) -> list[str]:
        """What its papers leave as a gap, by the names of the fields."""
        fields = [field for field in self._meta.fields if field.name in LEFT_OPEN]
        return [str(field.verbose_name) for field in fields if not getattr(self, field.name)]


class Signer(Printed):
    """Who else signs papers of a unit: by order, in place or in the name of somebody (KT., TL., TUQ.)."""

    tidied = {"authority": line_by_line, "position": tidy, "name": tidy}
    most_lines = {"authority": 4}

    letterhead = models.ForeignKey(
        Letterhead, verbose_name=_("letterhead"), on_delete=models.CASCADE, related_name="signers"
    )
    authority = models.TextField(
        _("signing authority"),
        max_length=200,
        blank=True,
        help_text=_("Each line as the paper breaks it, for example: KT. CHỦ TỊCH"),
    )
    position = models.CharField(_("signer's position"), max_length=120, blank=True)
    name = models.CharField(_("signer's name"), max_length=120, blank=True)

    history = History()

    class Meta:
        verbose_name = _("further signer")
        verbose_name_plural = _("further signers")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="signer_says_something",
                condition=~Q(authority="") | ~Q(position="") | ~Q(name=""),
                violation_error_message=_("Give the position or the name of who signs."),
            )
        ]

    def __str__(self) -> str:
        return " ".join(f"{self.authority} {self.position} {self.name}".split())

    def errors_of_print(self) -> dict[str, ValidationError]:
        errors = super().errors_of_print()
        if self.name and not self.authority and not self.position:
            message = _("Give the position as well: above a name alone the paper prints dots.")
            errors["position"] = ValidationError(message)
        return errors


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        """Telephones begin a name with a capital; two names never differ in that alone."""
        # SQLite fails where somebody types a whole book.
        return self.get(username__iexact=(username or "")[:200])

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.full_clean()
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(username, password, **{**fields, "role": User.Role.ADMIN})


class User(Recorded, AbstractBaseUser):
    """A person with one role; what a role may do is decided in the access modules alone."""

    class Role(models.TextChoices):
        ADMIN = "admin", _("Administrator")
        STAFF = "staff", _("City staff")
        OFFICER = "officer", _("Unit officer")
        LEADER = "leader", _("Leader")

    username = models.CharField(
        _("username"),
        max_length=60,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": _("This username is taken.")},
    )
    full_name = models.CharField(_("full name"), max_length=120)
    role = models.CharField(_("role"), max_length=10, choices=Role)
    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="users", null=True, blank=True
    )
    email = models.EmailField(_("email"), blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    is_active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_("Clear this instead of deleting: what the person did keeps its name."),
    )
    date_joined = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    history = History(excluded_fields=["password", "last_login"])
    history_tells_secret_changes = True
    objects = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["username"]
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="username_once_in_any_case",
                violation_error_message=_("This username is taken."),
            ),
            models.CheckConstraint(
                name="officer_has_a_unit",
                condition=~Q(role="officer") | Q(unit__isnull=False),
                violation_error_message=_("A unit officer needs a unit."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.username

    def save(self, *args, **kwargs) -> None:
        if set(kwargs.get("update_fields") or ()) == {"last_login"}:
            # Signing in changes nothing of the account that its history should tell.
            self.skip_history_when_saving = True
        try:
            super().save(*args, **kwargs)
        finally:
            self.__dict__.pop("skip_history_when_saving", None)

    def get_short_name(self) -> str:
        return self.full_name

    def get_full_name(self) -> str:
        return self.full_name

    @property
    def is_staff(self) -> bool:
        """May enter the admin site (the name is Django's)."""
        return self.role in (self.Role.ADMIN, self.Role.STAFF)

    @property
    def is_superuser(self) -> bool:
        return self.role == self.Role.ADMIN

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Only asked by Django's own parts; ours ask the access modules."""
        return self.is_active and self.is_superuser

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.is_staff
