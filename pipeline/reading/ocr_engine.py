"""Tesseract on one grey page: words with pixel boxes, line numbers and confidences, within a time limit."""

from __future__ import annotations

import csv
import io
import os
import signal
import tempfile
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import pytesseract

from pipeline.errors import ReadingError
from pipeline.reading.image import Pixels
from pipeline.reading.ocr_library import Timeout, engine

LANGUAGE = "vie"
_WORD_LEVEL = "5"
_READER: list[bool] = []  # set once, in processes made to read


@dataclass(frozen=True, slots=True)
class Seen:
    """One word as the engine saw it: box in pixels, confidence from 0 to 1, and the number of its line on the page."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float
    line: int
    before: str = ""  # what the engine read, where `text` was put right by `rule`
    rule: str = ""


@cache
def check_engine() -> str:
    """The engine's version; raises ReadingError (no-tesseract, no-vie) where it cannot read Vietnamese. Looked up once per process."""
    try:
        version = str(pytesseract.get_tesseract_version())
        languages = pytesseract.get_languages()
    except (pytesseract.TesseractNotFoundError, SystemExit) as error:
        hint = "install tesseract-ocr and tesseract-ocr-vie"
        raise ReadingError("Tesseract is not installed", hint=hint, reason="no-tesseract") from error
    except (pytesseract.TesseractError, OSError) as error:
        raise ReadingError("Tesseract does not run", hint="check it with: tesseract --version", reason="no-tesseract") from error
    if LANGUAGE not in languages:
        raise ReadingError("Tesseract has no Vietnamese data", hint="install tesseract-ocr-vie", reason="no-vie")
    return version


def become_reader() -> None:
    """Says that this process was made to read pages and may be lost with one: the engine runs inside it, which saves an eighth."""
    _READER.append(True)
    os.environ["OMP_THREAD_LIMIT"] = "1"  # before the library is loaded, which looks only then
    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)  # ends the process when the engine overruns its limit


def recognise(grey: Pixels, dpi: int, seconds: float, *, psm: int = 3) -> list[Seen]:
    """The words on a grey page in the engine's own order. Raises ReadingError (ocr-timeout, ocr-failed, temporary-full).

    To the command the pixels go over as an uncompressed file: encoding a PNG costs a tenth of the reading. One thread per call: with
    more, two engines on two cores wait for each other.
    """
    version = check_engine()
    os.environ["OMP_THREAD_LIMIT"] = "1"
    own = engine(version, LANGUAGE) if _READER else None
    try:
        table = own.table(grey, dpi, seconds, psm) if own is not None else _run(grey, f"--psm {psm} --dpi {dpi}", seconds)
    except pytesseract.TesseractError as error:
        raise ReadingError("Tesseract could not read the page", hint="scan it again", reason="ocr-failed") from error
    except (RuntimeError, Timeout) as error:
        raise ReadingError(f"page not read within {seconds:.0f} seconds", hint="scan it again at 200 dpi", reason="ocr-timeout") from error
    except OSError as error:
        raise ReadingError("no room for temporary files", hint=f"make room in {tempfile.gettempdir()}", reason="temporary-full") from error
    return list(_words(table))


def _run(grey: Pixels, config: str, seconds: float) -> str:
    with tempfile.TemporaryDirectory(prefix="vanban-ocr-", dir=_memory_folder(), ignore_cleanup_errors=True) as folder:
        picture = Path(folder) / "page.pgm"
        ok, data = cv2.imencode(".pgm", grey)
        if not ok:
            raise ReadingError("page cannot be handed to Tesseract", reason="ocr-failed")
        picture.write_bytes(data.tobytes())
        kind = pytesseract.Output.STRING
        table = pytesseract.image_to_data(str(picture), lang=LANGUAGE, config=config, timeout=seconds, output_type=kind)
    return str(table)


@cache
def _memory_folder() -> str | None:
    """A folder in memory where the system has one, so that a page never touches the disk; else the usual temporary folder."""
    memory = Path("/dev/shm")  # noqa: S108 - a fixed system folder; the folder made in it has a random name and is ours alone
    return str(memory) if memory.is_dir() and os.access(memory, os.W_OK) else None


def _words(table: str) -> Iterator[Seen]:
    lines: dict[tuple[str, str, str], int] = {}
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = unicodedata.normalize("NFC", (row["text"] or "").strip())
        if row["level"] != _WORD_LEVEL or not text:
            continue
        x, y, width, height = (float(row[k]) for k in ("left", "top", "width", "height"))
        number = lines.setdefault((row["block_num"], row["par_num"], row["line_num"]), len(lines))
        yield Seen(text, x, y, x + width, y + height, max(0.0, float(row["conf"])) / 100, number)
