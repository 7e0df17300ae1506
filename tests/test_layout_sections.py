"""The numbered tree of a document and the spans of its sections (GUIDE "section paths")."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import Case, lines_of

from pipeline.records import Record

Read = Callable[..., Record]


@pytest.mark.cases("sections")
def test_sections(case: Case, read: Read) -> None:
    record = read(case.text, case.frame)
    found, expected = lines_of(record.sections, case.expect)
    assert found == expected


@pytest.mark.cases("sections")
def test_a_section_holds_its_parts(case: Case, read: Read) -> None:
    spans = {s.path: (s.start, s.end) for s in read(case.text, case.frame).sections}
    for path, (start, end) in spans.items():
        parent = spans.get(path.rpartition(".")[0])
        if parent:
            assert parent[0] <= start <= end <= parent[1]


def test_a_section_ends_where_the_next_begins(read: Read) -> None:
    record = read("1. Mua sắm\n\nMáy tính cho các phòng.\n\n2. Thanh lý\n\nMáy in cũ.")
    first, second = (next(s for s in record.sections if s.path == path) for path in ("I.1", "I.2"))
    assert first.end == second.start
    assert record.text[first.start : first.end].split() == ["1.", "Mua", "sắm", "Máy", "tính", "cho", "các", "phòng."]


APPENDICES = """UBND TỈNH BẮC GIANG

Số: 321/QĐ-UBND

Bắc Giang, ngày 10 tháng 3 năm 2025

QUYẾT ĐỊNH

Phê duyệt danh mục

QUYẾT ĐỊNH:

Điều 1. Phê duyệt danh mục.

Nơi nhận:
- Lưu: VT.

CHỦ TỊCH

Trần Văn Thử

Phụ lục I
DANH MỤC TRỤ SỞ
(Kèm theo Quyết định số 321/QĐ-UBND ngày 10/3/2025 của UBND tỉnh)

Phụ lục II
DANH MỤC XE
"""


def test_appendix_of_a_decision(read: Read) -> None:
    record = read(APPENDICES, "bare")
    assert [s.path for s in record.sections if s.path.startswith("PL")] == ["PL1", "PL2"]
    assert [c.number for c in record.citations] == []  # the number over an appendix is the document's own


FORM = APPENDICES.partition("Phụ lục I")[0]
TABLE = "\n| TT | Loại báo cáo | Đơn vị báo cáo |\n|---|---|---|\n| 1 | Báo cáo năm | Sở Nội vụ |\n"


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        ("Biểu số 01\nTỔNG HỢP CHẾ ĐỘ BÁO CÁO", True),
        ("DANH SÁCH ĐƠN VỊ BÁO CÁO", True),
        ("Mẫu số 02", True),
        ("Danh sách kèm theo do Sở Nội vụ lập", False),
        ("Ghi chú", False),
    ],
)
def test_a_form_with_its_table_behind_the_signature_is_an_appendix(read: Read, heading: str, found: bool) -> None:
    record = read(f"{FORM}{heading}\n{TABLE}", "bare")
    assert ("PL" in {s.path for s in record.sections}) == found
    assert "PL" not in {s.path for s in read(f"{FORM}{heading}\n", "bare").sections}  # without a table it is part of the signature
    assert read(f"{FORM}{heading}\n{TABLE}", "bare").document.signer == "Trần Văn Thử"
