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
    """The city Front of a province, and its units."""

    province: int
    city: Unit
    wards: list[Unit]
    members: list[Unit]

    @property
    def place(self) -> str:
        return place_of(self.province)


def place_of(province: int) -> str:
    return "Mẫu" if province == 1 else f"Mẫu {province}"


def apart(name: str, province: int) -> str:
    """The first province has it alone, the others with their number."""
    return name if province == 1 else f"{name}-{province}"


def make_units(province: int, count: int, rng: Random) -> Houses:
    """Of all units but the city a fifth are member organisations."""
    place = place_of(province)
    city = Unit.objects.create(
        kind=Unit.Kind.CITY,
        code=apart("mttq-mau", province),
        name=f"Ủy ban MTTQ Việt Nam thành phố {place}",
        short_name=f"MTTQ thành phố {place}",
    )
    Letterhead.objects.create(
        unit=city,
        superior_name="ỦY BAN MTTQ VIỆT NAM TỈNH MẪU",
        issuer_name=f"ỦY BAN MTTQ VIỆT NAM\nTHÀNH PHỐ {place.upper()}\nBAN THƯỜNG TRỰC",
        symbol="MTTQ-BTT",
        place=f"Thành phố {place}",
        signing_authority="TM. BAN THƯỜNG TRỰC",
        signer_position="CHỦ TỊCH",
        sent_to="Như trên\nLưu: VT",
    )
    members = count // 5
    wards = [
        make_unit(province, Unit.Kind.WARD, name, f"Ủy ban MTTQ Việt Nam {name}")
        for name in words.ward_names(count - members, rng)
    ]
    for ward in wards:
        make_letterhead(ward)
    organisations = [
        make_unit(province, Unit.Kind.MEMBER, name, f"{name} thành phố {place}")
        for name in words.member_names(members, rng)
    ]
    return Houses(province, city, wards, organisations)


def make_unit(province: int, kind: str, short_name: str, name: str) -> Unit:
    code = apart(slugify(fold(short_name))[: 40 if province == 1 else 37], province)
    return Unit.objects.create(kind=kind, code=code, name=name, short_name=short_name)


def make_letterhead(ward: Unit) -> None:
    """As it is suggested from the ward's name; nobody has filled the rest."""
    suggested_letterhead(ward).save()


def accounts(houses: Houses) -> list[tuple[str, str, str, Unit]]:
    """The sample's own, which are of the first province, and officers of all other units, as
    `make_accounts` takes them."""
    known = dict(enumerate(("truongson", "bacson"))) if houses.province == 1 else {}
    officers = [
        (known.get(place, f"canbo-{unit.code}"), User.Role.OFFICER, f"cán bộ {unit.short_name}", unit)
        for place, unit in enumerate([*houses.wards, *houses.members])
    ]
    return [
        (apart("canbo", houses.province), User.Role.STAFF, "cán bộ thành phố", houses.city),
        (apart("lanhdao", houses.province), User.Role.LEADER, "lãnh đạo", houses.city),
        *officers,
    ]
