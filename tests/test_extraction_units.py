"""Names of bodies, offices and groups, and where a list splits (domain rules 3.2 to 3.6)."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from conftest import Case, lines_of

from pipeline.records import Record

Read = Callable[..., Record]


def frame_of(case: Case) -> str:
    """District bodies are read in a district's plan."""
    return "district" if re.search("huyện|Phòng", case.text) else "plan"


@pytest.mark.cases("units")
def test_units_of_a_label_line(case: Case, read: Read) -> None:
    record = read(f"1. Sửa chữa trụ sở.\n\n- Cơ quan phối hợp: {case.text}.", frame_of(case))
    found, expected = lines_of(record.assignments, case.expect)
    assert found == expected
    assert {a.role for a in record.assignments} == {"supports"}


@pytest.mark.cases("units")
def test_the_same_units_are_read_in_an_order(case: Case, read: Read) -> None:
    record = read(f"1. Giao {case.text} rà soát tài sản.", frame_of(case))
    found, expected = lines_of(record.assignments, case.expect)
    assert found == expected


@pytest.mark.cases("units")
def test_spans_of_units_lie_in_their_line(case: Case, read: Read) -> None:
    record = read(f"1. Sửa chữa trụ sở.\n\n- Cơ quan phối hợp: {case.text}.", frame_of(case))
    for a in record.assignments:
        assert record.text[a.start : a.end] == a.unit
