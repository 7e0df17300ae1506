"""Pictures in: kinds, limits, orientation, skew, borders, coloured ink."""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import replace

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw

from pipeline.errors import ReadingError
from pipeline.reading.image import Pixels, load_images
from pipeline.reading.image_ink import ink_plane
from pipeline.reading.image_prepare import clear_border, page_points, prepare, skew_of
from pipeline.reading.parsing import parser
from pipeline.settings import Settings


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def ruled_page(angle: float) -> Pixels:
    """A page of dark bars in place of text lines, turned by `angle` degrees counter-clockwise."""
    page = np.full((2339, 1654), 255, np.uint8)
    for y in range(300, 2000, 46):
        for x in range(220, 1400, 90):
            page[y : y + 18, x : x + 70] = 20
    turn = cv2.getRotationMatrix2D((827, 1170), angle, 1.0)
    return np.asarray(cv2.warpAffine(page, turn, (1654, 2339), borderValue=255), np.uint8)


def drawn(data: bytes, number: int, settings: Settings) -> Pixels:
    """A page of a PDF as reading draws it, in the parsing process."""
    with parser() as parsing:
        parsing.read(data, replace(settings, ocr="never"))
        return parsing.draw(number, settings)[0]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP"])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_image_files_become_rgb(kind: str, mode: str) -> None:
    (page,) = load_images(saved(Image.new(mode, (60, 40), 255 if mode == "L" else (255, 255, 255)), kind), Settings())
    assert page.shape == (40, 60, 3)
    assert page.dtype == np.uint8
    assert int(page.min()) > 250


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "1", "I;16", "CMYK"])
def test_odd_modes(mode: str) -> None:
    picture = Image.new("RGBA", (30, 20), (0, 0, 0, 0)).convert(mode) if mode in ("RGBA", "LA") else Image.new(mode, (30, 20))
    kind = "TIFF" if mode in ("CMYK", "I;16") else "PNG"
    (page,) = load_images(saved(picture, kind), Settings())
    assert page.shape == (20, 30, 3)
    if mode in ("RGBA", "LA"):
        assert int(page.min()) == 255  # transparent is paper


def test_every_page_of_a_tiff() -> None:
    first, *rest = [Image.new("L", (20 + n, 30), 255) for n in range(4)]
    pages = list(load_images(saved(first, "TIFF", save_all=True, append_images=rest), Settings()))
    assert [p.shape[1] for p in pages] == [20, 21, 22, 23]


def test_exif_orientation_is_obeyed() -> None:
    picture = Image.new("RGB", (60, 40), "white")
    exif = picture.getexif()
    exif[0x0112] = 6
    (page,) = load_images(saved(picture, "JPEG", exif=exif), Settings())
    assert page.shape[:2] == (60, 40)


def png_header_only(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(head)) + chunk + struct.pack(">I", zlib.crc32(chunk)) + b"\0\0\0\0IDAT"


@pytest.mark.parametrize(
    ("data", "settings", "reason"),
    [
        (png_header_only(30000, 30000), Settings(), "image-too-large"),
        (png_header_only(9000, 9000), Settings(), "image-too-large"),
        (png_header_only(100, 100), Settings(), "bad-image"),
        (b"not an image", Settings(), "bad-image"),
        (b"", Settings(), "bad-image"),
        (b"II*\0\xff\xff\xff\xff", Settings(), "bad-image"),
        (b"x" * 2000, Settings(max_bytes=1000), "too-large"),
    ],
)
def test_hostile_images(data: bytes, settings: Settings, reason: str) -> None:
    with pytest.raises(ReadingError) as caught:
        list(load_images(data, settings))
    assert caught.value.reason == reason
    assert "\n" not in caught.value.line()


def test_too_many_frames() -> None:
    first, *rest = [Image.new("L", (8, 8), 255) for _ in range(5)]
    data = saved(first, "TIFF", save_all=True, append_images=rest)
    with pytest.raises(ReadingError) as caught:
        list(load_images(data, Settings(max_pages=4)))
    assert caught.value.reason == "too-many-pages"


def test_a_pdf_page_is_drawn_within_the_limit() -> None:
    """A typed page at the resolution that is asked for, a scan at its own, both within the pixels that are allowed."""
    typed = io.BytesIO()
    with pdfium.PdfDocument.new() as document:
        document.new_page(400, 600)
        document.save(typed)
    scan = saved(Image.new("RGB", (400, 600), "white"), "PDF", resolution=72)
    for data, full in ((typed.getvalue(), (1200, 800, 3)), (scan, (600, 400, 3))):
        assert drawn(data, 1, Settings(ocr_dpi=144)).shape == full
        high, wide, _ = drawn(data, 1, Settings(ocr_dpi=144, max_pixels=100_000)).shape
        assert 380 <= high <= 400 and high * wide <= 101_000  # sides are rounded up
    with pytest.raises(ReadingError):
        drawn(b"%PDF-1.4 nothing", 1, Settings())
    with pytest.raises(ReadingError):
        drawn(typed.getvalue(), 7, Settings())


@pytest.mark.parametrize("angle", [-6.0, -1.5, -0.7, 0.0, 0.7, 1.5, 6.0])
def test_skew_is_found_and_taken_out(angle: float) -> None:
    page = ruled_page(angle)
    assert abs(skew_of(page) - angle) < 0.12
    ready = prepare(np.repeat(page[:, :, None], 3, axis=2), None)
    assert abs(skew_of(ready.grey)) < 0.12


def test_the_map_leads_back_to_the_page_as_given() -> None:
    page = ruled_page(3.0)
    ready = prepare(page, (595.0, 842.0))
    corner = ready.to_page @ np.array([ready.grey.shape[1] / 2, ready.grey.shape[0] / 2, 1.0])
    assert np.allclose(corner, (297.5, 421.0), atol=1.0)


def test_blank_pages_have_no_skew() -> None:
    assert skew_of(np.full((900, 700), 250, np.uint8)) == 0.0


@pytest.mark.parametrize(
    ("shape", "size"),
    [((2339, 1654), (595.0, 842.0)), ((1654, 2339), (842.0, 595.0)), ((1000, 1000), (360.0, 360.0))],
)
def test_page_size_without_a_word_about_it(shape: tuple[int, int], size: tuple[float, float]) -> None:
    assert page_points(shape, None) == size


def test_seals_and_signatures_go_and_black_text_and_small_blue_numbers_stay() -> None:
    picture = Image.new("RGB", (1654, 2339), (245, 245, 240))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((700, 1600, 980, 1880), outline=(210, 45, 55), width=12)
    draw.line((820, 1700, 1300, 1760), fill=(40, 60, 170), width=5)
    draw.rectangle((900, 1640, 930, 1700), fill=(20, 20, 20))
    draw.rectangle((300, 300, 318, 330), fill=(40, 60, 170))
    grey, ink = ink_plane(np.asarray(picture, np.uint8))
    assert ink is not None and ink.near(840 / 1654, 1600 / 2339) and not ink.near(0.2, 0.2)
    assert int(grey[1600:1606, 835:845].min()) > 200  # the ring
    assert int(grey[1722:1730, 1050].min()) > 180  # the signature
    assert int(grey[1650:1690, 905:925].max()) < 60  # black under the seal
    assert int(grey[305:325, 304:314].max()) < 80  # a stamped digit


def test_dark_scanner_edges_go_and_the_rest_stays() -> None:
    page = np.full((1000, 700), 245, np.uint8)
    page[:, :30] = 10
    page[970:] = 5
    page[400:420, 300:500] = 0
    clean = clear_border(page)
    assert int(clean[100:900, :30].min()) > 200
    assert int(clean[975:].min()) > 200
    assert int(clean[405:415, 310:490].max()) == 0


def test_noise_of_a_nearly_empty_page_is_not_stretched_to_ink() -> None:
    """A last page with two lines, scanned at 130 dpi: its paper stays paper, and no skew is seen in its noise."""
    rng = np.random.default_rng(3)
    page = np.full((1521, 1075), 220, np.uint8)
    for y in (120, 150):
        for x in range(120, 500, 18):
            page[y : y + 12, x : x + 2] = page[y + 5 : y + 7, x : x + 9] = 40
    noisy = np.clip(page + rng.normal(0, 12, page.shape), 0, 255).astype(np.uint8)
    ready = prepare(np.repeat(noisy[:, :, None], 3, axis=2), (595.0, 842.0))
    assert float(np.mean(ready.grey[600:] < 128)) < 0.001
    assert abs(ready.skew) < 0.3


@pytest.mark.parametrize(("size", "dpi"), [((595.0, 842.0), 200), ((1654.0, 2339.0), 200), ((842.0, 1191.0), 184), ((476.0, 674.0), 200)])
def test_type_is_read_at_one_size_whatever_the_pdf_says_of_the_page(size: tuple[float, float], dpi: int) -> None:
    """Scanners that write pixels for points make pages of 1654 x 2339 points; A3 is really as large as it says."""
    ready = prepare(np.full((2339, 1654, 3), 250, np.uint8), size)
    assert ready.size == size
    assert ready.dpi == dpi
