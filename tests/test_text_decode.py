"""Bytes of text files in every encoding an office has left behind (domain rule 8.1)."""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Callable

import pytest

from pipeline.data import load
from pipeline.errors import ReadingError
from pipeline.extract import Extractor
from pipeline.records import Record
from pipeline.text.decode import decode
from pipeline.text.legacy import convert, detect

TEXT = (
    "Uỷ ban nhân dân tỉnh Bắc Giang\n\nSố: 45/KH-UBND\n\nBắc Giang, ngày 10 tháng 3 năm 2025\n\n"
    "Kế hoạch trồng cây phân tán; giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính báo cáo trước ngày 15/4/2025.\n"
    "Đôn đốc, kiểm tra, giám sát việc bảo vệ rừng, sử dụng nước; kỷ luật, kỷ cương; lũy kế; ngưỡng; hữu ích; thuở nhỏ.\n"
)


def written_in(encoding: str, text: str) -> str:
    """`text` as an 8-bit font writes it, seen as Windows-1252: the table of the data file the other way round."""
    letters = {letter: sign for sign, letter in reversed(list(load.table("legacy_encodings")[encoding].items()))}
    return "".join(letters.get(c, c) for c in text)


ENCODED = [
    ("UTF-8", TEXT.encode()),
    ("UTF-8 with a byte order mark", codecs.BOM_UTF8 + TEXT.encode()),
    ("UTF-16 with a byte order mark", TEXT.encode("utf-16")),
    ("UTF-16 little endian, no mark", TEXT.encode("utf-16-le")),
    ("UTF-16 big endian, no mark", TEXT.encode("utf-16-be")),
    ("TCVN3", written_in("tcvn3", TEXT).encode("cp1252")),
    ("VNI", written_in("vni", TEXT).encode("cp1252")),
    ("TCVN3 saved as UTF-8", written_in("tcvn3", TEXT).encode()),
    ("VNI saved as UTF-8", written_in("vni", TEXT).encode()),
]


@pytest.mark.parametrize(("title", "data"), ENCODED, ids=[e[0] for e in ENCODED])
def test_every_encoding_gives_the_same_text(title: str, data: bytes) -> None:
    assert decode(data, "plan.txt") == TEXT


def test_windows_1258() -> None:
    """The code page has letters with hat or horn, and the tones as marks of their own."""
    marked = "".join(_tone_apart(c) for c in TEXT)
    assert unicodedata.normalize("NFC", decode(marked.encode("cp1258"), "plan.txt")) == TEXT


def _tone_apart(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    tones = "".join(c for c in parts if c in "\u0300\u0301\u0303\u0309\u0323")
    return unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones)) + tones if tones else letter


def test_one_line_in_an_old_font_among_others() -> None:
    lines = ["Kế hoạch trồng cây", "Uỷ ban nhân dân tỉnh ban hành quy định", "Sở Nội vụ theo dõi, đôn đốc việc thực hiện"]
    mixed = [lines[0], written_in("tcvn3", lines[1]), lines[2]]
    assert decode("\n".join(mixed).encode(), "plan.txt") == "\n".join(lines)


NOT_LEGACY = [
    "Sở Nội vụ chủ trì, phối hợp với Sở Tài chính.",
    "Plain English text with no marks at all.",
    "Le préfet a signé l'arrêté du 3 mars à Besançon, où siège la région.",
    "Größe, Straße, Änderung, Übung, schön",
    "33/CT-TTg, 120-KL/TW",
    "«Người tốt, việc tốt» §1, 20°C ± 2",
]


@pytest.mark.parametrize("text", NOT_LEGACY)
def test_what_is_no_old_font_stays(text: str) -> None:
    assert detect(text) is None
    assert decode(text.encode(), "plan.txt") == text


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
def test_each_letter_of_an_old_font_is_converted(encoding: str) -> None:
    letters = set(load.table("legacy_encodings")[encoding].values())
    wanted = set("àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĐ")
    assert wanted <= letters
    for letter in sorted(wanted):
        assert convert(written_in(encoding, letter), encoding) == letter


BAD = [
    ("nothing", b"", "empty"),
    ("white space", b" \r\n\t\x0c\n", "empty"),
    ("only a byte order mark", codecs.BOM_UTF8, "empty"),
    ("only zeros", b"\x00" * 100, "empty"),
    ("a picture", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "binary"),
    ("control characters", bytes(range(1, 9)) * 50, "binary"),
]


@pytest.mark.parametrize(("title", "data", "reason"), BAD, ids=[b[0] for b in BAD])
def test_what_is_no_text_is_refused_in_one_line(title: str, data: bytes, reason: str) -> None:
    with pytest.raises(ReadingError) as caught:
        decode(data, "plan.txt")
    assert caught.value.reason == reason
    assert "plan.txt" in caught.value.line() and "\n" not in caught.value.line()


def test_a_file_cut_in_the_last_letter() -> None:
    assert decode(TEXT.encode() * 2 + "ế".encode()[:2], "plan.txt") == TEXT * 2


def test_a_few_damaged_bytes_do_not_lose_the_rest() -> None:
    data = bytearray((TEXT * 3).encode())
    data[10:11] = b"\xff"
    text = decode(bytes(data), "plan.txt")
    assert text.endswith(TEXT) and text.count("\ufffd") == 1


def test_the_record_of_an_old_font_is_that_of_unicode(extractor: Extractor, read: Callable[..., Record]) -> None:
    expected = read(TEXT, "bare")
    record = extractor.extract_bytes(written_in("tcvn3", TEXT).encode("cp1252"), "case.txt")
    assert record.document == expected.document
    assert record.text == expected.text
    assert record.reports == expected.reports
