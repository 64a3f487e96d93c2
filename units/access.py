"""Who may see and do what with units and people. Asked by views, templates and the admin alike."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from units.models import Unit, User
from units.querysets import UnitQuerySet

Role = User.Role


def require(allowed: bool) -> None:
    """A reader who may not do this gets 403."""
    if not allowed:
        raise PermissionDenied


def reads_everything(user: User) -> bool:
    return user.is_active and user.role in (Role.ADMIN, Role.STAFF, Role.LEADER)


def may_manage_work(user: User) -> bool:
    """Import plans, assign tasks, correct what was entered."""
    return user.is_active and user.role in (Role.ADMIN, Role.STAFF)


def may_manage_people(user: User) -> bool:
    """Accounts, units and whatever can only be undone in the admin."""
    return user.is_active and user.role == Role.ADMIN


def visible_units(user: User) -> UnitQuerySet:
    units = Unit.objects.all()
    return units if reads_everything(user) else units.filter(users=user)


def readable_unit(user: User, pk: int) -> Unit:
    return get_object_or_404(visible_units(user), pk=pk)


def visible_letterheads(user: User) -> UnitQuerySet:
    """The units with theirs: how papers begin and end is the office's matter, not the officers'."""
    require(reads_everything(user))
    return visible_units(user).issuing()


def readable_letterhead(user: User, pk: int) -> Unit:
    """Its unit, which may have none yet."""
    unit = readable_unit(user, pk)
    require(reads_everything(user))
    return unit


def writable_letterhead(user: User, pk: int) -> Unit:
    unit = readable_letterhead(user, pk)
    require(may_manage_work(user))
    return unit
