"""Unsure cells of a ruled table are read again, larger, in one call (domain rule 8.3)."""

from __future__ import annotations

import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from conftest import seen_row as row
from PIL import Image, ImageDraw

from pipeline.reading import ocr_cells
from pipeline.reading.image import Pixels
from pipeline.reading.ocr_cells import cells_again
from pipeline.reading.ocr_engine import Seen
from pipeline.reading.ocr_grid import Grid

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))
import make_scans

WIDTH, HEIGHT, DPI = 1200, 800, 150
LEFT, RIGHT = (100.0, 200.0, 500.0, 300.0), (500.0, 200.0, 900.0, 300.0)
GRID = Grid((100.0, 200.0, 900.0, 300.0), ((LEFT, RIGHT),))
TEXT = row("Bảng phân công nhiệm vụ", 200, 100, 0, 0.4)
PAPER = np.full((HEIGHT, WIDTH), 255, np.uint8)


def cells(left: str, right: str, confidence: float) -> list[Seen]:
    return [*TEXT, *row(left, 120, 220, 1, confidence), *row(right, 520, 220, 1, 0.96)]


@pytest.mark.skipif(not make_scans.families(), reason="no serif font with Vietnamese is installed")
def test_words_run_together_are_parted_by_the_engine() -> None:
    font = make_scans.Fonts(make_scans.families()[0]).font("regular", 11)
    k = DPI / make_scans.INK_DPI
    sheet = Image.new("L", (round(WIDTH / k), round(400 / k)), 255)
    for text, x in (("Sở Nông nghiệp và Môi trường", 120), ("Quý II năm 2025", 520)):
        ImageDraw.Draw(sheet).text((x / k, 250 / k), text, fill=18, font=font, anchor="ls")
    page = PAPER.copy()
    page[:400] = cv2.resize(np.asarray(sheet), (WIDTH, 400), interpolation=cv2.INTER_AREA)
    words = cells("SởNôngnghipvà Môitrường", "Quý II năm 2025", 0.5)
    read = cells_again(words, [GRID], page, DPI, 30)
    inside = [w for w in read if w.x1 < 500 and w.top > 200]
    assert [w.text for w in inside] == ["Sở", "Nông", "nghiệp", "và", "Môi", "trường"]
    assert abs(inside[0].x0 - 120) < 6 and abs(inside[0].bottom - 250) < 6
    assert [w for w in read if w not in inside] == [w for w in words if w.text not in ("SởNôngnghipvà", "Môitrường")]


def engine(monkeypatch: pytest.MonkeyPatch, found: str, confidence: float) -> list[Pixels]:
    """Lets the engine find `found` in the first cell of the sheet; returns the sheets it is shown."""
    shown: list[Pixels] = []

    def recognised(part: Pixels, *_: object, **__: object) -> list[Seen]:
        shown.append(part)
        return row(found, 40, 40, 0, confidence)

    monkeypatch.setattr(ocr_cells, "recognise", recognised)
    return shown


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        (("Sởnội vụ", 0.6), ("Sở Nội vụ", 0.9), "Sở Nội vụ"),
        (("Sởnội vụ", 0.6), ("Sở Nôi vu", 0.5), "Sởnội vụ"),
        (("Sởnội vụ", 0.6), ("", 0.0), "Sởnội vụ"),
        (("Trướcngày 30/11/2026", 0.6), ("Trước ngày 30/11/2026", 0.9), "Trước ngày 30/11/2026"),
        (("Trướcngày 30/11/2026", 0.6), ("Trước ngày 30/11/2036", 0.9), "Trướcngày 30/11/2026"),
        (("QuýlH1/2024", 0.6), ("Quý III/2024", 0.9), "Quý III/2024"),
        (("Mở I5 lớp", 0.6), ("Mở 15 lớp", 0.9), "Mở 15 lớp"),
        (("Mở 5 lớp", 0.6), ("Mở 15 lớp", 0.9), "Mở 5 lớp"),
        (("QuýI/2024", 0.6), ("Quý I/2025", 0.9), "QuýI/2024"),
    ],
)
def test_which_reading_stands(monkeypatch: pytest.MonkeyPatch, first: tuple[str, float], second: tuple[str, float], kept: str) -> None:
    engine(monkeypatch, *second)
    read = cells_again(cells(first[0], "Sở Y tế", first[1]), [GRID], PAPER, DPI, 30)
    assert " ".join(w.text for w in read if w.x0 < 500 and w.top > 200) == kept
    assert read[: len(TEXT)] == TEXT


def test_figures_that_differ_are_doubted(monkeypatch: pytest.MonkeyPatch) -> None:
    engine(monkeypatch, "Trước ngày 30/11/2036", 0.9)
    words = cells("Trướcngày 30/11/2026", "Sở Y tế", 0.6)
    read = {w.text: w.confidence for w in cells_again(words, [GRID], PAPER, DPI, 30)}
    assert read["30/11/2026"] < 0.5 and read["Trướcngày"] == 0.6


@pytest.mark.parametrize("case", ["sure", "no table", "empty"])
def test_nothing_is_read_again(monkeypatch: pytest.MonkeyPatch, case: str) -> None:
    shown = engine(monkeypatch, "Sở Nội vụ", 0.99)
    words = [] if case == "empty" else cells("Sở Nội vụ", "Sở Y tế", 0.97)
    assert cells_again(words, [] if case == "no table" else [GRID], PAPER, DPI, 30) == words
    assert shown == []
