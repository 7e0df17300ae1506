"""What has to be sent and what was sent, in how many instalments, and tables that say to whom (domain rules 4.1, 4.2)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import Case, lines_of

from pipeline.records import Record

Read = Callable[..., Record]


@pytest.mark.cases("sending")
def test_sending(case: Case, read: Read) -> None:
    found, expected = lines_of(read(case.text, case.frame).reports, case.expect)
    assert found == expected


def test_what_is_reported_begins_with_a_whole_word(read: Read) -> None:
    things = ", ".join(f"danh mục trụ sở số {n}" for n in range(1, 30))
    (report,) = read(f"1. Sở Xây dựng lập và gửi {things} về Sở Tài chính trước ngày 15/4/2025.").reports
    assert 100 < len(report.what) <= 160
    assert report.what.split()[0] in things.replace(",", " ").split()
