"""Reading order from boxes: columns, paragraphs, footnotes, running heads, tables; each case is a page drawn by hand."""

# ruff: noqa: E501 - cases are set one to a line

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.reading import fields, footnotes, furniture, page_text, tables
from pipeline.reading.boxes import Box, Row, fold, rows_of

WIDTH, HEIGHT = 595.0, 842.0
SIZE = (WIDTH, HEIGHT)


def line(x: float, y: float, text: str, size: float = 13.0, advance: float = 6.0) -> list[Box]:
    """Words from x on, each letter `advance` wide, with base line near y."""
    out = []
    for word in text.split(" "):
        end = x + advance * len(word)
        out.append(Box(word, x, y - size * 0.8, end, y + size * 0.2))
        x = end + advance * 0.6
    return out


def full(y: float, text: str, x: float = 85.0, right: float = 540.0) -> list[Box]:
    """A justified row from x to the right margin."""
    words = line(x, y, text)
    slack = (right - words[-1].x1) / max(1, len(words) - 1)
    for k, word in enumerate(words):
        word.x0 += slack * k
        word.x1 += slack * k
    return words


def centred(y: float, text: str, middle: float = 312.0) -> list[Box]:
    words = line(0, y, text)
    shift = middle - words[-1].x1 / 2
    for word in words:
        word.x0 += shift
        word.x1 += shift
    return words


def page(*parts: list[Box]) -> list[str]:
    return page_text.from_words([w for part in parts for w in part], SIZE).text.split("\n")


LONG = "Các đơn vị sự nghiệp trực thuộc rà soát lại hồ sơ, bổ sung giấy tờ"  # fills a row
NEXT = "còn thiếu và chịu trách nhiệm về tính chính xác của số liệu trong năm"


def test_state_header_with_a_subject_that_runs_beside_the_date() -> None:
    found = page(
        line(110, 70, "UBND TỈNH LAM SƠN", 12, 5.5), line(300, 70, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, 6.2),
        line(130, 86, "SỞ XÂY DỰNG", 12, 5.5), line(340, 88, "Độc lập - Tự do - Hạnh phúc"),
        line(100, 110, "Số: 7432/SXD-QLN"), line(320, 110, "Lam Sơn, ngày 21 tháng 7 năm 2026"),
        line(95, 127, "V/v chỉnh trang đường", 12, 5.5), line(100, 141, "liên xã năm 2026", 12, 5.5),
        centred(180, "Kính gửi: Ủy ban nhân dân các xã, phường."),
    )  # fmt: skip
    assert found == [
        "UBND TỈNH LAM SƠN", "SỞ XÂY DỰNG", "Số: 7432/SXD-QLN", "V/v chỉnh trang đường liên xã năm 2026", "",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Lam Sơn, ngày 21 tháng 7 năm 2026", "",
        "Kính gửi: Ủy ban nhân dân các xã, phường.",
    ]  # fmt: skip


@pytest.mark.parametrize("mark", ["KHẨN", "HỎA TỐC", "THƯỢNG KHẨN", "KHÂN"])
def test_a_mark_of_urgency_under_the_subject_is_a_line_of_its_own(mark: str) -> None:
    found = page(
        line(130, 70, "SỞ XÂY DỰNG", 12, 5.5), line(300, 70, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, 6.2),
        line(100, 110, "Số: 7432/SXD-QLN"), line(320, 110, "Lam Sơn, ngày 21 tháng 7 năm 2026"),
        line(95, 127, "V/v chỉnh trang đường", 12, 5.5), line(100, 141, "liên xã năm 2026", 12, 5.5), line(130, 158, mark, 12, 5.5),
        centred(190, "Kính gửi: Ủy ban nhân dân các xã, phường."),
    )  # fmt: skip
    assert found[:4] == ["SỞ XÂY DỰNG", "Số: 7432/SXD-QLN", "V/v chỉnh trang đường liên xã năm 2026", mark]


def test_the_date_may_begin_left_of_the_name_of_the_party() -> None:
    found = page(
        line(110, 70, "TỈNH ỦY LAM SƠN"), line(330, 70, "ĐẢNG CỘNG SẢN VIỆT NAM"),
        line(110, 88, "Số 37-KH/TU"), line(315, 88, "Lam Hồng, ngày 09 tháng 12 năm 2025"), centred(130, "KẾ HOẠCH"), full(160, LONG, 121),
    )  # fmt: skip
    assert found[:5] == ["TỈNH ỦY LAM SƠN", "Số 37-KH/TU", "", "ĐẢNG CỘNG SẢN VIỆT NAM", "Lam Hồng, ngày 09 tháng 12 năm 2025"]


def test_the_names_of_bodies_above_a_date_line_without_quoc_hieu() -> None:
    found = page(
        line(95, 70, "UBND TỈNH LAM SƠN"), line(85, 86, "SỞ NÔNG NGHIỆP VÀ MÔI"), line(130, 102, "TRƯỜNG"),
        line(100, 130, "Số: 61/KH-SNNMT"), line(320, 130, "Lam Sơn, ngày 05 tháng 02 năm 2026"), centred(165, "KẾ HOẠCH"), full(190, LONG, 121),
    )  # fmt: skip
    assert found[:4] == ["UBND TỈNH LAM SƠN", "SỞ NÔNG NGHIỆP VÀ MÔI", "TRƯỜNG", "Số: 61/KH-SNNMT"]


def test_a_blank_line_parts_the_title_from_its_text() -> None:
    found = page(centred(80, "CHỈ THỊ"), centred(98, "Về việc chỉnh trang đường liên xã"), full(124, LONG, 121), full(142, NEXT))
    assert found == ["CHỈ THỊ", "Về việc chỉnh trang đường liên xã", "", f"{LONG} {NEXT}"]


def test_a_short_first_line_under_a_title_opens_the_text() -> None:
    found = page(
        centred(80, "CÔNG ĐIỆN"), centred(98, "Về việc ứng phó với mưa lũ trên các sông"), centred(116, "và khắc phục hậu quả"),
        line(121, 140, "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LAM SƠN điện:"), line(121, 158, "- Giám đốc các sở, Trưởng các ban, ngành;"),
        line(121, 176, "- Chủ tịch UBND các xã, phường."), full(194, LONG, 121), full(212, NEXT),
    )  # fmt: skip
    assert "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LAM SƠN điện:" in found


def test_party_header() -> None:
    found = page(
        line(100, 70, "ĐẢNG BỘ TỈNH LAM SƠN"), line(330, 70, "ĐẢNG CỘNG SẢN VIỆT NAM"), line(110, 86, "BAN TỔ CHỨC"), line(160, 100, "*"),
        line(330, 104, "Lam Sơn, ngày 05 tháng 9 năm 2026"), line(110, 118, "Số 12-HD/BTC"), centred(150, "HƯỚNG DẪN"), centred(168, "về công tác phát triển đảng viên"),
    )  # fmt: skip
    assert found == [
        "ĐẢNG BỘ TỈNH LAM SƠN", "BAN TỔ CHỨC", "*", "Số 12-HD/BTC", "", "ĐẢNG CỘNG SẢN VIỆT NAM", "Lam Sơn, ngày 05 tháng 9 năm 2026", "",
        "HƯỚNG DẪN", "về công tác phát triển đảng viên",
    ]  # fmt: skip


def test_title_lines_are_joined_but_not_with_the_type() -> None:
    found = page(
        centred(100, "KẾ HOẠCH"), centred(118, "Triển khai chỉnh trang đường liên xã và"), centred(136, "hệ thống thoát nước năm 2026")
    )
    assert found == ["KẾ HOẠCH", "Triển khai chỉnh trang đường liên xã và hệ thống thoát nước năm 2026"]


BODIES = [
    ("wrapped rows are one paragraph", [full(100, LONG, 113), full(118, NEXT), line(85, 136, "vừa qua.")], [f"{LONG} {NEXT} vừa qua."]),
    ("a short row ends a paragraph", [full(100, LONG, 113), line(85, 118, "kết thúc ở đây."), full(136, NEXT, 113)], [f"{LONG} kết thúc ở đây.", NEXT]),
    ("a list marker starts one", [full(100, LONG), full(118, "1. " + NEXT, 113)], [LONG, "1. " + NEXT]),
    ("a number at the start of a row does not", [full(100, LONG, 113), full(118, "145/2020/NĐ-CP của Chính phủ và các văn bản khác hướng dẫn về việc")],
     [f"{LONG} 145/2020/NĐ-CP của Chính phủ và các văn bản khác hướng dẫn về việc"]),
    ("nor a date", [full(100, LONG, 113), full(118, "14/8/2023 của Ủy ban nhân dân tỉnh về một số nhiệm vụ của các địa")],
     [f"{LONG} 14/8/2023 của Ủy ban nhân dân tỉnh về một số nhiệm vụ của các địa"]),
    ("nor a range broken before its dash", [full(100, LONG, 113), full(118, "- 2025 của Ủy ban nhân dân tỉnh về một số nhiệm vụ của các địa bàn")],
     [f"{LONG} - 2025 của Ủy ban nhân dân tỉnh về một số nhiệm vụ của các địa bàn"]),
    ("a symbol broken after its hyphen is whole", [full(100, LONG[:-8] + " số 2257/QĐ-", 113), full(118, "UBND ngày 03 tháng 02 năm 2026 của Ủy ban nhân dân tỉnh về việc")],
     [f"{LONG[:-8]} số 2257/QĐ-UBND ngày 03 tháng 02 năm 2026 của Ủy ban nhân dân tỉnh về việc"]),
    ("a spaced dash is not", [full(100, LONG[:-4] + " kinh tế -", 113), full(118, "xã hội " + NEXT)], [f"{LONG[:-4]} kinh tế - xã hội {NEXT}"]),
    ("an article starts one", [full(100, LONG), full(118, "Điều 2. " + NEXT, 113)], [LONG, "Điều 2. " + NEXT]),
    ("an article cited at the start of a row does not", [full(100, LONG, 113), full(118, "Điều 6 của Luật và các văn bản hướng dẫn thi hành khác có liên quan")],
     [f"{LONG} Điều 6 của Luật và các văn bản hướng dẫn thi hành khác có liên quan"]),
    ("a page number is dropped", [line(295, 40, "2"), full(100, LONG, 113), full(118, NEXT)], [f"{LONG} {NEXT}"]),
    ("so is one at the foot", [full(100, LONG, 113), line(280, 815, "Trang 2/10")], [LONG]),
    ("a number in the body stays", [full(100, LONG, 113), line(113, 400, "25")], [LONG, "25"]),
    ("a circulation mark is dropped", [line(90, 90, "LƯU HÀNH NỘI BỘ"), full(140, LONG, 113)], [LONG]),
]  # fmt: skip


@pytest.mark.parametrize(("title", "parts", "expected"), BODIES, ids=[b[0] for b in BODIES])
def test_bodies(title: str, parts: list[list[Box]], expected: list[str]) -> None:
    assert page(*parts) == expected


def test_footer_columns() -> None:
    found = page(
        full(500, LONG, 113), line(85, 518, "theo quy định./."), line(85, 560, "Nơi nhận:", 12, 5), line(370, 560, "TM. ỦY BAN NHÂN DÂN"),
        line(85, 575, "- Thường trực Tỉnh ủy, Thường trực", 11, 5), line(390, 578, "KT. CHỦ TỊCH"), line(85, 588, "Hội đồng nhân dân tỉnh;", 11, 5),
        line(380, 596, "PHÓ CHỦ TỊCH"), line(85, 601, "- Lưu: VT.", 11, 5), line(390, 680, "Trần Quốc Hưng"),
    )  # fmt: skip
    assert found == [
        f"{LONG} theo quy định./.", "", "Nơi nhận:", "- Thường trực Tỉnh ủy, Thường trực Hội đồng nhân dân tỉnh;", "- Lưu: VT.", "",
        "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Quốc Hưng",
    ]  # fmt: skip


@pytest.mark.parametrize("label", ["Nơi nhận:", "Aơi nhận:", "Ai nhận:"])
def test_the_label_of_the_recipients_may_be_damaged(label: str) -> None:
    found = page(
        full(80, LONG), line(85, 110, label, 11, 5), line(380, 110, "TM. ỦY BAN NHÂN DÂN"),
        line(85, 124, "- Bộ Tư pháp;", 11, 5), line(400, 126, "CHỦ TỊCH"), line(85, 138, "~ Lưu: VT.", 11, 5), line(390, 180, "Trần Văn Thử"),
    )  # fmt: skip
    assert found[-7:] == [label, "- Bộ Tư pháp;", "~ Lưu: VT.", "", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Văn Thử"]


def test_footnotes_move_to_the_end_and_their_marks_go() -> None:
    body = full(100, "Thực hiện Quyết định số 96/QĐ-UBND của tỉnh về rà soát các hồ sơ", 113)
    mark = Box("1", body[3].x1 + 0.2, 89.0, body[3].x1 + 3, 95.0)
    filler = [full(118 + 18 * k, NEXT) for k in range(5)]
    note = [Box("1", 85.0, 760.0, 88.0, 766.0), *line(91, 770, "Sửa đổi theo Quyết định số 12/QĐ-UBND.", 9.5, 4.5)]
    built = page_text.build(rows_of([*body, mark, *(w for f in filler for w in f), *note]), SIZE)
    assert built.text.split("\n")[-2:] == ["", "[1] Sửa đổi theo Quyết định số 12/QĐ-UBND."]
    assert "Quyết định số 96/QĐ-UBND của tỉnh" in built.text
    assert [(e.rule, e.before[-1]) for e in built.edits] == [("footnote-mark", "1")]


def test_a_small_last_line_without_a_number_is_no_footnote() -> None:
    rows = rows_of([*full(100, LONG), *full(118, NEXT), *full(136, NEXT), *line(85, 770, "Bản in thử", 9.5)])
    assert footnotes.take(rows, HEIGHT)[1] == []


def test_running_heads_need_three_pages() -> None:
    def rows(number: int) -> list[Row]:
        return rows_of([*line(85, 30, f"Kế hoạch công tác - trang {number}", 9), *full(100, LONG), *line(85, 400, f"Ý số {number}")])

    assert furniture.running_heads([(rows(k), HEIGHT) for k in range(2)]) == frozenset()
    heads = furniture.running_heads([(rows(k), HEIGHT) for k in range(4)])
    assert heads == {"KE HOACH CONG TAC - TRANG #"}
    assert [r.text for r in furniture.without_margins(rows(2), HEIGHT, heads)] == [LONG, "Ý số 2"]


def test_stamps_beside_the_header_are_cut_out() -> None:
    found = page(
        line(300, 70, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, 6), line(90, 70, "UBND TỈNH", 12, 5.5), line(430, 20, "Người ký: SỞ NỘI VỤ", 6, 3),
        line(430, 28, "Cơ quan: TỈNH LAM SƠN", 6, 3), line(430, 36, "Thời gian ký: 21.07.2026 14:24:26 +07:00", 6, 3),
        line(320, 110, "Lam Sơn, ngày 21 tháng 7 năm 2026"), line(90, 110, "Số: 9/UBND"), full(200, LONG, 113), full(218, NEXT), full(236, NEXT),
    )  # fmt: skip
    assert found[0] == "UBND TỈNH" and not any("Người ký" in f or "TỈNH LAM SƠN" in f for f in found)


@pytest.mark.parametrize(("digits", "shift"), [("7432", 0.0), ("7 4 3 2", 0.0), ("7432", 6.0), ("7432", -7.0)])
def test_a_number_field_is_set_on_its_line(digits: str, shift: float) -> None:
    printed = [*line(100, 110, "Số:"), *line(150, 110, "/UBND-XD"), *line(320, 110, "Lam Sơn, ngày"), *line(85, 300, LONG)]
    inside = line(121, 110 + shift, digits, 12.0, 5.0)
    rect = (118.0, 95.0 + shift, 150.0, 116.0 + shift)
    words = fields.settle([*printed, *inside], [rect])
    assert next(r for r in rows_of(words) if r.text.startswith("Số:")).text.startswith("Số: 7432/UBND-XD Lam Sơn, ngày")


class _Found:
    def __init__(self, bbox: tables.Rect, grid: list[list[tables.Rect | None]]) -> None:
        self.bbox = bbox
        self.rows = [type("R", (), {"cells": r})() for r in grid]


class _Plumber:
    cropbox = (0.0, 0.0, WIDTH, HEIGHT)

    def __init__(self, *found: _Found) -> None:
        self.found = found

    def filter(self, keep: object) -> _Plumber:
        return self

    def find_tables(self) -> list[_Found]:
        return list(self.found)


def cells(xs: list[float], ys: list[float]) -> list[list[tables.Rect | None]]:
    return [[(a, t, b, u) for a, b in itertools.pairwise(xs)] for t, u in itertools.pairwise(ys)]


def test_cells_merged_down_repeat_and_cells_merged_across_leave_gaps() -> None:
    grid = cells([80, 180, 280, 380], [100, 120, 140, 160])
    grid[1][0], grid[1][1], grid[1][2] = (80, 120, 280, 140), None, (280, 120, 380, 160)
    grid[2][2] = None
    words = [*line(85, 114, "TT"), *line(185, 114, "Việc"), *line(285, 114, "Hạn"), *line(85, 134, "Nhóm việc"), *line(285, 144, "Quý I"),
             *line(85, 154, "1"), *line(185, 154, "Rà soát"), *line(85, 300, "ngoài bảng")]  # fmt: skip
    (table,), rest = tables.find(_Plumber(_Found((80, 100, 380, 160), grid)), words)
    assert [table.text(k) for k in range(3)] == [["TT", "Việc", "Hạn"], ["Nhóm việc", "", "Quý I"], ["1", "Rà soát", "Quý I"]]
    assert [w.text for w in rest] == ["ngoài", "bảng"]
    built = page_text.build(rows_of(rest), SIZE, [table])
    assert built.text.split("\n") == ["| TT | Việc | Hạn |", "| Nhóm việc | | Quý I |", "| 1 | Rà soát | Quý I |", "ngoài bảng"]


def test_one_row_is_a_table_only_where_it_goes_on() -> None:
    found = _Plumber(_Found((80, 60, 280, 80), cells([80, 180, 280], [60, 80])))
    words = [*line(85, 74, "3"), *line(185, 74, "Báo cáo")]
    assert tables.find(found, words)[0] == []
    (table,), rest = tables.find(found, words, columns_before=2)
    assert table.text(0) == ["3", "Báo cáo"] and rest == []


@pytest.mark.parametrize(("text", "folded"), [("Đảng ủy", "DANG UY"), ("ĐƯỜNG", "DUONG"), ("abc 12", "ABC 12")])
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


WORDS = st.lists(
    st.tuples(
        st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyĐÁ0123456789-.,;:/|()", min_size=1, max_size=9),
        st.floats(0, 560),
        st.floats(0, 820),
        st.floats(5, 20),
    ),
    max_size=80,
)


@settings(max_examples=150, deadline=None)
@given(WORDS)
def test_every_word_of_any_page_points_to_itself(drawn: list[tuple[str, float, float, float]]) -> None:
    boxes = [Box(text, x, y, x + 5.0 * len(text), y + size) for text, x, y, size in drawn]
    built = page_text.build(rows_of(boxes), SIZE)
    printed = {(b.text, round(b.x0, 6)) for b in boxes}
    last = 0
    for word in built.words:
        assert last <= word.start < word.end <= len(built.text)
        last = word.end
        assert (built.text[word.start : word.end], round(word.x0, 6)) in printed or built.edits or "[" in built.text
