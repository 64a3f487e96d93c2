"""The letterhead of a unit: its history, and what is suggested where there is none yet."""

import re

from django.utils import timezone

from units.history import Timeline
from units.matching import plain
from units.models import Letterhead, Signer, Unit

Kind = Unit.Kind
# Behind which the name of a place follows, in the names of Fronts and of organisations.
PLACE = re.compile(r"\b(?:phường|xã|thị trấn|đặc khu|thành phố|tỉnh) (?=\D)(.+)$", re.IGNORECASE)
SUPERIORS = {Kind.WARD: Kind.CITY, Kind.CITY: Kind.SUPERIOR}
# A Front's papers are its standing committee's.
COMMITTEE = "BAN THƯỜNG TRỰC"


def letterhead_timeline(unit: Unit) -> Timeline:
    """Changes of the unit's letterhead and of its further signers, those removed included."""
    letterheads = Letterhead.history.filter(unit_id=unit.pk)
    signers = Signer.history.filter(letterhead_id__in=letterheads.order_by().values("id"))
    return Timeline(letterheads, signers)


def letterhead_of(unit: Unit) -> Letterhead:
    """The stored one, or one that is only suggested."""
    return getattr(unit, "letterhead", None) or suggested_letterhead(unit)


def suggested_letterhead(unit: Unit) -> Letterhead:
    """Not stored: what follows from the unit's name and from the register; unsure means empty."""
    place = PLACE.search(unit.name)
    name = unit.name.upper()
    if place:
        start = place.start()
        name = f"{name[:start].rstrip()}\n{name[start:]}".strip()
    is_front = unit.kind in SUPERIORS
    return Letterhead(
        unit=unit,
        superior_name=superior_of(unit).upper(),
        issuer_name=f"{name}\n{COMMITTEE}" if is_front else name,
        place=place.group(1) if place else "",
        signing_authority=f"TM. {COMMITTEE}" if is_front else "",
    )


def superior_of(unit: Unit) -> str:
    """The name of the one Front above it; empty where there is none or more than one."""
    if unit.kind not in SUPERIORS:
        return ""
    above = Unit.objects.of_kind(SUPERIORS[Kind(unit.kind)]).valid_on(timezone.localdate())
    names = [each.name for each in above if plain(each.name).startswith("mttq")]
    return names[0] if len(names) == 1 else ""
