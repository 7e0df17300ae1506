"""What goes when a file is found secret, and what must not: copies that stand at other places, and what persons said of them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from test_ingest import Desk, zipped

from pipeline.review import desk as corrections
from pipeline.review.requests import change
from pipeline.storage.base import open_for_writing

LOOSE = "letter Công văn về việc báo cáo năm 2025"
OTHER = "letter Kế hoạch thực hiện nhiệm vụ năm 2025"
SECRET = "MẬT\n\nKẾ HOẠCH\nBảo vệ năm 2025"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def correct(desk: Desk, name: str) -> None:
    """Corrects the first citation of the document of that name."""
    connection: sqlite3.Connection = open_for_writing(desk.base)
    (key,) = connection.execute("SELECT id FROM documents WHERE name = ?", (name,)).fetchone()
    bench = corrections.bench_of(connection, key)
    corrections.keep(connection, key, [change(bench, "c1", ["number=99/QĐ-UBND"], "change")])
    connection.close()


def test_a_secret_member_takes_no_copy_that_stands_elsewhere(desk: Desk) -> None:
    """The loose document and its correction stay; what stood in the archive alone goes with its correction, and the line says so."""
    loose = desk.put("a.txt", LOOSE)
    desk.ingest()
    correct(desk, "in/a.txt")
    desk.put("post.zip", zipped(a=LOOSE, b=OTHER))
    desk.ingest()
    assert desk.changes() == {"in/a.txt": "known", "in/post.zip/a.txt": "known", "in/post.zip/b.txt": "added"}
    correct(desk, "in/post.zip/b.txt")
    desk.put("post.zip", zipped(a=LOOSE, b=OTHER, c=SECRET))
    desk.ingest()
    (error,) = [outcome.error for outcome in desk.told if outcome.error]
    assert error.reason == "secret" and "1 document that was stored from it is deleted" in error.line()
    assert desk.ask("SELECT name FROM documents") == [("in/a.txt",)]
    assert desk.ask("SELECT path FROM files") == [(str(loose.resolve()),)]
    assert desk.ask("SELECT count(*), min(sha256) = (SELECT sha256 FROM documents) FROM corrections") == [(1, 1)]
    assert desk.ask("SELECT number FROM citations") == [("99/QĐ-UBND",)]
    assert "post.zip" not in desk.dump() and "Kế hoạch thực hiện nhiệm vụ" not in desk.dump()


def test_a_copy_outside_keeps_the_document_under_its_own_name(desk: Desk) -> None:
    """The document was stored from the archive first: it is called after the file that is left."""
    desk.put("a.zip", zipped(a=LOOSE))
    desk.ingest()
    desk.put("b.txt", LOOSE)
    desk.ingest()
    assert desk.ask("SELECT name FROM documents") == [("in/a.zip/a.txt",)]
    desk.ingest(desk.put("a.zip", zipped(a=LOOSE, c=SECRET)))
    assert desk.ask("SELECT name FROM documents") == [("in/b.txt",)]
    (error,) = [outcome.error for outcome in desk.told if outcome.error]
    assert "deleted" not in error.line() and "a.zip/" not in desk.dump()
