"""Duties to report: who, to whom, via whom, for which period, by when (domain rules 4.1, 4.2)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import Case, lines_of

from pipeline.records import Record

Read = Callable[..., Record]


@pytest.mark.cases("reports")
def test_reports(case: Case, read: Read) -> None:
    found, expected = lines_of(read(case.text, case.frame).reports, case.expect)
    assert found == expected


def test_what_is_reported_is_quoted(read: Read) -> None:
    (report,) = read("1. Giao Sở Xây dựng lập danh mục trụ sở gửi về Sở Tài chính trước ngày 15/4/2025.").reports
    assert "danh mục trụ sở" in report.what


def test_long_names_of_reporter_and_recipient(read: Read) -> None:
    (report,) = read("1. Sở Tài chính báo cáo UBND tỉnh trước ngày 15/4/2025.").reports
    assert report.reporter_canonical == ["Sở Tài chính tỉnh Bắc Giang"]
    assert report.recipients_canonical == ["Ủy ban nhân dân tỉnh Bắc Giang"]
