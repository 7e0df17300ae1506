"""Document numbers, citations and relations (domain rules 2.3 to 2.5), by tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

import pytest
from conftest import Case, lines_of

from pipeline.extraction.numbers import find_numbers
from pipeline.records import Citation, Record
from pipeline.text.folding import squeeze
from pipeline.text.normalise import normalise

Read = Callable[..., Record]


def of_interest(record: Record, case: Case) -> list[Citation]:
    """The citations of a case; those of the decision frame's own căn cứ line are left out."""
    return [c for c in record.citations if case.frame != "decision" or c.section != "preamble"]


@pytest.mark.cases("numbers")
def test_numbers(case: Case) -> None:
    found, expected = lines_of([asdict(n) for n in find_numbers(normalise(case.text).text)], case.expect)
    assert found == expected


@pytest.mark.cases("citations")
def test_citations(case: Case, read: Read) -> None:
    record = read(case.text, case.frame)
    found, expected = lines_of(of_interest(record, case), case.expect)
    assert found == expected
    for citation in record.citations:
        assert citation.text == squeeze(record.text[citation.start : citation.end])


@pytest.mark.cases("tails")
def test_tails(case: Case, read: Read) -> None:
    found, expected = lines_of(read(case.text, case.frame).citations, case.expect)
    assert found == expected


@pytest.mark.cases("relations")
def test_relations(case: Case, read: Read) -> None:
    found, expected = lines_of(of_interest(read(case.text, case.frame), case), case.expect)
    assert found == expected


def test_a_shared_date_is_marked_as_inherited(read: Read) -> None:
    record = read("1. Thực hiện Quyết định số 217-QĐ/TW, Quyết định số 218-QĐ/TW ngày 12/12/2013 của Bộ Chính trị.")
    first, second = record.citations
    assert first.inherited == ["issued_on", "issuer"]
    assert second.inherited == []


def test_citations_of_recipients_stand_in_their_section(read: Read) -> None:
    record = read("1. Sở Nội vụ theo dõi.\n\nNơi nhận:\n- Như Quyết định số 15/QĐ-UBND ngày 02/02/2024;\n- Lưu: VT.", "plan")
    assert [(c.number, c.section, c.relation) for c in record.citations] == [("15/QĐ-UBND", "recipients", "mentions")]
