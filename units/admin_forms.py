"""The admin's forms for accounts."""

from django.contrib.auth import forms as auth_forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from units.models import User

PERSON = ("username", "full_name", "role", "unit", "email", "phone")


class NewUserForm(auth_forms.UserCreationForm):
    class Meta:
        model = User
        fields = PERSON
        field_classes = {"username": auth_forms.UsernameField}


class UserForm(auth_forms.UserChangeForm):
    class Meta:
        model = User
        fields = (*PERSON, "is_active", "password")
        field_classes = {"username": auth_forms.UsernameField}

    def clean(self) -> None:
        super().clean()
        if self._leaves_nobody():
            message = _("This is the last active administrator: make another one first.")
            raise ValidationError(message, code="last_admin")

    def _leaves_nobody(self) -> bool:
        """Locks the administrators, so that two of them cannot take the role from each other at once."""
        stays = self.cleaned_data.get("is_active") and self.cleaned_data.get("role") == User.Role.ADMIN
        if stays or not self.instance.pk:
            return False
        admins = User.objects.select_for_update().filter(role=User.Role.ADMIN, is_active=True)
        return {user.pk for user in admins} == {self.instance.pk}


class NewPasswordForm(auth_forms.AdminPasswordChangeForm):
    """Without Django's choice of accounts that have no password: nobody here signs in another way."""

    def __init__(self, user: User, *args, **kwargs) -> None:
        super().__init__(user, *args, **kwargs)
        self.fields.pop("usable_password", None)
        for field in self.fields.values():
            field.required = True
