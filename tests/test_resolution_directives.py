"""The same instrument has one key in all documents; what is not certain has none (domain rule 2.3, identity)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import Case, lines_of

from pipeline.records import Record
from pipeline.resolution.directives import issuer_by_symbol

Read = Callable[..., Record]
PLAN = "Kế hoạch số 77/KH-UBND ngày 05/3/2024"


def key(citation: str, read: Read, frame: str = "plan") -> str | None:
    """The key of the first citation in a sentence."""
    return read(f"1. Thực hiện {citation}.", frame).citations[0].directive


SAME = [
    ("date written out", "Chỉ thị số 33/CT-TTg ngày 26/11/2021", "Chỉ thị 33/CT-TTg ngày 26 tháng 11 năm 2021 của TTg"),
    ("space in the number", "Kết luận số 114-KL/TW ngày 14/7/2015", "Kết luận số 114 -KL/TW, ngày 14/7/2015"),
    ("year in the number", "Nghị định số 59/2023/NĐ-CP ngày 14/8/2023", "Nghị định số 59/2023/NĐ-CP"),
    ("short name of a law", "Luật Dân chủ ở cơ sở", "Luật Thực hiện dân chủ ở cơ sở năm 2022"),
    ("name and number of a law", "Luật Thực hiện dân chủ ở cơ sở", "Luật số 10/2022/QH15"),
    ("type in capitals", "CHỈ THỊ SỐ 33/CT-TTg ngày 26/11/2021", "Chỉ thị số 33/CT-TTg ngày 26/11/2021"),
    ("issuer abbreviated", f"{PLAN} của UBND tỉnh", f"{PLAN} của Ủy ban nhân dân tỉnh Bắc Giang"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "one", "other"), SAME, ids=[s[0] for s in SAME])
def test_one_instrument_has_one_key(title: str, one: str, other: str, read: Read) -> None:
    assert key(one, read) is not None
    assert key(one, read) == key(other, read)


def test_the_key_is_the_same_in_a_district_s_plan(read: Read) -> None:
    sentence = "Kế hoạch số 77/KH-UBND ngày 05/3/2024 của UBND tỉnh"
    assert key(sentence, read) == key(sentence, read, "district") == "ke-hoach/77-kh-ubnd/2024/uy-ban-nhan-dan-tinh-bac-giang"


DIFFERENT = [
    ("another year", "Chỉ thị số 33/CT-TTg ngày 26/11/2021", "Chỉ thị số 33/CT-TTg ngày 26/11/2020"),
    ("another body with the same symbol", f"{PLAN} của UBND tỉnh", f"{PLAN} của UBND huyện Yên Thế"),
    ("another type with the same code", "Quy định số 124-QĐ/TW ngày 02/02/2018", "Quyết định số 124-QĐ/TW ngày 02/02/2018"),
    ("a letter in the number", f"{PLAN} của UBND tỉnh", f"{PLAN.replace('77', '77a')} của UBND tỉnh"),
    ("laws of two years", "Luật Đất đai năm 2013", "Luật Đất đai năm 2024"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "one", "other"), DIFFERENT, ids=[d[0] for d in DIFFERENT])
def test_two_instruments_have_two_keys(title: str, one: str, other: str, read: Read) -> None:
    first, second = key(one, read), key(other, read)
    assert first and second and first != second


UNKNOWN = [
    "Chỉ thị số 33/CT-TTg",  # no year
    "Kế hoạch số 77/KH-UBND của UBND tỉnh",
    "Kế hoạch số 77/KH-UBND ngày 05/3/2024",  # whose?
]


@pytest.mark.parametrize("citation", UNKNOWN)
def test_what_is_not_certain_has_no_key(citation: str, read: Read) -> None:
    assert key(citation, read) is None


SYMBOLS = [
    ("NĐ-CP", "Chính phủ"),
    ("CT-TTg", "Thủ tướng Chính phủ"),
    ("QĐ-TTg", "Thủ tướng Chính phủ"),
    ("QH15", "Quốc hội"),
    ("UBTVQH15", "Ủy ban Thường vụ Quốc hội"),
    ("NQ-UBTVQH15", "Ủy ban Thường vụ Quốc hội"),
    ("QĐ-CTN", "Chủ tịch nước"),
    ("QĐ-BNV", "Bộ Nội vụ"),
    ("KL/TW", None),
    ("CT/TU", None),
    ("KH-UBND", None),
    ("UBND-TH", None),
]


@pytest.mark.parametrize(("symbol", "expected"), SYMBOLS)
def test_issuer_by_symbol(symbol: str, expected: str | None) -> None:
    assert issuer_by_symbol(symbol) == expected


@pytest.mark.cases("findings")
def test_findings(case: Case, read: Read) -> None:
    found, expected = lines_of(read(case.text, case.frame).findings, case.expect)
    assert found == expected


@pytest.mark.cases("findings")
def test_a_finding_is_one_line_at_a_place(case: Case, read: Read) -> None:
    record = read(case.text, case.frame)
    for finding in record.findings:
        assert "\n" not in finding.message
        assert 0 <= finding.start < finding.end <= len(record.text)


def test_both_dates_of_a_number_are_kept(read: Read) -> None:
    body = "1. Thực hiện Quyết định số 90/QĐ-UBND ngày {} của UBND tỉnh.\n2. Thực hiện Quyết định số 90/QĐ-UBND ngày {} của UBND tỉnh."
    record = read(body.format("02/11/2022", "21/11/2024"))
    assert [c.issued_on for c in record.citations] == ["2022-11-02", "2024-11-21"]
    assert {f.code for f in record.findings} == {"citation-date-conflict"}
    assert all("2022-11-02 and 2024-11-21" in f.message for f in record.findings)
