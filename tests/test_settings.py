"""Switches that change what a record says are part of the version it is stored under."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_ingest import Desk

from pipeline.ingest import ingest
from pipeline.settings import OcrMode, Settings

MODES: list[OcrMode] = ["never", "never", "auto", "auto", "always"]

VERSIONS = [
    (Settings(), "1"),
    (Settings(ner=False), "1.rules"),
    (Settings(ocr="never"), "1.ocr-never"),
    (Settings(ocr="always", ner=False), "1.ocr-always.rules"),
    (Settings(correct=False), "1.uncorrected"),
    (Settings(release_secret=True, max_bytes=5, processes=1), "1"),
]


@pytest.mark.parametrize(("settings", "version"), VERSIONS, ids=[row[1] for row in VERSIONS])
def test_the_version_names_the_switches(settings: Settings, version: str) -> None:
    assert settings.version("1") == version


def test_what_was_stored_under_other_switches_is_read_again(tmp_path: Path) -> None:
    """A scan stored empty with --ocr never is no known file for a reading with OCR."""
    desk = Desk(tmp_path)
    desk.put("scan.txt", "letter")
    seen = []
    for ocr in MODES:
        summary = ingest([desk.folder], desk.base, Settings(ocr=ocr), extractor=desk.extractor)
        seen.append([change for change, n in summary.counts.items() if n])
    assert seen == [["added"], ["known"], ["updated"], ["known"], ["updated"]]
