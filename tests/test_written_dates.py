"""Dates in words and with short years: what is read, and what is left alone."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.extraction.calendar import Years
from pipeline.extraction.dates import date_after
from pipeline.extraction.times import find_times
from pipeline.layout.header import partial_date
from pipeline.text.written_dates import full_date, month_number


@pytest.mark.parametrize(
    ("parts", "day"),
    [
        (("5", "Ba", "2025"), date(2025, 3, 5)),
        (("15", "mười một", "2025"), date(2025, 11, 15)),
        (("1", "năm", "2025"), date(2025, 5, 1)),
        (("15", "7", "25"), date(2025, 7, 15)),
        (("31", "2", "2025"), None),
        (("31", "tư", "2025"), None),
        (("0", "7", "2025"), None),
    ],
)
def test_full_date(parts: tuple[str, str, str], day: date | None) -> None:
    assert full_date(*parts) == day


def test_month_number() -> None:
    assert [month_number(m) for m in ("hai", "Tư", "mười hai", "09", "giêng", "chơi")] == [2, 4, 12, 9, 0, 0]


@pytest.mark.parametrize(
    ("text", "latest"),
    [
        ("gửi về Sở Tài chính trước ngày 5 tháng Ba năm 2025.", "2025-03-04"),
        ("chậm nhất ngày 15/7/25.", "2025-07-15"),
        ("trước ngày 20 tháng mười hai", "2025-12-19"),
        ("trước ngày 15 tháng năm 2025", None),  # the month is missing, "năm" is no May
        ("trước ngày 31 tháng tư năm 2025", None),
        ("trước ngày 15.7.25", "2025-07-14"),  # day and month alone are read; ".25" is no year
    ],
)
def test_terms(text: str, latest: str | None) -> None:
    found = [t for t in find_times(text, 0, len(text), Years(plan=2025, issued=date(2025, 1, 10))) if t.rule != "bare-year"]
    assert [t.latest for t in found] == ([latest] if latest else [])


def test_citation_and_header() -> None:
    found = date_after("Chỉ thị số 33/CT-TTg ngày 8 tháng Chín năm 2020 của", 20)
    assert found is not None and found[0] == "2020-09-08"
    assert partial_date("5", "Ba", "2025") == "2025-03-05"
    assert partial_date("", "tư", "2025") == "2025-04"
    assert partial_date("30", "hai", "2025") is None
