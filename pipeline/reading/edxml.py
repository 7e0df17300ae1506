"""edXML packages (QCVN 102:2016/BTTTT): header fields as evidence, attachments as files. Parsed by local name, as producers differ."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from pipeline.errors import ReadingError
from pipeline.records import Evidence
from pipeline.settings import Settings

LONGEST = 500  # characters of a header value that are kept
MOST = 100  # attachments
_FIELDS = (
    "CodeNumber", "CodeNotation", "Place", "PromulgationDate", "TypeName", "Subject", "Competence", "Position", "FullName", "DueDate",
    "DocumentId", "Priority", "SteeringType", "OrganId", "OrganName", "BussinessDocType", "BussinessDocReason", "TaskCode", "PageAmount",
)  # fmt: skip
_PARENTS = ("From", "To", "ResponseFor", "ResponseForTask", "ToPlaces", "PromulgationInfo", "SignerInfo", "Code")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Attachment:
    """One enclosed file."""

    name: str
    data: bytes


def local(tag: Any) -> str:
    """An element's name without its namespace, lower case."""
    return str(tag).rsplit("}", 1)[-1].lower()


def parse(data: bytes, settings: Settings) -> tuple[list[Evidence], list[Attachment]]:
    """Header fields and attachments of a package. Raises ReadingError (bad-edxml, no-attachment, too-large)."""
    try:
        root = ElementTree.fromstring(data, forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise ReadingError("the edXML package is damaged or not safe", hint="ask the sender for it again", reason="bad-edxml") from error
    attachments = list(_attachments(root, settings))
    if not attachments:
        raise ReadingError("the edXML package holds no document", hint="ask the sender for the attachment", reason="no-attachment")
    return list(_header(root)), attachments


def _header(root: Any) -> Iterator[Evidence]:
    names = {f.lower(): f for f in _FIELDS}
    parents = {p.lower(): p for p in _PARENTS}
    for part in root.iter():
        if local(part.tag) in ("messageheader", "traceheaderlist"):
            yield from _values(part, "", names, parents)


def _values(part: Any, parent: str, names: dict[str, str], parents: dict[str, str]) -> Iterator[Evidence]:
    for child in part:
        name = local(child.tag)
        text = _SPACE.sub(" ", child.text or "").strip()
        if name in names and text:
            yield Evidence(origin="edxml", field=f"{parent}{names[name]}", value=text[:LONGEST])
        if len(child):
            yield from _values(child, f"{parents[name]}." if name in parents else parent, names, parents)


def _attachments(root: Any, settings: Settings) -> Iterator[Attachment]:
    room = settings.max_bytes
    found = [e for e in root.iter() if local(e.tag) == "attachment"][:MOST]
    for number, element in enumerate(found, 1):
        texts = sorted((t for e in element.iter() if (t := (e.text or "").strip())), key=len, reverse=True)
        if not texts or len(texts[0]) < 4:
            continue
        try:
            data = base64.b64decode(_SPACE.sub("", texts[0]), validate=True)
        except (binascii.Error, ValueError) as error:
            raise ReadingError(f"attachment {number} is damaged", hint="ask the sender for it again", reason="bad-edxml") from error
        room -= len(data)
        if room < 0:
            raise ReadingError("the attachments are too large together", hint="ask for them as files", reason="too-large")
        yield Attachment(_name(element) or f"attachment {number}", data)


def _name(element: Any) -> str:
    """What the package calls an attachment: an element or an attribute that ends in "name"."""
    for part in element.iter():
        text = (part.text or "").strip()
        if local(part.tag).endswith("name") and 0 < len(text) < 256:
            return text
        for key, value in part.attrib.items():
            if local(key).endswith("name") and value.strip():
                return str(value).strip()[:255]
    return ""
