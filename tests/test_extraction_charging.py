"""Subjects, partners, agents, headings, labels and columns that charge somebody, beside the nearest words that do not (domain rule 4.2)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import Case, lines_of

from pipeline.records import Record

Read = Callable[..., Record]


@pytest.mark.cases("charging")
def test_subjects_and_orders(case: Case, read: Read) -> None:
    found, expected = lines_of(read(case.text, case.frame).assignments, case.expect)
    assert found == expected


@pytest.mark.cases("headings")
def test_headings_and_lines_with_a_colon(case: Case, read: Read) -> None:
    found, expected = lines_of(read(case.text, case.frame).assignments, case.expect)
    assert found == expected


@pytest.mark.cases("labels")
def test_labels_and_columns(case: Case, read: Read) -> None:
    found, expected = lines_of(read(case.text, case.frame).assignments, case.expect)
    assert found == expected


@pytest.mark.cases("groups")
def test_classes_and_offices_in_an_order(case: Case, read: Read) -> None:
    record = read(case.text, case.frame)
    found, expected = lines_of(record.assignments, case.expect)
    assert found == expected
    for a in record.assignments:
        assert record.text[a.start : a.end] == a.unit
