"""PDF files that are encrypted, cut short, empty, endless, bombs or traps: each is one error, and the next file is read."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from pipeline.errors import ReadingError
from pipeline.reading import parsing
from pipeline.reading.read import read_bytes
from pipeline.settings import Settings

pikepdf = pytest.importorskip("pikepdf", reason="needs the development extras")

SETTINGS = Settings(processes=1, ocr="never", parse_seconds=3.0)


def saved(document: Any, **options: Any) -> bytes:
    out = io.BytesIO()
    document.save(out, **options)
    return out.getvalue()


def blank(pages: int) -> Any:
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(595, 842))
    return document


def encrypted() -> bytes:
    return saved(blank(1), encryption=pikepdf.Encryption(owner="chủ", user="khách", R=6))


@cache
def bomb() -> bytes:
    """A content stream of gigabytes in a few megabytes."""
    document = blank(1)
    packer = zlib.compressobj(1)
    packed = b"".join(packer.compress(b"0 0 m 1 1 l S\n" * 100_000) for _ in range(1500)) + packer.flush()
    stream = pikepdf.Stream(document, b"")
    stream.write(packed, filter=pikepdf.Name.FlateDecode)
    document.pages[0].obj.Contents = document.make_indirect(stream)
    return saved(document, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def nested_forms() -> bytes:
    """Forms that draw forms that draw forms: a small file with 12 to the 12th operations."""
    document = blank(1)

    def form(body: bytes, inner: Any) -> Any:
        stream = pikepdf.Stream(document, body, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9])
        if inner is not None:
            stream.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=inner))
        return document.make_indirect(stream)

    inner = form(b"0 0 m 1 1 l S ", None)
    for _ in range(12):
        inner = form(b"/X Do " * 12, inner)
    page = document.pages[0].obj
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=inner))
    page.Contents = document.make_indirect(pikepdf.Stream(document, b"/X Do"))
    return saved(document)


BAD: list[tuple[str, Callable[[], bytes], set[str]]] = [
    ("encrypted", encrypted, {"encrypted"}),
    ("cut short", lambda: saved(blank(3))[:200], {"truncated"}),
    ("only a header", lambda: b"%PDF-1.7\nnothing more", {"truncated"}),
    ("no pages", lambda: saved(pikepdf.new()), {"no-pages"}),
    ("2,000 pages", lambda: saved(blank(2000)), {"too-many-pages"}),
    ("bomb", bomb, {"bomb", "timeout"}),
    ("nested forms", nested_forms, {"timeout"}),
]


@pytest.mark.parametrize(("title", "make", "reasons"), BAD, ids=[b[0] for b in BAD])
def test_one_clear_error_and_the_next_file_is_read(title: str, make: Callable[[], bytes], reasons: set[str]) -> None:
    with pytest.raises(ReadingError) as caught:
        read_bytes(make(), "vào.pdf", SETTINGS)
    assert caught.value.reason in reasons
    line = caught.value.line()
    assert line.startswith("vào.pdf: ") and "; " in line and "\n" not in line
    assert read_bytes(saved(blank(1)), "sau.pdf", SETTINGS).pages[0].reason == "empty page"


def test_memory_of_the_parsing_process_is_bounded() -> None:
    """With little memory the bomb ends in an error, not in a machine that swaps."""
    with pytest.raises(ReadingError) as caught:
        read_bytes(bomb(), "vào.pdf", Settings(processes=1, ocr="never", parse_seconds=30.0, parse_bytes=700 * 1024 * 1024))
    assert caught.value.reason in ("bomb", "truncated", "unreadable")


def test_a_parser_that_dies_is_replaced() -> None:
    with parsing.parser() as first:
        first.close()
    with pytest.raises(ReadingError) as caught, parsing.parser() as second:
        second._process.kill()
        second._process.wait()
        second.read(saved(blank(1)), SETTINGS)
    assert caught.value.reason == "bomb"
    with parsing.parser() as third:
        assert len(third.read(saved(blank(2)), SETTINGS).pages) == 2


def test_one_process_serves_many_files() -> None:
    with parsing.parser() as first:
        first.read(saved(blank(1)), SETTINGS)
    with parsing.parser() as second:
        assert second is first
        pixels, size = (second.read(saved(blank(2)), SETTINGS), second.draw(2, SETTINGS))[1]
    assert size == (595.0, 842.0) and pixels.shape == (2339, 1653, 3) and int(pixels.min()) == 255


def test_a_huge_page_is_drawn_smaller() -> None:
    document = pikepdf.new()
    document.add_blank_page(page_size=(14400, 14400))
    with parsing.parser() as parser:
        parser.read(saved(document), SETTINGS)
        pixels, _ = parser.draw(1, Settings(max_pixels=1_000_000))
    assert pixels.shape[0] * pixels.shape[1] <= 1_010_000


@pytest.mark.parametrize("form", ["PNG", "TIFF"])
def test_a_huge_image_is_refused_by_its_header(form: str) -> None:
    from PIL import Image

    out = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(out, form, **({"compression": "group4"} if form == "TIFF" else {}))
    with pytest.raises(ReadingError) as caught:
        read_bytes(out.getvalue(), "ảnh", SETTINGS)
    assert caught.value.reason == "image-too-large"


def test_pictures_without_ocr_are_blank_and_unsure() -> None:
    from PIL import Image

    out = io.BytesIO()
    first, second = Image.new("L", (100, 140), 255), Image.new("L", (100, 140), 255)
    first.save(out, "TIFF", save_all=True, append_images=[second])
    document = read_bytes(out.getvalue(), "ảnh.tif", SETTINGS)
    assert [(p.number, p.text, p.confidence) for p in document.pages] == [(1, "", 0.0), (2, "", 0.0)]
    assert document.media_type == "image/tiff" and "switched off" in document.pages[0].reason
