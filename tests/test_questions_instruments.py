"""What `audit` and `trace` call a contradiction, and what are several instruments of one number."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from test_storage_samples import base_of, letter

from pipeline import records as r
from pipeline.questions.audit import audit
from pipeline.questions.instruments import distinct_issuers
from pipeline.questions.trace import trace

BAC_GIANG, QUANG_TRI = "Ủy ban nhân dân tỉnh Bắc Giang", "Ủy ban nhân dân tỉnh Quảng Trị"
ISSUERS = [
    (["Ban Bí thư", "Ban Bí thư Trung ương Đảng"], ["Ban Bí thư Trung ương Đảng"]),
    ([QUANG_TRI, BAC_GIANG], [BAC_GIANG, QUANG_TRI]),
    (["Sở Y", "Sở Y tế"], ["Sở Y tế"]),
    (["UBND xã Ba Tơ", "UBND xã Ba Tô"], ["UBND xã Ba Tô", "UBND xã Ba Tơ"]),
    (["Sở Y t", "Sở Y tế"], ["Sở Y tế", "Sở Y t"]),
    (["Bộ Y tế", "Bộ trưởng Bộ Y tế"], ["Bộ trưởng Bộ Y tế"]),
    (["UBND tỉnh Bắc Giang", f"Chủ tịch {BAC_GIANG}"], [f"Chủ tịch {BAC_GIANG}"]),
    (["Chánh Văn phòng Chính phủ", "VPCP", "Văn phòng Chính phủ"], ["Chánh Văn phòng Chính phủ"]),
    (["Bộ NN&PTNT", "Bộ Nông nghiệp và PTNT", "Bộ Nông nghiệp và Phát triển nông thôn"], ["Bộ Nông nghiệp và Phát triển nông thôn"]),
    (["Bộ Y tế", "Bộ trưởng Bộ Tài chính"], ["Bộ trưởng Bộ Tài chính", "Bộ Y tế"]),
    (["Bộ Tài chính", "Bộ Y tế; Bộ Tài chính"], ["Bộ Y tế; Bộ Tài chính"]),
    (["Chính phủ", "Thủ tướng Chính phủ"], ["Thủ tướng Chính phủ", "Chính phủ"]),
    ([], []),
]


@pytest.mark.parametrize(("said", "differ"), ISSUERS)
def test_a_short_name_of_an_issuer_is_no_other_issuer(said: list[str], differ: list[str]) -> None:
    assert distinct_issuers(said) == differ


HANOI, HUE = "Ủy ban nhân dân thành phố Hà Nội", "Ủy ban nhân dân thành phố Huế"
CENTRAL, POLITBURO = "Ban Chấp hành Trung ương", "Bộ Chính trị"
# Type and number; (document, date, issuer) of each mention; what is to be said of them.
SAID = [
    ("Kế hoạch", "21/KH-UBND", [("a", "2025-02-07", HANOI), ("b", "2025-01-24", HUE)], ()),
    ("Kế hoạch", "21/KH-UBND", [("a", "2025-02-07", HANOI), ("b", "2025-02-08", HANOI), ("c", "2025-01-24", HUE)], ("date",)),
    ("Kế hoạch", "21/KH-UBND", [("a", "2025-02-07", HANOI), ("b", "2025-02-08", f"Chủ tịch {HANOI}")], ("date",)),
    ("Kế hoạch", "21/KH-UBND", [("a", "2025-02-07", HANOI), ("b", "2024-02-08", HANOI)], ()),
    ("Kế hoạch", "21/KH-UBND", [("a", "2025-02-07", None), ("b", "2025-02-08", None)], ()),
    ("Kế hoạch", "21/KH-UBND", [("a", "2025-02-07", "Ủy ban nhân dân tỉnh"), ("b", "2025-02-08", "Ủy ban nhân dân tỉnh")], ()),
    ("Quyết định", "1211/QĐ-UBND", [("a", "2022-11-02", HANOI), ("a", "2024-11-21", HANOI)], ("date",)),
    ("Quyết định", "1211/QĐ-UBND", [("a", "2022-11-02", None), ("a", "2022-11-12", None)], ("date",)),
    ("Chỉ thị", "09/CT-TTg", [("a", "2024-02-23", "Thủ tướng Chính phủ"), ("b", "2026-03-12", "Thủ tướng")], ()),
    ("Chỉ thị", "07/CT-TTg", [("a", "2025-03-13", "Thủ tướng Chính phủ"), ("b", "2025-03-14", "Thủ tướng Chính phủ")], ("date",)),
    ("Chỉ thị", "07/CT-TTg", [("a", "2025-03", "Thủ tướng Chính phủ"), ("b", "2025-03-14", "Thủ tướng Chính phủ")], ()),
    ("Nghị quyết", "18-NQ/TW", [("a", "2017-10-25", CENTRAL), ("b", "2022-06-16", CENTRAL)], ()),
    ("Nghị quyết", "18-NQ/TW", [("a", "2017-10-25", CENTRAL), ("b", "2017-10-25", POLITBURO)], ("issuer",)),
    ("Nghị quyết", "18-NQ/TW", [("a", "2017-10-25", CENTRAL), ("b", "2022-06-16", POLITBURO)], ()),
    ("Nghị quyết", "18-NQ/TW", [("a", "2017-10-25", CENTRAL), ("b", None, POLITBURO)], ("issuer",)),
    ("Nghị định", "61/2018/NĐ-CP", [("a", "2018-04-23", "Chính phủ"), ("b", "2021-12-06", "Chính phủ")], ("date",)),
    ("Thông tư", "54/2015/TT-BYT", [("a", None, "Bộ Y tế"), ("b", None, "Bộ trưởng Bộ Y tế")], ()),
    ("Thông tư", "54/2015/TT-BYT", [("a", None, "Bộ Y tế"), ("b", None, "Bộ Tài chính")], ("issuer",)),
    ("Thông báo", "12/TB-CAT", [("a", "2025-03-13", "Công an tỉnh Cà Mau"), ("b", "2025-03-14", "Công an tỉnh An Giang")], ()),
]  # fmt: skip


@pytest.mark.parametrize(("type_", "number", "said", "expected"), SAID)
def test_contradictions_are_said_and_several_instruments_are_none(
    tmp_path: Path, type_: str, number: str, said: list[tuple[str, str | None, str | None]], expected: tuple[str, ...]
) -> None:
    records = []
    for name in dict.fromkeys(name for name, _, _ in said):
        blank = letter(name, extra=f" {name}", number=None)
        cited = [
            msgspec.structs.replace(blank.citations[0], type=type_, number=number, issued_on=day, issuer=issuer, directive=None)
            for document, day, issuer in said
            if document == name
        ]
        records.append(msgspec.structs.replace(blank, citations=cited))
    connection = base_of(tmp_path, *records)
    found = [issue.code.removesuffix("-conflict") for issue in audit(connection, ("date-conflict", "issuer-conflict"))]
    assert tuple(found) == expected
    warned = trace(connection, number).directive.disagree
    assert warned == tuple({"date": "issued_on", "issuer": "issuer"}[code] for code in expected)


def test_a_conflict_lists_the_mentions_of_its_instrument_alone(tmp_path: Path) -> None:
    def record(name: str, day: str, issuer: str) -> r.Record:
        plain = letter(name, extra=f" {name}", iso=day)
        return msgspec.structs.replace(plain, citations=[msgspec.structs.replace(plain.citations[0], issuer=issuer)])

    connection = base_of(tmp_path, record("a", "2024-11-21", HANOI), record("b", "2024-11-02", HANOI), record("c", "2024-05-05", HUE))
    assert [issue.message for issue in audit(connection, ("date-conflict",))] == ["2024-11-02: b (1); 2024-11-21: a (1)"]
