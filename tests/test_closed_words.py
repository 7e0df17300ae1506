"""Words of the closed vocabulary that a scan damaged are put right where a phrase settles them; whole words stay as they are."""

from __future__ import annotations

import pytest

from pipeline.data import load
from pipeline.text.closed_words import RULE, closed_words
from pipeline.text.mapped import MappedText

MENDED = (
    ("trươc ngay 22/9/2026", "trước ngày 22/9/2026"),
    ("hoàn thành trước gày 20/12/2025", "hoàn thành trước ngày 20/12/2025"),
    ("chậm nhất tước ngày 25/5/2025", "chậm nhất trước ngày 25/5/2025"),
    ("cham nhat vao ngay 15/4/2026", "chậm nhất vào ngày 15/4/2026"),
    ("hoan thanh cham nhat la ngay 28/11/2021", "hoàn thành chậm nhất là ngày 28/11/2021"),
    ("muộn nhất ngày 14/1l/2026", "muộn nhất ngày 14/11/2026"),
    ("trước 1l giờ 30 phút ngay 10/11/2026", "trước 11 giờ 30 phút ngày 10/11/2026"),
    ("Trước ngày 11 thang 10 năm 2025", "Trước ngày 11 tháng 10 năm 2025"),
    ("trong quy 2/2025", "trong quý 2/2025"),
    ("6 thang dau năm 2026", "6 tháng đầu năm 2026"),
    ("+ Thoi gian hoan thanh: Cuoi nam 2025", "+ Thời gian hoàn thành: Cuối năm 2025"),
    ("| TT | Đơn vị chủ tri | Cơ quan phôi hợp | Thời han |", "| TT | Đơn vị chủ trì | Cơ quan phối hợp | Thời hạn |"),
    ("sau 15 ngày kể từngay nhận được", "sau 15 ngày kể từ ngày nhận được"),
    ("- Tiếnđộ: Thườn xuyên;", "- Tiến độ: Thường xuyên;"),
    ("trong vong 02 ngay lam viec ke tu ngay", "trong vòng 02 ngày làm việc kể từ ngày"),
    ("chậm nhất 15 ngay làm việcsau ngày nhận được", "chậm nhất 15 ngày làm việc sau ngày nhận được"),
    ("Căn cứ Quyết đinh số 2119/QD-UBND", "Căn cứ Quyết định số 2119/QĐ-UBND"),
    ("Kế hoạch số 693-KH/DU, Quy định số 60-QDi/TW, Luật Thủy li", "Kế hoạch số 693-KH/ĐU, Quy định số 60-QĐi/TW, Luật Thủy lợi"),
    ("Chỉ thị số08/CT-UBND", "Chỉ thị số 08/CT-UBND"),
    ("Tờ trình số số 107/TTr-GDMN", "Tờ trình số 107/TTr-GDMN"),
    ("Quy đinh số 95~QĐ/TW", "Quy định số 95-QĐ/TW"),
    ("Pháp lệnh số 20/20I5/PL-UBTVQHl3", "Pháp lệnh số 20/2015/PL-UBTVQH13"),
    ("Thực hiện Luật Chăn nuoi, Luật Trung cầu ý dân", "Thực hiện Luật Chăn nuôi, Luật Trưng cầu ý dân"),
    ("Kế oạch số 1232/KH-UBND, Qy định số 60-QĐi /TW", "Kế hoạch số 1232/KH-UBND, Quy định số 60-QĐi/TW"),
    ("chậm nhất à ngày 31/10/2025, chậm nhất Ià ngày ngày 1O/9/2O25", "chậm nhất là ngày 31/10/2025, chậm nhất là ngày 10/9/2025"),
    ("trong tháng 1O/2024; ngày 19 /01/2026", "trong tháng 10/2024; ngày 19/01/2026"),
    ("+ Thời\ngian hoàn thành: chậm\n\nnhất ngày 5/3/2025", "+ Thời\ngian hoàn thành: chậm nhất ngày 5/3/2025"),
    ("Luật Bảo vệ quyền lợi người tiêu đùng", "Luật Bảo vệ quyền lợi người tiêu dùng"),
)
KEPT = (
    "báo cáo ngay 3 việc; xử lý ngay, 12/3 số hộ",  # "ngay" is a word
    "miền Nam 2025 và Việt Nam 2025",  # so is "Nam", and it names something
    "Nghị quyết số 212-NQ/TU ngày 29/7/2026",  # "TU" is no "từ"
    "và ngày 15/4/2025; hàng năm, hằng năm",  # each is right as it stands
    "trước ngày 15/6/2025, chậm nhất là ngày 20/6/2025, thường xuyên trong năm 2025",
    "Luật Thanh niên; quy 2 tổ; nam 20 tuổi; so 12 hộ với 15 hộ; tháng, năm",
    "Quyết định số 12/QĐ-UBND; Công văn số 1/SNV-TCCB; Kế hoạch số 5/KH-ND",
    "+ Thời gian: Thường xuyên\n\nTrong năm 2025, Sở Y tế báo cáo",
    "Luật Thủy lợi, Luật Thủy sản",  # no Luật Thú y
    "Hội Luật gia tỉnh; triển khai thực hiện Pháp lệnh Chi phí tố tụng",  # no Luật Giá, no Hiến pháp
    "Phấn đấu năm 2026; sâu rộng trong quý IV/2026; Kiến trúc trước ngày 20/11/2025; thiết bị đầu cuối cuối tháng 5/2022",
    "",
)


@pytest.mark.parametrize(("read", "right"), MENDED, ids=[read for read, _ in MENDED])
def test_mended(read: str, right: str) -> None:
    text = MappedText(read)
    closed_words(text)
    assert text.text == right
    assert len(text.origin) == len(right) and {edit.rule for edit in text.edits()} == {RULE}
    again = MappedText(right)
    closed_words(again)
    assert again.text == right


@pytest.mark.parametrize("words", KEPT)
def test_kept(words: str) -> None:
    text = MappedText(words)
    closed_words(text)
    assert text.text == words and not text.edits()


def test_rows_are_small_letters_with_known_ends() -> None:
    table = load.table("closed_words")
    for row in (*table["terms"], *table["labels"]):
        assert row == row.lower().strip() and "  " not in row
        assert {part for part in row.split() if part.startswith("#")} <= {"#", "#day", "#month", "#year", "#quarter", "#colon"}
    assert len(set(table["terms"])) == len(table["terms"])
