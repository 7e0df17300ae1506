"""What is due, with known answers over hand-made records."""

from __future__ import annotations

import sqlite3
import tempfile
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_storage_samples import base_of, letter, small_base

from pipeline import records as r
from pipeline.questions.days import first_day, last_day, names_a_day, occurrences
from pipeline.questions.due import due
from pipeline.questions.duties import Duty, all_duties
from pipeline.questions.rows import duty_row, trace_object
from pipeline.questions.trace import trace

Base = sqlite3.Connection

DUE_KEYS = {
    "unit",
    "canonical",
    "role",
    "kind",
    "what",
    "recipients",
    "via",
    "latest",
    "recurrence",
    "document",
    "section",
    "page",
    "quote",
}
DOCUMENT_KEYS = {"number", "type", "issuer", "issued_on", "source"}
TRACE_KEYS = {"document", "section", "page", "relation", "provision", "quote"}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    return small_base(tmp_path_factory.mktemp("base"))


def short(rows: list[Duty]) -> list[tuple[object, ...]]:
    return [(d.latest, d.unit, d.kind, d.recipients, d.via, d.document.source) for d in rows]


XA, HUYEN, TINH = "Ủy ban nhân dân các xã, thị trấn", "Ủy ban nhân dân huyện", "Ủy ban nhân dân tỉnh"
PLAN = "plans/an-phu.txt"
LETTERS = [("2025-05-20", None, "report", (), None, f"letters/{name}.txt") for name in ("draft", "giao-viec", "older", "twin")]
MONTHLY = [(f"2025-{m:02}-14", "Phòng Nội vụ", "report", (TINH,), None, PLAN) for m in range(1, 13)]
XA_REPORT = ("2025-10-31", XA, "report", (HUYEN,), "Phòng Nội vụ", PLAN)


def test_due_by_june_is_complete_and_sorted(base: Base) -> None:
    assert short(due(base, date(2025, 6, 1), expand=True).rows) == [*MONTHLY[:5], *LETTERS]


def test_a_recurring_duty_is_one_row_with_its_first_day_and_how_many(base: Base) -> None:
    answer = due(base, date(2025, 6, 1))
    assert short(answer.rows) == [MONTHLY[0], *LETTERS]
    assert [(d.occurrences, d.last_occurrence) for d in answer.rows] == [(5, "2025-05-14"), *[(None, None)] * 4]
    later = due(base, date(2025, 6, 30), date(2025, 5, 15)).rows
    assert [(d.latest, d.occurrences, d.last_occurrence) for d in later] == [
        *[("2025-05-20", None, None)] * 4,
        ("2025-06-14", 1, "2025-06-14"),
    ]
    assert due(base, date(2025, 6, 13), date(2025, 5, 21)).rows == []
    assert all(d.occurrences is None for d in due(base, date(2025, 6, 1), expand=True).rows)


def test_due_includes_the_day_itself(base: Base) -> None:
    assert XA_REPORT in short(due(base, date(2025, 10, 31)).rows)
    assert XA_REPORT not in short(due(base, date(2025, 10, 30)).rows)


def test_a_deadline_in_the_sentence_of_its_report_is_one_duty(base: Base) -> None:
    on_the_day = [d for d in due(base, date(2025, 11, 1)).rows if d.latest == "2025-10-31"]
    assert short(on_the_day) == [XA_REPORT]


def test_from_leaves_out_what_was_due_before(base: Base) -> None:
    rows = due(base, date(2025, 12, 31), date(2025, 10, 15), expand=True).rows
    assert [d.latest for d in rows] == ["2025-10-31", "2025-11-14", "2025-12-14", "2025-12-31", "2025-12-31"]
    assert [(d.unit, d.role) for d in rows[-2:]] == [("Phòng Nội vụ", "leads"), ("Văn phòng HĐND và UBND huyện", "supports")]


@pytest.mark.parametrize("name", ["Phòng Nội vụ", "phong noi vu", "PHÒNG NỘI VỤ HUYỆN AN PHÚ", "noi vu"])
def test_due_of_one_unit_by_any_of_its_names(base: Base, name: str) -> None:
    assert short(due(base, date(2025, 6, 1), unit=name, expand=True).rows) == MONTHLY[:5]


@pytest.mark.parametrize("name", ["Phòng Nội v", "Nội vụ tỉnh", "Sở Nội vụ", "Phòng Nôi vụ xã"])
def test_other_names_are_not_the_unit(base: Base, name: str) -> None:
    assert due(base, date(2025, 6, 1), unit=name).rows == []


def test_a_reporter_that_was_not_resolved_is_found_by_its_printed_name(base: Base) -> None:
    assert [d.unit for d in due(base, date(2025, 6, 1), unit="phong tu phap").without_day] == ["Phòng Tư pháp"]


def test_marks_decide_between_near_names() -> None:
    def duty(unit: str) -> r.Record:
        text = f"{unit} báo cáo trước ngày 02/5/2025."
        report = r.Report(
            start=0, end=len(unit), page=1, section="body", reporter=[unit], reporter_canonical=[unit], what="báo cáo", latest="2025-05-01"
        )
        return msgspec.structs.replace(letter(unit), text=text, citations=[], reports=[report],
                                       source=r.Source(name=unit, sha256=unit, media_type="text/plain", pages=1))  # fmt: skip

    with tempfile.TemporaryDirectory() as folder:
        connection = base_of(Path(folder), duty("UBND xã Ba Tơ"), duty("UBND xã Ba Tô"))
        assert [d.unit for d in due(connection, date(2025, 6, 1), unit="xã Ba Tơ").rows] == ["UBND xã Ba Tơ"]
        assert len(due(connection, date(2025, 6, 1), unit="xa ba to").rows) == 2


def test_duties_without_a_day_say_why_and_are_never_dropped(base: Base) -> None:
    answer = due(base, date(2025, 6, 1))
    assert [(d.why_undated, d.unit, d.term) for d in answer.without_day] == [
        ("continuous", "Văn phòng HĐND và UBND huyện", "Thường xuyên"),
        ("periodic", "Phòng Tư pháp", "đột xuất"),
        ("relative", None, "khi có yêu cầu"),
        ("no term", None, None),
    ]
    everything = {(d.document_id, d.fact) for d in all_duties(base)}
    shown = {(d.document_id, d.fact) for d in (*due(base, date(2099, 1, 1)).rows, *answer.without_day)}
    assert everything == shown


def test_rows_have_the_published_keys_and_quotes_of_the_text(base: Base) -> None:
    texts = {row["name"]: row["text"] for row in base.execute("SELECT name, text FROM documents JOIN texts ON document_id = id")}
    for duty in due(base, date(2025, 12, 31)).rows:
        row = duty_row(duty)
        assert row.keys() >= DUE_KEYS and row["document"].keys() == DOCUMENT_KEYS
        assert row["quote"] and row["quote"] in texts[row["document"]["source"]]
    answer = trace_object(trace(base, "33/CT-TTg"))
    assert answer["directive"].keys() >= {"directive", "type", "number", "name", "issued_on", "issuer"}
    assert answer["mentions"][0].keys() >= TRACE_KEYS and answer["mentions"][0]["document"].keys() == DOCUMENT_KEYS
    assert all("33/CT-TTg" in m["quote"] for m in answer["mentions"])


RULES = [
    ("FREQ=MONTHLY;BYMONTHDAY=14", "2025-01-11", "2025-03-14", ["2025-01-14", "2025-02-14", "2025-03-14"]),
    ("FREQ=MONTHLY;BYMONTHDAY=-1", "2024-01-31", "2024-03-01", ["2024-01-31", "2024-02-29"]),
    ("RRULE:FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=30", "2025-01-01", "2026-12-31", ["2025-10-30", "2026-10-30"]),
    ("FREQ=WEEKLY;BYDAY=TH", "2025-01-01", "2025-01-10", ["2025-01-02", "2025-01-09"]),
    ("FREQ=YEARLY;UNTIL=20261231", "2025-10-30", "2030-01-01", ["2025-10-30", "2026-10-30"]),
    ("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20", "2025-04-01", "2025-10-01", ["2025-06-20", "2025-09-20"]),
    ("FREQ=SECONDLY", "2025-01-01", "2025-01-02", None),
    ("FREQ=DAILY", "2025-01-01", "2025-01-02", None),
    ("nonsense", "2025-01-01", "2025-01-02", None),
    ("FREQ=YEARLY;BYMONTH=x", "2025-01-01", "2025-01-02", None),
    ("FREQ=MONTHLY;INTERVAL=0;BYMONTHDAY=31", "2025-02-10", "2025-12-31", None),  # stored by an older version; it never ended
    ("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "2025-02-10", "2025-12-31", None),
    ("FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31", "2025-02-10", "2027-12-31", []),
]


@pytest.mark.parametrize(("rule", "start", "by", "expected"), RULES)
def test_occurrences(rule: str, start: str, by: str, expected: list[str] | None) -> None:
    found = occurrences(rule, date.fromisoformat(start), date.fromisoformat(by))
    assert expected == (None if found is None else [day.isoformat() for day in found])


def test_a_weekly_duty_of_twenty_years_ago_is_still_due(tmp_path: Path) -> None:
    base = base_of(tmp_path, recurring("FREQ=WEEKLY;BYDAY=FR", None, "2005-01-03"))
    (row,) = due(base, date(2025, 1, 31), date(2025, 1, 1)).rows
    assert (row.latest, row.occurrences, row.last_occurrence) == ("2025-01-03", 5, "2025-01-31")
    (row,) = due(base, date(2025, 1, 31)).rows
    assert (row.latest, row.occurrences, row.last_occurrence) == ("2005-01-07", 1048, "2025-01-31")


@given(
    st.sampled_from(["WEEKLY;BYDAY=MO,TH", "MONTHLY;BYMONTHDAY=31", "MONTHLY", "YEARLY;BYMONTH=3,9;BYMONTHDAY=-1", "YEARLY",
                     "MONTHLY;BYDAY=2FR", "WEEKLY;COUNT=40", "YEARLY;UNTIL=20200101"]),
    st.integers(1, 14),
    st.dates(date(2000, 1, 1), date(2004, 12, 31)),
    st.dates(date(1999, 1, 1), date(2030, 12, 31)),
)  # fmt: skip
def test_days_from_a_later_day_on_are_the_same_days(rule: str, interval: int, start: date, first: date) -> None:
    rule, by = f"FREQ={rule};INTERVAL={interval}", date(2031, 1, 1)
    assert occurrences(rule, start, by, first) == [day for day in occurrences(rule, start, by) or [] if day >= first]


def test_partial_dates() -> None:
    assert [last_day(x) for x in ("2025-02", "2024", "2025-05-28", "2025-13")] == [
        date(2025, 2, 28),
        date(2024, 12, 31),
        date(2025, 5, 28),
        None,
    ]
    assert [first_day(x) for x in ("2025-02", "2024")] == [date(2025, 2, 1), date(2024, 1, 1)]
    assert names_a_day("FREQ=MONTHLY;BYMONTHDAY=14") and not names_a_day("FREQ=MONTHLY;INTERVAL=3")


def recurring(rule: str, latest: str | None, issued_on: str | None) -> r.Record:
    one = letter(issued_on=issued_on)
    return msgspec.structs.replace(one, reports=[msgspec.structs.replace(one.reports[0], latest=latest, recurrence=rule)])


RECURRING = [
    ("a rhythm without a day stays apart", "FREQ=MONTHLY;INTERVAL=3", None, "2025-02-03", None),
    ("a rhythm with a first day", "FREQ=MONTHLY;INTERVAL=3", "2025-03-20", "2025-02-03", ["2025-03-20", "2025-06-20", "2025-09-20"]),
    ("days of the rule after issue", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=3", None, "2025-02-03", []),
    ("no day to count from stays apart", "FREQ=MONTHLY;BYMONTHDAY=14", None, None, None),
    ("a rule nobody can read stays apart", "EVERY MOON", None, "2025-02-03", None),
]


@pytest.mark.parametrize(("rule", "latest", "issued_on", "expected"), [row[1:] for row in RECURRING], ids=[row[0] for row in RECURRING])
def test_recurring_duties(tmp_path: Path, rule: str, latest: str | None, issued_on: str | None, expected: list[str] | None) -> None:
    answer = due(base_of(tmp_path, recurring(rule, latest, issued_on)), date(2025, 10, 1), expand=True)
    assert [d.latest for d in answer.rows] == (expected or [])
    assert [d.why_undated for d in answer.without_day] == (["periodic"] if expected is None else [])


def owed(text: str, *, owers: tuple[str, ...] = (), **term: object) -> r.Record:
    """A letter with one task, given to A (leads) and B (supports), and one deadline."""
    start = text.index("|")
    text = text.replace("|", "")
    place = {"start": start, "end": len(text), "page": 1, "section": "I"}
    units = [("Phòng A", "leads"), ("Phòng B", "supports")]
    return msgspec.structs.replace(
        letter(), text=text, citations=[], reports=[], source=r.Source(name=text, sha256=text, media_type="text/plain", pages=1),
        tasks=[r.Task(id="t1", text=text, **place)],
        assignments=[r.Assignment(task="t1", unit=unit, canonical=f"{unit} huyện", kind="organization", role=role, **place)
                     for unit, role in units],
        deadlines=[r.Deadline(task="t1", text="hạn", owed_by=list(owers), owed_by_canonical=[f"{o} huyện" for o in owers],
                              **place, **term)],
    )  # fmt: skip


OWED = [
    ("nobody named: all units of the task", (), [("Phòng A", "leads"), ("Phòng B", "supports")]),
    ("who owes it, with the role of the task", ("Phòng A",), [("Phòng A", "leads"), ("Phòng B", "supports")]),
    ("one who has no role there", ("Phòng C",), [("Phòng B", "supports"), ("Phòng C", None)]),
    ("a supporter that owes it stands once", ("Phòng B",), [("Phòng B", "supports")]),
]


@pytest.mark.parametrize(("owers", "expected"), [row[1:] for row in OWED], ids=[row[0] for row in OWED])
def test_a_term_is_owed_by_whom_it_binds(tmp_path: Path, owers: tuple[str, ...], expected: list[tuple[str, str | None]]) -> None:
    connection = base_of(tmp_path, owed("Việc| hạn", owers=owers, latest="2025-05-01"))
    rows = due(connection, date(2025, 5, 1)).rows
    assert sorted((d.unit or "", d.role) for d in rows) == sorted(expected)
    assert {d.canonical for d in rows} == {f"{unit} huyện" for unit, _ in expected}
    assert [d.unit for d in due(connection, date(2025, 5, 1), unit=expected[-1][0]).rows] == [expected[-1][0]]


def test_a_day_counted_from_the_documents_own_date_is_due_and_marked(tmp_path: Path) -> None:
    relative = r.Relative(amount=10, unit="working_day", from_="ngày ký")
    one = owed("Trong 10 ngày| kể từ ngày ký", owers=("Phòng A",), relative=relative, computed_latest="2025-02-17")
    other = owed("Trong 5 ngày| kể từ khi nhận", owers=("Phòng A",), relative=msgspec.structs.replace(relative, amount=5))
    answer = due(base_of(tmp_path, one, other), date(2025, 12, 31), unit="phong a")
    assert [(d.latest, d.unit, d.computed, duty_row(d)["computed"]) for d in answer.rows] == [("2025-02-17", "Phòng A", True, True)]
    assert [(d.why_undated, d.computed) for d in answer.without_day] == [("relative", False)]
