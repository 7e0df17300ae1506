"""Files that cannot be read, with the real reader: one clear line each, and the rest of the batch goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_ingest import Desk
from test_storage_samples import FakeExtractor

from pipeline import records as r
from pipeline.errors import ExitCode
from pipeline.reading.read import read_document
from pipeline.settings import Settings


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


class ReallyReading(FakeExtractor):
    """Reads files with the real reader; only what is made of the text is a stand-in."""

    def extract(self, path: Path, name: str | None = None) -> r.Record:
        return self.from_source(read_document(path, Settings(max_bytes=200_000, ocr="never"), name))


BAD_FILES = [
    ("empty.txt", b"", "empty"),
    ("program.bin", bytes(range(256)) * 40, None),
    ("sheet.xyz", b"\x00\x01\x02\x03" * 100, None),
    ("large.txt", "Kế hoạch năm 2025. ".encode() * 20_000, "too-large"),
    ("broken.pdf", b"%PDF-1.4\n%%EOF", None),
]


@pytest.mark.parametrize(("name", "content", "reason"), BAD_FILES, ids=[row[0] for row in BAD_FILES])
def test_a_bad_file_is_one_line_and_the_rest_is_done(desk: Desk, name: str, content: bytes, reason: str | None) -> None:
    desk.extractor = ReallyReading()
    bad = desk.put(name, content)
    good = desk.put("zz.txt", "Kế hoạch thực hiện nhiệm vụ năm 2025 của Ủy ban nhân dân xã")
    summary = desk.ingest(bad, good, settings=Settings(max_bytes=200_000))
    assert (summary.counts["added"], summary.counts["set aside"], summary.exit_code) == (1, 1, ExitCode.SOME_FAILED)
    (error,) = [outcome.error for outcome in desk.told if outcome.error]
    assert error is not None and "\n" not in error.line() and ";" in error.line() and name in error.line()
    assert reason is None or desk.ask("SELECT reason FROM set_aside") == [(reason,)]
