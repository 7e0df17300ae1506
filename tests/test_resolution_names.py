"""One name for one body in all documents of a locality, and the places behind the names (domain rules 1.2, 3.7, 8.2)."""

from __future__ import annotations

import pytest

from pipeline.names.canonical import long_form, national
from pipeline.names.locality import Locality, bare_name, find
from pipeline.names.naming import spelled_out, truecase
from pipeline.names.places import mentions, named

PROVINCE = Locality("tỉnh Bắc Giang", None, None, "province")
DISTRICT = Locality("tỉnh Bắc Giang", "huyện Yên Thế", None, "district")
COMMUNE = Locality("tỉnh Bắc Ninh", None, "xã Yên Thế", "commune")
CITY = Locality("thành phố Huế", None, None, "province")
OF = {
    PROVINCE: "Ủy ban nhân dân tỉnh Bắc Giang",
    DISTRICT: "Ủy ban nhân dân huyện Yên Thế",
    COMMUNE: "Ủy ban nhân dân xã Yên Thế",
    CITY: "Ủy ban nhân dân thành phố Huế",
}

LONG = [
    (PROVINCE, "UBND tỉnh", "Ủy ban nhân dân tỉnh Bắc Giang"),
    (PROVINCE, "Uỷ ban nhân dân tỉnh", "Ủy ban nhân dân tỉnh Bắc Giang"),
    (PROVINCE, "UBND tỉnh Bắc Giang", "Ủy ban nhân dân tỉnh Bắc Giang"),
    (PROVINCE, "Chủ tịch UBND tỉnh", "Chủ tịch Ủy ban nhân dân tỉnh Bắc Giang"),
    (PROVINCE, "Văn phòng UBND tỉnh", "Văn phòng Ủy ban nhân dân tỉnh Bắc Giang"),
    (PROVINCE, "Sở Nội vụ", "Sở Nội vụ tỉnh Bắc Giang"),
    (PROVINCE, "Giám đốc Sở Nội vụ", "Giám đốc Sở Nội vụ tỉnh Bắc Giang"),
    (PROVINCE, "Tỉnh ủy", "Tỉnh ủy Bắc Giang"),
    (PROVINCE, "BTV Tỉnh ủy", "Ban Thường vụ Tỉnh ủy Bắc Giang"),
    (PROVINCE, "Ban Tổ chức Tỉnh ủy", "Ban Tổ chức Tỉnh ủy Bắc Giang"),
    (PROVINCE, "Ủy ban MTTQVN tỉnh", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Bắc Giang"),
    (PROVINCE, "Công an tỉnh", "Công an tỉnh Bắc Giang"),
    (PROVINCE, "UBND huyện", "Ủy ban nhân dân huyện"),
    (PROVINCE, "UBND huyện Yên Thế", "Ủy ban nhân dân huyện Yên Thế"),
    (PROVINCE, "các sở, ban, ngành", "các sở, ban, ngành"),
    (PROVINCE, "UBND các huyện, thị xã, thành phố", "Ủy ban nhân dân các huyện, thị xã, thành phố"),
    (PROVINCE, "TTg", "Thủ tướng Chính phủ"),
    (PROVINCE, "Bộ Nội vụ", "Bộ Nội vụ"),
    (DISTRICT, "UBND huyện", "Ủy ban nhân dân huyện Yên Thế"),
    (DISTRICT, "UBND tỉnh", "Ủy ban nhân dân tỉnh Bắc Giang"),
    (DISTRICT, "Phòng Nội vụ", "Phòng Nội vụ huyện Yên Thế"),
    (DISTRICT, "Phòng Tài chính – Kế hoạch", "Phòng Tài chính - Kế hoạch huyện Yên Thế"),
    (DISTRICT, "Phòng Tài chính - Kế hoạch", "Phòng Tài chính - Kế hoạch huyện Yên Thế"),
    (DISTRICT, "Huyện ủy", "Huyện ủy Yên Thế"),
    (DISTRICT, "Sở Nội vụ", "Sở Nội vụ tỉnh Bắc Giang"),
    (DISTRICT, "Văn phòng HĐND và UBND huyện", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện Yên Thế"),
    (COMMUNE, "UBND xã", "Ủy ban nhân dân xã Yên Thế"),
    (COMMUNE, "Đảng ủy xã", "Đảng ủy xã Yên Thế"),
    (COMMUNE, "Phòng Kinh tế", "Phòng Kinh tế xã Yên Thế"),
    (COMMUNE, "UBND tỉnh", "Ủy ban nhân dân tỉnh Bắc Ninh"),
    (CITY, "UBND thành phố", "Ủy ban nhân dân thành phố Huế"),
    (CITY, "Thành ủy", "Thành ủy Huế"),
    (CITY, "Sở Nội vụ", "Sở Nội vụ thành phố Huế"),
]


@pytest.mark.parametrize(("where", "name", "expected"), LONG)
def test_long_form(where: Locality, name: str, expected: str) -> None:
    assert long_form(name, where, OF[where]) == expected


@pytest.mark.parametrize(("where", "name", "expected"), LONG)
def test_the_long_form_of_a_long_form_is_itself(where: Locality, name: str, expected: str) -> None:
    assert long_form(expected, where, OF[where]) == expected


INNER = [
    ("Văn phòng Ủy ban nhân dân tỉnh Bắc Giang", "Chánh Văn phòng", "Chánh Văn phòng Ủy ban nhân dân tỉnh Bắc Giang"),
    ("Văn phòng Ủy ban nhân dân tỉnh Bắc Giang", "Văn phòng", "Văn phòng Ủy ban nhân dân tỉnh Bắc Giang"),
    ("Văn phòng Ủy ban nhân dân tỉnh Bắc Giang", "Phòng Tổng hợp", "Phòng Tổng hợp Văn phòng Ủy ban nhân dân tỉnh Bắc Giang"),
    ("Sở Nội vụ tỉnh Bắc Giang", "Trưởng phòng Cải cách hành chính", "Trưởng phòng Cải cách hành chính Sở Nội vụ tỉnh Bắc Giang"),
    ("Sở Nội vụ tỉnh Bắc Giang", "Sở Tài chính", "Sở Tài chính tỉnh Bắc Giang"),
]


@pytest.mark.parametrize(("issuer", "name", "expected"), INNER)
def test_inner_departments_get_the_name_of_their_house(issuer: str, name: str, expected: str) -> None:
    assert long_form(name, PROVINCE, issuer) == expected


def test_nothing_is_added_where_the_locality_is_unknown() -> None:
    nowhere = Locality()
    for name in ("Sở Nội vụ", "Công an tỉnh", "Tỉnh ủy", "Phòng Nội vụ"):
        assert long_form(name, nowhere) == name


NATIONAL = [
    ("TTg", "Thủ tướng Chính phủ"),
    ("Thủ tướng", "Thủ tướng Chính phủ"),
    ("CP", "Chính phủ"),
    ("Ban Bí thư", "Ban Bí thư"),
    ("Bộ Y tế", "Bộ Y tế"),
    ("Sở Y tế", None),
    ("Ủy ban nhân dân", None),
]


@pytest.mark.parametrize(("name", "expected"), NATIONAL)
def test_national_bodies(name: str, expected: str | None) -> None:
    assert national(name) == expected


CAPITALS = [
    ("ỦY BAN NHÂN DÂN TỈNH LÀO CAI", "Ủy ban nhân dân tỉnh Lào Cai"),
    ("UBND TỈNH BẮC GIANG", "UBND tỉnh Bắc Giang"),
    ("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "Sở Nông nghiệp và Môi trường"),
    ("BỘ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "Bộ Văn hóa, Thể thao và Du lịch"),
    ("HUYỆN ỦY YÊN THẾ", "Huyện ủy Yên Thế"),
    ("PHÒNG GIÁO DỤC VÀ ĐÀO TẠO", "Phòng Giáo dục và Đào tạo"),
    ("SỞ XÂY DỰNG TỈNH BÀ RỊA - VŨNG TÀU", "Sở Xây dựng tỉnh Bà Rịa - Vũng Tàu"),
    ("VĂN PHÒNG CHÍNH PHỦ", "Văn phòng Chính phủ"),
]


@pytest.mark.parametrize(("capitals", "expected"), CAPITALS)
def test_truecase(capitals: str, expected: str) -> None:
    assert truecase(capitals) == expected


SPELLED = [
    ("UBND huyện", "Ủy ban nhân dân huyện"),
    ("Văn phòng HĐND và UBND huyện", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện"),
    ("Phòng Tài chính–Kế hoạch", "Phòng Tài chính - Kế hoạch"),
    ("Huyện uỷ", "Huyện ủy"),
    ("Quỹ Đầu tư", "Quỹ Đầu tư"),
    ("**Sở Nội vụ**.", "Sở Nội vụ"),
]


@pytest.mark.parametrize(("name", "expected"), SPELLED)
def test_spelled_out(name: str, expected: str) -> None:
    assert spelled_out(name) == expected


def test_districts_end_with_june_2025() -> None:
    (district,) = named("Yên Thế", "huyện")
    (commune,) = named("Yên Thế", "xã")
    assert district.valid("2025-06-30") and not district.valid("2025-07-01")
    assert commune.valid("2025-07-01") and not commune.valid("2025-06-30")
    assert district.valid(None) and district.valid("2025")


def test_places_in_a_text() -> None:
    found = [(p.full, p.rank) for _, _, p in mentions("UBND tỉnh Quảng Ngãi, huyện Ba Tơ; tỉnh táo; xã hội; xã Đoàn Kết nhé")]
    assert found == [("tỉnh Quảng Ngãi", "province"), ("huyện Ba Tơ", "district"), ("xã Đoàn Kết", "commune")]


FOUND = [
    (
        "what the header says wins",
        "Theo gương tỉnh Lào Cai, tỉnh Lào Cai.",
        "UBND tỉnh Bắc Giang",
        "Bắc Giang",
        "province",
        "tỉnh Bắc Giang",
    ),
    ("the parent of a known district", "UBND huyện Yên Thế giao các xã.", "", "Yên Thế", "district", "tỉnh Bắc Giang"),
    ("the place of issue alone", "Các sở thực hiện.", "", "Bắc Giang", "province", "tỉnh Bắc Giang"),
    ("nothing known", "Các sở thực hiện.", "", None, "province", None),
]


@pytest.mark.parametrize(("title", "text", "head", "place", "own", "expected"), FOUND, ids=[f[0] for f in FOUND])
def test_province_of_a_document(title: str, text: str, head: str, place: str | None, own: str, expected: str | None) -> None:
    assert find(text, head, place, "2025-03-10", own).province == expected


def test_bare_name() -> None:
    assert bare_name("thành phố Huế") == "Huế"
    assert bare_name("tỉnh Quảng Ngãi") == "Quảng Ngãi"
    assert bare_name("Huế") == "Huế"
