"""Which rows are duties: headings over items are none, and a report and its own term are one."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from test_storage_samples import base_of, letter, place, source

from pipeline import records as r
from pipeline.cli.duty_table import _whole, what_shown
from pipeline.cli.labels import Labels
from pipeline.questions.due import due
from pipeline.questions.duties import Duty, all_duties
from pipeline.questions.headings import is_heading
from pipeline.questions.report_terms import with_terms
from pipeline.storage.views import DUTIES_BY_TASK

HEADINGS = [
    ("Sở Nội vụ", ["Sở Nội vụ"]),
    ("Sở Nội vụ, Sở Tài chính và Công an tỉnh", ["Sở Nội vụ", "Sở Tài chính", "Công an tỉnh"]),
    ("Giao Sở Giao thông vận tải:", ["Sở Giao thông vận tải"]),
    ("Điều 6. Trách nhiệm của Văn phòng UBND tỉnh", ["Văn phòng UBND tỉnh"]),
    ("Giao Phòng A chủ trì, phối hợp với Phòng B:", ["Phòng A", "Phòng B"]),
    ("Để kịp tổng hợp, UBND huyện yêu cầu UBND các xã thực hiện tốt các nội dung sau:", ["UBND các xã"]),
]
NO_HEADINGS = [
    ("Sở Nội vụ tổng hợp", ["Sở Nội vụ"]),
    ("Sở Nội vụ, Sở Tài chính", ["Sở Nội vụ"]),
    ("Giao Sở Tài chính bố trí kinh phí:", ["Sở Tài chính"]),
    ("Yêu cầu các đơn vị nghiêm túc thực hiện Kế hoạch này", ["các đơn vị"]),
    ("Để kịp tổng hợp, UBND huyện yêu cầu UBND các xã báo cáo", ["UBND các xã"]),
    ("Sở Nội vụ\nTham mưu, tổng hợp", ["Sở Nội vụ"]),
]


@pytest.mark.parametrize(("text", "names"), HEADINGS)
def test_headings(text: str, names: list[str]) -> None:
    assert is_heading(text, names)


@pytest.mark.parametrize(("text", "names"), NO_HEADINGS)
def test_what_has_content_is_no_heading(text: str, names: list[str]) -> None:
    assert not is_heading(text, names)


ORDERS = """1. Sở Nội vụ, Sở Tài chính
a) Rà soát thủ tục.
2. Sở Y tế
Chuẩn bị thuốc.
"""


def orders() -> r.Record:
    """Two headings: below the first an item of Sở Nội vụ alone, below the second words that are no task."""

    def at(phrase: str) -> dict[str, Any]:
        return place(ORDERS, phrase)

    def given(task: str, unit: str, phrase: str, section: str) -> r.Assignment:
        return r.Assignment(
            **at(phrase), section=section, task=task, unit=unit, canonical=f"{unit} tỉnh", kind="organization", role="performs"
        )

    return msgspec.structs.replace(
        letter(), text=ORDERS, citations=[], reports=[],
        sections=[r.Section(path="2", title="Sở Y tế", start=ORDERS.index("2. Sở"), end=len(ORDERS), page=1)],
        tasks=[r.Task(**at("Sở Nội vụ, Sở Tài chính"), section="1", id="t1", text="Sở Nội vụ, Sở Tài chính"),
               r.Task(**at("Rà soát thủ tục."), section="1.a", id="t2", text="Rà soát thủ tục."),
               r.Task(**at("Sở Y tế"), section="2", id="t3", text="Sở Y tế")],
        assignments=[given("t1", "Sở Nội vụ", "Sở Nội vụ", "1"), given("t1", "Sở Tài chính", "Sở Tài chính", "1"),
                     given("t2", "Sở Nội vụ", "Rà soát thủ tục.", "1.a"), given("t3", "Sở Y tế", "Sở Y tế", "2")],
    )  # fmt: skip


def test_a_heading_is_no_duty_of_the_units_whose_items_stand_below_it(tmp_path: Path) -> None:
    connection = base_of(tmp_path, orders())
    rows = due(connection, date(2025, 12, 31)).without_day
    assert [(d.section, d.unit) for d in rows] == [("1", "Sở Tài chính"), ("1.a", "Sở Nội vụ"), ("2", "Sở Y tế")]
    assert [d.section for d in due(connection, date(2025, 12, 31), unit="so noi vu").without_day] == ["1.a"]
    assert [d.quote for d in rows if d.section != "1.a"] == ["1. Sở Nội vụ, Sở Tài chính", "2. Sở Y tế\nChuẩn bị thuốc."]


LEAD_IN = """Để kịp tổng hợp, UBND huyện yêu cầu UBND các xã và Công an xã:
1. Rà soát kết quả, xong trước ngày 30/5/2025.
2. Giao Phòng Nội vụ đôn đốc, xong trước ngày 30/6/2025.
Trên đây là nội dung chỉ đạo, thực hiện trước ngày 31/7/2025.
"""


def lead_in() -> r.Record:
    """A sentence that leads to the items of a letter: the first names nobody, the second somebody else, the last stands apart."""

    def at(phrase: str) -> dict[str, Any]:
        return place(LEAD_IN, phrase)

    def term(day: str, latest: str, section: str, *owers: str) -> r.Deadline:
        owed = {"owed_by": list(owers), "owed_by_canonical": [f"{ower} huyện" for ower in owers]}
        return r.Deadline(**at(f"trước ngày {day}"), section=section, task=None, text=f"trước ngày {day}", latest=latest, **owed)  # type: ignore[arg-type]

    lead = LEAD_IN.partition("\n")[0]
    return msgspec.structs.replace(
        letter(), text=LEAD_IN, citations=[], reports=[], tasks=[r.Task(**at(lead), section="body", id="t1", text=lead)],
        assignments=[r.Assignment(**at(unit), section="body", task="t1", unit=unit, canonical=f"{unit} huyện", kind="group",
                                  role="performs", confidence=0.8) for unit in ("UBND các xã", "Công an xã")],
        deadlines=[term("30/5/2025", "2025-05-29", "1"), term("30/6/2025", "2025-06-29", "2", "Phòng Nội vụ"),
                   term("31/7/2025", "2025-07-30", "closing")],
    )  # fmt: skip


def test_an_item_that_names_no_unit_is_owed_by_those_of_its_heading(tmp_path: Path) -> None:
    connection = base_of(tmp_path, lead_in())
    answer = due(connection, date(2025, 12, 31))
    assert [(d.latest, d.unit, d.role, d.confidence) for d in answer.rows] == [
        ("2025-05-29", "Công an xã", "performs", 0.8), ("2025-05-29", "UBND các xã", "performs", 0.8),
        ("2025-06-29", "Phòng Nội vụ", None, 1.0), ("2025-07-30", None, None, 1.0),
    ]  # fmt: skip
    assert answer.without_day == []
    assert [d.latest for d in due(connection, date(2025, 12, 31), unit="cong an xa").rows] == ["2025-05-29"]


SENTENCE = "Sở A kiểm tra trong 10 ngày kể từ ngày nhận; gửi báo cáo về Sở B trong 05 ngày làm việc kể từ ngày kiểm tra."


def row(kind: str, phrase: str, why: str, term: str | None = None, **more: Any) -> Duty:
    at = SENTENCE.index(phrase)
    known = {"unit": "Sở A", "canonical": "Sở A tỉnh", "role": None, "recipients": (), "via": None, "latest": None, "recurrence": None}
    known |= {"document": None, "section": "1", "page": 1, "quote": SENTENCE, "confidence": 1.0, "fact": phrase[:2], "what": phrase}
    return Duty(kind=kind, start=at, end=at + len(phrase), term=term, why_undated=why, **{**known, **more})  # type: ignore[arg-type]


REPORT = row("report", "gửi báo cáo", "undated")
NEAR = row("task", "trong 05 ngày", "relative", "trong 05 ngày làm việc kể từ ngày kiểm tra")
FAR = row("task", "trong 10 ngày", "relative", "trong 10 ngày kể từ ngày nhận")


def test_a_report_takes_the_term_of_its_own_clause() -> None:
    rows = with_terms([FAR, REPORT, NEAR])
    assert [(d.kind, d.why_undated, d.term) for d in rows] == [("task", "relative", FAR.term), ("report", "relative", NEAR.term)]


APART = [
    ("another clause", [FAR, REPORT]),
    ("another unit", [row("report", "gửi báo cáo", "undated", canonical="Sở C tỉnh"), NEAR]),
    ("a report with a rhythm", [row("report", "gửi báo cáo", "periodic"), NEAR]),
    ("a term that is none", [REPORT, row("task", "trong 05 ngày", "continuous", "thường xuyên")]),
    ("another sentence", [row("report", "gửi báo cáo", "undated", quote_start=500), NEAR]),
]


@pytest.mark.parametrize("rows", [case[1] for case in APART], ids=[case[0] for case in APART])
def test_other_terms_stay_apart(rows: list[Duty]) -> None:
    assert with_terms(rows) == rows


def test_the_terms_of_a_long_task_share_its_text(tmp_path: Path) -> None:
    """A row for each term and unit, and none of them with a copy of the text: that grew with the square of a long section."""
    lines = [f"- Phòng số {n} thực hiện trước ngày 01/11/2025." for n in range(60)]
    text = "\n".join(lines)
    starts = [text.index(line) + line.index("trước ngày") for line in lines]
    owed_by = ["Sở Nội vụ", "Sở Tài chính"]
    record = msgspec.structs.replace(
        letter(), source=source(text, "long.txt"), text=text, citations=[], reports=[],
        tasks=[r.Task(start=0, end=len(text), page=1, section="body", id="t1", text=text)],
        deadlines=[
            r.Deadline(start=start, end=start + 21, page=1, section="body", task="t1", text="trước ngày 01/11/2025", latest="2025-10-31",
                       owed_by=owed_by, owed_by_canonical=owed_by) for start in starts
        ],
    )  # fmt: skip
    connection = base_of(tmp_path, record)
    assert not [row for row in connection.execute(DUTIES_BY_TASK) if row["what"] is not None]
    assert {row["what"] for row in connection.execute("SELECT what FROM v_duties")} == {text}
    rows = all_duties(connection)
    assert {id(duty.what) for duty in rows} == {id(rows[0].what)} and rows[0].what == text
    _whole.cache_clear()
    for duty in rows:
        what_shown(duty, Labels("vi"), 200)
    assert _whole.cache_info().misses == 1
