"""Writers of PDF files: sound ones, and those whose text layer is missing or lies in the ways that real files do."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pikepdf
from fontTools import subset
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont as FontFile
from pdf_pages import HEIGHT, WIDTH, Run, Sheet
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONTS = Path("/usr/share/fonts/truetype")
FACES = {
    "LiberationSerif": {"": "LiberationSerif-Regular", "b": "LiberationSerif-Bold", "i": "LiberationSerif-Italic"},
    "LiberationSans": {"": "LiberationSans-Regular", "b": "LiberationSans-Bold", "i": "LiberationSans-Italic"},
    "DejaVuSerif": {"": "DejaVuSerif", "b": "DejaVuSerif-Bold", "i": "DejaVuSerif-Italic"},
}


def face_path(face: str, style: str) -> Path:
    """The font file, from Debian's fonts-liberation (version 2) or fonts-dejavu."""
    folders = ("liberation2", "liberation", "dejavu")
    return next((p for f in folders if (p := FONTS / f / f"{FACES[face][style]}.ttf").exists()), FONTS / f"{FACES[face][style]}.ttf")


def available() -> bool:
    """Whether the fonts the maker needs are installed and know Vietnamese."""
    paths = [face_path(face, style) for face in FACES for style in ("", "b")]
    return all(p.exists() and ord("ữ") in FontFile(p).getBestCmap() for p in paths)


def register(face: str) -> None:
    for style in ("", "b", "i"):
        path = face_path(face, style)
        pdfmetrics.registerFont(TTFont(face + style, str(path if path.exists() else face_path(face, ""))))


def measure(face: str, change: Callable[[str], str] = str) -> Any:
    """Widths of text in `face` once it is changed as it will be written; Times-Roman has no styles."""
    return lambda text, size, style: pdfmetrics.stringWidth(change(text), face if face == "Times-Roman" else face + style, size)


def sound(sheets: Iterable[Sheet], face: str, render_mode: int = 0, picture: list[bytes] | None = None, plain: bool = False) -> bytes:
    """The sheets as a PDF. `render_mode` 3 hides the text; `picture` puts a page image under it; `plain` uses Times-Roman (8 bit)."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=1)
    for k, sheet in enumerate(sheets):
        if picture:
            canvas.drawImage(ImageReader(io.BytesIO(picture[k])), 0, 0, WIDTH, HEIGHT)
        for run in sheet.runs:
            text = canvas.beginText(run.x, HEIGHT - run.y)
            text.setFont("Times-Roman" if plain else face + run.style, run.size)
            text.setTextRenderMode(render_mode)
            text.textOut(run.text)
            canvas.drawText(text)
        canvas.setLineWidth(0.6)
        for x0, y0, x1, y1 in sheet.rules:
            canvas.line(x0, HEIGHT - y0, x1, HEIGHT - y1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def pictures(pdf: bytes, dpi: int = 110) -> list[bytes]:
    """Each page of `pdf` as a JPEG, as a scanner would give it."""
    import pypdfium2

    pages = []
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        out = io.BytesIO()
        page.render(scale=dpi / 72).to_pil().convert("RGB").save(out, "JPEG", quality=60)
        pages.append(out.getvalue())
    return pages


def with_fields(pdf: bytes, sheets: list[Sheet], signature: str | None = None) -> bytes:
    """Adds the sheets' fields, and a visible signature stamp, as Widget annotations with their own appearance."""
    document = pikepdf.open(io.BytesIO(pdf))
    fields = pikepdf.Array()
    for page, sheet in zip(document.pages, sheets, strict=True):
        annotations = pikepdf.Array()
        items = [([run], 4.0) for run, _ in sheet.fields]
        if signature and sheet is sheets[0]:
            lines = signature.split("\n")
            items.append(([Run(380, 30 + 9.0 * k, 7.5, line) for k, line in enumerate(lines)], 160.0))
        for runs, extra in items:
            annotations.append(document.make_indirect(_widget(document, runs, extra, len(fields))))
            fields.append(annotations[-1])
        if len(annotations):
            page.obj.Annots = annotations
    document.Root.AcroForm = document.make_indirect(pikepdf.Dictionary(Fields=fields))
    return _save(document)


def _widget(document: pikepdf.Pdf, runs: list[Run], width: float, number: int) -> pikepdf.Dictionary:
    """A Widget whose appearance shows `runs`, written with an embedded Liberation Serif by glyph number and ToUnicode."""
    font, hexed = _gid_font(document, "LiberationSerif", [r.text for r in runs], identity=None)
    x, top = runs[0].x - 1, runs[0].y - runs[0].size
    height = runs[-1].y - top + 4
    width = max(width, max(len(r.text) * r.size * 0.55 for r in runs)) + 2
    body = "".join(f"BT /F {r.size} Tf {r.x - x:.2f} {height - (r.y - top):.2f} Td <{h}> Tj ET\n" for r, h in zip(runs, hexed, strict=True))
    form = pikepdf.Stream(
        document,
        body.encode(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        BBox=[0, 0, width, height],
        Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font)),
    )
    rect = [x, HEIGHT - top - height, x + width, HEIGHT - top]
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Widget,
        FT=pikepdf.Name.Tx,
        T=f"field{number}",
        F=4,
        Rect=rect,
        V=runs[0].text,
        AP=pikepdf.Dictionary(N=document.make_indirect(form)),
    )


def _gid_font(document: pikepdf.Pdf, face: str, texts: list[str], identity: dict[str, int] | None) -> tuple[pikepdf.Object, list[str]]:
    """A Type0 Identity-H font and the texts in its codes. `identity` gives glyph numbers of another font: then no ToUnicode is written."""
    path = face_path(face, "")
    source = FontFile(path)
    if identity is None:
        cmap = source.getBestCmap()
        numbers = {c: source.getGlyphID(cmap[ord(c)]) for t in texts for c in t}
        data = _subset(path, "".join(texts))
        name = "LiberationSerif"
        advance = {g: source["hmtx"][source.getGlyphName(g)][0] for g in numbers.values()}
    else:
        numbers = identity
        data, advance = _reordered(source, identity)
        name = "ABCDEF+TimesNewRomanPSMT"
    units = source["head"].unitsPerEm
    descriptor = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor,
        FontName=pikepdf.Name("/" + name),
        Flags=4,
        FontBBox=[-500, -300, 1500, 1000],
        ItalicAngle=0,
        Ascent=891,
        Descent=-216,
        CapHeight=662,
        StemV=80,
        FontFile2=document.make_indirect(pikepdf.Stream(document, data)),
    )
    widths = pikepdf.Array()
    for gid, w in sorted(advance.items()):
        widths.extend([gid, pikepdf.Array([round(w * 1000 / units)])])
    descendant = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.CIDFontType2,
        BaseFont=pikepdf.Name("/" + name),
        W=widths,
        DW=500,
        CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        FontDescriptor=document.make_indirect(descriptor),
        CIDToGIDMap=pikepdf.Name.Identity,
    )
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type0,
        BaseFont=pikepdf.Name("/" + name),
        Encoding=pikepdf.Name("/Identity-H"),
        DescendantFonts=[document.make_indirect(descendant)],
    )
    if identity is None:
        pairs = "".join(f"<{g:04X}> <{ord(c):04X}>\n" for c, g in numbers.items())
        cmap_text = (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
            f"1 begincodespacerange <0000> <FFFF> endcodespacerange {len(numbers)} beginbfchar\n{pairs}endbfchar endcmap end end"
        )
        font.ToUnicode = document.make_indirect(pikepdf.Stream(document, cmap_text.encode()))
    return document.make_indirect(font), ["".join(f"{numbers[c]:04X}" for c in t) for t in texts]


def _subset(path: Path, text: str) -> bytes:
    """The font with only the glyphs of `text`, under their own numbers, as word processors embed it."""
    options = subset.Options(retain_gids=True, hinting=False, notdef_outline=True, drop_tables=["FFTM"])
    font = subset.load_font(str(path), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=text)
    subsetter.subset(font)
    out = io.BytesIO()
    subset.save_font(font, out, options)
    return out.getvalue()


def _reordered(source: FontFile, identity: dict[str, int]) -> tuple[bytes, dict[int, int]]:
    """Liberation's outlines under Times New Roman's glyph numbers."""
    cmap, glyphs, hmtx = source.getBestCmap(), source.getGlyphSet(), source["hmtx"]
    order = [".notdef"] + [f"g{n}" for n in range(1, max(identity.values()) + 1)]
    outlines, metrics = {}, {}
    empty = TTGlyphPen(None).glyph()
    by_number = {n: c for c, n in identity.items()}
    for n, glyph_name in enumerate(order):
        c = by_number.get(n)
        if c is None or ord(c) not in cmap:
            outlines[glyph_name], metrics[glyph_name] = empty, (500, 0)
            continue
        recorded = DecomposingRecordingPen(glyphs)
        glyphs[cmap[ord(c)]].draw(recorded)
        pen = TTGlyphPen(None)
        recorded.replay(pen)
        outlines[glyph_name], metrics[glyph_name] = pen.glyph(), (hmtx[cmap[ord(c)]][0], 0)
    builder = FontBuilder(source["head"].unitsPerEm, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({})
    builder.setupGlyf(outlines)
    builder.setupHorizontalMetrics(metrics)
    builder.setupHorizontalHeader(ascent=1825, descent=-443)
    builder.setupPost(keepGlyphNames=False)
    builder.font["head"].created = builder.font["head"].modified = 0
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue(), {n: metrics[f"g{n}"][0] for n in by_number}


def glyph_numbers(sheets: list[Sheet], table: Path) -> bytes:
    """The sheets in an Identity-H font named Times New Roman without ToUnicode, coded by the glyph numbers of `table` (JSON)."""
    known: dict[str, str] = json.loads(table.read_text("utf-8"))["glyphs"]
    identity: dict[str, int] = {}
    for number, c in known.items():
        if int(number) >= 3:
            identity.setdefault(c, int(number))
    document = pikepdf.new()
    font, _ = _gid_font(document, "LiberationSerif", [], identity)
    for sheet in sheets:
        page = document.add_blank_page(page_size=(WIDTH, HEIGHT))
        body = "".join(
            f"BT /F {r.size} Tf {r.x:.2f} {HEIGHT - r.y:.2f} Td <{''.join(f'{identity[c]:04X}' for c in r.text)}> Tj ET\n"
            for r in sheet.runs
        )
        lines = "".join(f"0.6 w {a:.2f} {HEIGHT - b:.2f} m {c:.2f} {HEIGHT - d:.2f} l S\n" for a, b, c, d in sheet.rules)
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        page.obj.Contents = document.make_indirect(pikepdf.Stream(document, (body + lines).encode()))
    return _save(document)


def join(parts: list[bytes]) -> bytes:
    """The first page of each part, as one file."""
    document = pikepdf.new()
    opened = [pikepdf.open(io.BytesIO(data)) for data in parts]  # they must outlive the saving
    document.pages.extend(part.pages[0] for part in opened)
    return _save(document)


def renamed(pdf: bytes, name: str) -> bytes:
    """`pdf` with its 8-bit font called `name` (".VnTime", "VNI-Times")."""
    document = pikepdf.open(io.BytesIO(pdf))
    for obj in document.objects:
        if isinstance(obj, pikepdf.Dictionary) and obj.get("/BaseFont") == "/Times-Roman":
            obj.BaseFont = pikepdf.Name("/" + name)
    return _save(document)


def _save(document: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    document.save(out, deterministic_id=True)
    return out.getvalue()
