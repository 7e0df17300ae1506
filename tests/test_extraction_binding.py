"""Days that bind somebody, beside days of the past, of figures and of documents; parts of months (domain rules 5.1, 5.2)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import Case, lines_of

from pipeline.records import Record

Read = Callable[..., Record]


@pytest.mark.cases("binding")
def test_what_binds(case: Case, read: Read) -> None:
    found, expected = lines_of(read(case.text, case.frame).deadlines, case.expect)
    assert found == expected


@pytest.mark.cases("months")
def test_parts_of_months_and_cells(case: Case, read: Read) -> None:
    found, expected = lines_of(read(case.text, case.frame).deadlines, case.expect)
    assert found == expected


HOLDERS = [
    ("- Hạn nộp: 15/4/2025.", ["2025-04-15"]),
    ("- Hạn gửi: trước ngày 20/4/2025.", ["2025-04-19"]),
    ("- Thời hạn nộp: Tháng 4/2025.", ["2025-04-30"]),
    ("- Hạn: đất khô nứt nẻ.", []),
    ("- Hạn hán: 15/4/2025 công bố dịch.", []),
]


@pytest.mark.parametrize(("line", "days"), HOLDERS, ids=[line for line, _ in HOLDERS])
def test_labels_of_a_last_day(line: str, days: list[str], read: Read) -> None:
    assert [d.latest for d in read(f"1. Sửa chữa trụ sở.\n\n{line}").deadlines] == days
