"""What kind of file is this? Told by content, never by name."""

from __future__ import annotations

import io
import re
import zipfile
from struct import error as struct_error
from typing import Literal

Kind = Literal["pdf", "image", "docx", "doc", "encrypted-office", "zip", "edxml", "text", "unknown"]

MEDIA_TYPES: dict[Kind, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "doc": "application/msword",
    "zip": "application/zip",
    "edxml": "application/edxml+xml",
    "text": "text/plain",
}
_IMAGES = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"II*\0", "image/tiff"), (b"MM\0*", "image/tiff"))
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_EDXML = re.compile(rb"<(?:[\w.-]+:)?(?:edXML|edxml|EdXML|edXMLEnvelope)\b", re.IGNORECASE)
_OTHERS = (b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"GIF8", b"BM", b"\x7fELF", b"MZ", b"PAR1", b"ftyp")


def kind_of(data: bytes) -> tuple[Kind, str]:
    """The kind and the media type of a file's bytes. Text is whatever is nothing else: its decoder refuses what is binary."""
    head = data[:1024]
    for magic, media_type in _IMAGES:
        if data.startswith(magic):
            return "image", media_type
    if data.startswith(_OLE):
        return _ole(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        kind = _zipped(data)
        return kind, MEDIA_TYPES.get(kind, "application/zip")
    if b"%PDF-" in head:  # after the archives: one may hold a PDF as it is, and some writers put bytes before the mark
        return "pdf", MEDIA_TYPES["pdf"]
    if _xml(head) and _EDXML.search(_ascii(data[:8192])):
        return "edxml", MEDIA_TYPES["edxml"]
    if data.startswith(b"{\\rtf"):
        return "doc", "application/rtf"
    if data.startswith(_OTHERS[:4]) or (data.startswith(_OTHERS[4:-1]) and b"\0" in head) or head[4:8] == _OTHERS[-1]:
        return "unknown", "application/octet-stream"
    return "text", MEDIA_TYPES["text"]


def _ascii(head: bytes) -> bytes:
    """Bytes of UTF-16 as if they were UTF-8, enough to find a tag."""
    return head.replace(b"\0", b"") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head


def _xml(head: bytes) -> bool:
    return _ascii(head).lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")


def _ole(data: bytes) -> tuple[Kind, str]:
    """Word, or an encrypted package, by the names in the compound file's directory (UTF-16)."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "encrypted-office", "application/x-ole-storage"
    if "WordDocument".encode("utf-16-le") in data:
        return "doc", MEDIA_TYPES["doc"]
    return "unknown", "application/x-ole-storage"


def _zipped(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist()[:5000])
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, struct_error):
        return "zip"
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names or "ppt/presentation.xml" in names:
        return "unknown"
    return "zip"
