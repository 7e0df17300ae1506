"""What the issuer will report itself is nobody's duty; a letter's issuer by its symbol."""

from __future__ import annotations

import pytest

from pipeline.extract import Extractor
from pipeline.pages import Page, SourceDocument
from pipeline.resolution.directives import issuer_by_symbol

FRAME = """BỘ NỘI VỤ                      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 101/BNV-CCVC                   Độc lập - Tự do - Hạnh phúc
V/v báo cáo sắp xếp                Hà Nội, ngày 05 tháng 8 năm 2025

Kính gửi: Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương

Bộ Nội vụ đề nghị thực hiện một số nội dung sau:

1. {line}

Nơi nhận:                          BỘ TRƯỞNG
- Như trên;
- Lưu: VT.
"""


@pytest.mark.parametrize(
    ("line", "recipients"),
    [
        ("Ủy ban nhân dân tỉnh gửi báo cáo về Bộ Nội vụ trước ngày 20/8/2025 để tổng hợp, báo cáo Thủ tướng Chính phủ.", ["Bộ Nội vụ"]),
        ("Sở Nội vụ gửi báo cáo về Bộ Nội vụ trước ngày 20/8/2025.", ["Bộ Nội vụ"]),
    ],
)
def test_reports(extractor: Extractor, line: str, recipients: list[str]) -> None:
    source = SourceDocument(name="x.txt", sha256="0", media_type="text/plain", pages=(Page(1, FRAME.format(line=line)),))
    found = [name for r in extractor.from_source(source).reports for name in r.recipients]
    assert found == recipients


@pytest.mark.parametrize(
    ("symbol", "issuer"),
    [("BNV-CCVC", "Bộ Nội vụ"), ("TT-BNV", "Bộ Nội vụ"), ("UBND-KT", None), ("BTC", None), ("BC-UBND", None)],
)
def test_issuer_by_symbol(symbol: str, issuer: str | None) -> None:
    assert issuer_by_symbol(symbol) == issuer
