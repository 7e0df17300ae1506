"""Makes a set of PDF files with sound, broken and missing text layers, and the truth of each, for the tests of reading.

    python scripts/make_pdfs.py FOLDER [--seed 7]

Writes NAME.pdf and truth.json: for each file its fault, and for each page what a reader should do ("text", "mended", "ocr")
and the paragraphs that stand on it. Same seed, same files. All documents are invented.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable
from pathlib import Path

import pdf_faults as faults
from pdf_pages import Letter, Run, Setter, Sheet, choose, footer, header

from pipeline.data import load

TABLE = Path(__file__).parents[1] / "pipeline" / "data" / "glyphs_times_new_roman.json"
ISSUERS = [
    ("UBND TỈNH LAM SƠN", "SỞ XÂY DỰNG", "SXD-QLN"),
    ("UBND TỈNH LAM SƠN", "SỞ NỘI VỤ", "SNV-CCHC"),
    ("TỈNH LAM SƠN", "ỦY BAN NHÂN DÂN", "UBND-KT"),
    ("UBND XÃ HÒA BÌNH", "VĂN PHÒNG", "VP-TH"),
]
SUBJECTS = [
    "Triển khai chỉnh trang đường liên xã và hệ thống thoát nước năm 2026",
    "Rà soát thủ tục hành chính về đất đai trên địa bàn tỉnh",
    "Tăng cường công tác phòng cháy, chữa cháy tại các khu dân cư",
    "Chuẩn bị tổng kết phong trào thi đua giữ gìn vệ sinh môi trường",
]
BODY = [
    "Thực hiện Quyết định số 218/QĐ-UBND ngày 14 tháng 4 năm 2026 của Ủy ban nhân dân tỉnh về phân công theo dõi các "
    "công trình hạ tầng, cơ quan đề nghị các địa phương tổ chức thực hiện những nội dung sau đây.",
    "Phòng Quản lý hạ tầng chủ trì, phối hợp với Ủy ban nhân dân các xã lập danh mục đoạn đường hư hỏng, xác định nguồn "
    "vốn và tiến độ sửa chữa, gửi kết quả trước ngày 20/8/2026.",
    "Thanh tra cơ quan kiểm tra đột xuất việc chấp hành quy định về an toàn lao động; kịp thời xử lý những trường hợp "
    "vi phạm và công khai kết quả trên trang thông tin điện tử.",
    "Các đơn vị sự nghiệp trực thuộc rà soát lại hồ sơ, bổ sung giấy tờ còn thiếu và chịu trách nhiệm về tính chính xác "
    "của số liệu đã cung cấp cho đoàn kiểm tra.",
    "Hằng quý, Ủy ban nhân dân các xã tổng hợp khó khăn, vướng mắc, đề xuất giải pháp tháo gỡ, báo cáo về cơ quan qua "
    "Văn phòng trước ngày 25 của tháng cuối quý để tổng hợp, trình cấp có thẩm quyền xem xét.",
    "Trong quá trình thực hiện, nếu phát sinh vấn đề vượt thẩm quyền thì phản ánh bằng văn bản để được hướng dẫn theo "
    "Nghị định số 45/2025/NĐ-CP và các quy định khác của pháp luật có liên quan.",
    "Kinh phí thực hiện được bố trí từ nguồn chi thường xuyên đã giao trong dự toán năm 2026 và các nguồn huy động hợp "
    "pháp khác, bảo đảm tiết kiệm, đúng mục đích và hiệu quả.",
    "Công khai danh sách các hộ được hỗ trợ tại nhà văn hóa thôn trong thời hạn 07 ngày làm việc, tiếp nhận ý kiến phản "
    "ánh của nhân dân và trả lời rõ từng trường hợp.",
]
HEADINGS = ["I. MỤC ĐÍCH, YÊU CẦU", "II. NHIỆM VỤ VÀ GIẢI PHÁP", "III. TỔ CHỨC THỰC HIỆN"]
NAMES = ["Trần Quốc Hưng", "Lê Thị Thu Hằng", "Phạm Minh Đức", "Nguyễn Hữu Tuấn"]
RECIPIENTS = ["- Như trên;", "- Thường trực Tỉnh ủy (để báo cáo);", "- Chủ tịch, các Phó Chủ tịch;", "- Lưu: VT, TH."]
STAMP = "Người ký: SỞ XÂY DỰNG\nEmail: vanthu@lamson.example\nCơ quan: TỈNH LAM SƠN\nThời gian ký: 21.07.2026 14:24:26 +07:00"
NOTE = "Ban hành kèm theo Quyết định số 96/QĐ-UBND ngày 03/02/2026 của Ủy ban nhân dân tỉnh."


def compose(
    rng: random.Random,
    face: str,
    paragraphs: int,
    widgets: bool = False,
    table: bool = False,
    note: bool = False,
    change: Callable[[str], str] = str,
) -> list[Sheet]:
    """One invented document on as many sheets as it needs."""
    parent, issuer, symbol = rng.choice(ISSUERS)
    is_letter = rng.random() < 0.5
    letter = Letter(
        parent,
        issuer,
        str(rng.randint(11, 4999)),
        symbol if is_letter else "KH-" + symbol.split("-")[0],
        "Lam Sơn",
        rng.randint(1, 28),
        rng.randint(3, 9),
        "KẾ HOẠCH",
        rng.choice(SUBJECTS),
        "PHÓ CHỦ TỊCH",
        rng.choice(NAMES),
        is_letter,
    )
    setter = Setter(faults.measure(face, change), 13.0 if face != "DejaVuSerif" else 11.5)
    header(setter, letter, widgets)
    for k, text in enumerate(choose(rng, BODY, paragraphs)):
        if k % 4 == 0 and k // 4 < len(HEADINGS):
            setter.paragraph(HEADINGS[k // 4], "b")
        setter.paragraph((f"{k + 1}. " if k % 4 else "") + text)
        if note and k == 0:
            setter.footnote(1, NOTE)
    if table:
        head = ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn"]
        rows = [
            [str(k + 1), text.split(",")[0], unit, f"Trước ngày {10 + k}/9/2026"]
            for k, (text, unit) in enumerate(zip(choose(rng, BODY, 3), ["Sở Xây dựng", "Sở Tài chính", "Văn phòng"], strict=True))
        ]
        setter.table(head, rows, [30.0, 230.0, 110.0, 93.0])
    footer(setter, letter, RECIPIENTS)
    for sheet in setter.sheets:
        sheet.truth += ["", *sheet.notes] if sheet.notes else []
    return setter.sheets


def swap(sheets: list[Sheet], change: Callable[[str], str]) -> list[Sheet]:
    """The sheets with every run's text changed and the places kept."""
    return [Sheet([Run(r.x, r.y, r.size, change(r.text), r.style) for r in s.runs], s.rules, s.truth, s.notes, s.fields) for s in sheets]


def legacy(encoding: str) -> Callable[[str], str]:
    """Unicode to the 8-bit letters of TCVN3 or VNI."""
    letters = {v: k for k, v in load.table("legacy_encodings")[encoding].items()}

    def change(text: str) -> str:
        if encoding == "tcvn3":  # capitals with marks live in another font: written as small letters here
            return "".join(letters.get(c, letters.get(c.lower(), c)) for c in text)
        return "".join(letters.get(c, c) for c in text)

    return change


def bare(text: str) -> str:
    """The text as an English OCR engine leaves it: no marks at all."""
    import unicodedata

    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def make(folder: Path, seed: int = 7) -> list[dict[str, object]]:
    """Writes the files and truth.json into `folder`; returns the truth."""
    rng = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    truth: list[dict[str, object]] = []
    for face in faults.FACES:
        faults.register(face)
    serif = "LiberationSerif"

    def keep(fault: str, pdf: bytes, sheets: list[Sheet], actions: list[str] | str) -> None:
        name = f"{len(truth):02d}-{fault}.pdf"
        (folder / name).write_bytes(pdf)
        do = [actions] * len(sheets) if isinstance(actions, str) else actions
        truth.append(
            {
                "name": name,
                "fault": fault,
                "pages": [{"action": a, "truth": s.truth} for a, s in zip(do, sheets, strict=True)],
                "fields": {kind: run.text for s in sheets for run, kind in s.fields},
            }
        )

    for k in range(12):
        face = list(faults.FACES)[k % 3]
        sheets = compose(rng, face, rng.randint(3, 14), note=k % 4 == 1)
        keep("good", faults.sound(sheets, face), sheets, "text")
    for _ in range(4):
        sheets = compose(rng, serif, rng.randint(3, 7), table=True)
        keep("table", faults.sound(sheets, serif), sheets, "text")
    for k in range(6):
        sheets = compose(rng, serif, rng.randint(3, 8), widgets=True)
        keep("widgets", faults.with_fields(faults.sound(sheets, serif), sheets, STAMP if k % 2 else None), sheets, "text")
    for k in range(4):
        sheets = compose(rng, serif, rng.randint(3, 8))
        images = faults.pictures(faults.sound(sheets, serif))
        empty = [Sheet(truth=s.truth) for s in sheets]
        scan = faults.sound(empty, serif, picture=images)
        keep("stamp-only", faults.with_fields(scan, empty, STAMP) if k else scan, empty, "ocr")
    for _ in range(4):
        sheets = compose(rng, serif, rng.randint(3, 8))
        keep("glyph-numbers", faults.glyph_numbers(sheets, TABLE), sheets, "mended")
    for _ in range(3):
        sheets = compose(rng, serif, rng.randint(3, 8))
        changed = swap(sheets, lambda t: t.replace("Ư", "Ƣ").replace("ư", "ƣ").replace("HÒA", "HÕA"))
        keep("old-u-horn", faults.sound(changed, "DejaVuSerif"), sheets, "mended")
    for encoding, font in (("tcvn3", ".VnTime"), ("vni", "VNI-Times")):
        for _ in range(3):
            sheets = compose(rng, "Times-Roman", rng.randint(3, 6), change=legacy(encoding))
            changed = swap(sheets, legacy(encoding))
            keep(encoding, faults.renamed(faults.sound(changed, serif, plain=True), font), sheets, "mended")
    for _ in range(3):
        sheets = compose(rng, serif, rng.randint(3, 8))
        images = faults.pictures(faults.sound(sheets, serif))
        keep("bare-hidden", faults.sound(swap(sheets, bare), serif, 3, images), sheets, "ocr")
    for _ in range(3):
        sheets = compose(rng, serif, 14)[:2]
        image = faults.pictures(faults.sound(sheets[1:], serif))
        scan = faults.sound([Sheet(truth=sheets[1].truth)], serif, picture=image)
        keep("mixed", faults.join([faults.sound(sheets[:1], serif), scan]), sheets, ["text", "ocr"])
    for _ in range(2):
        sheets = compose(rng, serif, rng.randint(3, 6))
        keep("cyrillic", faults.sound(swap(sheets, lambda t: t.replace("a", "а").replace("o", "о")), serif), sheets, "mended")
    (folder / "truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1), "utf-8")
    return truth


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    print(f"{len(make(options.folder, options.seed))} files in {options.folder}")
