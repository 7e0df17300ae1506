"""Where a document closes, what its numbers and chapters belong to, and what it issues behind its signature (GUIDE "section paths")."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import Case, lines_of

from pipeline.records import Record

Read = Callable[..., Record]


@pytest.mark.cases("closing")
def test_closing(case: Case, read: Read) -> None:
    found, expected = lines_of(read(case.text, case.frame).sections, case.expect)
    assert found == expected


ISSUERS = [
    ("UỶ BAN NHÂN DÂN\nTỈNH BẮC GIANG", "Ủy ban nhân dân tỉnh Bắc Giang"),
    ("ỦY BAN NHÂN DÂN\nTỈNH BẮC GIANG", "Ủy ban nhân dân tỉnh Bắc Giang"),
    ("UỶ BAN NHÂN DÂN\nHUYỆN YÊN THẾ", "Ủy ban nhân dân huyện Yên Thế"),
]


@pytest.mark.parametrize(("header", "issuer"), ISSUERS, ids=[h.replace("\n", " ") for h, _ in ISSUERS])
def test_an_issuer_has_one_spelling(header: str, issuer: str, read: Read) -> None:
    text = (
        f"{header}\n\nSố: 45/KH-UBND\n\nBắc Giang, ngày 10 tháng 3 năm 2025\n\nKẾ HOẠCH\n\nTrồng cây\n\n1. Trồng cây.\n\n"
        "Nơi nhận:\n- Lưu: VT.\n\nCHỦ TỊCH\n\nTrần Văn Thử"
    )
    assert read(text, "bare").document.issuer == issuer


def test_an_issued_plan_charges_in_its_own_chapters(read: Read) -> None:
    header = "ỦY BAN NHÂN DÂN\nTỈNH BẮC GIANG\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n"
    text = (
        "UBND TỈNH BẮC GIANG\n\nSố: 321/QĐ-UBND\n\nBắc Giang, ngày 10 tháng 3 năm 2025\n\nQUYẾT ĐỊNH\n\nBan hành Kế hoạch trồng cây\n\n"
        "QUYẾT ĐỊNH:\n\nĐiều 1. Ban hành Kế hoạch trồng cây.\n\nNơi nhận:\n- Lưu: VT.\n\nCHỦ TỊCH\n\nTrần Văn Thử\n\n"
        f"{header}KẾ HOẠCH\nTrồng cây năm 2025\n(Ban hành kèm theo Quyết định số 321/QĐ-UBND ngày 10/3/2025 của UBND tỉnh)\n\n"
        "I. NHIỆM VỤ\n\n1. Sở Xây dựng\n\nTrồng 100 cây trước ngày 15/4/2025."
    )
    record = read(text, "bare")
    assert [(a.section, a.unit) for a in record.assignments] == [("I.1", "Sở Xây dựng")]
    assert [(d.section, d.latest) for d in record.deadlines] == [("I.1", "2025-04-14")]
    assert record.citations == []  # the number under the title is the document's own
