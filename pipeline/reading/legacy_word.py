"""Legacy Word files (DOC, RTF) to DOCX through LibreOffice, where it is installed."""

from __future__ import annotations

import errno
import shutil
import subprocess
import tempfile
from pathlib import Path

from pipeline.errors import ReadingError
from pipeline.settings import Settings


def program() -> str | None:
    """The path of LibreOffice, or None when it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def to_docx(data: bytes, settings: Settings) -> bytes:
    """The DOCX that LibreOffice makes of a DOC or RTF file, in a folder and with a profile of its own that are gone afterwards.

    Raises ReadingError: no-libreoffice, timeout, truncated, temporary-full.
    """
    office = program()
    if office is None:
        raise ReadingError("a DOC file needs LibreOffice", hint="install LibreOffice or save the file as DOCX", reason="no-libreoffice")
    try:
        with tempfile.TemporaryDirectory(prefix="vanban-") as folder:
            home = Path(folder)
            source = home / ("in.rtf" if data.startswith(b"{\\rtf") else "in.doc")
            source.write_bytes(data)
            command = [
                office,
                f"-env:UserInstallation={(home / 'profile').as_uri()}",
                "--headless",
                "--norestore",
                "--nolockcheck",
                "--convert-to",
                "docx:MS Word 2007 XML",
                "--outdir",
                str(home / "out"),
                str(source),
            ]
            subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=settings.page_seconds, check=False, cwd=home)
            made = home / "out" / "in.docx"
            if not made.exists():
                raise ReadingError("LibreOffice cannot read the file", hint="open it in Word and save it as DOCX", reason="truncated")
            if made.stat().st_size > settings.max_bytes:
                raise ReadingError("grows too large when converted", hint="split the file", reason="bomb")
            return made.read_bytes()
    except subprocess.TimeoutExpired as error:
        raise ReadingError("LibreOffice does not finish", hint="open it in Word and save it as DOCX", reason="timeout") from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise ReadingError("the temporary folder is full", hint="free some space", reason="temporary-full") from error
        raise ReadingError("LibreOffice cannot be run", hint="check its installation", reason="no-libreoffice") from error
