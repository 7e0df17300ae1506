"""Terms and their exact last days (domain rules 5.1, 5.2); recurrence rules are expanded with dateutil to see the days they mean."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from conftest import Case, lines_of
from dateutil.rrule import rrulestr

from pipeline.extraction.calendar import Years, last_day, years_of
from pipeline.records import Record

Read = Callable[..., Record]


@pytest.mark.cases("deadlines")
def test_deadlines(case: Case, read: Read) -> None:
    found, expected = lines_of(read(case.text, case.frame).deadlines, case.expect)
    assert found == expected


@pytest.mark.cases("deadlines")
def test_recurrences_are_rules_that_dateutil_reads(case: Case, read: Read) -> None:
    for deadline in read(case.text, case.frame).deadlines:
        if deadline.recurrence:
            assert rrulestr(deadline.recurrence, dtstart=datetime(2025, 1, 1))[0] >= datetime(2025, 1, 1)
        if deadline.earliest and deadline.latest:
            assert deadline.earliest <= deadline.latest


DAYS = [
    ("trước ngày 15 hằng tháng", ["2027-12-14", "2028-01-14", "2028-02-14"]),
    ("trước ngày 01 hằng tháng", ["2027-12-31", "2028-01-31", "2028-02-29"]),
    ("trước ngày 01/3 hằng năm", ["2028-02-29", "2029-02-28", "2030-02-28"]),
    ("trước ngày 31/10 hằng năm", ["2028-10-30", "2029-10-30", "2030-10-30"]),
    ("trước ngày 20 của tháng cuối quý", ["2027-12-19", "2028-03-19", "2028-06-19"]),
    ("vào thứ Năm hằng tuần", ["2027-12-02", "2027-12-09", "2027-12-16"]),
    ("vào thứ Hai hằng tuần", ["2027-12-06", "2027-12-13", "2027-12-20"]),
    ("chậm nhất ngày 31 hằng tháng", ["2027-12-31", "2028-01-31", "2028-02-29"]),
]


@pytest.mark.parametrize(("words", "days"), DAYS, ids=[d[0] for d in DAYS])
def test_the_days_a_recurrence_means(words: str, days: list[str], read: Read) -> None:
    (deadline,) = read(f"1. Sở Tài chính báo cáo UBND tỉnh {words}.").deadlines
    assert deadline.recurrence
    rule = rrulestr(deadline.recurrence, dtstart=datetime(2027, 12, 1))
    assert [d.date().isoformat() for d, _ in zip(rule, range(3), strict=False)] == days


# Tết Ất Tỵ: 25/01 to 02/02/2025 off; 01/5/2025 is a Thursday, 02/5 was swapped; 02/9/2025 with 01/9 off.
TERMS = [
    ("2025-03-10", 5, "working_day", "2025-03-17"),
    ("2025-03-14", 1, "working_day", "2025-03-17"),
    ("2025-03-10", 10, "day", "2025-03-20"),
    ("2025-03-10", 5, "day", "2025-03-17"),  # 15/3 is a Saturday: BLDS Đ.148
    ("2025-01-24", 1, "working_day", "2025-02-03"),
    ("2025-03-10", 2, "week", "2025-03-24"),
    ("2025-01-31", 1, "month", "2025-02-28"),
    ("2024-02-29", 1, "year", "2025-02-28"),
    ("2025-03-10", 24, "hour", None),
]


@pytest.mark.parametrize(("start", "amount", "unit", "expected"), TERMS)
def test_last_day_of_a_term(start: str, amount: int, unit: str, expected: str | None) -> None:
    found = last_day(date.fromisoformat(start), amount, unit)
    assert (found.isoformat() if found else None) == expected


YEARS = [
    ("a plan names its year", "Trồng cây năm 2026", "2025-12-20", True, (3, 1), "2026-03-01"),
    ("a letter's subject does not settle the year", "kết quả năm 2024", "2025-03-10", False, (4, 1), "2025-04-01"),
    ("before the day of issue: the next year", None, "2025-03-10", True, (1, 15), "2026-01-15"),
    ("the day of issue itself", None, "2025-03-10", True, (3, 10), "2025-03-10"),
    ("two years in the subject settle nothing", "Trồng cây năm 2025, năm 2026", "2025-03-10", True, (4, 1), "2025-04-01"),
    ("a period is no year", "Trồng cây năm 2021 - 2030", "2025-03-10", True, (4, 1), "2025-04-01"),
    ("only the month of issue is known", "Trồng cây năm 2025", "2025-02", True, (3, 5), "2025-03-05"),
]


@pytest.mark.parametrize(("title", "subject", "issued", "planned", "day", "expected"), YEARS, ids=[y[0] for y in YEARS])
def test_missing_year(title: str, subject: str | None, issued: str, planned: bool, day: tuple[int, int], expected: str) -> None:
    found = years_of(subject, issued, planned).of_day(*day)
    assert found is not None and found.isoformat() == expected


def test_no_year_is_made_up() -> None:
    assert Years(None, None).of_day(3, 5) is None
    assert Years(None, None).of_month(3) is None


def test_a_term_from_the_day_of_signing_is_computed_beside_the_text(read: Read) -> None:
    (deadline,) = read("1. Sở Tài chính trả lời trong thời hạn 05 ngày làm việc kể từ ngày ký Kế hoạch này.").deadlines
    assert deadline.latest is None
    assert deadline.computed_latest == "2025-03-17"


def test_a_term_from_an_unknown_day_is_not_computed(read: Read) -> None:
    (deadline,) = read("1. Sở Tài chính trả lời trong thời hạn 05 ngày làm việc kể từ ngày nhận được hồ sơ.").deadlines
    assert deadline.computed_latest is None
