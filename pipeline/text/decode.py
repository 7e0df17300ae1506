"""Bytes of a text file to a string: UTF-8, UTF-16, Windows-1258 and the 8-bit Vietnamese fonts (domain rule 8.1)."""

from __future__ import annotations

import codecs
import re
import unicodedata

from pipeline.errors import ReadingError
from pipeline.text import legacy

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_MODERN = re.compile(r"[\u1ea0-\u1ef9]")
_STRAY = re.compile(r"[^\W\d_][\u00a1-\u00bf\u00d7\u00f7][^\W\d_]")  # signs inside words: letters of TCVN3
_LINE = re.compile(r"[^\n]+")


def decode(data: bytes, name: str) -> str:
    """The text in `data`, decoded but otherwise as it stands.

    Raises ReadingError with reason "empty" or "binary"; `name` is only for its message.
    """
    if not data.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n\x0c"):
        raise ReadingError("the file is empty", where=name, hint="ask the sender for it again", reason="empty")
    text = _decode(data)
    if text is None or len(_CONTROL.findall(text)) * 50 > len(text):
        raise ReadingError("not a text file", where=name, hint="give a PDF, image, Word or text file", reason="binary")
    return mend_legacy(text)


def _decode(data: bytes) -> str | None:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, errors="replace")
    if b"\x00" in data[:4096]:
        half = data[:4096]
        encoding = "utf-16-le" if half[1::2].count(0) > half[0::2].count(0) else "utf-16-be"
        try:
            return data.decode(encoding) if half.count(0) * 8 > len(half) else None
        except UnicodeDecodeError:
            return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start > 64 and error.start > len(data) - 4:  # cut in the middle of the last letter
            return data[: error.start].decode("utf-8")
    broken = data.decode("utf-8", errors="replace")
    if broken.count("\ufffd") * 200 < len(broken):  # UTF-8 with a few damaged bytes
        return broken
    return _single_byte(data)


def _single_byte(data: bytes) -> str:
    """Windows-1258 (tones as combining marks) where it makes Vietnamese letters, else Windows-1252, which carries TCVN3 and VNI."""
    composed = unicodedata.normalize("NFC", data.decode("cp1258", errors="replace"))
    letters = sum(c.isalpha() for c in composed)
    if _MODERN.search(composed) and len(_MODERN.findall(composed)) * 25 > letters and not _STRAY.search(composed):
        return composed
    return data.decode("cp1252", errors="replace")


def mend_legacy(text: str) -> str:
    """`text` with TCVN3 or VNI written out in Unicode, by document or, where only some lines are, line by line."""
    whole = legacy.detect(text)
    if whole:
        return legacy.convert(text, whole)

    def line(m: re.Match[str]) -> str:
        found = legacy.detect(m[0]) if len(m[0]) > 12 else None
        return legacy.convert(m[0], found) if found else m[0]

    return _LINE.sub(line, text) if not text.isascii() else text
