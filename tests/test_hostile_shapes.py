"""Texts made to be slow or to exhaust the stack: work grows no faster than the text, and what stands beside them is still read.

No test looks at a clock. Work in Python is counted in calls; work inside regular expressions is given texts so large that a step which
walks them once for every character would not end.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from conftest import framed

from pipeline.extract import Extractor
from pipeline.records import Record
from pipeline.text.normalise import normalise

Shape = Callable[[int], str]
Read = Callable[..., Record]

TABLE = "1. Bảng\n\n| TT | Nội dung | Cơ quan chủ trì | Cơ quan phối hợp | Thời hạn |\n| --- | --- | --- | --- | --- |\n"
ROW = "| {} | Sửa nhà số {} | Sở Nội vụ | Sở Y tế, Sở Xây dựng | Trước ngày 15/4/2025 |\n"


def numbered(pattern: str, n: int) -> str:
    """`pattern` n times, with the numbers from 1."""
    return "".join(pattern.format(i, i) for i in range(1, n + 1))


SHAPES: dict[str, Shape] = {
    "heads in a row": lambda n: "1. Giao " + "Ban Chỉ đạo " * n,
    "heads in capitals": lambda n: "SỞ NỘI VỤ " * n,
    "brackets that no one closes": lambda n: "1. Sửa nhà " + "(Chủ trì: Sở Y tế; phối hợp: " * n,
    "one sending clause": lambda n: "1. Các sở " + "gửi báo cáo về UBND tỉnh " * n,
    "lists of recipients": lambda n: "Nơi nhận:\n- Sở Y tế;\n" * n,
    "preamble without names": lambda n: "Căn cứ Luật " * n,
    "leaders of one clause": lambda n: "1. " + "do Sở Y tế chủ trì, " * n,
    "terms of one line": lambda n: "1. Sở Y tế rà soát " + "trước ngày 15/4/2025, " * n,
    "instalments": lambda n: "1. Các sở báo cáo UBND tỉnh: " + "đợt 2 trước ngày 15/4/2025; " * n,
    "days that come again": lambda n: "1. Sở Y tế rà soát " + "ngày 5 hằng tháng; từ tháng 1/2025 đến tháng 3/2025. " * n,
    "laws of one line": lambda n: "1. Thực hiện Quyết định số 12/QĐ-UBND và " + "Luật Đất đai, " * n,
    "decisions of one line": lambda n: "1. Thực hiện " + numbered("Quyết định số {}/QĐ-UBND ngày 1/2/2024; ", n),
    "numbers without a symbol": lambda n: "Nghị quyết số 12 ngày 1/2/2024; " * n,
    "short names": lambda n: "1. Theo " + numbered("Chỉ thị số {}/CT-TTg (sau đây gọi là Chỉ thị {}); ", n),
    "damaged words": lambda n: "1. Sở Y tế rà soát " + "trươc ngay 22/9/2026, " * n,
    "a paragraph of many lines": lambda n: "1. Sở Y tế rà soát nhà\n" + "các xã và đôn đốc các phường\n" * n,
    "items": lambda n: numbered("{}. Sở Y tế rà soát.\n\n", n),
    "rows of a table": lambda n: TABLE + numbered(ROW, n),
}

# Every one went through a step that was quadratic in it: in the size given here that step takes minutes.
WALKED: dict[str, str] = {
    "blanks in a line": "1. Sở Y tế" + " " * 100_000 + "rà soát.",
    "blank lines": "1. Sở Y tế" + "\n" * 100_000 + "rà soát.",
    "lines of one blank": "1. Sở Y tế" + "\n " * 50_000 + "rà soát.",
    "carriage returns": "1. Sở Y tế" + "\r" * 100_000 + "rà soát.",
    "blank lines before a page": "1. Sở Y tế" + "\n" * 100_000 + "\f" + "rà soát.",
    "blanks before a bar": " " * 100_000 + "|a\n",
    "blanks in a row of the page's end": "| Nơi nhận: a" + " " * 100_000 + "b |\n",
    "a rule with blanks": "|--|" + " " * 100_000 + "x\n",
    "page ends in one row": "| Nơi nhận: a " * 20_000 + "\n",
    "a paragraph of many lines": "1. Sở Y tế rà soát nhà\n" + "các xã và đôn đốc các phường\n" * 5_000,
    "damaged words": "1. Sở Y tế " + "trươc ngay 22/9/2026, " * 4_000,
}


def calls(work: Callable[[], object]) -> int:
    """How many calls, of Python and of C functions, `work` makes."""
    count = 0

    def note(_frame: FrameType, event: str, _arg: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    gc.disable()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
        gc.enable()
    return count


@pytest.mark.parametrize("shape", SHAPES)
def test_work_grows_with_the_text(extractor: Extractor, shape: str) -> None:
    """Twice the text, not three times the calls."""
    texts = [framed("plan", SHAPES[shape](n)).encode() for n in (8, 100, 200)]
    extractor.extract_bytes(texts[0], "case.txt")  # what is loaded once
    once, twice = (calls(lambda text=text: extractor.extract_bytes(text, "case.txt")) for text in texts[1:])
    assert twice < 3 * once


@pytest.mark.parametrize("name", WALKED)
def test_normalising_walks_a_run_once(name: str) -> None:
    """The normalised text comes back, and normalising it again changes nothing."""
    text = normalise(framed("plan", WALKED[name])).text
    assert "KẾ HOẠCH" in text and "TM. ỦY BAN NHÂN DÂN" in text


@pytest.mark.parametrize(
    "row",
    ["1." * 50_000, "1. " + "15.4." * 15_000, "1. " + "1,1" * 30_000],
    ids=["figures and points", "days that run on", "figures and commas"],
)
def test_unbroken_rows_of_figures(read: Read, row: str) -> None:
    """A row of figures without a blank, which the word segmentation would try from each place on, leaves the sentence beside it whole."""
    record = read(f"1. Sở Y tế rà soát trước ngày 15/4/2025.\n\n{row}")
    assert [d.latest for d in record.deadlines] == ["2025-04-14"]


@pytest.mark.parametrize(
    "row",
    ["Giao " + "Ban Chỉ đạo " * 1_200, "SỞ NỘI VỤ " * 1_200, "Giao " + "các phòng, ban của " * 1_200, "Giao " + "UBND các " * 1_200],
    ids=["heads", "heads in capitals", "groups", "councils"],
)
def test_names_inside_names_end_somewhere(read: Read, row: str) -> None:
    """More names inside each other than the stack holds: the document has its record, and the sentences around have their facts."""
    record = read(f"1. Sở Y tế rà soát trụ sở trước ngày 15/4/2025.\n\n2. {row}\n\n3. Sở Nội vụ báo cáo UBND tỉnh trước ngày 20/4/2025.")
    charged = {(a.section, a.unit) for a in record.assignments}
    assert ("I.1", "Sở Y tế") in charged
    assert ("I.3", "Sở Nội vụ") in charged
    assert [d.latest for d in record.deadlines] == ["2025-04-14", "2025-04-19"]
    assert [(r.reporter, r.latest) for r in record.reports] == [(["Sở Nội vụ"], "2025-04-19")]


def test_names_of_real_depth_stay_whole(read: Read) -> None:
    """The limit on depth touches no name that stands in a document."""
    record = read("1. Giao Phó Trưởng phòng Tổ chức cán bộ Văn phòng Ủy ban nhân dân huyện Yên Thế rà soát trụ sở.")
    assert [a.unit for a in record.assignments] == ["Phó Trưởng phòng Tổ chức cán bộ Văn phòng Ủy ban nhân dân huyện Yên Thế"]
