"""The drafter's mark behind "Lưu" is read again with its letters apart, by the real engine (domain rules 1.1 ô 9b)."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from conftest import seen_row as row
from PIL import Image, ImageDraw

from pipeline.reading import ocr_drafter
from pipeline.reading.image import Pixels
from pipeline.reading.ocr_drafter import drafter_again
from pipeline.reading.ocr_engine import Seen

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))
import make_scans

WIDTH, HEIGHT, DPI = 1200, 1700, 200
LIST = [*row("Nơi nhận:", 120, 1000, 1), *row("- UBND tỉnh (b/e);", 120, 1030, 2, 0.5), *row("- Như trên;", 120, 1060, 3)]

needs_font = pytest.mark.skipif(not make_scans.families(), reason="no serif font with Vietnamese is installed")


def filed(text: str, confidence: float) -> list[Seen]:
    """The list with its last line as the first reading had it."""
    return [*LIST, *row(f"- Lưu: VT, {text}", 120, 1090, 4, confidence)]


def page(words: list[Seen], printed: str) -> tuple[list[Seen], Pixels]:
    """A sheet with `printed` in place of the last word, and that word with the box of what is printed."""
    font = make_scans.Fonts(make_scans.families()[0]).font("regular", 11)
    k = DPI / make_scans.INK_DPI
    drawn = Image.new("L", (round(600 / k), round(60 / k)), 255)
    ink = ImageDraw.Draw(drawn)
    ink.text((20 / k, 40 / k), printed, fill=18, font=font, anchor="ls")
    x0, y0, x1, y1 = ink.textbbox((20 / k, 40 / k), printed, font=font, anchor="ls")
    small = cv2.resize(np.asarray(drawn), (600, 60), interpolation=cv2.INTER_AREA)
    sheet = np.full((HEIGHT, WIDTH), 255, np.uint8)
    left, top = round(words[-1].x0), round(words[-1].top)
    up = round(y0 * k)
    sheet[top - up : top - up + 60, left : left + 600] = small
    box = replace(words[-1], x0=left + x0 * k, top=float(top), x1=left + x1 * k, bottom=top - up + y1 * k)
    return [*words[:-1], box], sheet


@needs_font
@pytest.mark.parametrize(
    ("first", "printed"),
    [("HCQT(0).", "HCQT(b)."), ("HCQT0®).", "HCQT(b)."), ("NV(Inam).", "NV(ltnam)."), ("(050).", "(05b)."), ("KTN(@).", "KTN(2).")],
)
def test_a_doubtful_mark_is_read_with_its_letters_apart(first: str, printed: str) -> None:
    words, sheet = page(filed(first, 0.5), printed)
    read = drafter_again(words, sheet, DPI, 30)
    assert [w.text for w in read] == [*(w.text for w in words[:-1]), printed]
    assert read[-1].confidence > 0.5 and read[-1].x0 == words[-1].x0 and read[-1].line == words[-1].line


def found(monkeypatch: pytest.MonkeyPatch, text: str, confidence: float) -> list[Pixels]:
    """Lets the second reading find `text`; returns what it is shown."""
    shown: list[Pixels] = []

    def recognised(part: Pixels, *_: object, **__: object) -> list[Seen]:
        shown.append(part)
        return [Seen(text, 0, 0, 9, 9, confidence, 0)] if text else []

    monkeypatch.setattr(ocr_drafter, "recognise", recognised)
    return shown


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        (("KT(Hg).", 0.8), ("KT(Bg).", 0.6), "KT(Hg)."),  # less sure
        (("KT(Hg).", 0.8), ("KT((14)g).", 0.95), "KT(Hg)."),  # no mark
        (("KT(Hg).", 0.4), ("KI(Hg).", 0.7), "KT(Hg)."),  # another unit, and not very sure
        (("KI(Hg).", 0.4), ("KT(Hg).", 0.9), "KT(Hg)."),
        (("KT(Hg).", 0.4), ("", 0.0), "KT(Hg)."),
        (("HCQT@®).", 0.15), ("HCỢI(b).", 0.6), "HCQT(b)."),  # the mark of the second, the unit of the first
        (("HCQT@®).", 0.6), ("HCỢI(b).", 0.65), "HCQT@®)."),
        (("HCQT@®).", 0.15), ("HCỢI(b).", 0.4), "HCQT@®)."),
        (("VT®).", 0.15), ("HCỢI(b).", 0.6), "VT®)."),
    ],
)
def test_which_reading_stands(monkeypatch: pytest.MonkeyPatch, first: tuple[str, float], second: tuple[str, float], kept: str) -> None:
    found(monkeypatch, *second)
    assert drafter_again(filed(*first), np.full((HEIGHT, WIDTH), 255, np.uint8), DPI, 30)[-1].text == kept


@pytest.mark.parametrize(
    "words",
    [
        lambda: filed("KT(Hg).", 0.95),  # sure
        lambda: filed("KT.", 0.2),  # no bracket
        lambda: LIST,  # no "Lưu": what stands in brackets are notes
        lambda: filed("KT(Hg).", 0.2)[2:],  # no list
    ],
    ids=["sure", "no bracket", "no archive line", "no list"],
)
def test_nothing_else_is_read_again(monkeypatch: pytest.MonkeyPatch, words: Callable[[], list[Seen]]) -> None:
    shown = found(monkeypatch, "x", 1.0)
    assert drafter_again(words(), np.full((HEIGHT, WIDTH), 255, np.uint8), DPI, 30) == words()
    assert shown == []
