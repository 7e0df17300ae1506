"""Text layers of glyph numbers: Times New Roman as Identity-H without ToUnicode, read through a table of its glyphs.

Only fonts that are named so and have no ToUnicode are decoded; the caller judges the page again afterwards.
"""

from __future__ import annotations

import ctypes
import io
import re
from functools import cache
from typing import Any

import pypdfium2.raw as pdfium

from pipeline.data import load

_NAME = re.compile(r"^(?:[A-Z]{6}\+)?Times ?New ?Roman", re.IGNORECASE)


@cache
def _table() -> dict[int, str]:
    return {int(number): c for number, c in load.table("glyphs_times_new_roman")["glyphs"].items()}


def fonts_without_unicode(data: bytes) -> frozenset[str]:
    """Names of the Times New Roman fonts in a PDF that are Identity-H, have no ToUnicode, and nowhere in the file have one."""
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser

    without: set[str] = set()
    having: set[str] = set()
    document = PDFDocument(PDFParser(io.BytesIO(data)))
    for page in PDFPage.create_pages(document):
        _collect(page.resources, without, having, 0)
    return frozenset(without - having)


def _collect(resources: Any, without: set[str], having: set[str], depth: int) -> None:
    from pdfminer.pdftypes import resolve1

    resources = resolve1(resources)
    if not isinstance(resources, dict) or depth > 3:
        return
    for font in (resolve1(resources.get("Font")) or {}).values():
        font = resolve1(font)
        if not isinstance(font, dict):
            continue
        name = str(getattr(resolve1(font.get("BaseFont")), "name", ""))
        encoding = getattr(resolve1(font.get("Encoding")), "name", "")
        if _NAME.match(name):
            (without if encoding == "Identity-H" and "ToUnicode" not in font else having).add(name)
    for form in (resolve1(resources.get("XObject")) or {}).values():
        attributes = getattr(resolve1(form), "attrs", {})
        if "Resources" in attributes:
            _collect(attributes["Resources"], without, having, depth + 1)


def decode(textpage: Any, fonts: frozenset[str]) -> tuple[str, int]:
    """The layer's text with the codes of `fonts` as letters, one character per character number; and how many were unknown."""
    table = _table()
    out, unknown = [], 0
    names: dict[int, bool] = {}
    for i in range(pdfium.FPDFText_CountChars(textpage)):
        code = pdfium.FPDFText_GetUnicode(textpage, i)
        if pdfium.FPDFText_IsGenerated(textpage, i) == 1:
            out.append("\n" if code in (10, 13) else " ")
            continue
        if _in_fonts(textpage, i, fonts, names):
            c = table.get(code)
            unknown += c is None
            out.append(c or "\ufffd")
        else:
            out.append(chr(code) if code < 0xD800 else "\ufffd")
    return "".join(out), unknown


def _in_fonts(textpage: Any, index: int, fonts: frozenset[str], names: dict[int, bool]) -> bool:
    obj = pdfium.FPDFText_GetTextObject(textpage, index)
    key = ctypes.cast(obj, ctypes.c_void_p).value or 0
    if key not in names:
        names[key] = font_name(textpage, index) in fonts
    return names[key]


def font_name(textpage: Any, index: int) -> str:
    """The name of the font of one character, with its subset prefix; empty when it has none."""
    buffer, flags = ctypes.create_string_buffer(256), ctypes.c_int()
    size = pdfium.FPDFText_GetFontInfo(textpage, index, buffer, 256, ctypes.byref(flags))
    return buffer.value.decode("utf-8", "replace") if size else ""
