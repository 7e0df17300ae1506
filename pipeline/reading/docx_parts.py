"""The parts of a DOCX package as XML trees, within bounds, and the names that WordprocessingML uses."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from pipeline.errors import ReadingError
from pipeline.reading.archive import bounded
from pipeline.settings import Settings

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_USUAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"


class Parts:
    """Opens a package; `tree(name)` gives a part's root element or None. Raises ReadingError (truncated, encrypted, bomb)."""

    def __init__(self, data: bytes, settings: Settings) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise ReadingError("the Word file is damaged or cut short", hint="ask the sender for it again", reason="truncated") from error
        self._room = settings.max_bytes
        self._names = {i.filename: i for i in self._archive.infolist()}

    def tree(self, name: str) -> Any | None:
        """The root of the part `name` ("word/document.xml"), or None where there is none."""
        info = self._names.get(name)
        if info is None:
            return None
        try:
            data = bounded(self._archive, info, self._room)
            self._room -= len(data)
            return ElementTree.fromstring(data.replace(_STRICT, _USUAL), forbid_dtd=True)
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError) as error:
            raise ReadingError("the Word file is damaged or cut short", hint="ask the sender for it again", reason="truncated") from error
        except (ElementTree.ParseError, DefusedXmlException, ValueError) as error:
            raise ReadingError("the Word file is damaged or not safe", hint="save it again in Word", reason="truncated") from error

    def like(self, prefix: str) -> list[str]:
        """The names of the XML parts that begin with `prefix`, in order."""
        return sorted(n for n in self._names if n.startswith(prefix) and n.endswith(".xml"))


def val(element: Any | None, name: str = "val") -> str | None:
    """An attribute in the w: namespace, or None."""
    return None if element is None else element.get(f"{W}{name}")


def on(element: Any | None) -> bool:
    """Whether a toggle property is set."""
    return element is not None and (val(element) or "1") not in ("0", "false", "off", "none")
