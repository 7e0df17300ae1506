"""Secrecy marks: what must stop a file, and what never may."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from pipeline.errors import SecrecyError
from pipeline.reading.read import read_all, read_bytes
from pipeline.reading.secrecy import marked
from pipeline.settings import Settings

HEAD = ["UBND TỈNH LAM SƠN", "SỞ NỘI VỤ", "Số: 12/SNV-TH"]
BODY = ["Kính gửi: Các phòng, ban.", "Căn cứ kế hoạch công tác năm 2026, Sở đề nghị các đơn vị thực hiện."]

MUST = [
    ("alone under the number", [*HEAD, "MẬT", *BODY], "MẬT"),
    ("second level", [*HEAD, "TỐI MẬT", *BODY], "TỐI MẬT"),
    ("third level", [*HEAD, "TUYỆT MẬT", *BODY], "TUYỆT MẬT"),
    ("first line of a page", ["MẬT", "tiếp tục thực hiện các nhiệm vụ đã giao."], "MẬT"),
    ("in a drawn box", [*HEAD, "| MẬT |", *BODY], "MẬT"),
    ("in brackets", [*HEAD, "[ TỐI MẬT ]", *BODY], "TỐI MẬT"),
    ("letters spaced out", [*HEAD, "M Ậ T", *BODY], "MẬT"),
    ("marks decomposed", [*HEAD, unicodedata.normalize("NFD", "TUYỆT MẬT"), *BODY], "TUYỆT MẬT"),
    ("beside the date, columns kept", ["MẬT            Lam Sơn, ngày 03 tháng 02 năm 2026", *BODY], "MẬT"),
    ("after a tab", ["SỞ NỘI VỤ\tTỐI MẬT", *BODY], "TỐI MẬT"),
    ("level named", ["Độ mật: TUYỆT MẬT", *BODY], "TUYỆT MẬT"),
    ("full stop after it", [*HEAD, "MẬT.", *BODY], "MẬT"),
]
MUST_NOT = [
    ("mặt trận", ["ỦY BAN", "MẶT TRẬN TỔ QUỐC VIỆT NAM", *BODY]),
    ("mặt alone", ["ỦY BAN", "MẶT", "TRẬN TỔ QUỐC", *BODY]),
    ("mặt misread, trận follows", ["ỦY BAN", "MẬT", "TRẬN TỔ QUỐC VIỆT NAM TỈNH LAM SƠN", *BODY]),
    ("bảo mật", [*HEAD, "Tăng cường bảo mật thông tin", *BODY]),
    ("bảo mật in capitals", ["VỀ CÔNG TÁC BẢO MẬT", *BODY]),
    ("bí mật", ["BẢO VỆ BÍ MẬT NHÀ NƯỚC", *BODY]),
    ("small letters", [*HEAD, "mật", *BODY]),
    ("title case", [*HEAD, "Mật", *BODY]),
    ("without marks", [*HEAD, "MAT", *BODY]),
    ("other mark", [*HEAD, "MẤT", *BODY]),
    ("in the body", [*HEAD, *BODY, "MẬT"]),
    (
        "after a long line of text",
        ["Các đơn vị rà soát, bổ sung hồ sơ còn thiếu và chịu trách nhiệm về tính chính xác của số liệu đã cung cấp.", "MẬT"],
    ),
    ("two levels in a sentence", ["Văn bản MẬT, TỐI MẬT do văn thư giữ", *BODY]),
    ("nothing", []),
]


@pytest.mark.parametrize(("title", "lines", "level"), MUST, ids=[m[0] for m in MUST])
def test_marked(title: str, lines: list[str], level: str) -> None:
    assert marked(lines) == level


@pytest.mark.parametrize(("title", "lines"), MUST_NOT, ids=[m[0] for m in MUST_NOT])
def test_not_marked(title: str, lines: list[str]) -> None:
    assert marked(lines) is None


def test_a_marked_text_file_is_stopped_and_can_be_released() -> None:
    data = "\n".join([*HEAD, "MẬT", *BODY]).encode()
    with pytest.raises(SecrecyError) as caught:
        read_bytes(data, "thư.txt", Settings())
    assert caught.value.reason == "secret" and caught.value.where == "thư.txt"
    assert "SNV" not in caught.value.line()
    assert "Kính gửi" in read_bytes(data, "thư.txt", Settings(release_secret=True)).pages[0].text


def test_a_mark_on_any_page_stops_the_file() -> None:
    data = ("\n".join([*HEAD, *BODY]) + "\f" + "TỐI MẬT\nphụ lục kèm theo").encode()
    with pytest.raises(SecrecyError):
        read_bytes(data, "a.txt", Settings())


def test_one_marked_member_stops_the_whole_zip(tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "gói.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("thường.txt", "\n".join([*HEAD, *BODY]))
        archive.writestr("kín.txt", "\n".join([*HEAD, "MẬT", *BODY]))
    found = list(read_all(path, Settings()))
    assert len(found) == 1 and isinstance(found[0], SecrecyError)


def test_a_marked_pdf_is_stopped_in_the_parsing_process() -> None:
    pytest.importorskip("reportlab", reason="needs the development extras")
    import sys

    sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))
    import pdf_faults
    from pdf_pages import Run, Sheet

    if not pdf_faults.available():
        pytest.skip("needs Debian's fonts-liberation2 and fonts-dejavu")
    pdf_faults.register("LiberationSerif")
    lines = [Run(90, 80 + 18 * k, 13, text) for k, text in enumerate([*HEAD, "TỐI MẬT", *BODY])]
    beside = Run(330, 80 + 18 * 3, 13, "Lam Sơn, ngày 03 tháng 02 năm 2026")
    data = pdf_faults.sound([Sheet([*lines, beside])], "LiberationSerif")
    with pytest.raises(SecrecyError):
        read_bytes(data, "a.pdf", Settings(processes=1))
    assert "TỐI MẬT" in read_bytes(data, "a.pdf", Settings(processes=1, release_secret=True)).pages[0].text
