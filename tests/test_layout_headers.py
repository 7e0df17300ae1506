"""What a document says of itself: header, title, signature, recipients (domain rules 1.1 to 1.5)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import Case, lines_of

from pipeline.records import Record

Read = Callable[..., Record]


@pytest.mark.cases("headers")
def test_headers(case: Case, read: Read) -> None:
    found, expected = lines_of([read(case.text, case.frame).document], case.expect)
    assert found == expected


OPENING = (
    "Số: 5/KH-UBND\n\nBắc Giang, ngày 10 tháng 3 năm 2025\n\nKẾ HOẠCH\n"
    "Trồng cây\n\nUBND tỉnh ban hành Kế hoạch như sau:\n\n1. Trồng cây./.\n\n"
)


MARKS = [
    ("KHẨN", "Khẩn"),
    ("THƯỢNG KHẨN", "Thượng khẩn"),
    ("HỎA TỐC", "Hỏa tốc"),
    ("HOẢ TỐC", "Hỏa tốc"),  # the older place of the tone mark
    ("KHAN", "Khẩn"),
    ("HOA TOC", "Hỏa tốc"),
    ("Khan", None),
    ("Khẩn trương", None),
    ("PHÒNG KHẨN CẤP", None),
]


@pytest.mark.parametrize(("line", "expected"), MARKS)
def test_urgency_stands_alone_in_capitals(line: str, expected: str | None, read: Read) -> None:
    text = OPENING.replace("UBND\n\n", f"UBND\n\n{line}\n\n", 1)
    assert read(text, "bare").document.urgency == expected


SIGNATURES = [
    ("collective, the head signs", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", "TM.", "Chủ tịch"),
    ("collective, the deputy signs", "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", "TM.;KT.", "Phó Chủ tịch"),
    ("run together", "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH", "TM.;KT.", "Phó Chủ tịch"),
    ("by order", "TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG", "TL.", "Chánh Văn phòng"),
    ("by order, a deputy", "TL. CHỦ TỊCH\nKT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG", "TL.;KT.", "Phó Chánh Văn phòng"),
    ("delegated", "TUQ. CHỦ TỊCH\nGIÁM ĐỐC SỞ NỘI VỤ", "TUQ.", "Giám đốc"),
    ("own name", "GIÁM ĐỐC", None, "Giám đốc"),
    ("Party collective", "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ THƯỜNG TRỰC", "T/M", "Phó Bí thư thường trực"),
    ("Party deputy", "K/T TRƯỞNG BAN\nPHÓ TRƯỞNG BAN", "K/T", "Phó Trưởng ban"),
    ("Party, by order", "T/L BAN THƯỜNG VỤ\nCHÁNH VĂN PHÒNG", "T/L", "Chánh Văn phòng"),
    ("the deputy's first word is lost", "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nCHỦ TỊCH", "TM.;KT.", "Phó Chủ tịch"),
    ("by order, who signs is lost", "TL. CHỦ TỊCH\nVĂN PHÒNG", "TL.", None),
    ("the deputy's own line is lost", "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH", "TM.;KT.", "Phó Chủ tịch"),
    ("the same of a ministry", "KT. BỘ TRƯỞNG", "KT.", "Thứ trưởng"),
    ("title lost", "", None, None),
]


@pytest.mark.parametrize(("title", "lines", "authority", "position"), SIGNATURES, ids=[s[0] for s in SIGNATURES])
def test_signature_forms(title: str, lines: str, authority: str | None, position: str | None, read: Read) -> None:
    header = read(f"{OPENING}Nơi nhận:\n- Lưu: VT.\n\n{lines}\n\nTrần Văn Thử", "bare").document
    assert (header.authority, header.signer_position, header.signer) == (authority, position, "Trần Văn Thử")


RECIPIENTS = [
    ("dashes and semicolons", "- Bộ Nội vụ;\n- Sở Nội vụ;\n- Lưu: VT, NC.", ["Bộ Nội vụ", "Sở Nội vụ", "Lưu: VT, NC"]),
    ("marks stay", "- UBND tỉnh (b/cáo);\n- Lưu: VT(b).", ["UBND tỉnh (b/cáo)", "Lưu: VT(b)"]),
    ("italics go", "- UBND tỉnh (*b/cáo*);\n- *Lưu: VT*.", ["UBND tỉnh (b/cáo)", "Lưu: VT"]),
    ("the last entry after a blank line", "- Bộ Nội vụ;\n\n- Lưu: VT.", ["Bộ Nội vụ", "Lưu: VT"]),
]


@pytest.mark.parametrize(("title", "lines", "expected"), RECIPIENTS, ids=[r[0] for r in RECIPIENTS])
def test_recipients(title: str, lines: str, expected: list[str], read: Read) -> None:
    text = f"{OPENING}Nơi nhận:\n{lines}\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nTrần Văn Thử"
    header = read(text, "bare").document
    assert header.recipients == expected
    assert header.signer == "Trần Văn Thử"


@pytest.mark.parametrize(
    ("lines", "issuer"),
    [
        ("UBND TỈNH AN GIANG\nSỞ NÔNG NGHIỆP VÀ MÔI\nTRƯỜNG", "Sở Nông nghiệp và Môi trường tỉnh An Giang"),
        ("HUYỆN YÊN THẾ\nVĂN PHÒNG HĐND VÀ\nUBND", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân"),
        ("UBND TỈNH AN GIANG\nTRƯỜNG CAO ĐẲNG NGHỀ", "Trường Cao đẳng nghề"),
    ],
)
def test_a_name_too_long_for_its_column(lines: str, issuer: str, read: Read) -> None:
    right = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nAn Giang, ngày 10 tháng 3 năm 2025"
    text = f"{lines}\nSố: 5/KH-ABC\n\n{right}\n\nKẾ HOẠCH\nTrồng cây\n\n1. Trồng cây."
    found = read(text, "bare").document.issuer
    assert found is not None and found.lower().startswith(issuer.lower())


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("Yên Thế ngày 14 tháng 3 năm 2022", "Yên Thế"),
        ("Yên Thế. ngày 14 tháng 3 năm 2022", "Yên Thế"),
        ("Thực hiện từ ngày 14 tháng 3 năm 2022", None),
        ("ngày 14 tháng 3 năm 2022", None),
    ],
)
def test_the_place_without_its_comma(line: str, place: str | None, read: Read) -> None:
    text = f"HUYỆN ỦY YÊN THẾ\nSố 5-KH/HU\n\nĐẢNG CỘNG SẢN VIỆT NAM\n{line}\n\nKẾ HOẠCH\nTrồng cây\n\n1. Trồng cây."
    assert read(text, "bare").document.place == place
