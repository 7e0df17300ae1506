"""Signature dictionaries of a PDF: who signed and when, as evidence beside what the page says, never instead of it.

Read through pdfium and the certificates inside; pdfplumber's annotation list is not touched, it recurses without end on real files.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium
from cryptography import x509
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

from pipeline.records import Evidence

MOST = 50  # signatures looked at
_TIME = re.compile(r"^(?:D:)?(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?(Z|[+-]\d{2})?'?(\d{2})?")
_FIELDS = ((NameOID.COMMON_NAME, "signer"), (NameOID.ORGANIZATION_NAME, "organization"), (NameOID.ORGANIZATIONAL_UNIT_NAME, "unit"))


def evidence(document: Any) -> Iterator[Evidence]:
    """What the signatures of a pypdfium2 document say, in their order; a signature that cannot be read says nothing."""
    for k in range(min(pdfium.FPDF_GetSignatureCount(document.raw), MOST)):
        signature = pdfium.FPDF_GetSignatureObject(document.raw, k)
        if not signature:
            continue
        origin = f"signature {k + 1}"
        time = iso_time(_string(pdfium.FPDFSignatureObj_GetTime, signature).decode("ascii", "replace"))
        if time:
            yield Evidence(origin=origin, field="signed_at", value=time)
        for field, value in _subject(_string(pdfium.FPDFSignatureObj_GetContents, signature)):
            yield Evidence(origin=origin, field=field, value=value)


def _string(call: Any, signature: Any) -> bytes:
    size = call(signature, None, 0)
    if not 0 < size < 10_000_000:
        return b""
    buffer = ctypes.create_string_buffer(size)
    call(signature, ctypes.cast(buffer, ctypes.c_void_p) if call is pdfium.FPDFSignatureObj_GetContents else buffer, size)
    return buffer.raw[:size].rstrip(b"\0") if call is pdfium.FPDFSignatureObj_GetTime else buffer.raw[:size]


def iso_time(stamp: str) -> str | None:
    """A PDF date ("D:20260721142426+07'00'") as ISO 8601, or None."""
    found = _TIME.match(stamp.strip("\0 "))
    if not found:
        return None
    year, month, day, hour, minute, second, zone, zone_minutes = found.groups()
    text = f"{year}-{month}-{day}"
    if hour:
        text += f"T{hour}:{minute}:{second or '00'}"
        if zone:
            text += "+00:00" if zone == "Z" else f"{zone}:{zone_minutes or '00'}"
    return text


def _subject(contents: bytes) -> list[tuple[str, str]]:
    """Names in the signer's certificate: the one that issued no other in the bundle."""
    try:
        certificates = pkcs7.load_der_pkcs7_certificates(_der(contents))
        issuers = {c.issuer for c in certificates if c.issuer != c.subject}
        leaf = next((c for c in certificates if c.subject not in issuers), certificates[0])
        return [(field, str(a.value)) for oid, field in _FIELDS for a in _attributes(leaf, oid)[:1]]
    except Exception:
        return []


def _attributes(certificate: x509.Certificate, oid: x509.ObjectIdentifier) -> list[x509.NameAttribute[Any]]:
    return certificate.subject.get_attributes_for_oid(oid)


def _der(contents: bytes) -> bytes:
    """The DER object without the zero bytes that pad the placeholder."""
    if len(contents) < 4 or contents[0] != 0x30 or contents[1] < 0x82:
        return contents
    count = contents[1] & 0x7F
    return contents[: 2 + count + int.from_bytes(contents[2 : 2 + count], "big")]
