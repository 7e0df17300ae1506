"""A draft's mark in the header is no part of the issuer's name; a unit's name never holds another document."""

from __future__ import annotations

from pipeline.extract import Extractor
from pipeline.pages import Page, SourceDocument

TEXT = """UBND TỈNH KHÁNH HÒA                    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ GIÁO DỤC VÀ ĐÀO TẠO                      Độc lập - Tự do - Hạnh phúc

Số:      /KH-SGDĐT                     Khánh Hòa, ngày     tháng 01 năm 2026

DỰ THẢO

KẾ HOẠCH
Triển khai công tác trường học an toàn năm 2026

Thực hiện Công văn số 1504/SNV-CCHC ngày 12/8/2025 của Sở Nội vụ và Nghị quyết số 09-NQ/ĐU ngày 05/8/2025 của Ban Thường vụ Đảng ủy.

I. MỤC ĐÍCH
1. Nâng cao nhận thức.
"""


def test_draft_and_names(extractor: Extractor) -> None:
    source = SourceDocument(name="x.txt", sha256="0", media_type="text/plain", pages=(Page(1, TEXT),))
    record = extractor.from_source(source)
    assert record.document.issuer == "Sở Giáo dục và Đào tạo tỉnh Khánh Hòa"
    assert not any("Nghị quyết" in (c.issuer or "") for c in record.citations)
