"""The pictures on a PDF page: how much of it they cover, and how finely a scan was made. Runs inside the parsing process."""

from __future__ import annotations

import ctypes
import math
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from pipeline.reading.pdf_words import Frame
from pipeline.reading.tables import plain

_COVERS = 0.9  # the share of a page under one picture that makes it a scan
_LEAST_DPI = 60.0  # coarser scans are drawn at this


def share(page: Any, frame: Frame) -> tuple[float, bool]:
    """The share of the page covered by images (tiles add up), and whether its text is drawn invisibly."""
    area, hidden, texts = 0.0, 0, 0
    for obj in page.get_objects(max_depth=4):
        if obj.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = obj.get_bounds()
            area += max(0.0, right - left) * max(0.0, top - bottom)
        elif obj.type == pdfium.FPDF_PAGEOBJ_TEXT and texts < 50:
            texts += 1
            hidden += invisible(obj)
    return round(min(1.0, area / max(1.0, frame.width * frame.height)), 3), hidden * 2 > texts > 0


def boxes(page: Any, frame: Frame) -> list[tuple[float, float, float, float]]:
    """The places of the images of a page: x0, top, x1, bottom in points from the top left corner of the page as shown."""
    if not _any_picture(page):
        return []
    found = [obj.get_bounds() for obj in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=4)]
    if not found:
        return []
    left, bottom, right, top = np.array(found, np.float64).T
    return [tuple(b) for b in np.stack(frame.place(left, bottom, right, top), 1).round(2).tolist()]


def _any_picture(page: Any) -> bool:
    """Whether there may be an image on the page, at little cost: most pages have none."""
    holder = ctypes.cast(page.raw, ctypes.c_void_p).value or 0
    kind_of, get = plain("FPDFPageObj_GetType", 1), plain("FPDFPage_GetObject", 2)
    kinds = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM)
    return any(kind_of(get(holder, k)) in kinds for k in range(plain("FPDFPage_CountObjects", 1)(holder)))


def invisible(obj: Any) -> bool:
    """Whether a text object is drawn invisibly, as the text layers of scanners are."""
    return bool(pdfium.FPDFTextObj_GetTextRenderMode(obj.raw) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)


def scan_dpi(page: Any) -> float:
    """The resolution of the picture that a scanned page consists of, in dots per inch; infinite where more than that is drawn on it."""
    width, height = page.get_size()
    found = math.inf
    for obj in page.get_objects(max_depth=4):
        if obj.type == pdfium.FPDF_PAGEOBJ_FORM or (obj.type == pdfium.FPDF_PAGEOBJ_TEXT and invisible(obj)):
            continue
        if obj.type != pdfium.FPDF_PAGEOBJ_IMAGE or found < math.inf:
            return math.inf
        left, bottom, right, top = obj.get_bounds()
        if (right - left) * (top - bottom) < _COVERS * width * height:
            return math.inf
        across, down = obj.get_px_size()
        found = max(_LEAST_DPI, (down if page.get_rotation() % 180 else across) * 72 / width)
    return found
