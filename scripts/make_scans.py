"""Makes scans with known text: pages of official documents as images, worn to a grade, with the place of every word.

    python scripts/make_scans.py OUT TEXT_OR_FOLDER... --grade office --grade hard [--pdf] [--limit N]

For each text it writes OUT/NAME-GRADE-pN.jpg, OUT/NAME-GRADE.json (words with boxes in pixels, text in reading order) and, on request,
OUT/NAME-GRADE.pdf without a text layer. The same arguments always give the same pixels.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import math
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from scan_document import typeset
from scan_layout import A4, Placed, Sheet, Style
from scan_source import paragraphs

Pixels = NDArray[np.uint8]
INK_DPI = 400
FONT_ROOT = Path("/usr/share/fonts/truetype")
FAMILIES: dict[str, tuple[str, str, str, str, float]] = {
    "liberation": ("Regular", "Bold", "Italic", "BoldItalic", 1.0),
    "freeserif": ("", "Bold", "Italic", "BoldItalic", 1.0),
    "noto": ("Regular", "Bold", "Italic", "BoldItalic", 0.92),
    "dejavu": ("", "-Bold", "-Italic", "-BoldItalic", 0.86),
}
PATTERNS = {
    "liberation": "liberation2/LiberationSerif-{}.ttf", "freeserif": "freefont/FreeSerif{}.ttf",
    "noto": "noto/NotoSerif-{}.ttf", "dejavu": "dejavu/DejaVuSerif{}.ttf",
}  # fmt: skip
STYLES: tuple[Style, ...] = ("regular", "bold", "italic", "bolditalic")


@dataclass(frozen=True, slots=True)
class Grade:
    """How worn a scan is: resolution choices, largest skew in degrees, blur and noise in grey levels, JPEG quality, grey of the paper."""

    dpi: tuple[int, ...]
    skew: float
    blur: tuple[float, float]
    noise: tuple[float, float]
    jpeg: int
    paper: tuple[int, int]


GRADES = {
    "clean": Grade((300,), 0.0, (0.0, 0.0), (0.0, 0.0), 95, (255, 255)),
    "office": Grade((200,), 0.7, (0.3, 0.6), (2.0, 5.0), 80, (242, 254)),
    "hard": Grade((120, 130, 140, 150), 1.5, (0.5, 0.9), (6.0, 12.0), 30, (205, 235)),
}


class Fonts:
    """The fonts of one family, loaded once per size."""

    def __init__(self, family: str) -> None:
        self.family, self.scale = family, FAMILIES[family][4]
        self._cache: dict[tuple[Style, float], ImageFont.FreeTypeFont] = {}

    def font(self, style: Style, size: float) -> ImageFont.FreeTypeFont:
        """The font for a size in points, at the resolution the ink is drawn in."""
        key = (style, size)
        if key not in self._cache:
            name = PATTERNS[self.family].format(FAMILIES[self.family][STYLES.index(style)])
            self._cache[key] = ImageFont.truetype(FONT_ROOT / name, size * self.scale * INK_DPI / 72)
        return self._cache[key]

    def measure(self, text: str, style: Style, size: float) -> float:
        """Width of a word in points."""
        return self.font(style, size).getlength(text) * 72 / INK_DPI


def families() -> list[str]:
    """The families whose files are installed here."""
    return [f for f in FAMILIES if (FONT_ROOT / PATTERNS[f].format(FAMILIES[f][0])).exists()]


def ink(sheet: Sheet, fonts: Fonts, rng: np.random.Generator) -> tuple[Pixels, list[tuple[Placed, tuple[float, float, float, float]]]]:
    """Draws one sheet in full resolution: black text, then the blue signature and the red seal as translucent ink over it."""
    scale = INK_DPI / 72
    page = Image.new("L", (round(A4[0] * scale), round(A4[1] * scale)), 255)
    draw = ImageDraw.Draw(page)
    boxes = []
    for word in sheet.words:
        font = fonts.font(word.run.style, word.run.size)
        at = (word.x * scale, word.y * scale)
        draw.text(at, word.run.text, fill=18, font=font, anchor="ls")
        x0, y0, x1, y1 = draw.textbbox(at, word.run.text, font=font, anchor="ls")
        boxes.append((word, (x0 / scale, y0 / scale, x1 / scale, y1 / scale)))
    for x0, y0, x1, y1 in sheet.rulings:
        draw.line((x0 * scale, y0 * scale, x1 * scale, y1 * scale), fill=25, width=max(2, round(0.6 * scale)))
    if sheet.number > 1:
        draw.text((A4[0] / 2 * scale, 44 * scale), str(sheet.number), fill=18, font=fonts.font("regular", 13.0), anchor="ms")
    out = np.repeat(np.asarray(page, np.uint8)[:, :, None], 3, axis=2)
    if sheet.seal:
        out = _stain(out, _signature(page.size, sheet.seal, scale, rng), (40, 60, 170), 0.9)
        out = _stain(out, _seal(page.size, sheet.seal, scale, fonts), (215, 45, 55), 0.8)
    return out, boxes


def _stain(page: Pixels, mask: Image.Image, colour: tuple[int, int, int], strength: float) -> Pixels:
    """Lays translucent ink on the page: each channel is multiplied, as real ink does."""
    cover = np.asarray(mask, np.float32)[:, :, None] / 255 * strength
    tint = 1 - cover * (1 - np.array(colour, np.float32) / 255)
    stained: Pixels = (page.astype(np.float32) * tint).astype(np.uint8)
    return stained


def _seal(size: tuple[int, int], centre: tuple[float, float], scale: float, fonts: Fonts) -> Image.Image:
    mask = Image.new("L", size, 0)
    draw = ImageDraw.Draw(mask)
    cx, cy, radius = centre[0] * scale, centre[1] * scale, 50 * scale
    for r, width in ((radius, 2.4), (radius - 4 * scale, 0.8), (radius * 0.62, 0.8)):
        draw.ellipse((cx - r, cy - r, cx + r, cy + r), outline=255, width=round(width * scale))
    rays = [(k * math.pi / 5, radius * (0.42 if k % 2 == 0 else 0.17)) for k in range(10)]
    points = [(cx + math.sin(angle) * r, cy - math.cos(angle) * r) for angle, r in rays]
    draw.polygon(points, fill=255)
    font = fonts.font("bold", 8.0)
    legend = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM ★ ỦY BAN NHÂN DÂN TỈNH ★ "
    for index, letter in enumerate(legend):
        angle = 2 * math.pi * index / len(legend)
        glyph = Image.new("L", (round(12 * scale), round(14 * scale)), 0)
        ImageDraw.Draw(glyph).text((glyph.width / 2, glyph.height / 2), letter, fill=255, font=font, anchor="mm")
        glyph = glyph.rotate(-math.degrees(angle), Image.Resampling.BICUBIC)
        x, y = cx + math.sin(angle) * radius * 0.77, cy - math.cos(angle) * radius * 0.77
        mask.paste(255, (round(x - glyph.width / 2), round(y - glyph.height / 2)), glyph)
    return mask


def _signature(size: tuple[int, int], centre: tuple[float, float], scale: float, rng: np.random.Generator) -> Image.Image:
    mask = Image.new("L", size, 0)
    t = np.linspace(0, 1, 240)
    x = centre[0] + 20 + 120 * t + 9 * np.sin(t * rng.uniform(20, 30))
    y = centre[1] + 8 + 16 * np.sin(t * rng.uniform(24, 36)) * (1 - t) + 10 * np.sin(t * 5)
    line = [(float(a) * scale, float(b) * scale) for a, b in zip(x, y, strict=True)]
    ImageDraw.Draw(mask).line(line, fill=255, width=round(1.3 * scale), joint="curve")
    return mask


def wear(page: Pixels, grade: Grade, rng: np.random.Generator) -> tuple[bytes, NDArray[np.float64], tuple[int, int]]:
    """Scans the ink: grey paper, skew, blur, resolution, noise, JPEG. Returns the file, the map from points to pixels (2 x 3), the size."""
    dpi = int(rng.choice(grade.dpi))
    angle = float(rng.uniform(-grade.skew, grade.skew)) if grade.skew else 0.0
    height, width = page.shape[:2]
    paper = int(rng.integers(grade.paper[0], grade.paper[1] + 1))
    page = (page.astype(np.float32) * (paper / 255)).astype(np.uint8)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    if angle:
        page = np.asarray(cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(paper,) * 3), np.uint8)
    size = (round(A4[0] * dpi / 72), round(A4[1] * dpi / 72))
    page = np.asarray(cv2.resize(page, size, interpolation=cv2.INTER_AREA), np.uint8)
    blur = float(rng.uniform(*grade.blur))
    if blur:
        page = np.asarray(cv2.GaussianBlur(page, (0, 0), blur), np.uint8)
    noise = float(rng.uniform(*grade.noise))
    if noise:
        grain = rng.normal(0, noise, page.shape[:2])[:, :, None] + rng.normal(0, noise / 3, page.shape)
        page = np.clip(page.astype(np.float32) + grain, 0, 255).astype(np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(page).save(buffer, "JPEG", quality=grade.jpeg, dpi=(dpi, dpi))
    whole = np.vstack([turn, [0, 0, 1]]) @ np.diag([INK_DPI / 72, INK_DPI / 72, 1.0])
    to_pixels = (np.diag([size[0] / width, size[1] / height, 1.0]) @ whole)[:2]
    return buffer.getvalue(), to_pixels, size


def truth(sheet: Sheet, boxes: list[tuple[Placed, tuple[float, float, float, float]]], matrix: NDArray[np.float64]) -> dict[str, Any]:
    """The words with their boxes in pixels of the worn image, and the text in reading order as `Page.text` is defined."""
    rank = {"left": 0, "right": 1, "body": 2, "table": 2, "recipients": 3, "signature": 4}
    words: list[dict[str, Any]] = []
    for word, (x0, y0, x1, y1) in boxes:
        corners = matrix @ np.array([[x0, x1, x1, x0], [y0, y0, y1, y1], [1, 1, 1, 1]])
        box = [round(float(v), 1) for v in (*corners.min(axis=1), *corners.max(axis=1))]
        words.append({"text": word.run.text, "zone": word.zone, "line": word.line, "paragraph": word.paragraph, "box": box})
    words.sort(key=lambda w: (rank[w["zone"]], w["paragraph"], w["line"]))
    text, last = "", None
    for entry in words:
        if last is not None:
            same_zone = rank[entry["zone"]] == rank[last["zone"]]
            text += "\n\n" if not same_zone else "\n" if entry["paragraph"] != last["paragraph"] else " "
        text += entry["text"]
        last = entry
    return {"number": sheet.number, "text": text, "words": words}


def write_pdf(images: list[bytes], path: Path) -> None:
    """A PDF of A4 pages, each with its scan as it is: the JPEG goes in byte for byte, whatever its resolution."""
    pdf = pdfium.PdfDocument.new()
    for data in images:
        page = pdf.new_page(*A4)
        picture = pdfium.PdfImage.new(pdf)
        picture.load_jpeg(io.BytesIO(data), inline=True)
        picture.set_matrix(pdfium.PdfMatrix().scale(*A4))
        page.insert_obj(picture)
        page.gen_content()
    pdf.save(path)


def make(path: Path, grade_name: str, out: Path, *, pdf: bool, turn: int = 0, series: int = 0) -> int:
    """Writes the scans of one text at one grade; returns the number of pages. The seed is the name, the grade and, but for series 0, the
    `series`; `turn` picks the font."""
    of_series = f"/{series}" if series else ""
    seed = int.from_bytes(hashlib.sha256(f"{path.stem}/{grade_name}{of_series}".encode()).digest()[:8], "big")
    rng = np.random.default_rng(seed)
    known = families()
    if not known:
        raise SystemExit("make_scans: no serif font with Vietnamese found; install fonts-liberation2")
    family = known[turn % len(known)]
    fonts = Fonts(family)
    sheets = typeset("\n".join(paragraphs(path)), fonts.measure, float(rng.choice([13.0, 13.5, 14.0])))
    pages, images = [], []
    for sheet in sheets:
        page, boxes = ink(sheet, fonts, rng)
        data, matrix, size = wear(page, GRADES[grade_name], rng)
        name = f"{path.stem}-{grade_name}-p{sheet.number}.jpg"
        (out / name).write_bytes(data)
        images.append(data)
        pages.append({"image": name, "size": list(size), "font": family, **truth(sheet, boxes, matrix)})
    (out / f"{path.stem}-{grade_name}.json").write_text(json.dumps({"pages": pages}, ensure_ascii=False, indent=1), encoding="utf-8")
    if pdf:
        write_pdf(images, out / f"{path.stem}-{grade_name}.pdf")
    return len(pages)


def main(argv: list[str] | None = None) -> int:
    """The command line; prints one line per document."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("texts", type=Path, nargs="+", help="text files or folders of them")
    parser.add_argument("--grade", action="append", choices=sorted(GRADES), help="may be given more than once; default office and hard")
    parser.add_argument("--pdf", action="store_true")
    parser.add_argument("--series", type=int, default=0, help="other fonts, skews and noise for each number")
    parser.add_argument("--limit", type=int, default=0, help="stop after so many texts")
    args = parser.parse_args(argv)
    args.out.mkdir(parents=True, exist_ok=True)
    files = [f for t in args.texts for f in (sorted(t.glob("*.txt")) if t.is_dir() else [t])]
    for index, path in enumerate(files[: args.limit or None]):
        for grade in args.grade or ["office", "hard"]:
            turn = index + 3 * list(GRADES).index(grade) + args.series
            pages = make(path, grade, args.out, pdf=args.pdf, turn=turn, series=args.series)
            print(f"{path.stem} {grade}: {pages} pages", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
