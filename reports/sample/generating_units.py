"""The units of the generated sample and their people."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from django.utils.text import slugify

from reports.sample import generating_words as words
from units.folding import fold
from units.letterheads import suggested_letterhead
from units.models import Letterhead, Unit, User


@dataclass(frozen=True)
class Houses:
    city: Unit
    wards: list[Unit]
    members: list[Unit]


def make_units(count: int, rng: Random) -> Houses:
    """Of all units but the city a fifth are member organisations."""
    city = Unit.objects.create(
        kind=Unit.Kind.CITY,
        code="mttq-mau",
        name="Ủy ban MTTQ Việt Nam thành phố Mẫu",
        short_name="MTTQ thành phố Mẫu",
    )
    Letterhead.objects.create(
        unit=city,
        superior_name="ỦY BAN MTTQ VIỆT NAM TỈNH MẪU",
        issuer_name="ỦY BAN MTTQ VIỆT NAM\nTHÀNH PHỐ MẪU\nBAN THƯỜNG TRỰC",
        symbol="MTTQ-BTT",
        place="Thành phố Mẫu",
        signing_authority="TM. BAN THƯỜNG TRỰC",
        signer_position="CHỦ TỊCH",
        sent_to="Như trên\nLưu: VT",
    )
    members = count // 5
    wards = [
        make_unit(Unit.Kind.WARD, name, f"Ủy ban MTTQ Việt Nam {name}")
        for name in words.ward_names(count - members, rng)
    ]
    for ward in wards:
        make_letterhead(ward)
    organisations = [
        make_unit(Unit.Kind.MEMBER, name, f"{name} thành phố Mẫu")
        for name in words.member_names(members, rng)
    ]
    return Houses(city, wards, organisations)


def make_unit(kind: str, short_name: str, name: str) -> Unit:
    code = slugify(fold(short_name))[:40]
    return Unit.objects.create(kind=kind, code=code, name=name, short_name=short_name)


def make_letterhead(ward: Unit) -> None:
    """As it is suggested from the ward's name; nobody has filled the rest."""
    suggested_letterhead(ward).save()


def accounts(houses: Houses) -> list[tuple[str, str, str, Unit]]:
    """The sample's own, and officers of all other units, as `make_accounts` takes them."""
    known = dict(enumerate(("truongson", "bacson")))
    officers = [
        (known.get(place, f"canbo-{unit.code}"), User.Role.OFFICER, f"cán bộ {unit.short_name}", unit)
        for place, unit in enumerate([*houses.wards, *houses.members])
    ]
    return [
        ("canbo", User.Role.STAFF, "cán bộ thành phố", houses.city),
        ("lanhdao", User.Role.LEADER, "lãnh đạo", houses.city),
        *officers,
    ]
