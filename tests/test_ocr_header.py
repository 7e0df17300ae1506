"""The date and the number of a document are read again where the first reading lost them (domain rules 1.1 ô 3 and 4)."""

from __future__ import annotations

import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from conftest import seen_row as row
from PIL import Image, ImageDraw

from pipeline.reading import ocr_closing
from pipeline.reading.image import Pixels
from pipeline.reading.ocr_engine import Seen
from pipeline.reading.ocr_header import header_again

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))
import make_scans
from scan_layout import Style

WIDTH, HEIGHT, DPI = 1654, 2339, 200
PAPER = np.full((HEIGHT, WIDTH), 255, np.uint8)
MOTTO = [*row("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 760, 200, 1), *row("Độc lập - Tự do - Hạnh phúc", 820, 240, 2)]
ISSUER = row("BỘ CÔNG THƯƠNG", 220, 200, 1)
NUMBER, DATE = row("Số: 684/BCT-ĐL", 230, 290, 3), row("Hà Nội, ngày 29 tháng 01 năm 2026", 800, 290, 3)
LOST = [*row("Xi gi4nCPĐL", 230, 290, 3, 0.3), *row("K9) 2<ipid3m nao", 800, 290, 3, 0.2)]
BODY = row("V/v cung cấp số liệu", 200, 330, 4)


def drawn() -> Pixels:
    """The header as it is printed, where the rows above say."""
    fonts = make_scans.Fonts(make_scans.families()[0])
    k = DPI / make_scans.INK_DPI
    sheet = Image.new("L", (round(WIDTH / k), round(600 / k)), 255)
    ink = ImageDraw.Draw(sheet)
    lines: tuple[tuple[str, int, int, Style], ...] = (
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 760, 224, "bold"),
        ("Độc lập - Tự do - Hạnh phúc", 820, 264, "bold"),
        ("BỘ CÔNG THƯƠNG", 220, 224, "regular"),
        ("Số: 684/BCT-ĐL", 230, 314, "regular"),
        ("Hà Nội, ngày 29 tháng 01 năm 2026", 800, 314, "italic"),
        ("V/v cung cấp số liệu", 200, 354, "regular"),
    )
    for text, x, y, style in lines:
        ink.text((x / k, y / k), text, fill=18, font=fonts.font(style, 12), anchor="ls")
    page = PAPER.copy()
    page[:600] = cv2.resize(np.asarray(sheet), (WIDTH, 600), interpolation=cv2.INTER_AREA)
    return page


@pytest.mark.skipif(not make_scans.families(), reason="no serif font with Vietnamese is installed")
def test_lost_lines_are_found_by_the_engine() -> None:
    read = header_again([*ISSUER, *MOTTO, *LOST, *BODY], drawn(), DPI, 30)
    assert sorted(w.text for w in read) == sorted(w.text for w in [*ISSUER, *MOTTO, *NUMBER, *DATE, *BODY])
    place = next(w for w in read if w.text == "Hà")
    assert abs(place.x0 - 800) < 8 and abs(place.bottom - 314) < 8
    assert len({w.line for w in read if 270 < w.top < 320}) == 2  # number and date on lines of their own


def calls(monkeypatch: pytest.MonkeyPatch, found: str = "") -> list[Pixels]:
    """Lets the engine find `found` in the middle of every part; returns the parts it is shown."""
    shown: list[Pixels] = []

    def recognised(part: Pixels, *_: object, **__: object) -> list[Seen]:
        shown.append(part)
        return row(found, 60, 150, 1)

    monkeypatch.setattr(ocr_closing, "recognise", recognised)
    return shown


DRAFT = [*row("Số: /KH-UBND", 230, 290, 3), *row("Hà Nội, ngày tháng 01 năm 2026", 800, 290, 3)]


@pytest.mark.parametrize(
    "words",
    [
        [*ISSUER, *MOTTO, *NUMBER, *DATE, *BODY],
        [*ISSUER, *MOTTO, *DRAFT, *BODY],
        [*ISSUER, *LOST, *BODY],
        [*row("Cộng hòa xã hội chủ nghĩa Việt Nam", 760, 200, 1), *LOST],
        [*row("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 760, 1800, 1), *LOST],
        [],
    ],
    ids=["read", "draft", "no motto", "no heading", "low on the page", "blank"],
)
def test_nothing_is_read_again(monkeypatch: pytest.MonkeyPatch, words: list[Seen]) -> None:
    shown = calls(monkeypatch)
    assert header_again(words, PAPER, DPI, 30) == words
    assert shown == []


@pytest.mark.parametrize("found", ["", "KẾ HOẠCH", "ội, ngày 29 tháng 01 năm 2026", "ngày 29 tháng nay"])
def test_what_is_no_such_line_changes_nothing(monkeypatch: pytest.MonkeyPatch, found: str) -> None:
    shown = calls(monkeypatch, found)
    words = [*ISSUER, *MOTTO, *LOST, *BODY]
    assert header_again(words, PAPER, DPI, 30) == words
    assert len(shown) == 4  # two columns, two scales
