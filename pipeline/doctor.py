"""Is everything there that vanban needs, and does it work? One check after another, each with what to do."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata, resources
from typing import Literal

from pipeline.errors import VanbanError

State = Literal["works", "missing", "not needed"]

NEWEST_PYTHON, OLDEST_PYTHON = (3, 14), (3, 11)
OLDEST_SQLITE = (3, 35)  # RETURNING
LEAST_ROOM = 200 * 1024 * 1024  # bytes in the temporary folder
SHOWN = ("spacy", "underthesea", "msgspec", "pdfplumber", "pypdfium2", "pytesseract", "opencv-python-headless", "pillow", "sqlite-utils")
SAMPLE = """ỦY BAN NHÂN DÂN TỈNH BÌNH AN

Số: 1/KH-UBND
Bình An, ngày 10 tháng 01 năm 2025

KẾ HOẠCH
Thực hiện dân chủ ở cơ sở năm 2025

Thực hiện Chỉ thị số 33/CT-TTg ngày 26/11/2021 của Thủ tướng Chính phủ, Ủy ban nhân dân tỉnh ban hành kế hoạch như sau:

I. TỔ CHỨC THỰC HIỆN
1. Sở Nội vụ tổng hợp, báo cáo Ủy ban nhân dân tỉnh trước ngày 01/11/2025.
"""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. `found`: what is there; `advice`: what to do where it is not. What is not `needed` never fails."""

    name: str
    state: State
    found: str
    advice: str = ""
    needed: bool = True


def examine() -> Iterator[Check]:
    """All checks, in order; one that breaks is itself missing."""
    for check in (python, packages, tesseract, vietnamese, text_path, entities, data_files, database, full_text, room, office, fonts):
        try:
            yield check()
        except Exception as error:
            yield Check(check.__name__.replace("_", " "), "missing", f"{type(error).__name__}: {error}", "run vanban's set-up again")


def _result(name: str, works: bool, found: str, advice: str, *, needed: bool = True) -> Check:
    state: State = "works" if works else "missing" if needed else "not needed"
    return Check(name, state, found, "" if works else advice, needed)


def python() -> Check:
    """Within the range the project is made for."""
    works = OLDEST_PYTHON <= sys.version_info[:2] < NEWEST_PYTHON
    return _result("Python", works, sys.version.split()[0], "use Python 3.11, 3.12 or 3.13 (make setup)")


def packages() -> Check:
    """Every package the project depends on is installed, in its range."""
    wrong = []
    for line in metadata.requires("vanban") or []:
        if "extra ==" in line:
            continue
        name = line.split(";")[0].strip()
        for sign in "<>=!~[ ":
            name = name.split(sign)[0]
        try:
            version = metadata.version(name)
        except metadata.PackageNotFoundError:
            wrong.append(f"{name} is not installed")
            continue
        if not _in_range(line, version):
            wrong.append(f"{name} {version} is out of range")
    versions = [f"{name} {known}" for name in SHOWN if (known := _version(name))]
    return _result("packages", not wrong, "; ".join(wrong) or ", ".join(versions), "make setup")


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _in_range(requirement: str, version: str) -> bool:
    try:
        from packaging.requirements import Requirement
    except ImportError:  # then only their presence is known
        return True
    return Requirement(requirement).specifier.contains(version, prereleases=True)


def tesseract() -> Check:
    """The engine that reads scans."""
    program = shutil.which("tesseract")
    said = _output([program, "--version"]) if program else ""
    return _result("Tesseract", said.startswith("tesseract"), said.split("\n")[0] or "not installed", "install the package tesseract-ocr")


def vietnamese() -> Check:
    """Its Vietnamese data."""
    program = shutil.which("tesseract")
    languages = _output([program, "--list-langs"]).split() if program else []
    found = "vie is there" if "vie" in languages else "vie is not there"
    return _result("Tesseract data", "vie" in languages, found, "install the package tesseract-ocr-vie")


def office() -> Check:
    """LibreOffice, for the DOC and RTF files of old."""
    from pipeline.reading.legacy_word import program

    path = program()
    found = (_output([str(path), "--version"]).split("\n")[0] or str(path)) if path else "not installed"
    return _result("LibreOffice", path is not None, found, "only to read DOC and RTF files: install LibreOffice Writer", needed=False)


def fonts() -> Check:
    """Fonts with Vietnamese letters, for pages whose file does not bring its own."""
    program = shutil.which("fc-list")
    if program is None:
        return _result(
            "fonts", False, "not known (fontconfig is not installed)", "install fontconfig to see which fonts are there", needed=False
        )
    families = sorted({line.split(",")[0].strip() for line in _output([program, ":lang=vi", "family"]).splitlines() if line.strip()})
    some = ", ".join(families[:4]) + (f" and {len(families) - 4} more" if len(families) > 4 else "")
    advice = "only for pages without fonts of their own: install fonts-liberation or fonts-dejavu"
    return _result("fonts with Vietnamese", bool(families), some or "none", advice, needed=False)


def database() -> Check:
    """SQLite itself."""
    works = sqlite3.sqlite_version_info >= OLDEST_SQLITE
    return _result("SQLite", works, sqlite3.sqlite_version, "use a Python with SQLite 3.35 or newer")


def full_text() -> Check:
    """Full text search finds Vietnamese words with their marks."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE t USING fts5(a, tokenize = 'unicode61 remove_diacritics 0')")
        connection.execute("INSERT INTO t VALUES ('Theo dõi, đôn đốc')")
        works = connection.execute("SELECT count(*) FROM t WHERE t MATCH '\"đôn đốc\"'").fetchone()[0] == 1
        found = "works" if works else "does not find Vietnamese words"
    except sqlite3.Error as error:
        works, found = False, str(error)
    finally:
        connection.close()
    return _result("FTS5", works, found, "use a Python whose SQLite has FTS5")


def data_files() -> Check:
    """Every file of rules and word lists can be read."""
    import msgspec

    count, wrong = 0, []
    for part in sorted(resources.files("pipeline.data").iterdir(), key=lambda p: p.name):
        if not part.name.endswith((".json", ".jsonl")):
            continue
        try:
            text = part.read_text("utf-8")
            for line in text.splitlines() if part.name.endswith(".jsonl") else [text]:
                if line.strip() and not line.startswith("#"):
                    msgspec.json.decode(line)
            count += 1
        except (OSError, ValueError) as error:
            wrong.append(f"{part.name}: {error}")
    found = "; ".join(wrong) or f"{count} files"
    return _result("word lists", not wrong and count > 0, found, "restore pipeline/data, or install vanban again")


def entities() -> Check:
    """The trained entity recogniser, beside the rules."""
    from pipeline.extraction.entities import model_folder, recogniser

    advice = "the rules work alone; make train builds it"
    if not any(model_folder().glob("*")):
        return _result("entity model", False, "not there", advice, needed=False)
    recogniser()
    size = sum(path.stat().st_size for path in model_folder().rglob("*") if path.is_file())
    return _result("entity model", True, f"{size / 1_000_000:.1f} MB", advice, needed=False)


def text_path() -> Check:
    """A sentence becomes facts: segmentation, rules, resolution."""
    from pipeline.extract import Extractor

    try:
        record = Extractor().extract_bytes(SAMPLE.encode(), "doctor.txt")
    except VanbanError as error:
        return _result("text to facts", False, error.line(), "make setup")
    found = f"a sample gives {len(record.citations)} citation, {len(record.assignments)} unit, {len(record.reports)} report"
    return _result(
        "text to facts", bool(record.citations and record.assignments and record.reports), found, "install vanban again, or run make test"
    )


def room() -> Check:
    """A temporary folder with room to work in."""
    with tempfile.TemporaryFile(prefix="vanban-") as file:
        file.write(b"x")
    free = shutil.disk_usage(tempfile.gettempdir()).free
    return _result(
        "temporary folder", free >= LEAST_ROOM, f"{free // (1024 * 1024)} MB free", "free some space, or name another folder in TMPDIR"
    )


def _output(command: list[str]) -> str:
    """What a program says, on either stream; empty where it does not run."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.SubprocessError):
        return ""
    return (done.stdout or done.stderr).strip()
