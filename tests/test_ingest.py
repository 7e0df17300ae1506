"""Files and folders in: what is added, updated, known and put aside, and that nothing stored is ever lost or half written."""

from __future__ import annotations

import io
import os
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from test_storage_samples import FakeExtractor, letter, ordinary_user, plan  # noqa: F401 (a fixture)

from pipeline.errors import BaseError, ExitCode, ReadingError
from pipeline.ingest import Outcome, Summary, ingest
from pipeline.inputs import find_inputs, ignored_line
from pipeline.pages import SourceDocument
from pipeline.records import Record
from pipeline.settings import Settings
from pipeline.storage.base import open_for_writing


class Desk:
    """A folder of files and a base beside it."""

    def __init__(self, root: Path) -> None:
        self.root, self.folder, self.base = root, root / "in", root / "kb.db"
        self.folder.mkdir()
        self.extractor = FakeExtractor()
        self.told: list[Outcome] = []

    def put(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def ingest(self, *paths: Path, version: str = "1", settings: Settings | None = None) -> Summary:
        self.told.clear()
        return ingest(
            paths or [self.folder], self.base, settings or Settings(), extractor=self.extractor, version=version, tell=self.told.append
        )

    def changes(self) -> dict[str, str]:
        return {outcome.input.name: outcome.change for outcome in self.told}

    def ask(self, query: str) -> list[tuple[object, ...]]:
        with sqlite3.connect(self.base) as connection:
            return connection.execute(query).fetchall()

    def dump(self) -> str:
        with sqlite3.connect(self.base) as connection:
            return "\n".join(connection.iterdump())


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_twice_changes_nothing_and_reads_nothing_again(desk: Desk) -> None:
    desk.put("a.txt", "plan"), desk.put("b/b.txt", "letter"), desk.put("c.txt", "???")
    first = desk.ingest()
    assert desk.changes() == {"in/a.txt": "added", "in/b/b.txt": "added", "in/c.txt": "set aside"}
    assert first.exit_code == ExitCode.SOME_FAILED
    before = desk.dump()
    desk.extractor.read.clear()
    second = desk.ingest()
    assert second.counts == {"added": 0, "updated": 0, "known": 2, "set aside": 1}
    assert desk.extractor.read == ["in/c.txt"]
    assert desk.dump() == before


def test_new_content_under_a_known_name_replaces_the_old_facts(desk: Desk) -> None:
    desk.put("a.txt", "plan")
    desk.ingest()
    desk.put("a.txt", "letter")
    assert desk.ingest().counts["updated"] == 1
    assert desk.ask("SELECT number, name FROM documents") == [("343/UBND-VX", "in/a.txt")]
    assert desk.ask("SELECT count(*) FROM tasks") == [(0,)]


def test_a_copy_is_known_and_keeps_the_document_when_the_first_file_changes(desk: Desk) -> None:
    first = desk.put("a.txt", "plan")
    desk.put("b.txt", "plan")
    desk.ingest()
    assert desk.changes() == {"in/a.txt": "added", "in/b.txt": "known"}
    first.write_text("letter")
    desk.ingest()
    assert desk.changes() == {"in/a.txt": "updated", "in/b.txt": "known"}
    assert desk.ask("SELECT name, number FROM documents ORDER BY name") == [("in/a.txt", "343/UBND-VX"), ("in/b.txt", "12/KH-UBND")]


def test_a_file_that_takes_the_content_of_another_gives_up_its_own(desk: Desk) -> None:
    desk.put("a.txt", "plan"), desk.put("b.txt", "letter")
    desk.ingest()
    desk.put("b.txt", "plan")
    desk.ingest()
    assert desk.changes() == {"in/a.txt": "known", "in/b.txt": "updated"}
    assert desk.ask("SELECT name FROM documents") == [("in/a.txt",)]


def test_two_documents_with_one_number_are_both_kept(desk: Desk) -> None:
    desk.put("a.txt", "letter"), desk.put("b.txt", "letter one more line")
    assert desk.ingest().counts["added"] == 2
    assert desk.ask("SELECT count(*), count(DISTINCT number) FROM documents") == [(2, 1)]


def test_a_new_pipeline_version_reads_everything_again(desk: Desk) -> None:
    desk.put("a.txt", "plan")
    desk.ingest()
    assert desk.ingest(version="2").counts["updated"] == 1
    assert desk.ingest(version="2").counts["known"] == 1


def test_unreadable_content_keeps_the_old_facts_and_is_forgotten_when_mended(desk: Desk) -> None:
    desk.put("a.txt", "plan")
    desk.ingest()
    desk.put("a.txt", b"\x00\xff")
    assert desk.ingest().counts["set aside"] == 1
    assert desk.ask("SELECT count(*) FROM documents") == [(1,)]
    assert desk.ask("SELECT name, reason FROM set_aside") == [("in/a.txt", "binary")]
    desk.put("a.txt", "letter")
    desk.ingest()
    assert desk.ask("SELECT count(*) FROM set_aside") == [(0,)]


def test_one_crash_in_reading_stops_nobody_else(desk: Desk) -> None:
    desk.put("a.txt", "crash"), desk.put("b.txt", b""), desk.put("c.txt", "plan")
    summary = desk.ingest()
    assert summary.counts == {"added": 1, "updated": 0, "known": 0, "set aside": 2}
    lines = [outcome.error.line() for outcome in desk.told if outcome.error]
    assert all("\n" not in line and ";" in line for line in lines) and "ZeroDivisionError" in lines[0]


def test_of_a_secret_file_nothing_is_kept_but_hash_time_and_reason(desk: Desk) -> None:
    desk.put("mat-so-77.txt", "secret words nobody may keep")
    desk.ingest()
    ((sha256, path, name, reason, message),) = desk.ask("SELECT sha256, path, name, reason, message FROM set_aside")
    assert len(str(sha256)) == 64 and (path, name, reason, message) == (None, None, "secret", None)
    assert "mat-so-77" not in desk.dump()
    before = desk.dump()
    desk.ingest()
    assert desk.dump() == before


def test_a_file_found_secret_later_is_wiped(desk: Desk) -> None:
    desk.extractor.records["secretive"] = plan()
    desk.put("a.txt", "secretive"), desk.put("b.txt", "letter")
    desk.ingest()

    def refuse(path: Path, name: str | None = None) -> object:
        path.write_text("secretive")
        return FakeExtractor.extract(desk.extractor, desk.put("../s", "secret"), name) if path.name == "a.txt" else letter()

    desk.extractor.extract = refuse  # type: ignore[method-assign,assignment]
    desk.ingest(desk.folder / "a.txt", version="2")
    assert desk.ask("SELECT name FROM documents") == [("in/b.txt",)]
    assert "đôn đốc".encode() not in desk.base.read_bytes()


def test_a_file_whose_facts_cannot_be_stored_is_put_aside(desk: Desk) -> None:
    broken = letter(extra="\ud800")
    desk.extractor.records["broken"] = broken
    desk.put("a.txt", "broken"), desk.put("b.txt", "plan")
    assert desk.ingest().counts == {"added": 1, "updated": 0, "known": 0, "set aside": 1}
    assert desk.ask("SELECT reason FROM set_aside") == [("not-storable",)]


def test_a_large_file_is_left_to_the_reader_to_refuse(desk: Desk) -> None:
    desk.put("big.txt", "?" * 5000)
    desk.extractor.extract = lambda *_: (_ for _ in ()).throw(ReadingError("larger than 1 KB", hint="split it", reason="too-large"))  # type: ignore[method-assign]
    assert desk.ingest(settings=Settings(max_bytes=1000)).counts["set aside"] == 1
    assert desk.ask("SELECT name, reason, sha256 FROM set_aside") == [("in/big.txt", "too-large", None)]


def test_a_missing_path_is_named_and_the_rest_is_done(desk: Desk) -> None:
    known = desk.put("a.txt", "plan")
    summary = desk.ingest(desk.root / "none.txt", known)
    assert summary.counts == {"added": 1, "updated": 0, "known": 0, "set aside": 0, "missing": 1}
    assert summary.exit_code == ExitCode.SOME_FAILED
    assert desk.ask("SELECT count(*) FROM set_aside") == [(0,)]


def test_a_folder_without_permission_is_named_and_the_rest_is_done(ordinary_user: Path) -> None:  # noqa: F811
    desk = Desk(ordinary_user)
    desk.put("a.txt", "plan"), desk.put("closed/b.txt", "letter"), desk.put("c.txt", "letter")
    (desk.folder / "closed").chmod(0)
    (desk.folder / "c.txt").chmod(0)
    summary = desk.ingest()
    assert desk.changes() == {"in/a.txt": "added", "in/c.txt": "set aside", "in/closed": "set aside"}
    assert summary.exit_code == ExitCode.SOME_FAILED
    assert {row[0] for row in desk.ask("SELECT reason FROM set_aside")} == {"no-permission"}


def test_inputs_are_found_in_order_without_hidden_files_outward_links_or_the_base(desk: Desk) -> None:
    for name in ("b.txt", "a/z.txt", "a/y.txt", ".hidden", ".git/x.txt"):
        desk.put(name, "plan")
    outside = desk.root / "outside"
    outside.mkdir()
    (outside / "o.txt").write_text("plan")
    (desk.folder / "out").symlink_to(outside)
    (desk.folder / "loop").symlink_to(desk.folder)
    (desk.folder / "o-link.txt").symlink_to(outside / "o.txt")
    (desk.folder / "b-link.txt").symlink_to(desk.folder / "b.txt")
    base = desk.put("kb.db", "x")
    desk.put("kb.db-wal", "x")
    names = [found.name for found in find_inputs([desk.folder], without=base)]
    assert names == ["in/a/y.txt", "in/a/z.txt", "in/b-link.txt"]
    assert [found.name for found in find_inputs([desk.folder / "b.txt", desk.folder / "b.txt"])] == [str(desk.folder / "b.txt")]


def zipped(**members: str) -> bytes:
    return packed({f"{name}.txt": content.encode() for name, content in members.items()})


def packed(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_each_document_of_an_archive_is_stored_under_its_own_name(desk: Desk) -> None:
    desk.put("post.zip", zipped(a="Kế hoạch thực hiện nhiệm vụ năm 2025", b="", c="Công văn về việc báo cáo năm 2025"))
    assert desk.ingest().counts == {"added": 2, "updated": 0, "known": 0, "set aside": 1}
    assert desk.changes() == {"in/post.zip/a.txt": "added", "in/post.zip/b.txt": "set aside", "in/post.zip/c.txt": "added"}
    before = desk.dump()
    assert desk.ingest().counts["known"] == 2
    assert desk.dump() == before


def test_an_archive_with_a_secret_member_is_wiped_as_a_whole(desk: Desk) -> None:
    desk.put("post.zip", zipped(a="Kế hoạch thực hiện nhiệm vụ năm 2025", c="Công văn về việc báo cáo năm 2025"))
    desk.ingest()
    desk.put("post.zip", zipped(a="Kế hoạch thực hiện nhiệm vụ năm 2025", c="MẬT\n\nKẾ HOẠCH\nBảo vệ năm 2025"))
    assert desk.ingest().counts["set aside"] == 1
    assert desk.ask("SELECT count(*) FROM documents") == [(0,)]
    assert desk.ask("SELECT reason, name, path FROM set_aside") == [("secret", None, None)]
    assert "post.zip" not in desk.dump()


def test_an_interruption_keeps_what_was_stored_and_goes_on_later(desk: Desk) -> None:
    desk.put("a.txt", "plan"), desk.put("b.txt", "letter")
    real = desk.extractor.extract

    def stop(path: Path, name: str | None = None) -> object:
        if path.name == "b.txt":
            raise KeyboardInterrupt
        return real(path, name)

    desk.extractor.extract = stop  # type: ignore[method-assign,assignment]
    summary = desk.ingest()
    assert summary.interrupted and summary.exit_code == ExitCode.SOME_FAILED and summary.counts["added"] == 1
    desk.extractor.extract = real  # type: ignore[method-assign]
    assert desk.ingest().counts == {"added": 1, "updated": 0, "known": 1, "set aside": 0}


CRASH = """
import os, sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from test_storage_samples import FakeExtractor
from pipeline.storage.write_facts import Writer
from pipeline.ingest import ingest
from pipeline import records as r
from pipeline.reading.read import read_document
from pipeline.settings import Settings
real = Writer._reports
def crash(writer, reports):
    real(writer, reports)
    if len(reports) > 1:
        os._exit(9)
Writer._reports = crash
ingest([Path(sys.argv[2])], Path(sys.argv[3]), Settings(), extractor=FakeExtractor(), version="1")
"""


def test_a_process_killed_while_storing_leaves_whole_documents_only(desk: Desk) -> None:
    desk.put("a.txt", "letter"), desk.put("b.txt", "plan")
    tests = str(Path(__file__).parent)
    killed = subprocess.run([sys.executable, "-c", CRASH, tests, str(desk.folder), str(desk.base)], env={**os.environ}, check=False)
    assert killed.returncode == 9
    assert desk.ask("SELECT name FROM documents") == [("in/a.txt",)]
    assert desk.ask("SELECT count(*) FROM tasks") == [(0,)]
    assert desk.ask("PRAGMA integrity_check") == [("ok",)]
    assert desk.ingest().counts == {"added": 1, "updated": 0, "known": 1, "set aside": 0}


def test_a_disk_that_fills_up_stops_the_batch_and_keeps_what_was_stored(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.extractor.records["long"] = letter(extra=" Chữ" * 200_000)
    desk.put("a.txt", "plan"), desk.put("b.txt", "long"), desk.put("c.txt", "letter")
    real = open_for_writing

    def small(path: Path) -> sqlite3.Connection:
        connection = real(path)
        connection.execute("PRAGMA max_page_count = 200")
        return connection

    monkeypatch.setattr("pipeline.ingest.open_for_writing", small)
    with pytest.raises(BaseError, match="no space left"):
        desk.ingest()
    monkeypatch.undo()
    assert desk.ask("SELECT name FROM documents") == [("in/a.txt",)]
    assert desk.ingest().counts == {"added": 2, "updated": 0, "known": 1, "set aside": 0}


def test_a_folder_is_walked_for_documents_and_other_kinds_are_counted(desk: Desk) -> None:
    for name in ("a.txt", "data.json", "README.md", "b/sheet.XLSX", "b/more.json"):
        desk.put(name, "plan")
    for name in ("so 12.KH-UBND", "bao cao 2.2025", "khong duoi"):
        desk.put(name, f"letter {name}")
    summary = desk.ingest()
    assert dict(summary.ignored) == {".json": 2, ".md": 1, ".xlsx": 1} and summary.exit_code == ExitCode.DONE
    assert (summary.counts["added"], summary.counts["set aside"]) == (4, 0)
    assert ignored_line(summary.ignored) == "ignored 4 files of other kinds in folders: .json 2, .md 1, .xlsx 1"


def test_a_file_of_another_kind_that_is_named_is_tried(desk: Desk) -> None:
    desk.put("a.json", "plan"), desk.put("b.json", "???")
    summary = desk.ingest(desk.folder / "a.json", desk.folder / "b.json")
    assert (summary.counts["added"], summary.counts["set aside"], summary.ignored.total()) == (1, 1, 0)


def unread(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on an archive may not be unpacked any more."""
    monkeypatch.setattr("pipeline.reading.read.read_all", lambda *_: pytest.fail("the archive was read again"))


def test_a_known_archive_is_not_unpacked_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.put("post.zip", zipped(a="Kế hoạch thực hiện nhiệm vụ năm 2025", b="", c="Công văn về việc báo cáo năm 2025"))
    desk.ingest()
    first = desk.changes()
    before = desk.dump()
    with monkeypatch.context() as patch:
        unread(desk, patch)
        summary = desk.ingest()
    assert (summary.counts["known"], summary.counts["set aside"], summary.exit_code) == (2, 1, ExitCode.SOME_FAILED)
    assert desk.changes() == {name: "set aside" if change == "set aside" else "known" for name, change in first.items()}
    assert desk.dump() == before
    assert desk.ingest(version="2").counts["updated"] == 2
    desk.put("post.zip", zipped(a="Kế hoạch thực hiện nhiệm vụ năm 2026"))
    assert desk.ingest(version="2").counts["updated"] == 1


def test_an_archive_with_a_member_that_is_no_document_is_not_unpacked_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    members = {"a.txt": "Kế hoạch thực hiện nhiệm vụ năm 2025".encode(), "b.txt": bytes(range(1, 9)) * 50}
    desk.put("post.zip", packed(members))
    desk.ingest()
    assert desk.ask("SELECT reason FROM set_aside") == [("binary",)]
    unread(desk, monkeypatch)
    assert (desk.ingest().counts["known"], len(desk.told)) == (1, 2)


def test_an_archive_with_a_member_that_may_be_read_one_day_is_tried_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.put("post.zip", zipped(a="Kế hoạch thực hiện nhiệm vụ năm 2025", b="Công văn về việc báo cáo năm 2025"))
    real = desk.extractor.from_source

    def lacking(source: SourceDocument) -> Record:
        if source.name.endswith("b.txt"):
            raise ReadingError("Tesseract is not installed", hint="install it", reason="no-tesseract")
        return real(source)

    monkeypatch.setattr(desk.extractor, "from_source", lacking)
    assert desk.ingest().counts["set aside"] == 1
    monkeypatch.undo()
    assert desk.ingest().counts == {"added": 1, "updated": 0, "known": 1, "set aside": 0}


def test_an_archive_at_two_places_is_known_at_each(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    content = zipped(a="Kế hoạch thực hiện nhiệm vụ năm 2025")
    desk.put("x.zip", content), desk.put("y.zip", content)
    desk.ingest()
    assert desk.changes() == {"in/x.zip/a.txt": "added", "in/y.zip/a.txt": "known"}
    unread(desk, monkeypatch)
    assert desk.ingest().counts["known"] == 2
