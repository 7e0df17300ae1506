"""From the text of a file to the one text all offsets refer to, and the way back (domain rules 8.1 to 8.4)."""

from __future__ import annotations

import re

import pytest
from conftest import Case, escaped, lines_of

from pipeline.pages import Page
from pipeline.records import Edit
from pipeline.text.document import assemble
from pipeline.text.folding import bare, squeeze, tone
from pipeline.text.mapped import MappedText
from pipeline.text.normalise import needed, normalise


@pytest.mark.cases("normalise")
def test_normalise(case: Case) -> None:
    text = normalise(escaped(case.text)).text.replace("\f", "⏏")
    found, expected = lines_of([{"text": line} for line in re.split(r"\n+", text)], case.expect)
    assert found == expected


@pytest.mark.cases("normalise")
def test_normalising_again_changes_nothing(case: Case) -> None:
    once = normalise(escaped(case.text)).text
    assert normalise(once).text == once


@pytest.mark.cases("normalise")
def test_letters_and_digits_come_from_where_the_map_says(case: Case) -> None:
    raw = escaped(case.text)
    made = normalise(raw)
    assert len(made.origin) == len(made.text)
    for letter, origin in zip(made.text, made.origin, strict=True):
        if letter.isdigit() or (letter.isascii() and letter.isalpha()):
            assert bare(raw[origin]) in (bare(letter), "а", "1") or raw[origin].isalpha()


TABLES = [
    "| 1 | Nhiệm vụ của Đảng bộ | Sở Y tế |",
    "| TT | Nội dung | Cơ quan chủ trì | Thời hạn |",
    "| 2 | Thông báo cho người nhận | Sở Nội vụ |",
]


@pytest.mark.parametrize("row", TABLES)
def test_a_row_of_a_table_of_tasks_stays_a_row(row: str) -> None:
    assert normalise(row).text == row


@pytest.mark.parametrize(
    ("left", "right", "one"),
    [
        ("2. Phòng Tài chính - Kế hoạch", "Tham mưu UBND huyện bố trí kinh phí.", False),
        ("2. Vụ Kế hoạch - Tài chính, Văn phòng Bộ", "Bố trí kinh phí từ dự toán được giao.", False),
        ("3. Thủ trưởng các đơn vị thuộc Bộ", "Xây dựng kế hoạch chi tiết của đơn vị.", False),
        ("4. Xây dựng chính quyền số", "Trung tâm Công nghệ thông tin duy trì cơ sở dữ liệu.", False),
        ("Các đơn vị thực hiện nghiêm túc các nội dung tại Công văn số", "KH 12 của Bộ.", True),
        ("Các đơn vị báo cáo kết quả thực hiện hằng năm về Bộ", "Nội vụ để tổng hợp.", True),
        ("Theo Luật Xây dựng (được sửa đổi, bổ sung tại khoản 37", "Điều 1 Luật số 62/2020/QH14 ngày 17/6/2020).", True),
        ("Cơ quan thường trực thực hiện nhiệm vụ tại khoản 3.", "Điều 4. Tổ chức thực hiện", False),
    ],
)
def test_lines_of_one_sentence(left: str, right: str, one: bool) -> None:
    assert ("\n" not in normalise(f"{left}\n{right}").text) == one


def test_a_bracket_goes_on_over_the_page() -> None:
    assert "\n" not in normalise("Các đơn vị kịp thời báo cáo Chủ tịch UBND tỉnh\n\f(qua Sở Nội vụ) để xem xét./.").text
    assert "\n" in normalise("Các đơn vị kịp thời báo cáo Chủ tịch UBND tỉnh.\n\f(qua Sở Nội vụ) để xem xét./.").text


def test_changes_of_letters_and_phrases_are_noted() -> None:
    made = normalise("KÉ HOẠCH của Sở CÔNG THƢƠNG")
    assert [(e.before, e.after, e.rule, made.text[e.start : e.start + len(e.after)]) for e in made.edits()] == [
        ("KÉ HOẠCH", "KẾ HOẠCH", "phrases", "KẾ HOẠCH"),
        ("Ƣ", "Ư", "letters", "Ư"),
    ]


def test_pages_are_found_again() -> None:
    pages = (Page(number=1, text="Trang một, sở nội vụ theo dõi."), Page(number=2, text="Trang hai."), Page(number=3, text="Trang ba."))
    text = assemble(pages)
    for number, word in ((1, "một"), (2, "hai"), (3, "ba.")):
        start = text.text.index(word)
        assert text.page_of(start) == number
        ((page, low, high),) = text.on_page(start, start + len(word))
        assert page == number
        assert pages[number - 1].text[low:high] == word


def test_a_span_over_a_page_break_stands_on_both_pages() -> None:
    pages = (Page(number=1, text="Đề án về nâng cao hiệu"), Page(number=2, text="quả công tác tiếp dân."))
    text = assemble(pages)
    start = text.text.index("hiệu")
    assert squeeze(text.text[start : start + 8]) == "hiệu quả"
    places = text.on_page(start, start + 8)
    assert [(page, pages[page - 1].text[low:high]) for page, low, high in places] == [(1, "hiệu"), (2, "quả")]


def test_an_empty_page_counts() -> None:
    text = assemble((Page(number=1, text="Một."), Page(number=2, text=""), Page(number=3, text="Ba.")))
    assert text.page_of(text.text.index("Ba")) == 3


def test_edits_of_reading_move_with_the_text() -> None:
    page = Page(number=1, text="**Số** ngày 21/9", edits=(Edit(start=12, before="21/0", after="21/9", rule="digits"),))
    (edit,) = assemble((page,)).edits
    assert assemble((page,)).text[edit.start :].startswith("21/9")


def test_mapped_text_keeps_origins_through_two_changes() -> None:
    text = MappedText("ab--cd")
    text.replace(re.compile("--"), "")
    text.replace(re.compile("bc"), "XYZ", "rule")
    assert text.text == "aXYZd"
    assert list(text.origin) == [0, 1, 4, 4, 5]
    assert [(e.start, e.before, e.after) for e in text.edits()] == [(1, "bc", "XYZ")]


FOLDED = [
    ("Đôn đốc", "don doc"),
    ("ỦY BAN", "uy ban"),
    ("Nghị định số 59/2023/NĐ-CP", "nghi dinh so 59/2023/nd-cp"),
    ("ường ưỡng ệ", "uong uong e"),
    ("abc", "abc"),
]


@pytest.mark.parametrize(("words", "expected"), FOLDED)
def test_bare(words: str, expected: str) -> None:
    assert bare(words) == expected
    assert len(bare(words)) == len(words)


TONES = [
    ("Uỷ ban", "ủy ban"),
    ("HOÀ BÌNH", "hòa bình"),
    ("khoá", "khóa"),
    ("thuỷ lợi", "thủy lợi"),
    ("quý", "quý"),
    ("quỹ", "quỹ"),
    ("hoàn thành", "hoàn thành"),
    ("toán", "toán"),
    ("huyện uỷ", "huyện ủy"),
    ("Khoẻ", "khỏe"),
    ("thuý", "thúy"),
]


@pytest.mark.parametrize(("words", "expected"), TONES)
def test_tone_has_one_place(words: str, expected: str) -> None:
    assert tone(words) == expected


OPEN_ROWS = [
    ("TT | Nhiệm vụ | Chủ trì\n1 | Rà soát | Sở Nội vụ\n", "| TT | Nhiệm vụ | Chủ trì |\n| 1 | Rà soát | Sở Nội vụ |\n"),
    ("TT | Nhiệm vụ | Chủ trì\n1 | Rà soát |\n", "| TT | Nhiệm vụ | Chủ trì |\n| 1 | Rà soát |\n"),
    ("Sở Nội vụ | Sở Xây dựng | Sở Y tế\n", "Sở Nội vụ | Sở Xây dựng | Sở Y tế\n"),
    ("a | b | c\na | b | c | d\n", "a | b | c\na | b | c | d\n"),
    ("a | b\nc | d\n", "a | b\nc | d\n"),
    ("| a | b |\n| c | d |\n", "| a | b |\n| c | d |\n"),
]


@pytest.mark.parametrize(("raw", "text"), OPEN_ROWS)
def test_rows_without_their_outer_signs_get_them(raw: str, text: str) -> None:
    made = normalise(raw).text
    assert made == text
    assert normalise(made).text == made


NEEDED = [
    (r"\bK[ÉÊE] HOẠCH\b", " HOẠCH"),
    (r"(?<=\bUBND )tinh\b", "tinh"),
    (r"\bN[oơ]i nh[aậ]n(?=\s*:)", "i nh"),
    (r"\bab?cde", "cde"),
    (r"\bab*c", "a"),
    (r"x[|]yz", "yz"),
    (r"abc|def", ""),
]


@pytest.mark.parametrize(("pattern", "letters"), NEEDED)
def test_letters_that_every_match_holds(pattern: str, letters: str) -> None:
    assert needed(pattern) == letters
