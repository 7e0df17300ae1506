"""The base: storing loses nothing, opening refuses what it cannot use with one clear line."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import msgspec
import pytest
import sqlite_utils
from test_storage_samples import letter, ordinary_user, plan  # noqa: F401 (a fixture)

from pipeline import records as r
from pipeline.errors import BaseError, ExitCode
from pipeline.storage import base, faults
from pipeline.storage.base import open_for_reading, open_for_writing, transaction
from pipeline.storage.form import APPLICATION_ID, SCHEMA_VERSION
from pipeline.storage.migrations import STEPS
from pipeline.storage.read import load_record
from pipeline.storage.register import Run, store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kb.db"


def dump(path: Path) -> str:
    with sqlite3.connect(path) as connection:
        return "\n".join(connection.iterdump())


def with_owers() -> r.Record:
    """The plan with what later versions of extraction say of a term."""
    first, *others = plan().deadlines
    named = msgspec.structs.replace(
        first, owed_by=["Phòng Nội vụ", "các xã"], owed_by_canonical=["Phòng Nội vụ huyện An Phú", "các xã"], computed_latest="2025-12-30"
    )
    return msgspec.structs.replace(plan(), deadlines=[named, *others])


@pytest.mark.parametrize("record", [plan(), letter(), letter(number=None), with_owers()], ids=["plan", "letter", "blank number", "owers"])
def test_a_stored_record_comes_back_whole(path: Path, record: r.Record) -> None:
    connection = open_for_writing(path)
    store(connection, Run("1"), record, Path("/in/a"))
    assert load_record(connection, 1) == record
    with pytest.raises(LookupError):
        load_record(connection, 2)


def test_the_base_is_sound_and_explains_itself(path: Path) -> None:
    connection = open_for_writing(path)
    store(connection, Run("1"), plan(), Path("/in/a"))
    assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert connection.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION
    schema = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'deadlines'").fetchone()[0]
    assert "-- last day on which the act is still in time" in schema
    for (view,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall():
        assert connection.execute(f"SELECT count(*) FROM {view}").fetchone()[0] > 0, view


def test_every_foreign_key_is_indexed(path: Path) -> None:
    connection = open_for_writing(path)
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%REFERENCES%'")]
    assert len(tables) > 10
    for table in tables:
        leading = {
            connection.execute(f"PRAGMA index_info('{index[1]}')").fetchone()[2]
            for index in connection.execute(f"PRAGMA index_list({table})")
        }
        leading |= {row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[5] == 1}
        for key in connection.execute(f"PRAGMA foreign_key_list({table})").fetchall():
            assert key[3] in leading, (table, key[3])


def test_quotes_are_cut_around_the_facts(path: Path) -> None:
    connection = open_for_writing(path)
    store(connection, Run("1"), plan(), Path("/in/a"))
    row = connection.execute("SELECT quote FROM v_due WHERE kind = 'report' AND latest = '2025-10-31'").fetchone()
    assert row["quote"].startswith("1. Ủy ban nhân dân các xã, thị trấn báo cáo kết quả") and row["quote"].endswith("01/11/2025.")


def test_directives_keep_what_each_mention_says(path: Path) -> None:
    connection, run = open_for_writing(path), Run("1")
    store(connection, run, letter(), Path("/in/a"))
    store(connection, run, letter("b", day="02/11/2022", iso="2022-11-02"), Path("/in/b"))
    row = connection.execute("SELECT * FROM v_directives").fetchone()
    assert (row["dates_said"], row["mentions"], row["disagree"]) == ("2024-11-21,2022-11-02", 2, 1)


def test_a_new_version_of_the_pipeline_replaces_its_facts(path: Path) -> None:
    connection = open_for_writing(path)
    assert store(connection, Run("1"), plan(), Path("/in/a")) == "added"
    assert store(connection, Run("1"), plan(), Path("/in/a")) == "known"
    assert store(connection, Run("2"), plan(), Path("/in/a")) == "updated"
    assert connection.execute("SELECT pipeline_version FROM documents").fetchall()[0][0] == "2"
    assert connection.execute("SELECT count(*) FROM tasks").fetchone()[0] == len(plan().tasks)


def test_replacing_a_document_leaves_no_trace_of_the_old_one(tmp_path: Path) -> None:
    connection = open_for_writing(tmp_path / "a.db")
    run = Run("1", started_at="t")
    store(connection, run, plan(), Path("/in/a"))
    store(connection, run, letter("plans/an-phu.txt"), Path("/in/a"))
    left = {
        t: connection.execute(f"SELECT count(*) FROM {t}").fetchone()[0]
        for t in ("documents", "units", "unit_names", "tasks", "sections", "texts")
    }
    assert left == {"documents": 1, "units": 0, "unit_names": 0, "tasks": 0, "sections": 0, "texts": 1}
    assert [row["key"] for row in connection.execute("SELECT key FROM directives")] == ["quyet-dinh/1211-qd-ubnd/2024"]
    assert connection.execute("SELECT count(*) FROM passages_fts WHERE passages_fts MATCH 'folded : \"don doc\"'").fetchone()[0] == 0
    connection.execute("INSERT INTO passages_fts (passages_fts) VALUES ('integrity-check')")


def test_a_failure_in_the_middle_stores_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connection = open_for_writing(path)
    store(connection, Run("1"), letter(), Path("/in/b"))
    before = dump(path)
    monkeypatch.setattr("pipeline.storage.write_facts.Writer._reports", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        store(connection, Run("1"), plan(), Path("/in/a"))
    assert dump(path) == before


def test_a_full_disk_stores_nothing_and_says_so(path: Path) -> None:
    connection = open_for_writing(path)
    store(connection, Run("1"), letter(), Path("/in/b"))
    before = dump(path)
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(BaseError, match="no space left") as caught, faults.base_faults(path):
        store(connection, Run("1"), letter("c", extra=" Chữ" * 50_000), Path("/in/c"))
    assert "\n" not in caught.value.line() and str(path) in caught.value.line()
    assert dump(path) == before
    assert not connection.in_transaction


def test_a_locked_base_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "BUSY_SECONDS", 0.05)
    holder = open_for_writing(path)
    with transaction(holder), pytest.raises(BaseError, match="in use by another process") as caught:
        open_for_writing(path)
    assert caught.value.exit_code == ExitCode.SOME_FAILED
    with transaction(holder):
        open_for_reading(path).execute("SELECT count(*) FROM documents")  # reading goes on beside a writer


def test_a_newer_base_is_refused_and_left_alone(path: Path) -> None:
    open_for_writing(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    before = path.read_bytes()
    for opening in (open_for_writing, open_for_reading):
        with pytest.raises(BaseError, match="made by a newer version"):
            opening(path)
    assert path.read_bytes() == before


def test_an_older_base_is_not_asked(path: Path) -> None:
    open_for_writing(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 1")
    with pytest.raises(BaseError, match="older form"):
        open_for_reading(path)


@pytest.mark.parametrize(
    "content", [b"not a database at all, but some text that is long enough to be read" * 20, b"SQLite format 3\x00" + b"\xff" * 4096]
)
def test_a_file_that_is_no_database_is_refused_and_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    for opening in (open_for_writing, open_for_reading):
        with pytest.raises(BaseError):
            opening(path)
    assert path.read_bytes() == content


def test_another_programs_database_is_refused_and_left_alone(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE letters (a)")
    connection.close()
    before = path.read_bytes()
    for opening in (open_for_writing, open_for_reading):
        with pytest.raises(BaseError, match="not a knowledge base"):
            opening(path)
    assert path.read_bytes() == before


def test_a_missing_base_or_folder_is_wrong_use(tmp_path: Path) -> None:
    for opening, path in (
        (open_for_reading, tmp_path / "none.db"),
        (open_for_writing, tmp_path / "none" / "kb.db"),
        (open_for_writing, tmp_path),
    ):
        with pytest.raises(BaseError) as caught:
            opening(path)
        assert caught.value.exit_code == ExitCode.WRONG_USE


def test_a_read_only_base_can_be_asked_but_not_written(ordinary_user: Path) -> None:  # noqa: F811
    path = ordinary_user / "kb.db"
    open_for_writing(path).close()
    path.chmod(0o444)
    ordinary_user.chmod(0o555)
    with pytest.raises(BaseError, match="read-only"):
        open_for_writing(path)
    assert open_for_reading(path).execute("SELECT count(*) FROM documents").fetchone()[0] == 0


def test_reading_cannot_write(path: Path) -> None:
    open_for_writing(path).close()
    with pytest.raises(BaseError, match="read-only"), faults.base_faults(path):
        open_for_reading(path).execute("DELETE FROM documents")


def test_a_migration_that_fails_is_taken_up_again_by_the_next_opening(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.storage.migrations.VIEWS", (("v_bad", "SELECT nonsense FROM"),))
    with pytest.raises(BaseError):
        open_for_writing(path)
    with sqlite3.connect(path) as connection:
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        assert "documents" in names and not names & {"corrections", "v_bad", "page_words"}
        assert connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        assert connection.execute("PRAGMA user_version").fetchone()[0] == 1
    with pytest.raises(BaseError, match="older form"):
        open_for_reading(path)
    monkeypatch.undo()
    assert store(open_for_writing(path), Run("1"), plan(), Path("/in/a")) == "added"


def test_a_base_of_the_first_form_is_brought_up_to_date_with_its_facts(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with sqlite3.connect(path) as connection:
        STEPS.apply(sqlite_utils.Database(connection), stop_before="m002_corrections")
        connection.execute("INSERT INTO runs (started_at, finished_at, pipeline_version) VALUES ('t', 't', '1')")
        connection.execute(
            "INSERT INTO documents (sha256, pipeline_version, name, media_type, page_count, draft, confidence, run_id)"
            " VALUES ('x', '1', 'a.txt', 'text/plain', 1, 0, 1.0, 1)"
        )
        connection.execute("INSERT INTO texts VALUES (1, 'Trong năm 2025')")
        place = "1, 'd1', 0, 14, 0, 14, 1, 'I', '', 1.0"
        term = "NULL, 'x', NULL, '2025-12-31', NULL, 0, NULL, NULL, NULL, NULL, NULL, 0"
        connection.execute(f"INSERT INTO deadlines VALUES (1, {place}, {term})")
        connection.execute("CREATE VIEW v_due AS SELECT 1")
    with pytest.raises(BaseError, match="older form"):
        open_for_reading(path)
    connection = open_for_writing(path)
    assert connection.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION
    assert [(row["latest"], row["quote"], row["computed"], row["corrected"]) for row in connection.execute("SELECT * FROM v_due")] == [
        ("2025-12-31", "Trong năm 2025", 0, 0)]  # fmt: skip
    assert load_record(connection, 1).deadlines[0].owed_by == []


def test_the_views_of_a_base_of_the_second_form_are_made_anew(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        STEPS.apply(sqlite_utils.Database(connection), stop_before="m003_recurring_days_are_due")
        connection.execute("DROP VIEW v_due")
        connection.execute("CREATE VIEW v_due AS SELECT 1")
    connection = open_for_writing(path)
    store(connection, Run("1"), plan(), Path("/in/a"))
    assert {row["recurrence"] for row in connection.execute("SELECT * FROM v_due")} == {None, "FREQ=MONTHLY;BYMONTHDAY=14"}


RECURRENCES = [
    ("FREQ=MONTHLY;BYMONTHDAY=14", True), ("FREQ=WEEKLY;BYDAY=FR", True), ("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1", True),
    ("FREQ=YEARLY;BYYEARDAY=100", True), ("FREQ=MONTHLY", False), ("FREQ=YEARLY;BYMONTH=3", False), ("FREQ=DAILY", False),
    ("FREQ=DAILY;BYDAY=MO,TU", False),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "due"), RECURRENCES)
@pytest.mark.parametrize("part", ["deadlines", "reports"])
def test_a_recurrence_that_names_days_is_in_v_due(path: Path, part: str, rule: str, due: bool) -> None:
    facts = [msgspec.structs.replace(fact, latest=None, recurrence=rule) for fact in getattr(plan(), part) if fact.latest == "2025-10-31"]
    kept = {"deadlines": [], "reports": [], part: facts}
    connection = open_for_writing(path)
    store(connection, Run("1"), msgspec.structs.replace(plan(), **kept), Path("/in/a"))
    assert [row["recurrence"] for row in connection.execute("SELECT recurrence FROM v_due")] == ([rule] if due else [])
    found = connection.execute("SELECT why_undated FROM v_duties WHERE recurrence IS NOT NULL").fetchall()
    assert [row["why_undated"] for row in found] == [None if due else "periodic"]


FAULTS = [
    ("database is locked", "locked"), ("attempt to write a readonly database", "read-only"), ("database or disk is full", "disk-full"),
    ("file is not a database", "not-a-base"), ("database disk image is malformed", "damaged"),
    ("unable to open database file", "cannot-open"),
    ("disk I/O error", "disk-error"), ("something else", "base-error"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "reason"), FAULTS)
def test_every_fault_is_one_line_with_advice(said: str, reason: str) -> None:
    error = faults.as_base_error(sqlite3.OperationalError(said), Path("kb.db"))
    assert error.reason == reason
    assert error.line().startswith("kb.db: ") and "; " in error.line() and "\n" not in error.line()


DOCUMENTATION = Path(__file__).parent.parent / "docs" / "schema.md"


def test_the_documentation_names_every_table_and_its_queries_run(path: Path) -> None:
    connection = open_for_writing(path)
    store(connection, Run("1"), plan(), Path("/in/a"))
    text = DOCUMENTATION.read_text(encoding="utf-8")
    for (name,) in connection.execute(
        "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT GLOB '*[_]fts[_]*'"
    ).fetchall():
        assert name.startswith(("sqlite_", "_sqlite")) or f"`{name}`" in text, name
    queries = re.findall(r"```sql\n(.*?);\n```", text, re.DOTALL)
    answers = {query.split()[1]: len(connection.execute(query).fetchall()) for query in queries}
    assert answers == {"latest,": 1, "directive,": 0, "canonical,": 2, "d.number,": 1, "document_number,": 3, "kind,": 0}
