"""Questions with known answers over the five seed plans, asked through the commands. The answers were read from the plans by hand."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is not there")

QUANG_NGAI, BA_TO, SOC_TRANG, VINH_LINH, HUE = "000", "001", "002", "003", "004"
OFFICE = "Văn phòng HĐND và UBND huyện"
# (plan, section, unit, recipients, via, last day), in the order of the days; a duty of two units is a row each
REPORTS = [
    (BA_TO, "IV.1", "Chủ tịch UBND các xã, thị trấn", "UBND huyện", "Phòng Nội vụ", "2025-03-04"),
    (BA_TO, "IV.1", "Thủ trưởng các cơ quan, đơn vị", "UBND huyện", "Phòng Nội vụ", "2025-03-04"),
    (
        QUANG_NGAI,
        "III.2",
        "Trung tâm Phục vụ - Kiểm soát thủ tục hành chính tỉnh",
        "Ban Tuyên giáo và Dân vận Tỉnh ủy; Sở Nội vụ",
        None,
        "2025-03-31",
    ),
    (SOC_TRANG, "III.2", "Các sở, ngành, đơn vị sự nghiệp trực thuộc Ủy ban nhân dân tỉnh", "Sở Nội vụ", None, "2025-05-19"),
    (SOC_TRANG, "III.2", "Ủy ban nhân dân các huyện, thị xã, thành phố", "Sở Nội vụ", None, "2025-05-19"),
    (QUANG_NGAI, "III.1", "Trưởng các phòng, ban, đơn vị trực thuộc", "Phòng Hành chính - Quản trị", None, "2025-05-28"),
    (QUANG_NGAI, "III.1", "Trưởng các phòng, ban, đơn vị trực thuộc", "Phòng Hành chính - Quản trị", None, "2025-10-11"),
    (VINH_LINH, "III.1", "Các cơ quan chuyên môn, đơn vị sự nghiệp thuộc UBND huyện", "UBND huyện", "Phòng Nội vụ", "2025-10-30"),
    (VINH_LINH, "III.1", "UBND các xã, thị trấn", "UBND huyện", "Phòng Nội vụ", "2025-10-30"),
    (BA_TO, "IV.1", "Các cơ quan, đơn vị được phân công nhiệm vụ", "UBND huyện", "Phòng Nội vụ", "2025-10-31"),
    (SOC_TRANG, "III.2", "Các sở, ngành, đơn vị sự nghiệp trực thuộc Ủy ban nhân dân tỉnh", "Sở Nội vụ", None, "2025-10-31"),
    (SOC_TRANG, "III.2", "Ủy ban nhân dân các huyện, thị xã, thành phố", "Sở Nội vụ", None, "2025-10-31"),
    (BA_TO, "IV.3", "Phòng Giáo dục và Đào tạo", "UBND huyện", "Phòng Nội vụ", "2025-11-04"),
]
# Who leads the tasks of Ba Tơ whose evidence is due by 31/10/2025.
EVIDENCE = {
    "III.2.1": {"Phòng Nội vụ"},
    "III.2.2.1": {OFFICE, "Phòng Tài chính – Kế hoạch"},
    "III.2.2.2": {"Thanh tra huyện", "Phòng Nội vụ"},
    "III.2.2.3": {"Phòng Tư pháp"},
    "III.2.3.1": {"Phòng Nội vụ"},
    "III.2.3.2": {OFFICE},
    "III.2.3.3": {OFFICE},
    "III.2.3.4": {"Phòng Văn hóa - Khoa học và Thông tin"},
    "III.2.4.1": {"Phòng Nội vụ"},
    "III.2.4.2": {"Phòng Nội vụ"},
    "III.2.4.5": {"Trung tâm Truyền thông - Văn hóa - Thể thao"},
    "III.2.5": {"Thanh tra huyện"},
    "III.2.6": {"Phòng Nội vụ"},
    "III.2.7.1": {OFFICE},
    "III.2.7.2": {"Phòng Tài chính - Kế hoạch"},
    "III.2.7.3": {OFFICE},
    "III.2.8.1": {"Phòng Tài chính - Kế hoạch", "Phòng Nội vụ"},
    "III.2.8.2": {"Phòng Nội vụ"},
    "III.2.9.1": {"Ban Tiếp công dân", "Bộ phận một cửa của huyện"},
    "III.2.9.2": {OFFICE},
    "III.2.10": {"Phòng Nội vụ"},
}
MENTIONS = {
    (QUANG_NGAI, "II.1"): 1,
    (BA_TO, "III.2.1"): 1,
    (SOC_TRANG, "title"): 1,
    (SOC_TRANG, "preamble"): 2,
    (SOC_TRANG, "II.1"): 1,
    (SOC_TRANG, "II.2"): 1,
    (SOC_TRANG, "III.1"): 2,
    (SOC_TRANG, "III.2"): 1,
    (VINH_LINH, "II.2"): 1,
    (HUE, "II.2"): 1,
}


def vanban(*arguments: str) -> str:
    """Standard output of the command; it must succeed."""
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments], capture_output=True, text=True, env={**os.environ, "PYTHONUTF8": "1"}
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A knowledge base of the five plans."""
    path = str(tmp_path_factory.mktemp("seeds") / "kb.db")
    vanban("ingest", str(SEEDS), "--db", path)
    return path


def answer(base: str, *question: str) -> Any:
    """The JSON answer to a question."""
    return json.loads(vanban(*question, "--db", base, "--format", "json"))


def plan(row: dict[str, Any]) -> str:
    """Which of the five plans a row comes from."""
    return Path(row["document"]["source"]).name[:3]


def reports(base: str, day: str) -> list[tuple[str, str, str, str, str | None, str]]:
    """The duties to report that are due by the day."""
    rows = [r for r in answer(base, "due", "--by", day) if r["kind"] == "report"]
    return [(plan(r), r["section"], r["unit"], "; ".join(r["recipients"]), r["via"], r["latest"]) for r in rows]


@pytest.mark.parametrize("day", ["2025-03-03", "2025-06-01", "2025-11-01", "2025-12-31"])
def test_who_owes_a_report_by_a_day(base: str, day: str) -> None:
    found = reports(base, day)
    assert Counter(found) == Counter(r for r in REPORTS if r[5] <= day)
    assert [r[5] for r in found] == sorted(r[5] for r in found)


def test_the_day_itself_counts(base: str) -> None:
    assert len(reports(base, "2025-05-28")) - len(reports(base, "2025-05-27")) == 1


def test_who_leads_what_evidence_is_due(base: str) -> None:
    found: dict[str, set[str]] = {}
    for row in answer(base, "due", "--by", "2025-11-01", "--from", "2025-10-31"):
        if plan(row) == BA_TO and row["kind"] == "task" and row["role"] == "leads":
            assert row["latest"] == "2025-10-31"
            found.setdefault(row["section"], set()).add(row["unit"])
    assert found == EVIDENCE


def test_what_one_unit_owes(base: str) -> None:
    rows = answer(base, "due", "--by", "2025-11-01", "--unit", "Trung tâm Truyền thông - Văn hóa - Thể thao")
    assert [(plan(r), r["section"], r["role"], r["latest"]) for r in rows] == [(BA_TO, "III.2.4.5", "leads", "2025-10-31")]


def test_every_mention_of_a_directive(base: str) -> None:
    found = answer(base, "trace", "33/CT-TTg")
    assert (found["directive"]["issued_on"], found["directive"]["issuer"]) == ("2021-11-26", "Thủ tướng Chính phủ")
    assert Counter((plan(m), m["section"]) for m in found["mentions"]) == Counter(MENTIONS)
    assert all("33/CT-TTg" in m["quote"] for m in found["mentions"])


def test_one_number_with_two_dates_is_shown(base: str) -> None:
    rows = answer(base, "audit", "--code", "date-conflict")
    (row,) = [r for r in rows if "1211/QĐ-UBND" in str(r["about"])]
    assert "2022-11-02" in row["message"] and "2024-11-21" in row["message"]


def test_blank_numbers_are_shown(base: str) -> None:
    blank = {plan(r) for r in answer(base, "audit") if r["code"] == "number-blank"}
    assert blank == {BA_TO, VINH_LINH}
