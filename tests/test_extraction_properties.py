"""What holds for every text: the way back from the normalised text, spans in range, the same record from the same bytes, no exception."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from conftest import CASES, framed, read_cases
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipeline.errors import ReadingError, SecrecyError
from pipeline.extract import Extractor
from pipeline.pages import Page
from pipeline.records import Fact, Record, from_json, to_json
from pipeline.text.document import assemble
from pipeline.text.folding import squeeze
from pipeline.text.normalise import normalise

CORPUS = Path(__file__).parents[1] / "corpus"
NOISE = (
    *("\u00a0", "\t", "\r\n", "\u200b", "\f", "\n", "\n\n", "    ", "\u2028", "\n3\n", "12"),
    *("**", "*", "## ", "- ", "_", "|", "1.", "a)", "II. ", "./.", "“", "(", '"'),
    *("Ð", "ð", "\u0301", "ƣ", "\u0430", "½", "👊", "ngày ", "trước ngày 31/12 ", "Giao ", "33/CT-TTg "),
)  # fmt: skip


@cache
def lines() -> tuple[str, ...]:
    """Lines of whole documents and of all cases, in a fixed order."""
    found = [line for path in sorted(CORPUS.glob("*.txt")) for line in path.read_text("utf-8").split("\n")]
    for name in ("citations", "deadlines", "reports", "roles"):
        for case in read_cases(name):
            found += case.text.split("\n")
    return tuple(found)


@st.composite
def office_texts(draw: st.DrawFn) -> str:
    """A run of lines or a mixture of them, joined and damaged as files are."""
    pool = lines()
    count = draw(st.integers(1, 20))
    if draw(st.booleans()):
        start = draw(st.integers(0, len(pool) - 1))
        chosen = list(pool[start : start + count])
    else:
        chosen = [pool[i] for i in draw(st.lists(st.integers(0, len(pool) - 1), min_size=1, max_size=count))]
    text = draw(st.sampled_from(("\n", "\n\n", "\r\n", "\n\f", "\f"))).join(chosen)
    for piece in draw(st.lists(st.sampled_from(NOISE), max_size=6)):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + piece + text[at:]
    return unicodedata.normalize("NFD", text) if draw(st.booleans()) and draw(st.booleans()) else text


BOUNDED = settings(max_examples=150, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
_EXTRACTORS: list[Extractor] = []


def shared() -> Extractor:
    """One extractor for the generated texts."""
    if not _EXTRACTORS:
        _EXTRACTORS.append(Extractor())
    return _EXTRACTORS[0]


def record_of(text: str) -> Record | None:
    """The record of the text, or None where reading refuses it for a reason of its own."""
    try:
        return shared().extract_bytes(text.encode("utf-8", "surrogatepass"), "made.txt")
    except (ReadingError, SecrecyError):
        return None


def facts(record: Record) -> Iterator[Fact]:
    """Every fact that stands somewhere in the text."""
    yield from (*record.citations, *record.tasks, *record.assignments, *record.deadlines, *record.reports)


@BOUNDED
@given(office_texts())
@example("\u0301")
@example("I.\f\f1. ")
def test_the_way_back_never_turns(text: str) -> None:
    made = normalise(text)
    assert len(made.origin) == len(made.text)
    assert list(made.origin) == sorted(made.origin)
    assert not made.origin or (made.origin[0] >= 0 and made.origin[-1] < len(text))


@settings(BOUNDED, max_examples=60)
@given(
    st.sampled_from(sorted(CORPUS.glob("*.txt"))), st.sampled_from(("\n", "\r\n", "\n\n")), st.sampled_from((0, 12, 25, 40)), st.booleans()
)
def test_normalising_again_changes_nothing(path: Path, line_end: str, page_length: int, decomposed: bool) -> None:
    rows = path.read_text("utf-8").split("\n")
    if page_length:
        rows = ["\f" + row if i and row and i % page_length == 0 else row for i, row in enumerate(rows)]
    text = line_end.join(rows)
    once = normalise(unicodedata.normalize("NFD", text) if decomposed else text).text
    again = normalise(once).text  # its paragraphs are lines, so the width that joined two of them over a page is not seen any more
    assert again.replace("\n\f", "\f") == once.replace("\n\f", "\f")


@BOUNDED
@given(office_texts())
def test_the_text_is_composed_and_free_of_control_signs(text: str) -> None:
    made = normalise(text).text
    assert unicodedata.is_normalized("NFC", made)
    assert not {c for c in made if unicodedata.category(c) in ("Cc", "Cf")} - {"\n", "\f"}


@BOUNDED
@given(office_texts())
def test_every_fact_lies_in_the_text_on_its_page(text: str) -> None:
    record = record_of(text)
    if record is None:
        return
    size = len(record.text)
    for fact in facts(record):
        assert 0 <= fact.start < fact.end <= size
        assert 1 <= fact.page <= record.source.pages
    for section in record.sections:
        assert 0 <= section.start <= section.end <= size
    for finding in record.findings:
        assert 0 <= finding.start <= finding.end <= size
    for edit in record.edits:
        assert 0 <= edit.start <= size


@BOUNDED
@given(office_texts())
def test_what_is_quoted_stands_there(text: str) -> None:
    record = record_of(text)
    if record is None:
        return
    for citation in record.citations:
        assert citation.text == squeeze(record.text[citation.start : citation.end])
    for assignment in record.assignments:
        assert assignment.unit == squeeze(record.text[assignment.start : assignment.end])
    for deadline in record.deadlines:
        assert deadline.text == squeeze(record.text[deadline.start : deadline.end])


@BOUNDED
@given(office_texts())
def test_facts_point_to_tasks_that_exist(text: str) -> None:
    record = record_of(text)
    if record is None:
        return
    known = {task.id for task in record.tasks}
    assert len(known) == len(record.tasks)
    assert {x.task for x in (*record.assignments, *record.deadlines)} - {None} <= known
    assert all(0 <= fact.confidence <= 1 and fact.rule for fact in facts(record))


@settings(BOUNDED, max_examples=40)
@given(office_texts())
def test_the_same_bytes_give_the_same_record(text: str) -> None:
    first = record_of(text)
    if first is None:
        return
    again = record_of(text)
    assert again is not None
    assert to_json(again) == to_json(first)
    assert from_json(to_json(first)) == first


@settings(BOUNDED, max_examples=150)
@given(st.text(max_size=300))
@example("Điều 1.\nĐiều 2.\n|\n||\n")
@example("Số: /")
@example("Kính gửi:")
@example("Nơi nhận:")
@example("TM.")
@example("ngày 00/00/0000; trước ngày 32/13/2025; quý 0/2025; năm 9999")
@example("trước ngày 99/99; T13/2025; trước ngày 00 hằng tháng; ngày 31/02 hằng năm")
@example("1" * 300)
@example("(" * 300)
@example("I. " * 100)
def test_no_text_is_too_strange(text: str) -> None:
    record_of(text)


@pytest.mark.parametrize("name", ["roles", "reports", "deadlines"])
def test_pages_of_facts_in_a_long_document(name: str, extractor: Extractor) -> None:
    """Every case of a table on a page of its own: each fact says the page on which its words are printed."""
    from pipeline.extract import describe
    from pipeline.pages import SourceDocument

    bodies = [case.text for case in read_cases(name) if case.frame == "plan"]
    pages = tuple(Page(number=n, text=f"Trang{n}x mở đầu.\n\n{body}") for n, body in enumerate(bodies, start=1))
    opening = Page(number=1, text=framed("plan", pages[0].text).split("Nơi nhận")[0])
    source = SourceDocument("long.txt", "0" * 64, "text/plain", (opening, *pages[1:]))
    text = assemble(source.pages)
    record = extractor.from_text(text, describe(source))
    found = 0
    for fact in facts(record):
        assert fact.page == record.text.count("\f", 0, fact.start) + 1
        assert squeeze(record.text[fact.start : fact.end]).split()[0] in source.pages[fact.page - 1].text
        found += 1
    assert found > len(bodies) // 2


BREAKS = re.compile(r"(?<=:)|(?<= các)|(?<= của)|(?<= do)|(?<=[,;(])|(?<= với)|(?<=trước ngày)|(?<=Giao)")


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt")), ids=lambda path: path.stem)
def test_a_text_may_break_off_anywhere(path: Path) -> None:
    text = path.read_text("utf-8")
    places = [m.start() for m in BREAKS.finditer(text)]
    for at in places[len(path.stem) :: max(1, len(places) // 3)]:  # another part of each document
        record = record_of(text[:at])
        assert record is None or all(0 <= fact.start <= fact.end <= len(record.text) for fact in facts(record))


@pytest.mark.parametrize("rest", ["Công văn số 12/", "mục 2/", "Kế hoạch số 5-", "Phụ lục", "số", "ngày", "Công văn số 12/UBND-"])
@pytest.mark.parametrize("where", ["có tên tại", "nêu trong"])
def test_a_line_may_end_inside_the_list_it_points_to(where: str, rest: str) -> None:
    assert record_of(f"1. Giao Chủ tịch UBND các xã {where} {rest}") is not None


def test_tables_of_cases_have_titles_of_their_own() -> None:
    for path in sorted(CASES.glob("*.txt")):
        titles = [case.title for case in read_cases(path.stem)]
        assert titles and len(titles) == len(set(titles)), path.name
