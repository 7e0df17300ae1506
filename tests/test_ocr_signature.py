"""The signature beside the list of recipients is read again by itself (domain rules 1.1 ô 7, 1.2)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from conftest import seen_row as row

from pipeline.reading import ocr_closing
from pipeline.reading.image import Pixels
from pipeline.reading.ocr_engine import Seen
from pipeline.reading.ocr_signature import signature_again

WIDTH, HEIGHT = 1200, 1700


LIST = [*row("Nơi nhận:", 120, 1000, 1), *row("- UBND tỉnh (b/c);", 120, 1030, 2), *row("- Lưu: VT, NV.", 120, 1060, 3)]
BODY = row("Các sở, ban, ngành báo cáo Ủy ban nhân dân tỉnh trước ngày 15 tháng 12 năm 2025 theo quy định.", 120, 900, 0)
FIRST = [*row("CHỦ TỊCH", 760, 1000, 1), *row("Ni", 700, 1080, 4, 0.2)]
SIGNED = [*row("CHỦ TỊCH", 760, 1000, 1), *row("Trần Văn Thử", 740, 1140, 5)]


def paper(words: Sequence[Seen]) -> Pixels:
    """A page with a black bar through the middle of each word."""
    grey = np.full((HEIGHT, WIDTH), 255, np.uint8)
    for w in words:
        grey[round(w.top) + 8 : round(w.bottom) - 8, round(w.x0) : round(w.x1)] = 0
    return grey


def engine(monkeypatch: pytest.MonkeyPatch, found: Sequence[Seen]) -> list[Pixels]:
    """Lets the second reading find `found`, given in pixels of the page; returns the parts it is shown."""
    shown: list[Pixels] = []

    def recognised(part: Pixels, *_: object, **__: object) -> list[Seen]:
        shown.append(part)
        # The part begins 42 % from the left and below the text; a margin of 20 pixels lies around it.
        left, top = round(0.42 * WIDTH), 924
        return [
            Seen(w.text, w.x0 - left + 20, w.top - top + 20, w.x1 - left + 20, w.bottom - top + 20, w.confidence, w.line) for w in found
        ]

    monkeypatch.setattr(ocr_closing, "recognise", recognised)
    return shown


def test_a_name_the_first_reading_passed_over_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = engine(monkeypatch, SIGNED)
    words = [*BODY, *LIST, *FIRST]
    read = signature_again(words, paper([*BODY, *LIST, *SIGNED]), 200, 10)
    assert [w.text for w in read] == [w.text for w in [*BODY, *LIST, *SIGNED]]
    name = next(w for w in read if w.text == "Trần")
    assert (round(name.x0), round(name.top)) == (740, 1140)
    assert name.line > max(w.line for w in words)
    assert len(shown) == 1


def test_the_list_is_hidden_from_the_second_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    long = row("- Chủ tịch, các Phó Chủ tịch UBND tỉnh (để b/c);", 120, 1090, 4)
    shown = engine(monkeypatch, SIGNED)
    signature_again([*BODY, *LIST, *long, *FIRST], paper([*long, *SIGNED]), 200, 10)
    assert long[-1].x1 > 0.42 * WIDTH
    assert shown[0][1090 - 924 + 20 : 1114 - 924 + 20, : round(long[-1].x1 - 0.42 * WIDTH)].min() == 255


@pytest.mark.parametrize(
    "found",
    [[], [*SIGNED, *row("sử Sài Hot vụ Kệ viên Sẽ Nở về", 700, 1200, 6, 0.3)]],
    ids=["nothing", "more that is unsure than sure"],
)
def test_else_the_first_stands(monkeypatch: pytest.MonkeyPatch, found: list[Seen]) -> None:
    engine(monkeypatch, found)
    words = [*BODY, *LIST, *FIRST]
    assert signature_again(words, paper([*BODY, *LIST, *SIGNED]), 200, 10) == words


def test_what_the_first_reading_saw_twice_counts_once(monkeypatch: pytest.MonkeyPatch) -> None:
    engine(monkeypatch, SIGNED)
    twice = [*row("CHỦ TỊCH", 760, 1000, 1), *row("Trần Văn Thử", 740, 1140, 5), *row("rần ăn hử", 752, 1140, 6)]
    read = signature_again([*BODY, *LIST, *twice], paper([*BODY, *LIST, *SIGNED]), 200, 10)
    assert [w.text for w in read][-5:] == ["CHỦ", "TỊCH", "Trần", "Văn", "Thử"]


def test_a_sure_word_that_only_the_first_reading_saw_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    engine(monkeypatch, SIGNED[2:])
    read = signature_again([*BODY, *LIST, *FIRST], paper([*BODY, *LIST, *SIGNED]), 200, 10)
    assert sorted(w.text for w in read[-5:]) == sorted(["Trần", "Văn", "Thử", "CHỦ", "TỊCH"])


@pytest.mark.parametrize("words", [BODY, [*BODY, *LIST]], ids=["no list", "bare paper beside the list"])
def test_nothing_is_read_where_no_signature_can_be(monkeypatch: pytest.MonkeyPatch, words: list[Seen]) -> None:
    shown = engine(monkeypatch, SIGNED)
    assert signature_again(words, paper(words), 200, 10) == words
    assert shown == []
