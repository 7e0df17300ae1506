"""The command line: help with examples, exit statuses, one-line errors, tables that fit."""

from __future__ import annotations

import csv
import io
import json
import os
import shlex
import sqlite3
import subprocess
import sys
import types
import unicodedata
from pathlib import Path

import click
import jsonschema  # type: ignore[import-untyped]
import pytest
from test_storage_samples import FakeExtractor, letter, plan

from pipeline import records as r
from pipeline.cli.duty_table import full_name
from pipeline.cli.labels import Labels
from pipeline.cli.main import COMMANDS, cli, main
from pipeline.cli.output import excerpt, plain, shorten, show_date, write_csv, write_json
from pipeline.questions.documents_named import DocumentRef
from pipeline.storage.base import open_for_writing, transaction
from pipeline.storage.form import SCHEMA_VERSION
from pipeline.storage.register import Run, store


@pytest.fixture
def extractor(monkeypatch: pytest.MonkeyPatch) -> FakeExtractor:
    """A stand-in for the language pipeline, in the place where the commands look for it."""
    fake = FakeExtractor()
    module = types.ModuleType("pipeline.extract")
    module.Extractor = lambda settings: fake  # type: ignore[attr-defined]
    module.pipeline_version = lambda: "1"  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pipeline.extract", module)
    return fake


@pytest.fixture
def desk(tmp_path: Path, extractor: FakeExtractor, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in with three inputs, of which one cannot be read."""
    (tmp_path / "in").mkdir()
    for name, content in (("a.txt", b"plan"), ("b.txt", b"letter"), ("c.txt", b"\x00\x01"), ("d.json", b"{}"), ("e.xlsx", b"x")):
        (tmp_path / "in" / name).write_bytes(content)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


@pytest.fixture
def base(desk: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert main(["ingest", "in/a.txt", "in/b.txt"]) == 0
    capsys.readouterr()
    return desk / "kb.db"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    out = capsys.readouterr()
    return code, out.out, out.err


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(capsys: pytest.CaptureFixture[str], name: str) -> None:
    code, out, _ = run(capsys, name, "--help")
    assert code == 0
    example = out.partition("Example:")[2]
    assert f"vanban {name}" in example
    command = cli.get_command(None, name)  # type: ignore[arg-type]
    assert command is not None and all(p.help for p in command.params if isinstance(p, click.Option))
    assert f"  {name} " in run(capsys, "--help")[1]


@pytest.mark.parametrize("name", COMMANDS)
def test_help_fits_a_narrow_terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert [line for line in run(capsys, name, "--help")[1].splitlines() if len(line) > 80] == []


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "schema"])
def test_examples_of_the_help_parse(name: str) -> None:
    command = cli.get_command(None, name)  # type: ignore[arg-type]
    assert command is not None and command.help is not None
    lines = [line.strip() for line in command.help.split("Example:")[1].splitlines() if line.strip()]
    for line in lines:
        words = shlex.split(line.split(">")[0])
        assert words[:2] == ["vanban", name]
        command.make_context(name, words[2:])


def test_ingest_says_what_became_of_each_input(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "ingest", "in", "missing.txt")
    assert code == 1
    assert out.splitlines() == [
        "added: in/a.txt: Kế hoạch 12/KH-UBND, 3 citations, 7 duties, 1 finding",
        "added: in/b.txt: Công văn 343/UBND-VX, 1 citation, 1 duty, 0 findings",
        "2 added, 0 updated, 0 known, 1 put aside, 1 missing in kb.db",
    ]
    assert err.splitlines() == [
        "vanban: put aside: in/c.txt: this is not a text; check the file",
        "vanban: put aside: missing.txt: no such file or folder; check the path",
        "ignored 2 files of other kinds in folders: .json 1, .xlsx 1",
    ]
    assert run(capsys, "ingest", "in/a.txt", "-q") == (0, "0 added, 0 updated, 1 known, 0 put aside in kb.db\n", "")


def test_extract_prints_records_and_goes_on_past_a_bad_file(desk: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", "in"]) == 1
    out, err = capfd.readouterr()
    records = [r.from_json(line) for line in out.splitlines()]
    assert [record.source.name for record in records] == ["in/a.txt", "in/b.txt"]
    assert "vanban: in/c.txt: this is not a text" in err and "in/a.txt: to look at: number-gap (1)" in err
    assert not list(desk.glob("*.db*"))


def test_due_as_json_and_csv(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "due", "--by", "01/11/2025", "--format", "json")
    rows = json.loads(out)
    assert code == 0 and [row["latest"] for row in rows] == ["2025-01-14", "2025-05-20", "2025-10-31"]
    assert [(row["recurrence"], row["occurrences"], row["last_occurrence"]) for row in rows] == [
        ("FREQ=MONTHLY;BYMONTHDAY=14", 10, "2025-10-14"), (None, None, None), (None, None, None),
    ]  # fmt: skip
    assert err == "4 duties without a day are left out; --undated lists them\n"
    assert list(rows[0])[:13] == ["unit", "canonical", "role", "kind", "what", "recipients", "via", "latest", "recurrence", "document",
                                  "section", "page", "quote"]  # fmt: skip
    undated = json.loads(run(capsys, "due", "--by", "2025-11-01", "--format", "json", "--undated")[1])
    assert undated[:3] == rows and [row["latest"] for row in undated[3:]] == [None] * 4
    each = json.loads(run(capsys, "due", "--by", "2025-11-01", "--format", "json", "--expand")[1])
    assert [row["latest"] for row in each if row["recurrence"]] == [f"2025-{month:02}-14" for month in range(1, 11)] and len(each) == 12
    table = list(csv.DictReader(io.StringIO(run(capsys, "due", "--by", "2025-11-01", "--format", "csv")[1])))
    assert (table[-1]["latest"], table[-1]["document_number"], table[-1]["recipients"]) == (
        "2025-10-31",
        "12/KH-UBND",
        "Ủy ban nhân dân huyện",
    )


def test_trace_and_the_other_questions_as_json(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = json.loads(run(capsys, "trace", "chi thi 33 ct ttg", "--format", "json")[1])
    assert answer["directive"]["directive"] == "chi-thi/33-ct-ttg/2021" and len(answer["mentions"]) == 2
    assert len(json.loads(run(capsys, "search", "đôn", "đốc", "--format", "json")[1])) == 1
    assert {row["canonical"] for row in json.loads(run(capsys, "unit", "noi vu", "--format", "json")[1])} == {"Phòng Nội vụ huyện An Phú"}
    assert len(json.loads(run(capsys, "audit", "--format", "json", "--code", "not-in-base")[1])) == 3
    (document,) = json.loads(run(capsys, "document", "12/kh-ubnd", "--format", "json")[1])
    assert document["citations"][0]["number"] == "33/CT-TTg" and "text" not in document
    (document,) = json.loads(run(capsys, "document", "12/kh-ubnd", "--format", "json", "--text")[1])
    jsonschema.validate(document, json.loads(run(capsys, "schema")[1]))


def test_the_schema_accepts_records_and_refuses_others(capsys: pytest.CaptureFixture[str]) -> None:
    schema = json.loads(run(capsys, "schema")[1])
    record = json.loads(r.to_json(plan()))
    jsonschema.Draft202012Validator(schema).validate(record)
    record["assignments"][0]["role"] = "watches"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema).validate(record)


QUESTIONS = [
    ("due", "--by", "2025-12-31"), ("trace", "33/CT-TTg"), ("search", "ủy ban"), ("unit", "Phòng Nội vụ"),
    ("document", "12/KH-UBND"), ("audit",),
]  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q[0])
@pytest.mark.parametrize("columns", [80, 120])
def test_tables_fit_their_width(
    base: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, question: tuple[str, ...], columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    code, out, _ = run(capsys, *question)
    assert code == 0 and out
    assert (
        max(len(unicodedata.normalize("NFC", line).rstrip()) for line in out.splitlines() if not line.startswith(("Còn", "Nơi nhận")))
        <= columns
    )
    assert "\x1b" not in out


@pytest.mark.parametrize("columns", ["80", "120"])
def test_the_due_table_keeps_dates_and_labels_whole(
    base: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    out = run(capsys, "due", "--by", "2025-11-01")[1]
    assert "Việc đến hạn đến hết ngày 01/11/2025 (tính cả ngày này): 3 việc, 3 lượt" in out
    for word in ("Hạn cuối", "Đơn vị", "Việc", "nơi nhận", "Văn bản", "31/10/2025", "12/KH-UBND", "thường", "định kỳ", "--undated"):
        assert word in out, word
    english = run(capsys, "due", "--by", "2025-11-01", "--lang", "en")[1]
    assert "Last day" in english and "Hạn cuối" not in english


def test_a_recurring_duty_is_one_row_that_says_how_often(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, "due", "--by", "2025-11-01")[1]
    assert [day for day in ("14/01/2025", "14/02/2025", "14/10/2025") if day in out] == ["14/01/2025", "14/10/2025"]
    said = " ".join(line[:12].strip() for line in out.splitlines())
    assert "14/01/2025 ngày 14 hằng tháng 10 lần, đến 14/10/2025" in said
    each = run(capsys, "due", "--by", "2025-11-01", "--expand")[1]
    assert "12 việc, 12 lượt" in each and "14/02/2025" in each and "10 lần" not in each
    one = run(capsys, "due", "--from", "2025-03-01", "--by", "2025-03-31")[1]
    assert "14/03/2025" in one and "1 lần" not in one


def test_units_of_one_duty_share_a_row_by_role(base: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "240")
    out = run(capsys, "due", "--by", "2025-12-31", "--from", "2025-12-31")[1]
    assert "1 việc, 2 lượt đơn vị" in out
    assert "chủ trì: Phòng Nội vụ" in out and "phối hợp: Văn phòng HĐND và UBND huyện" in out


def test_trace_table_says_where_documents_disagree(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    connection, one = open_for_writing(Path("kb.db")), Run("1")
    store(connection, one, letter(), Path("/a"))
    store(connection, one, letter("b", day="02/11/2024", iso="2024-11-02"), Path("/b"))
    connection.close()
    out = run(capsys, "trace", "1211/QĐ-UBND")[1]
    assert "Ngày ban hành: 02/11/2024 (1 lần); 21/11/2024 (1 lần)  CÁC VĂN BẢN GHI KHÁC NHAU" in out
    assert "Cơ quan ban hành: Ủy ban nhân dân tỉnh Hòa Sơn (2 lần)\n" in out


def test_nothing_found_is_no_failure(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for question in (("trace", "1/X-Y"), ("search", "zzz"), ("unit", "zzz"), ("document", "9/ZZ"), ("due", "--by", "2001-01-01")):
        code, out, _ = run(capsys, *question)
        assert code == 0 and out, question
    assert "no unit is called zzz" in run(capsys, "due", "--by", "2025-12-31", "--unit", "zzz")[2]
    assert "similar: Quyết định 1211/QĐ-UBND" in run(capsys, "trace", "1211")[2]


WRONG = [
    ((), "Usage"), (("nope",), "No such command"), (("serve",), "No such command"),
    (("audit", "--code", "nope"), "no kind of issue"), (("due",), "--by"), (("due", "--by", "31/02/2025"), "is not a day"),
    (("due", "--by", "01/11/25"), "is not a day; write 2025-11-01 or 01/11/2025"), (("due", "--by", "2025-11"), "is not a day"),
    (("due", "--by", "2025-01-01", "--format", "pdf"), "--format"),
    (("due", "--from", "2025-01-02", "--by", "2025-01-01"), "--from 2025-01-02 lies after --by 2025-01-01"),
    (("audit", "--kind", "unit"), "--kind goes with --uncertain"),
    (("due", "--by", "2025-01-01", "--db", "none.db"), "no knowledge base here"),
    (("show", "1/KH", "--fact", "a1", "--out", "a1.jpg"), "the picture is a PNG: name it a1.png, not a1.jpg"),
    (("ingest",), "PATH"), (("ingest", "x", "--db", "none/kb.db"), "no knowledge base can be made here"), (("search",), "WORDS"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "said"), WRONG, ids=lambda value: " ".join(value) if isinstance(value, tuple) else "")
def test_wrong_use_is_status_2_and_one_line(desk: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "") and said in err
    assert not arguments or err.count("\n") == 1


@pytest.mark.parametrize("question", [("due", "--by", "2025-01-01"), ("correct", "1/KH", "a1", "role=leads"), ("audit",)])
def test_an_empty_file_is_no_base(desk: Path, capsys: pytest.CaptureFixture[str], question: tuple[str, ...]) -> None:
    Path("empty.db").touch()
    code, out, err = run(capsys, *question, "--db", "empty.db")
    assert (code, out, err.count("\n")) == (2, "", 1) and "knowledge base" in err and "vanban ingest FOLDER" in err and "form" not in err
    assert not Path("empty.db").stat().st_size


def test_search_says_that_there_is_more(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    total = len(json.loads(run(capsys, "search", "bao cao", "--format", "json")[1]))
    assert total > 2
    assert "còn nữa (--offset 2 " in run(capsys, "search", "bao cao", "--limit", "2")[1]
    for form in ("json", "csv"):
        code, out, err = run(capsys, "search", "bao cao", "--limit", "2", "--format", form)
        assert code == 0 and err == "... and more (--offset 2 goes on, --limit shows more)\n"
        assert form == "csv" or len(json.loads(out)) == 2
        assert run(capsys, "search", "bao cao", "--limit", str(total), "--format", form)[2] == ""
        assert run(capsys, "search", "bao cao", "--limit", "2", "--offset", str(total - 2), "--format", form)[2] == ""
    assert "còn nữa" not in run(capsys, "search", "bao cao", "--limit", str(total))[1]


def test_a_base_that_cannot_be_used_is_one_line(desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.storage.base.BUSY_SECONDS", 0.05)
    Path("text.db").write_text("no database " * 100)
    open_for_writing(Path("new.db")).execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    held = open_for_writing(Path("held.db"))
    with transaction(held):
        assert run(capsys, "ingest", "in/a.txt", "--db", "held.db")[::2] == (
            1,
            "vanban: held.db: the knowledge base is in use by another process (waited 5 s); try again when it has finished\n",
        )
    for name, said in (("text.db", "not a knowledge base"), ("new.db", "made by a newer version")):
        for command in (("ingest", "in/a.txt"), ("due", "--by", "2025-01-01"), ("audit",)):
            code, out, err = run(capsys, *command, "--db", name)
            assert (code, out, err.count("\n")) == (1, "", 1) and said in err and name in err


def test_an_unexpected_error_is_one_line(base: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.questions.search.search", lambda *_: 1 / 0)
    code, _, err = run(capsys, "search", "x")
    assert code == 1 and err.count("\n") == 1 and "ZeroDivisionError" in err


def test_output_goes_on_when_the_reader_has_seen_enough(base: Path) -> None:
    command = f"{sys.executable} -m pipeline audit --format json --db {base} | head -1"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, check=False, env={**os.environ})
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("value", [[], [1], [{"a": "x\ny", "b": [], "c": {"d": None}}, {"a": [1, {"b": "“đ”"}]}, {}], {"a": [1, 2]}, "x"])
def test_json_row_by_row_is_the_same(capsys: pytest.CaptureFixture[str], value: object) -> None:
    write_json(value)
    assert capsys.readouterr().out == json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def test_tables_and_csv_disarm_hostile_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert plain("a\x1b[31mb\u202ec\nd\u200b") == "a [31mbc d"
    write_csv([{"a": "=HYPERLINK(1)", "b": ["-x", "y"], "c": {"d": "@e", "f": 1.5}, "g": None}], ["a", "b", "c_d", "c_f", "g"])
    assert capsys.readouterr().out.splitlines()[1] == "'=HYPERLINK(1),'-x; y,'@e,1.5,"


def test_a_document_is_named_with_as_much_of_its_day_as_is_known() -> None:
    names = [full_name(DocumentRef("9/KH", "Kế hoạch", None, day, "a.txt"), Labels()) for day in ("2025-01-02", "2025-01", "2025", None)]
    assert names == [f"Kế hoạch 9/KH{day} [a.txt]" for day in (" ngày 02/01/2025", " tháng 01/2025", " năm 2025", "")]


def test_small_forms() -> None:
    assert [show_date(x) for x in ("2025-05-28", "2025-02", "2022", None)] == ["28/05/2025", "02/2025", "2022", ""]
    assert shorten("một hai ba", 8) == "một hai…" and shorten("một hai ba", 10) == "một hai ba"


def test_an_excerpt_shows_what_it_is_about() -> None:
    text = "đầu " * 100 + "SỰ KIỆN trước ngày 01/11/2025 " + "đuôi " * 100
    shown = excerpt(text, text.index("SỰ"), 80)
    assert "SỰ KIỆN trước ngày 01/11/2025" in shown and shown.startswith("…") and shown.endswith("…") and len(shown) <= 82
    assert excerpt("ngắn  gọn", 3, 80) == "ngắn gọn"


def test_a_terminal_escape_in_a_document_never_reaches_the_screen(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    connection = open_for_writing(Path("kb.db"))
    store(connection, Run("1"), letter("x\x1b]0;name\x07.txt", extra=" \x1b[2J"), Path("/a"))
    connection.close()
    for question in (("due", "--by", "2025-12-31"), ("trace", "1211/QĐ-UBND"), ("search", "2J"), ("document", "343/UBND-VX"), ("audit",)):
        code, out, _ = run(capsys, *question)
        assert code == 0 and "\x1b" not in out and "\x07" not in out
    with sqlite3.connect("kb.db") as raw:
        assert raw.execute("SELECT count(*) FROM texts WHERE instr(text, char(27))").fetchone()[0] == 1


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_a_reader_that_has_seen_enough_is_no_failure(tmp_path: Path, form: str) -> None:
    """More than a pipe holds, so that the command is still writing when head ends."""
    path, one = tmp_path / "kb.db", Run("1")
    connection = open_for_writing(path)
    for n in range(400):
        store(connection, one, letter(f"letters/{n}.txt", number=f"{n}/UBND-VX", extra=f" Bản {n}."), Path(f"/in/{n}"))
    connection.close()
    command = [sys.executable, "-m", "pipeline.cli.main", "due", "--by", "2025-12-31", "--db", str(path), "--format", form]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as asked:
        assert asked.stdout is not None and asked.stderr is not None
        assert asked.stdout.readline()
        asked.stdout.close()
        said = asked.stderr.read()
    assert (asked.returncode, said) == (0, "")
