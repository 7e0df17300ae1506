"""Forms for comparing, and the sentence shown for a fact."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.keys import fold, name_key, number_key, words
from pipeline.text.quoting import QUOTE_LIMIT, Quotes, sentences

SAME_NUMBER = [
    ("33/CT-TTg", "33 / ct - ttg"),
    ("33/CT-TTg", "33 CT TTG"),
    ("33-CT/TW", "33-ct/tw"),
    ("59/2023/NĐ-CP", "59-2023-ND-CP"),
    ("17/KH-UBND", "17 KH-UBND"),
    ("66.7/2025/NQ-CP", "66.7/2025/nq-cp"),
    ("01-CTr/BDVTU-BCSĐUBNDT", "01 CTr BDVTU BCSDUBNDT"),
]
OTHER_NUMBER = [
    ("33/CT-TTg", "33-CT/TW"),
    ("1/1KH-UBND", "11/KH-UBND"),
    ("59/2023/NĐ-CP", "592023/NĐ-CP"),
    ("66.7/2025/NQ-CP", "66/7/2025/NQ-CP"),
]


@pytest.mark.parametrize(("one", "other"), SAME_NUMBER)
def test_ways_to_write_one_number_share_a_key(one: str, other: str) -> None:
    assert number_key(one) == number_key(other) != ""


@pytest.mark.parametrize(("one", "other"), OTHER_NUMBER)
def test_different_numbers_have_different_keys(one: str, other: str) -> None:
    assert number_key(one) != number_key(other)


def test_folding_takes_marks_and_the_bar_of_d_in_every_normal_form() -> None:
    assert fold("Đôn đốc ỦY BAN") == "don doc uy ban"
    assert fold("Ho\u0300a Ð") == "hoa d"
    assert name_key("Phòng Tài chính – Kế hoạch") == name_key("phong tai chinh - ke hoach") == "phong tai chinh ke hoach"
    assert words('33/CT-TTg "x') == ["33", "CT", "TTg", "x"]


SPLITS = [
    ("one", "Một. Hai.", ["Một.", "Hai."]),
    ("list numbers", "12. Giao Phòng Nội vụ. Không muộn", ["12. Giao Phòng Nội vụ.", "Không muộn"]),
    ("roman", "II. TỔ CHỨC THỰC HIỆN", ["II. TỔ CHỨC THỰC HIỆN"]),
    ("article", "Điều 12. Hiệu lực", ["Điều 12. Hiệu lực"]),
    ("abbreviation", "Tại TP. Huế có hội nghị. Kết thúc.", ["Tại TP. Huế có hội nghị.", "Kết thúc."]),
    ("lines", "KẾ HOẠCH\n\nCông tác", ["KẾ HOẠCH", "Công tác"]),
    ("page break inside a sentence", "nâng cao hiệu\fquả", ["nâng cao hiệu\fquả"]),
    ("lower case after a stop", "v.v. và nhiều nữa", ["v.v. và nhiều nữa"]),
    ("nothing", " \n\f ", []),
]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in SPLITS], ids=[row[0] for row in SPLITS])
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == expected


@given(st.text(alphabet="ab .\n\fĐ1", max_size=300), st.integers(0, 320), st.integers(0, 320))
def test_a_quote_lies_in_the_text_and_holds_the_fact(text: str, one: int, other: int) -> None:
    start, end = min(one, other), max(one, other)
    left, right = Quotes(text).around(start, end)
    assert 0 <= left <= right <= len(text)
    if end <= len(text):
        assert left <= start and end <= right


def test_a_long_sentence_is_cut_around_the_fact() -> None:
    text = "đầu " * 1000 + "SỰ KIỆN " + "đuôi " * 1000
    start = text.index("SỰ")
    left, right = Quotes(text).around(start, start + 7)
    assert "SỰ KIỆN" in text[left:right] and right - left <= QUOTE_LIMIT
    assert text[left - 1] == " " == text[right]
