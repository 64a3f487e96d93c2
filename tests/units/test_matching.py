from time import perf_counter

import pytest

from units.matching import UnitNames, plain
from units.models import Unit

KIND = Unit.Kind


def unit(kind: str, name: str, short_name: str, *aliases: str) -> Unit:
    return Unit(kind=kind, name=name, short_name=short_name, aliases="\n".join(aliases))


UNITS = [
    unit(KIND.CITY, "Ủy ban MTTQ Việt Nam thành phố Mẫu", "MTTQ thành phố Mẫu", "MTTQ thành phố"),
    unit(KIND.SUPERIOR, "Ủy ban MTTQ Việt Nam tỉnh Mẫu", "MTTQ tỉnh", "Ủy ban MTTQ tỉnh"),
    unit(KIND.SUPERIOR, "Ban Tuyên giáo Ủy ban MTTQ tỉnh", "Ban Tuyên giáo MTTQ tỉnh"),
    unit(KIND.PARTY, "Thường trực Thành ủy Mẫu", "Thường trực Thành ủy"),
    unit(KIND.PARTY, "Ban Tuyên giáo Thành ủy Mẫu", "Ban Tuyên giáo Thành ủy"),
    unit(KIND.PARTY, "Ban Dân vận Thành ủy Mẫu", "Ban Dân vận Thành ủy"),
    unit(KIND.MEMBER, "Hội Nông dân thành phố Mẫu", "Hội Nông dân", "HND thành phố", "", "  "),
    unit(KIND.MEMBER, "Liên đoàn Lao động thành phố Mẫu", "Liên đoàn Lao động"),
    unit(KIND.WARD, "Ủy ban MTTQ Việt Nam phường Bãi Cát", "phường Bãi Cát"),
    unit(KIND.WARD, "Ủy ban MTTQ Việt Nam phường Đồi Thông", "phường Đồi Thông"),
    unit(KIND.WARD, "Ủy ban MTTQ Việt Nam xã Đồng Muối", "xã Đồng Muối"),
]
CITY, PROVINCE, PROVINCE_PROPAGANDA, PARTY, PROPAGANDA, MASSES, FARMERS, UNION, SAND, PINES, SALT = UNITS


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ủy ban MTTQ Việt Nam thành phố Mẫu", [CITY]),
        ("Ủy ban Mặt trận Tổ quốc Việt Nam thành phố Mẫu", [CITY]),
        ("Uỷ ban Mặt trận Tổ quốc thành phố", [CITY]),
        ("Ban Thường trực UB MTTQ thành phố", [CITY]),
        ("BTT UBMTTQVN TP. Mẫu.", [CITY]),
        ("MTTQ TP", [CITY]),
        ("ban thuong truc ubmttq tinh", [PROVINCE]),
        ("Ban Tuyên giáo UBMTTQ\u00a0tỉnh;", [PROVINCE_PROPAGANDA]),
        ("Thường trực Thành uỷ", [PARTY]),
        ("HND thành phố", [FARMERS]),
        ("UBMTTQ P.Bãi Cát", [SAND]),
        ("P. Đồi Thông", [PINES]),
        ("Ban Thường trực Uỷ ban MTTQ xã Đồng Muối", [SALT]),
    ],
)
def test_one_unit_is_known_by_each_of_its_names(name, expected):
    assert UnitNames(UNITS).find(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("các phường, xã", [SAND, PINES, SALT]),
        ("Các xã, phường", [SAND, PINES, SALT]),
        ("các xã và phường", [SAND, PINES, SALT]),
        ("các phường, xã, thị trấn", [SAND, PINES, SALT]),
        ("UBMTTQ các phường, xã", [SAND, PINES, SALT]),
        ("Ban Thường trực UBMTTQ các phường, xã", [SAND, PINES, SALT]),
        ("Các phường", [SAND, PINES]),
        ("MTTQ các xã", [SALT]),
        ("Các tổ chức thành viên", [FARMERS, UNION]),
        ("các tổ chức thành viên của Mặt trận", [FARMERS, UNION]),
        ("Các tổ chức thành viên, UBMTTQ các phường, xã", [FARMERS, UNION, SAND, PINES, SALT]),
        ("MTTQ các phường, xã và Hội Nông dân", [SAND, PINES, SALT, FARMERS]),
    ],
)
def test_collective_names_stand_for_all_of_a_kind(name, expected):
    assert UnitNames(UNITS).find(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ban Tuyên giáo, Ban Dân vận Thành ủy", [PROPAGANDA, MASSES]),
        ("Ban Dân vận và Ban Tuyên giáo Thành ủy Mẫu", [MASSES, PROPAGANDA]),
        ("Hội Nông dân; Liên đoàn Lao động; phường Bãi Cát", [FARMERS, UNION, SAND]),
        ("Hội Nông dân, Hội Nông dân", [FARMERS]),
        ("các phường, xã Đồng Muối", [SAND, PINES, SALT]),
        ("các phường Bãi Cát, Đồi Thông", []),
        ("Hội Nông dân, Hội Làm vườn", []),
        ("Hội Làm vườn và Hội Nông dân", []),
    ],
)
def test_a_list_is_found_when_all_of_it_is(name, expected):
    assert UnitNames(UNITS).find(name) == expected


@pytest.mark.parametrize(
    "name",
    [
        "",
        " , ; ",
        "các",
        "Mặt trận",
        "phường",
        "Bãi Cát",
        "phường Bãi",
        "UBND phường Bãi Cát",
        "Ban Tuyên giáo",
        "Lưu MTTQ thành phố",
        "các đơn vị liên quan",
    ],
)
def test_unsure_means_none(name):
    assert UnitNames(UNITS).find(name) == []


def test_a_name_of_two_units_says_neither():
    old = unit(KIND.WARD, "Ủy ban MTTQ Việt Nam phường Bãi Cát", "phường Bãi Cát (cũ)")
    names = UnitNames([*UNITS, old])
    assert names.find("Ủy ban MTTQ Việt Nam phường Bãi Cát") == []
    assert names.find("phường Bãi Cát cũ") == [old]


def test_a_shared_ending_that_could_mean_two_units_says_neither():
    board = unit(KIND.SUPERIOR, "Ban Tuyên giáo", "Ban Tuyên giáo")
    assert UnitNames([*UNITS, board]).find("Ban Tuyên giáo, Ban Dân vận Thành ủy") == []


def test_wards_of_a_kind_that_is_not_there_are_none():
    assert UnitNames([SAND, FARMERS]).find("các xã") == []
    assert UnitNames([]).find("các phường, xã") == []


def test_abbreviations_are_written_alike():
    assert {
        name: plain(name) for name in ["UBMTTQ tỉnh", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "MTTQVN tỉnh"]
    } == {
        "UBMTTQ tỉnh": "mttq tinh",
        "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh": "mttq tinh",
        "MTTQVN tỉnh": "mttq tinh",
    }


def test_two_hundred_units_and_fifty_names_are_instant():
    wards = [unit(KIND.WARD, f"Ủy ban MTTQ Việt Nam phường Số {n}", f"phường Số {n}") for n in range(200)]
    began = perf_counter()
    names = UnitNames(wards)
    found = [names.find(f"UBMTTQ phường Số {n}, UBMTTQ phường Số {n + 1}") for n in range(50)]
    assert [len(units) for units in found] == [2] * 50
    assert perf_counter() - began < 1
