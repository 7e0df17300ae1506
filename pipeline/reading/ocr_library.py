"""Tesseract called as a library, with one engine kept for all pages of a process: no start-up and no file for each page.

Text and boxes are those of the command (same version, same model; a test compares). Only for processes made to read pages: an image
that brings the engine down takes its process with it. Everywhere else, and where the library is missing, the command is used.
"""

from __future__ import annotations

import ctypes
import signal
import sys
from functools import cache

import numpy as np

from pipeline.reading.image import Pixels

_NAMES = ("libtesseract.so.5", "libtesseract.so.4", "libtesseract.5.dylib")
_ENGINE_LSTM = 1  # OEM_LSTM_ONLY: the only model that the data for Vietnamese holds
_GRACE = 10  # seconds after the engine's own limit until the process is ended: layout analysis does not look at the clock


class Timeout(Exception):
    """The page was not read in time."""


class Engine:
    """One engine with Vietnamese loaded. Not for use from several threads."""

    def __init__(self, library: ctypes.CDLL, language: str) -> None:
        self._library = library
        self._api = library.TessBaseAPICreate()
        if not self._api or library.TessBaseAPIInit2(self._api, None, language.encode(), _ENGINE_LSTM) != 0:
            raise OSError("the engine does not start")

    def table(self, grey: Pixels, dpi: int, seconds: float, psm: int) -> str:
        """The words of a grey page as the command's `tsv` output has them, with its heading. Raises Timeout, OSError."""
        library, api = self._library, self._api
        plane = np.ascontiguousarray(grey)
        height, width = plane.shape
        library.TessBaseAPISetPageSegMode(api, psm)
        library.TessBaseAPISetImage(api, plane.ctypes.data, width, height, 1, width)
        library.TessBaseAPISetSourceResolution(api, dpi)
        monitor = library.TessMonitorCreate()
        library.TessMonitorSetDeadlineMSecs(monitor, max(1, round(seconds * 1000)))
        signal.alarm(round(seconds) + _GRACE)
        try:
            if library.TessBaseAPIRecognize(api, monitor) != 0:
                raise Timeout
            found = library.TessBaseAPIGetTsvText(api, 0)
            if not found:
                raise OSError("the engine gives no text")
            rows = ctypes.string_at(found).decode("utf-8", "replace")
            library.TessDeleteText(found)
        finally:
            signal.alarm(0)
            library.TessMonitorDelete(monitor)
            library.TessBaseAPIClear(api)
        return _HEADING + rows


_HEADING = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"


@cache
def engine(version: str, language: str) -> Engine | None:
    """The engine of this process; None where there is no library of the command's own `version`, so that both ways give one text."""
    if sys.platform == "win32":
        return None
    for name in _NAMES:
        try:
            library = ctypes.CDLL(name)
            _declare(library)
            if library.TessVersion().decode("ascii", "replace") == version and _one_thread(library):
                return Engine(library, language)
        except (OSError, AttributeError):
            continue
    return None


def _one_thread(library: ctypes.CDLL) -> bool:
    """Whether OMP_THREAD_LIMIT took effect: it does not where OpenMP was loaded before it was set, and threads do not survive a fork."""
    try:
        return int(library.omp_get_thread_limit()) == 1
    except AttributeError:
        return True  # built without OpenMP


def _declare(library: ctypes.CDLL) -> None:
    """Tells ctypes the types of the functions used (capi.h); AttributeError for one that is missing."""
    handle, number, text = ctypes.c_void_p, ctypes.c_int, ctypes.c_char_p
    types = {
        "TessVersion": (text,),
        "TessBaseAPICreate": (handle,),
        "TessBaseAPIInit2": (number, handle, text, text, number),
        "TessBaseAPISetPageSegMode": (None, handle, number),
        "TessBaseAPISetImage": (None, handle, handle, number, number, number, number),
        "TessBaseAPISetSourceResolution": (None, handle, number),
        "TessMonitorCreate": (handle,),
        "TessMonitorSetDeadlineMSecs": (None, handle, number),
        "TessMonitorDelete": (None, handle),
        "TessBaseAPIRecognize": (number, handle, handle),
        "TessBaseAPIGetTsvText": (handle, handle, number),
        "TessDeleteText": (None, handle),
        "TessBaseAPIClear": (None, handle),
    }
    for name, (result, *arguments) in types.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
