"""The list of recipients is found on a page and read again by itself (domain rules 1.1 ô 9b, 1.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from conftest import seen_row as row

from pipeline.reading import ocr_closing
from pipeline.reading.ocr_closing import find_block
from pipeline.reading.ocr_engine import Seen
from pipeline.reading.ocr_recipients import recipients_again

WIDTH, HEIGHT = 1200, 1700
PAPER = np.full((HEIGHT, WIDTH), 255, np.uint8)


LIST = [*row("Nơi nhận:", 120, 1000, 1), *row("- UBND tỉnh (b/c);", 120, 1030, 2), *row("- Lưu: VT, NV.", 120, 1060, 3)]
SIGNED = [*row("TM. ỦY BAN NHÂN DÂN", 700, 1000, 1), *row("CHỦ TỊCH", 760, 1030, 2)]
BODY = row("Các sở, ban, ngành báo cáo Ủy ban nhân dân tỉnh trước ngày 15 tháng 12 năm 2025 theo quy định.", 120, 900, 0)


def texts(words: Sequence[Seen], numbers: frozenset[int]) -> list[str]:
    return [words[i].text for i in sorted(numbers)]


def test_the_list_ends_at_the_signature_beside_it() -> None:
    words = [*BODY, *LIST, *SIGNED]
    block = find_block(words, WIDTH)
    assert block is not None
    assert texts(words, block.words) == [w.text for w in LIST]
    assert block.x1 < 700 and block.top > 930


def test_words_of_both_columns_on_one_line_of_the_engine() -> None:
    words = [*BODY, *LIST[:2], *SIGNED[:5], *LIST[2:]]
    block = find_block(words, WIDTH)
    assert block is not None and texts(words, block.words) == [w.text for w in LIST]


def test_the_list_ends_at_a_wide_blank_and_at_a_line_over_the_page() -> None:
    far = row("PHỤ LỤC", 120, 1300, 9)
    block = find_block([*LIST, *far], WIDTH)
    assert block is not None and len(block.words) == len(LIST)
    whole = row("Ghi chú: biểu mẫu kèm theo công văn này được đăng trên cổng thông tin điện tử của tỉnh để tải về.", 120, 1090, 9)
    block = find_block([*LIST, *whole], WIDTH)
    assert block is not None and len(block.words) == len(LIST)


COLUMN = [*row("Nơi nhận báo cáo", 120, 400, 1), *row("Sở Y tế", 120, 430, 2), *row("Sở Nội vụ", 120, 460, 3)]


@pytest.mark.parametrize("words", [BODY, SIGNED, [], LIST[:2], COLUMN], ids=["text", "signature", "blank", "alone", "column"])
def test_no_list_no_block(words: list[Seen]) -> None:
    assert find_block(words, WIDTH) is None


def second(confidence: float, count: int) -> list[Seen]:
    return [Seen(f"w{i}", 20 + 40 * i, 20, 50 + 40 * i, 50, confidence, 0) for i in range(count)]


def test_a_second_reading_that_is_surer_takes_the_place_of_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    words = [*BODY, *LIST, *SIGNED]
    monkeypatch.setattr(ocr_closing, "recognise", lambda *_, **__: second(0.95, len(LIST)))
    read = recipients_again(words, PAPER, 200, 10)
    assert [w.text for w in read if w.text.startswith("w")] == [f"w{i}" for i in range(len(LIST))]
    assert [w for w in read if not w.text.startswith("w")] == [*BODY, *SIGNED]
    block = find_block(words, WIDTH)
    assert block is not None
    first = next(w for w in read if w.text == "w0")
    assert (round(first.x0), round(first.top)) == (block.x0, block.top)  # where the crop begins
    assert first.line > max(w.line for w in words)


@pytest.mark.parametrize(("confidence", "count"), [(0.5, 9), (0.95, 2), (0.95, 0)], ids=["unsure", "too few", "nothing"])
def test_else_the_first_stands(monkeypatch: pytest.MonkeyPatch, confidence: float, count: int) -> None:
    words = [*BODY, *LIST, *SIGNED]
    monkeypatch.setattr(ocr_closing, "recognise", lambda *_, **__: second(confidence, count))
    assert recipients_again(words, PAPER, 200, 10) == words


def test_a_word_that_the_edge_would_cut_is_kept_and_hidden_from_the_second_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    long = row("- Chủ tịch, các Phó Chủ tịch UBND tỉnh;", 120, 1090, 4)
    name = row("Hoàng", long[-1].x1 + 10, 1120, 5)
    words = [*LIST, *long, *row("- Lưu: VT.", 120, 1120, 5), *name]
    block = find_block(words, WIDTH)
    assert block is not None and [words[i].text for i in block.cut] == ["Hoàng"]
    grey = PAPER.copy()
    grey[1120:1144, round(name[0].x0) : round(name[0].x1)] = 0
    seen: list[int] = []

    def recognised(paper: np.ndarray, *_: object, **__: object) -> list[Seen]:
        seen.append(int(paper.min()))
        return second(0.95, len(block.words))

    monkeypatch.setattr(ocr_closing, "recognise", recognised)
    read = recipients_again(words, grey, 200, 10)
    assert seen[0] > 200  # nothing dark is left in the crop
    assert [w.text for w in read if w.text == "Hoàng"] == ["Hoàng"]


def test_the_label_stays_as_it_was_first_read(monkeypatch: pytest.MonkeyPatch) -> None:
    block = find_block(LIST, WIDTH)
    assert block is not None

    def recognised(*_: object, **__: object) -> list[Seen]:
        here = [(w, 20 + 1.3 * (w.x0 - block.x0), 20 + 1.3 * (w.top - block.top)) for w in LIST]
        return [Seen("nhộn:" if w.text == "nhận:" else w.text, x, y, x + 30, y + 30, 0.95, w.line) for w, x, y in here]

    monkeypatch.setattr(ocr_closing, "recognise", recognised)
    assert [w.text for w in recipients_again(LIST, PAPER, 200, 10)] == [w.text for w in LIST]


def test_each_word_of_the_label_keeps_its_own_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = [replace(w, bottom=w.bottom + 30) for w in LIST[:2]] + LIST[2:]  # in bold, boxes are tall
    block = find_block([*BODY, *listed], WIDTH)
    assert block is not None

    def again(*_: object, **__: object) -> list[Seen]:
        at = [((w.x0 - block.x0) * 1.3 + 20, (w.x1 - block.x0) * 1.3 + 20, (w.top - block.top) * 1.3 + 20, w) for w in listed]
        return [Seen("Nhơi" if w in listed[:2] else w.text, x0, y, x1, y + 50, 0.97, w.line) for x0, x1, y, w in at]

    monkeypatch.setattr(ocr_closing, "recognise", again)
    read = recipients_again([*BODY, *listed], PAPER, 200, 10)
    assert [w.text for w in read if w.line > 3] == [w.text for w in listed]


def test_only_the_label_keeps_its_first_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """ "Nội" right below "nhận:" is no label, however close the lines are."""
    listed = [*row("Nơi nhận:", 120, 1000, 1), *row("- Sở Nội vụ;", 112, 1020, 2), *row("- Lưu: VT, NV.", 120, 1040, 3)]
    block = find_block([*BODY, *listed], WIDTH)
    assert block is not None

    def again(*_: object, **__: object) -> list[Seen]:
        scale, margin = 1.3, 20
        at = [((w.x0 - block.x0) * scale + margin, (w.top - block.top) * scale + margin, w) for w in listed]
        return [Seen(w.text, x, y, x + 30, y + 24 * scale, 0.97, w.line) for x, y, w in at]

    monkeypatch.setattr(ocr_closing, "recognise", again)
    read = recipients_again([*BODY, *listed], PAPER, 200, 10)
    assert [w.text for w in read if w.line > 3] == [w.text for w in listed]
