"""Reading of page images: zones, tables, numbers looked at twice, limits and failures of the engine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import pytesseract
import pytest

from pipeline.errors import ReadingError
from pipeline.pages import Page
from pipeline.reading import ocr_engine
from pipeline.reading.image import Pixels, load_images
from pipeline.reading.ocr import Job, ocr_page, ocr_pages
from pipeline.reading.ocr_engine import Seen
from pipeline.reading.ocr_grid import find_grids, without_rulings
from pipeline.reading.ocr_layout import compose
from pipeline.reading.ocr_numerals import count_strokes, impossible, likely, read_again
from pipeline.settings import Settings

SAMPLES = Path(__file__).parent / "samples"


def picture(name: str) -> Pixels:
    return next(load_images((SAMPLES / name).read_bytes(), Settings()))


@pytest.fixture
def fresh_engine() -> Iterator[None]:
    """The engine is looked up anew before and after the test."""
    ocr_engine.check_engine.cache_clear()
    yield
    ocr_engine.check_engine.cache_clear()


@pytest.fixture(scope="module")
def office() -> list[Page]:
    """The two sample pages of office grade, read once."""
    jobs = [Job(n, partial(picture, f"scan-plan-office-p{n}.jpg")) for n in (1, 2)]
    return list(ocr_pages(jobs, Settings(processes=2)))


@pytest.mark.slow
def test_zones_stand_one_after_another(office: list[Page]) -> None:
    zones = office[0].text.split("\n\n")
    assert zones[0] == "UBND TỈNH GIA LAI\nSỞ NỘI VỤ\nSố: 118/KH-SNV"
    assert zones[1].startswith("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nGia Lai, ngày 09 tháng 4 năm 2025")
    assert zones[2].startswith("KẾ HOẠCH\n") and "\nIII. KINH PHÍ\n" in zones[3]
    assert zones[4].startswith("Nơi nhận:\n- Như mục II;\n")
    assert zones[5] == "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nLê Thị Thu Hà"


@pytest.mark.slow
def test_a_wrapped_paragraph_is_one_line(office: list[Page]) -> None:
    assert "báo cáo kết quả trước ngày 15/10/2025." in next(x for x in office[0].text.split("\n") if x.startswith("1. Giao"))


@pytest.mark.slow
def test_a_ruled_table_is_rows(office: list[Page]) -> None:
    rows = [x for x in office[1].text.split("\n") if x.startswith("|")]
    assert rows[0] == "| TT | Đơn vị | Chủ trì | Thời hạn |"
    assert rows[2].endswith("| Quý III/2025 |")
    assert len(rows) == 3


@pytest.mark.slow
def test_words_carry_offsets_and_places(office: list[Page]) -> None:
    truth = json.loads((SAMPLES / "scan-plan-office.json").read_text(encoding="utf-8"))["pages"]
    for page, want in zip(office, truth, strict=True):
        assert page.size == (595.0, 842.0)
        scale = want["size"][0] / 595.0
        places = {w["text"]: w["box"] for w in want["words"]}
        counts = [w["text"] for w in want["words"]]
        compared = 0
        for word in page.words:
            text = page.text[word.start : word.end]
            assert text == text.strip() != ""
            if counts.count(text) == 1:
                box = places[text]
                assert abs((word.x0 + word.x1) / 2 * scale - (box[0] + box[2]) / 2) < 8
                assert abs((word.top + word.bottom) / 2 * scale - (box[1] + box[3]) / 2) < 10
                compared += 1
        assert compared > 20


@pytest.mark.slow
def test_both_grades_read_the_numbers_of_the_header() -> None:
    page = ocr_page(picture("scan-plan-hard-p1.jpg"), 1, None, Settings())
    assert "Số: 118/KH-SNV" in page.text
    assert "ngày 09 tháng 4 năm 2025" in page.text
    assert all(page.text[e.start : e.start + len(e.after)] == e.after for e in page.edits)


@pytest.mark.slow
def test_correction_can_be_switched_off() -> None:
    assert ocr_page(picture("scan-plan-hard-p1.jpg"), 1, None, Settings(correct=False)).edits == ()


@pytest.mark.slow
def test_reading_twice_gives_the_same(office: list[Page]) -> None:
    assert ocr_page(picture("scan-plan-office-p1.jpg"), 1, None, Settings()) == office[0]


@pytest.mark.slow
@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_turned_page_is_turned_back(turns: int, office: list[Page]) -> None:
    page = ocr_page(np.ascontiguousarray(np.rot90(picture("scan-plan-office-p1.jpg"), turns)), 1, None, Settings())
    assert "Kiểm tra công tác văn thư, lưu trữ năm 2025" in page.text
    assert page.scores["turned"] == 90.0 * ((4 - turns) % 4)


@pytest.mark.slow
def test_a_blank_page_is_blank() -> None:
    page = ocr_page(np.full((1200, 850, 3), 250, np.uint8), 3, None, Settings())
    assert (page.number, page.text, page.words) == (3, "", ())


@pytest.mark.slow
def test_time_limit() -> None:
    with pytest.raises(ReadingError) as caught:
        ocr_page(picture("scan-plan-office-p1.jpg"), 1, None, Settings(page_seconds=0.05, release_secret=True))
    assert caught.value.reason == "ocr-timeout"


@pytest.mark.usefixtures("fresh_engine")
def test_no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pytesseract.pytesseract.tesseract_cmd", "no-such-tesseract")
    monkeypatch.setattr("pytesseract.get_tesseract_version", pytesseract.get_tesseract_version.__wrapped__)
    with pytest.raises(ReadingError) as caught:
        ocr_engine.check_engine()
    assert caught.value.reason == "no-tesseract"


@pytest.mark.usefixtures("fresh_engine")
def test_no_vietnamese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pytesseract.get_languages", lambda: ["eng"])
    with pytest.raises(ReadingError) as caught:
        ocr_engine.check_engine()
    assert caught.value.reason == "no-vie"


def ruled(columns: list[int], lines: list[int], *, noise: int = 0) -> Pixels:
    page = np.full((1000, 1600), 245, np.uint8)
    for x in columns:
        page[lines[0] : lines[-1], x : x + 3] = 40
    for y in lines:
        page[y : y + 3, columns[0] : columns[-1] + 3] = 40
    if noise:
        rng = np.random.default_rng(1)
        page = np.clip(page + rng.normal(0, noise, page.shape), 0, 255).astype(np.uint8)
    return page


def test_cells_of_a_grid() -> None:
    grids, mask = find_grids(ruled([100, 500, 1400], [100, 200, 320, 400]), 200)
    assert [len(row) for row in grids[0].rows] == [2, 2, 2]
    first = grids[0].rows[0][0]
    assert first is not None and np.allclose(first, (101, 101, 501, 201), atol=3)
    assert mask is not None and int(without_rulings(ruled([100, 500, 1400], [100, 200, 320, 400]), mask).min()) > 200


def test_a_merged_cell_stands_once() -> None:
    page = ruled([100, 500, 900, 1400], [100, 200, 320, 400])
    page[103:200, 495:510] = 245
    page[195:210, 905:1400] = 245
    rows = find_grids(page, 200)[0][0].rows
    assert [c is None for c in rows[0]] == [False, True, False]
    assert [c is None for c in rows[1]] == [False, False, True]


@pytest.mark.parametrize("name", ["text", "one box", "rules"])
def test_no_grid(name: str) -> None:
    page = np.full((1000, 1600), 245, np.uint8)
    if name == "text":
        for y in range(100, 900, 50):
            cv2.putText(page, "HHH IIII EEEE TTTT LLLL", (80, y), cv2.FONT_HERSHEY_COMPLEX, 1.2, 30, 3)
    elif name == "one box":
        cv2.rectangle(page, (200, 200), (900, 500), 30, 3)
    else:
        page[200:203, 300:900] = page[260:263, 300:900] = 30
    assert find_grids(page, 200)[0] == []


@pytest.mark.parametrize(("box", "painted"), [((300, 300, 420, 360), True), ((300, 300, 420, 500), False), ((300, 300, 900, 360), False)])
def test_a_small_frame_is_painted_over_and_is_no_table(box: tuple[int, int, int, int], painted: bool) -> None:
    page = np.full((1000, 1600), 250, np.uint8)
    cv2.rectangle(page, box[:2], box[2:], 30, 3)
    cv2.putText(page, "KHAN", (box[0] + 20, box[1] + 40), cv2.FONT_HERSHEY_COMPLEX, 0.8, 30, 2)
    grids, mask = find_grids(page, 150)
    assert grids == [] and (mask is not None and bool(mask[box[1], box[0] + 40])) == painted
    assert mask is None or not mask[box[1] + 20 : box[3] - 10, box[0] + 10 : box[2] - 10].any()


def strokes(count: int, *, cross: bool = False) -> tuple[Seen, Pixels]:
    """An image of upright strokes with serifs, and the word the engine might have made of it."""
    page = np.full((80, 200), 240, np.uint8)
    for k in range(count):
        x = 40 + 18 * k
        page[20:60, x : x + 5] = 20
        page[20:23, x - 3 : x + 8] = page[57:60, x - 3 : x + 8] = 20
    if cross:
        page[37:42, 40 : 40 + 18 * count - 13] = 20
    return Seen("", 34, 18, 40 + 18 * count, 62, 0.9, 0), page


@pytest.mark.parametrize(
    ("drawn", "cross", "read", "text"),
    [
        (3, False, "II.", "III."),
        (3, False, "HI.", "III."),
        (2, False, "H.", "II."),
        (2, False, "II.", "II."),
        (1, False, "I.", "I."),
        (2, True, "H.", "H."),
    ],
)
def test_strokes_are_counted(drawn: int, cross: bool, read: str, text: str) -> None:
    seen, page = strokes(drawn, cross=cross)
    word = Seen(read, seen.x0, seen.top, seen.x1, seen.bottom, 0.9, 0)
    (out,) = count_strokes([word], page)
    assert out.text == text
    assert (out.before, out.rule) == ((read, "strokes") if read != text else ("", ""))


@pytest.mark.parametrize(
    ("drawn", "read", "text"),
    [(3, "IH/2024", "III/2024"), (3, "II/2024.", "III/2024."), (2, "H/2025;", "II/2025;"), (2, "II/2025", "II/2025")],
)
def test_strokes_of_a_quarter_are_counted_up_to_the_slash(drawn: int, read: str, text: str) -> None:
    seen, page = strokes(drawn)
    left = 40 + 18 * drawn
    cv2.line(page, (left, 66), (left + 14, 16), 20, 3)  # its foot touches the serif of the last stroke
    cv2.line(page, (left + 24, 20), (left + 24, 60), 20, 4)
    words = [Seen("quý", 5, 18, 30, 62, 0.9, 0), Seen(read, seen.x0, 14, left + 30, 68, 0.9, 0)]
    assert count_strokes(words, page)[1].text == text


@pytest.mark.parametrize(("drawn", "read", "text"), [(3, "II-", "III-"), (2, "II-", "II-"), (1, "I-", "I-")])
def test_strokes_before_a_hyphen_are_counted(drawn: int, read: str, text: str) -> None:
    seen, page = strokes(drawn)
    end = 40 + 18 * drawn
    page[44:48, end : end + 12] = 20
    (out,) = count_strokes([Seen(read, seen.x0, seen.top, end + 13, seen.bottom, 0.9, 0)], page)
    assert out.text == text


def test_strokes_before_a_comma_are_counted() -> None:
    seen, page = strokes(2)
    page[56:70, 80:84] = 20
    words = [Seen("quý", 5, 18, 30, 62, 0.9, 0), Seen("I,", seen.x0, 14, 88, 72, 0.9, 0)]
    assert count_strokes(words, page)[1].text == "II,"


@pytest.mark.slow
def test_a_second_reading_never_changes_a_number() -> None:
    page = np.full((120, 700), 250, np.uint8)
    cv2.putText(page, "118/KH-SNV", (60, 80), cv2.FONT_HERSHEY_COMPLEX, 1.5, 20, 3)
    for read in ("118/KH-SNV", "113/KH-SNV"):
        checked = read_again([Seen(read, 55, 35, 420, 90, 0.2, 0)], page, 200, 30.0)
        assert checked.words[0].text == read
        assert (checked.doubtful == 1) == (checked.words[0].confidence <= 0.3)


@pytest.mark.parametrize(
    ("text", "before", "wrong"),
    [
        ("31/70)", "ngày", True),
        ("31/70", "xã", False),
        ("31/§/2023", "ngày", True),
        ("(31/10)", "ngày", False),
        ("18§/KH-UBND", "số", True),
        ("3/⁄10", "ngày", True),
        ("§/2022.", "tháng", True),
        ("4ó", "Số:", True),
        ("30/02/2025", "đến", True),
        ("10-15", "ngày", False),
        ("29/02", "ngày", False),
        ("15/6!", "ngày", False),
        ("12.5.2025", "ngày", False),
        ("145/2020/NĐ-CP", "số", False),
    ],
)
def test_numbers_that_cannot_be(text: str, before: str, wrong: bool) -> None:
    assert impossible(text, before) == wrong


@pytest.mark.parametrize(
    ("first", "second", "taken"),
    [
        ("31/70)", "31/10)", True),
        ("18§/KH-UBND", "18/KH-UBND", True),
        ("31/70", "31/70", False),
        ("31/70", "31/13", False),
        ("31/70", "12/05", False),
        ("31/70", "ngày", False),
        ("31/70", "", False),
    ],
)
def test_a_second_reading_of_what_cannot_be(first: str, second: str, taken: bool) -> None:
    assert likely(first, second, "ngày") == taken


@pytest.mark.slow
def test_the_library_reads_what_the_command_reads() -> None:
    """In a process made to read, the engine runs as a library; elsewhere, as the command. Both give the same pages."""
    jobs = [Job(n, partial(picture, f"scan-plan-hard-p{n}.jpg")) for n in (1, 2)]
    assert list(ocr_pages(jobs, Settings(processes=2))) == list(ocr_pages(jobs, Settings(processes=1)))


@pytest.mark.slow
def test_time_limit_of_the_library() -> None:
    with pytest.raises(ReadingError) as caught:
        list(
            ocr_pages([Job(1, partial(picture, "scan-plan-office-p1.jpg"))], Settings(processes=2, page_seconds=0.05, release_secret=True))
        )
    assert caught.value.reason == "ocr-timeout"


def test_words_in_two_columns_and_a_page_number() -> None:
    lines = [(0, 100, 60, "Số: 12/KH-SNV"), (1, 330, 60, "Gia Lai, ngày 09 tháng 4 năm 2025"), (2, 280, 14, "2")]
    seen = []
    for number, x, y, text in lines:
        for word in text.split():
            seen.append(Seen(word, x, y, x + 6 * len(word), y + 10, 0.9, number))
            x += 6 * len(word) + 4
    text = compose(seen, 1.0, 595.0, 842.0).text
    assert text.split("\n\n")[0] == "Số: 12/KH-SNV"
    assert "\n2" not in text and not text.startswith("2\n")


def test_boxes_that_reach_into_the_line_above_do_not_mix_lines() -> None:
    first = [Seen("Đơn", 20, 31, 50, 62, 0.9, 0), Seen("vị", 55, 31, 70, 62, 0.9, 0), Seen("phối", 75, 31, 105, 62, 0.9, 0)]
    second = [Seen("hợp", 50, 58, 75, 104, 0.9, 1), Seen("phẩm", 150, 58, 190, 104, 0.9, 1), Seen("thành", 220, 74, 260, 94, 0.9, 1)]
    rest = [Seen("giấy", 20, y, 50, y + 30, 0.9, 2 + k) for k, y in enumerate(range(160, 640, 48))]
    words = compose([*first, *second, *rest], 1.0, 595.0, 842.0).text.split()
    assert words[:4] == ["Đơn", "vị", "phối", "hợp"]
