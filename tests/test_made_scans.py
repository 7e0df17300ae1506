"""Made scans: what is printed is what an office would print, and the same arguments give the same pixels."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))
import make_scans
from scan_document import typeset
from scan_layout import LEFT, RIGHT, Sheet, Style
from scan_source import columns_apart, paragraphs, whole

PLAN = """UBND TỈNH LAM SƠN
SỞ XÂY DỰNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 61/KH-SXD
Lam Sơn, ngày 05 tháng 02 năm 2026
KẾ HOẠCH
Chỉnh trang đường liên xã năm 2026
Những năm qua, đường liên xã trên địa bàn tỉnh được quan tâm đầu tư, song nhiều đoạn đã xuống cấp.
1. Văn phòng Sở rà soát trước ngày 15/3/2026./.
**Nơi nhận:**
- Như trên;
- Lưu: VT.
**KT. GIÁM ĐỐC**
**PHÓ GIÁM ĐỐC**
**Trần Văn Thử**
**PHỤ LỤC**
**PHÂN CÔNG NHIỆM VỤ**
| TT | Nhiệm vụ | Đơn vị chủ trì |
|---|---|---|
| 1 | Rà soát | Văn phòng Sở |"""


def measure(text: str, style: Style, size: float) -> float:
    return len(text) * size * 0.5


def printed(sheet: Sheet, zone: str) -> list[str]:
    """The lines of one zone, from top to bottom."""
    lines: dict[int, list[str]] = {}
    for word in sheet.words:
        if word.zone == zone:
            lines.setdefault(word.line, []).append(word.run.text)
    return [" ".join(words) for words in lines.values()]


def test_each_part_stands_where_it_belongs() -> None:
    first, second = typeset(PLAN, measure)
    assert printed(first, "left") == ["UBND TỈNH LAM SƠN", "SỞ XÂY DỰNG", "Số: 61/KH-SXD"]
    assert printed(first, "right")[-1] == "Lam Sơn, ngày 05 tháng 02 năm 2026"
    assert printed(first, "recipients") == ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]
    assert printed(first, "signature") == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Văn Thử"]
    assert printed(second, "body") == ["PHỤ LỤC", "PHÂN CÔNG NHIỆM VỤ"]
    assert printed(second, "table")[:3] == ["TT", "Nhiệm vụ", "Đơn vị chủ trì"]


def test_only_the_title_is_centred() -> None:
    (first, _) = typeset(PLAN, measure)
    starts = {w.run.text: w.x for w in first.words if w.zone == "body"}
    assert starts["KẾ"] > LEFT + 100 and starts["Chỉnh"] > LEFT + 40
    assert starts["Những"] == LEFT + 36


def test_a_mark_of_urgency_has_a_frame_and_words_keep_to_their_cells() -> None:
    (sheet, _) = typeset(PLAN.replace("Lam Sơn, ngày", "KHẨN\nLam Sơn, ngày"), measure)
    assert printed(sheet, "left")[-1] == "KHẨN" and len(sheet.rulings) == 4
    table = typeset(PLAN, measure)[1]
    assert all(w.x >= LEFT and w.x + w.width <= RIGHT for w in table.words if w.zone == "table")


def test_the_recipients_and_the_signature_are_told_apart() -> None:
    mixed = ["Nơi nhận:", "CHỦ TỊCH", "- Như trên;", "(Đã ký)", "- Lưu: VT.", "Trần Văn Thử"]
    assert columns_apart(mixed) == ["Nơi nhận:", "- Như trên;", "- Lưu: VT.", "CHỦ TỊCH", "(Đã ký)", "Trần Văn Thử"]


def test_sentences_over_two_pages_are_whole() -> None:
    cut = "Văn phòng Sở theo dõi việc chấp hành Quyết định số 15/QĐ-SXD về Quy chế làm"
    assert whole([cut, "việc của cơ quan.", "2. Phòng Quản lý đô thị"]) == [f"{cut} việc của cơ quan.", "2. Phòng Quản lý đô thị"]


def test_a_text_of_fixed_width_becomes_paragraphs(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    lines = [
        "1. Văn phòng Sở rà soát hồ sơ, giấy tờ còn thiếu của các đơn vị trực",
        "thuộc và báo cáo Giám đốc Sở kết quả trước ngày 15/3/2026.",
    ]
    path.write_text("KẾ HOẠCH\nRà soát hồ sơ\n\n" + "\n".join(lines * 6) + "\n", encoding="utf-8")
    assert " ".join(lines) in paragraphs(path)


@pytest.mark.skipif(not make_scans.families(), reason="no serif font with Vietnamese is installed")
def test_same_arguments_same_pixels(tmp_path: Path) -> None:
    text = tmp_path / "plan.txt"
    text.write_text(PLAN, encoding="utf-8")
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        assert make_scans.make(text, "hard", tmp_path / folder, pdf=True) == 2
    for name in ("plan-hard-p1.jpg", "plan-hard-p2.jpg", "plan-hard.json"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), name
    assert make_scans.make(text, "hard", tmp_path / "b", pdf=False, series=1) == 2
    assert (tmp_path / "a" / "plan-hard-p1.jpg").read_bytes() != (tmp_path / "b" / "plan-hard-p1.jpg").read_bytes()
    truth = json.loads((tmp_path / "a" / "plan-hard.json").read_text(encoding="utf-8"))
    assert truth["pages"][0]["text"].startswith("UBND TỈNH LAM SƠN\nSỞ XÂY DỰNG\nSố: 61/KH-SXD\n\nCỘNG HÒA")
