"""Pages with a sound layer and pictures of text on them: the layer is kept, the pictures are read, both stand in reading order."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from pipeline.pages import Page, Word
from pipeline.reading.both import merge
from pipeline.reading.read import read_bytes
from pipeline.records import Edit
from pipeline.settings import Settings

FONT = Path("/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf")
canvas = pytest.importorskip("reportlab.pdfgen.canvas", reason="needs the development extras (reportlab)")
pytestmark = pytest.mark.skipif(not FONT.exists(), reason="needs Debian's fonts-liberation2")

ABOVE = [
    "Căn cứ tình hình thực tế, Ủy ban nhân dân huyện giao nhiệm vụ cho các cơ quan như sau:",
    "Các cơ quan, đơn vị chủ động xây dựng chương trình công tác của mình và gửi về huyện.",
]
TABLE = [
    "Phòng Nội vụ chủ trì, báo cáo trước ngày 15/6/2025",
    "Phòng Tài chính phối hợp, bố trí kinh phí thực hiện",
    "Thanh tra huyện kiểm tra",
]
BELOW = ["Quá trình thực hiện, nếu có vướng mắc thì phản ánh về Phòng Nội vụ để được hướng dẫn."]
LEFT = ["Nơi nhận:", "- Thường trực Huyện ủy;", "- Các phòng, ban của huyện;", "- Lưu: VT."]
RIGHT = ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "", "Phạm Văn Dũng"]


def picture(lines: list[str], size: tuple[int, int], *, centred: bool = False) -> Any:
    """Lines of type of 13 points drawn as a scan of 200 dpi; `size` in points."""
    from PIL import Image, ImageDraw, ImageFont
    from reportlab.lib.utils import ImageReader

    k = 200 / 72
    page = Image.new("L", (round(size[0] * k), round(size[1] * k)), 247)
    draw, font = ImageDraw.Draw(page), ImageFont.truetype(str(FONT), round(13 * k))
    for number, line in enumerate(lines):
        x = page.width / 2 if centred else 6 * k
        draw.text((x, (14 + 19 * number) * k), line, fill=25, font=font, anchor="ms" if centred else "ls")
    out = io.BytesIO()
    page.save(out, "PNG")
    out.seek(0)
    return ImageReader(out)


class Sheet:
    """An A4 page with typed lines and pictures; y is measured from the top, in points."""

    def __init__(self) -> None:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont

        pdfmetrics.registerFont(TTFont("serif", str(FONT)))
        self._out = io.BytesIO()
        self.canvas = canvas.Canvas(self._out, pagesize=(595, 842), invariant=True)

    def type(self, lines: list[str], x: float, y: float, *, invisible: bool = False) -> None:
        for number, line in enumerate(lines):
            text = self.canvas.beginText(x, 842 - y - 19 * number)
            text.setFont("serif", 13)
            text.setTextRenderMode(3 if invisible else 0)
            text.textLine(line)
            self.canvas.drawText(text)

    def draw(self, lines: list[str], box: tuple[int, int, int, int], *, centred: bool = False) -> None:
        x, y, width, height = box
        self.canvas.drawImage(picture(lines, (width, height), centred=centred), x, 842 - y - height, width, height)

    def pdf(self) -> bytes:
        self.canvas.showPage()
        self.canvas.save()
        return self._out.getvalue()


def read(sheet: Sheet, **settings: Any) -> Page:
    (page,) = read_bytes(sheet.pdf(), "a.pdf", Settings(processes=1, **settings)).pages
    return page


def at(page: Page, *parts: str) -> list[int]:
    return [page.text.index(p) for p in parts]


@pytest.mark.slow
def test_a_scanned_table_and_a_scanned_signature_block() -> None:
    sheet = Sheet()
    sheet.type(ABOVE, 70, 80)
    sheet.draw(TABLE, (70, 130, 450, 70))
    sheet.type(BELOW, 70, 240)
    sheet.type(LEFT, 70, 300)
    sheet.draw(RIGHT, (330, 290, 200, 90), centred=True)
    page = read(sheet)
    assert page.method == "both"
    assert page.reason == "sound text layer, and a picture with lines of type that the layer does not have"
    assert page.scores["regions"] == 2.0 and 0.5 < page.scores["confidence"] <= 1.0
    places = at(
        page, ABOVE[0], ABOVE[1], "trước ngày 15/6/2025", "Thanh tra huyện", BELOW[0], "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "Phạm Văn Dũng"
    )
    assert places == sorted(places)
    assert page.text.split("\n\n")[-1].split("\n") == ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Phạm Văn Dũng"]
    printed = {page.text[w.start : w.end]: w for w in page.words}
    assert all(w == w.strip() for w in printed)
    assert printed["Thanh"].confidence < 1.0 and 130 < printed["Thanh"].top < 200
    assert printed["Căn"].confidence == 1.0
    assert [w.start for w in page.words] == sorted(w.start for w in page.words)


@pytest.mark.slow
def test_a_layer_for_the_upper_half_of_a_scan() -> None:
    sheet = Sheet()
    sheet.draw([*ABOVE, *TABLE, *BELOW], (60, 66, 500, 140))
    sheet.type(ABOVE, 66, 80, invisible=True)
    page = read(sheet)
    assert page.method == "both"
    assert [page.text.count(p) for p in ("Căn cứ tình hình", "15/6/2025", "Quá trình thực hiện")] == [1, 1, 1]


@pytest.mark.parametrize("kind", ["layer over the whole scan", "emblem", "switched off", "no picture"])
def test_pages_that_stay_with_their_layer(kind: str) -> None:
    sheet = Sheet()
    if kind == "layer over the whole scan":
        sheet.draw([*ABOVE, *TABLE], (60, 66, 500, 140))
        sheet.type([*ABOVE, *TABLE], 66, 80, invisible=True)
    else:
        sheet.type([*ABOVE, *TABLE], 66, 80)
    if kind == "emblem":
        sheet.canvas.drawImage(picture(["●"], (80, 80)), 250, 300, 80, 80)
    if kind == "switched off":
        sheet.draw(BELOW + TABLE, (60, 300, 500, 100))
    page = read(sheet, ocr="never" if kind == "switched off" else "auto")
    assert page.method == "text"
    assert "Quá trình" not in page.text
    assert ("OCR is switched off" in page.reason) == (kind == "switched off")


def test_merging_moves_words_and_edits() -> None:
    layer = Page(
        1, "một hai\nbốn năm",
        (Word(0, 3, 0, 0, 9, 9), Word(4, 7, 9, 0, 19, 9), Word(8, 11, 0, 60, 9, 69), Word(12, 15, 9, 60, 19, 69)),
        (100.0, 100.0), "both", "sound text layer, and a picture with lines", {}, 1.0,
        (Edit(start=8, before="bôn", after="bốn", rule="x"),),
    )  # fmt: skip
    ocr = Page(1, "ba ba ba ba ba", (Word(0, 2, 1, 1, 5, 9, 0.8),), (50.0, 20.0), "ocr", "page image", {}, 0.8,
               (Edit(start=3, before="bả", after="ba", rule="accent"),))  # fmt: skip
    page = merge(layer, [((0.0, 30.0, 50.0, 50.0), ocr)])
    assert page.text == "một hai\nba ba ba ba ba\nbốn năm"
    assert [page.text[w.start : w.end] for w in page.words] == ["một", "hai", "ba", "bốn", "năm"]
    assert [(page.text[e.start : e.start + len(e.after)], e.rule) for e in page.edits] == [("ba", "accent"), ("bốn", "x")]
    assert (page.words[2].x0, page.words[2].top) == (1.0, 31.0)
    assert 0.8 < page.confidence < 1.0


def test_a_picture_without_text_leaves_the_layer_as_it_is() -> None:
    layer = Page(1, "một hai", (), (100.0, 100.0), "both", "sound text layer, and a picture with lines", {}, 1.0)
    page = merge(layer, [((0.0, 30.0, 50.0, 50.0), Page(1, "|| ~ xq", method="ocr"))])
    assert (page.text, page.method, page.reason) == ("một hai", "text", "sound text layer; a picture on it has no text")
