"""Secrecy stamps on the image: found in red boxes, and nothing else taken for one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.errors import SecrecyError
from pipeline.reading.image import Pixels, load_images
from pipeline.reading.ocr import ocr_page
from pipeline.reading.ocr_stamps import level_in, red_boxes, secrecy_mark
from pipeline.settings import Settings

SAMPLES = Path(__file__).parent / "samples"
FONT = Path("/usr/share/fonts/truetype/liberation2/LiberationSerif-Bold.ttf")
A4 = (595.0, 842.0)

needs_font = pytest.mark.skipif(not FONT.exists(), reason="Liberation Serif is not installed")


def stamped(words: str, *, framed: bool = True, grade: str = "office") -> Pixels:
    """The sample page with `words` stamped in red under the number of the document."""
    picture = Image.fromarray(next(load_images((SAMPLES / f"scan-plan-{grade}-p1.jpg").read_bytes(), Settings())))
    scale = picture.width / A4[0]
    font = ImageFont.truetype(FONT, round(14 * scale))
    draw = ImageDraw.Draw(picture)
    x, y = 90 * scale, 118 * scale
    draw.text((x, y), words, fill=(205, 40, 50), font=font)
    if framed:
        box = (x - 8 * scale, y - 4 * scale, x + font.getlength(words) + 8 * scale, y + 20 * scale)
        draw.rectangle(box, outline=(205, 40, 50), width=round(1.2 * scale))
    return np.asarray(picture, np.uint8)


@pytest.mark.parametrize(
    ("read", "level"),
    [
        ("MẬT", "MẬT"),
        ("TỐI MẬT", "TỐI MẬT"),
        ("TUYỆT MẬT", "TUYỆT MẬT"),
        ("MAT", "MAT"),
        ("TÓI MẶT", "TOIMAT"),
        ("| TUYET MÁT", "TUYETMAT"),
        ("GIẢI MẬT", "MAT"),
        ("KHẨN", None),
        ("HỎA TỐC", None),
        ("MẶT TRẬN", None),
        ("MẶT TRẬN TỔ QUỐC", None),
        ("LƯU HÀNH NỘI BỘ", None),
        ("", None),
        ("CÔNG VĂN ĐẾN", None),
    ],
)
def test_level_in_a_red_box(read: str, level: str | None) -> None:
    assert level_in(read) == level


@needs_font
@pytest.mark.slow
@pytest.mark.parametrize("grade", ["office", "hard"])
@pytest.mark.parametrize("words", ["MẬT", "TỐI MẬT", "TUYỆT MẬT"])
def test_a_marked_page_is_stopped_before_its_text(words: str, grade: str) -> None:
    with pytest.raises(SecrecyError) as caught:
        ocr_page(stamped(words, grade=grade), 1, None, Settings())
    assert caught.value.reason == "secret"
    assert "118" not in caught.value.line()


@needs_font
@pytest.mark.slow
@pytest.mark.parametrize("words", ["KHẨN", "HỎA TỐC", "MẶT TRẬN"])
def test_other_red_boxes_stop_nothing(words: str) -> None:
    image = stamped(words)
    assert list(red_boxes(image, A4))
    assert secrecy_mark(image, A4, 30.0) is None


@needs_font
@pytest.mark.slow
def test_a_person_may_release_a_false_alarm() -> None:
    page = ocr_page(stamped("MẬT"), 1, None, Settings(release_secret=True))
    assert "KẾ HOẠCH" in page.text


def test_a_round_seal_is_no_stamp() -> None:
    picture = Image.new("RGB", (1654, 2339), "white")
    ImageDraw.Draw(picture).ellipse((700, 1600, 980, 1880), outline=(205, 40, 50), width=6)
    assert not list(red_boxes(np.asarray(picture, np.uint8), A4))
