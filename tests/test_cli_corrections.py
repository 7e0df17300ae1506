"""The commands around corrections: they win in every answer, travel as CSV, leave as gold."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from test_cli import run
from test_storage_samples import letter, plan

from pipeline.cli.main import main
from pipeline.evaluation.gold import read_gold, read_set
from pipeline.evaluation.scoring import PARTS, accuracy, counts, judge
from pipeline.storage.base import open_for_reading, open_for_writing
from pipeline.storage.read import load_record
from pipeline.storage.register import Run, store

Ask = Callable[..., tuple[int, str, str]]


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Runs a command on a base with the plan and a letter."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.delenv("VANBAN_BY", raising=False)
    connection = open_for_writing(Path("kb.db"))
    store(connection, Run("1"), plan(), Path("/in/plan"))
    store(connection, Run("1"), letter(), Path("/in/letter"))
    connection.close()
    return lambda *arguments: run(capsys, *arguments)


def answer(ask: Ask, *arguments: str) -> Any:
    return json.loads(ask(*arguments, "--format", "json")[1])


def test_a_correction_wins_in_every_answer(ask: Ask) -> None:
    assert ask("correct", "12/KH-UBND", "a2", "unit=Phòng Tư pháp", "role=leads", "--by", "Lê", "--note", "trang 1")[0::2] == (0, "")
    ask("correct", "12/KH-UBND", "d1", "latest=2025-11-30")
    ask("correct", "12/KH-UBND", "c3", "number=121-KL/TW")
    ask("correct", "12/KH-UBND", "r2", "--delete")
    due = answer(ask, "due", "--by", "2025-12-31")
    assert [(row["unit"], row["role"], row["corrected"]) for row in due if row["latest"] == "2025-11-30"] == [
        ("Phòng Nội vụ", "leads", True),
        ("Phòng Tư pháp", "leads", True),
    ]
    assert not [row for row in due if row["recurrence"]]
    assert [row["corrected"] for row in answer(ask, "unit", "phong tu phap")] == [True, False]
    trace = answer(ask, "trace", "121-KL/TW")
    assert [mention["corrected"] for mention in trace["mentions"]] == [True] and not answer(ask, "trace", "120-KL/TW")["mentions"]
    (record,) = answer(ask, "document", "12/KH-UBND")
    assert [(a["fact"], a["unit"], a["corrected"]) for a in record["assignments"]][1] == ("a2", "Phòng Tư pháp", True)
    assert [hit["corrected"] for hit in answer(ask, "search", "Trong năm 2025")] == [True]
    assert [hit["corrected"] for hit in answer(ask, "search", "một cửa")] == [False]
    assert "c3" not in [issue["fact"] for issue in answer(ask, "audit", "--code", "least-certain")]
    for question in (("due", "--by", "2025-12-31"), ("trace", "121-KL/TW"), ("document", "12/KH-UBND"), ("unit", "phong tu phap")):
        assert "đã sửa" in ask(*question)[1].replace("\n", " "), question
    rows = answer(ask, "correct", "--list", "12/KH-UBND")
    assert [(row["id"], row["fact"], row["corrected_by"]) for row in rows] == [
        (1, "a2", "Lê"),
        (2, "d1", None),
        (3, "c3", None),
        (4, "r2", None),
    ]
    assert rows[0]["before"] == "unit=Văn phòng HĐND và UBND huyện; role=supports" and rows[0]["note"] == "trang 1"
    assert answer(ask, "correct", "--list", "343/UBND-VX") == []
    assert ask("correct", "--undo", "4")[0] == 0
    assert [row for row in answer(ask, "due", "--by", "2025-12-31") if row["recurrence"]]


WRONG = [
    (("12/KH-UBND", "a9", "role=leads"), "no fact a9"),
    (("12/KH-UBND", "a1", "role=x"), "not one of"),
    (("9/ZZ", "a1", "role=leads"), "no document"),
    (("12/KH-UBND", "--add", "memo", "x=y"), "no kind of fact"),
    (("12/KH-UBND", "a1"), "name a DOCUMENT"),
    ((), "name a DOCUMENT"),
    (("12/KH-UBND", "a1", "--delete", "--confirm"), "do not go together"),
    (("--undo", "7"), "no correction 7"),
    (("--undo", "0"), "--undo"),
    (("--from", "none.csv"), "No such file"),
    (("12/KH-UBND", "a1", "role=leads", "--db", "none.db"), "no knowledge base here"),
    (("12/KH-UBND", "document", "--delete"), "cannot be deleted"),
    (("x", "--from", "none.csv"), "takes no DOCUMENT"),
]


@pytest.mark.parametrize(("arguments", "said"), WRONG, ids=lambda value: " ".join(value) if isinstance(value, tuple) else "")
def test_wrong_corrections_are_status_2_and_one_line(ask: Ask, arguments: tuple[str, ...], said: str) -> None:
    code, out, err = ask("correct", *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1) and said in err
    assert not Path("none.db").exists()


def sheet(ask: Ask, *arguments: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(ask("audit", "--uncertain", "--format", "csv", *arguments)[1])))


def write(rows: list[dict[str, str]], path: str = "edited.csv", delimiter: str = ",", encoding: str = "utf-8") -> None:
    with Path(path).open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)


def test_the_least_certain_come_first(ask: Ask) -> None:
    rows = answer(ask, "audit", "--uncertain")
    confidence = [row["confidence"] for row in rows]
    assert confidence == sorted(confidence) and [rows[0]["fact"], rows[1]["fact"]] == ["c3", "a2"]
    assert rows[0]["quote"].startswith("1. Tiếp tục quán triệt") and rows[0]["values"]["number"] == "120-KL/TW"
    assert {row["kind"] for row in answer(ask, "audit", "--uncertain", "--kind", "unit")} == {"assignment"}
    assert [row["fact"] for row in answer(ask, "audit", "--uncertain", "--kind", "deadline", "--limit", "2")] == ["d1", "d2"]
    table = ask("audit", "--uncertain", "--limit", "1")[1]
    assert "c3" in table and "a2" not in table and "120-KL/TW" in table
    assert ask("audit", "--uncertain", "--code", "x")[0] == 2
    ask("correct", "12/KH-UBND", "c3", "--confirm")
    assert answer(ask, "audit", "--uncertain")[0]["fact"] == "a2" and answer(ask, "audit", "--uncertain")[-1]["fact"] == "c3"


SAVED_AS = [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-8")]


@pytest.mark.parametrize(("delimiter", "encoding"), SAVED_AS)
def test_an_edited_list_is_taken_back_in(ask: Ask, delimiter: str, encoding: str) -> None:
    rows = sheet(ask)
    by_fact = {(row["document_number"], row["fact"]): row for row in rows}
    by_fact["12/KH-UBND", "c3"]["issued_on"] = "08/01/2016"
    by_fact["12/KH-UBND", "a2"]["action"] = "delete"
    by_fact["12/KH-UBND", "a1"]["action"] = "confirm"
    by_fact["12/KH-UBND", "r1"]["via"] = ""
    by_fact["343/UBND-VX", "c1"]["note"] = "đã xem"
    write(rows, delimiter=delimiter, encoding=encoding)
    code, out, err = ask("correct", "--from", "edited.csv", "--by", "Lê")
    assert (code, err) == (0, "") and out.splitlines()[-1] == f"4 corrections, 0 known already, {len(rows) - 4} lines as they were"
    done = {row["fact"]: (row["action"], row["after"]) for row in answer(ask, "correct", "--list")}
    assert done == {"c3": ("change", "issued_on=2016-01-08"), "a2": ("delete", ""), "a1": ("change", ""), "r1": ("change", "via=")}
    again = ask("correct", "--from", "edited.csv")
    assert again[0] == 0 and again[1] == f"0 corrections, 4 known already, {len(rows) - 4} lines as they were\n"


def test_a_list_follows_facts_that_were_renamed_by_a_new_reading(ask: Ask) -> None:
    rows = sheet(ask, "--kind", "unit")
    next(row for row in rows if row["fact"] == "a3")["role"] = "directs"
    write(rows)
    fresh = plan()
    connection = open_for_writing(Path("kb.db"))
    store(connection, Run("2"), msgspec.structs.replace(fresh, assignments=fresh.assignments[1:]), Path("/in/plan"))
    connection.close()
    code, _, err = ask("correct", "--from", "edited.csv")
    assert code == 2 and "edited.csv:" in err and "no fact a1 with these values" not in err.splitlines()[-1]
    write([row for row in rows if row["fact"] == "a3"])
    assert ask("correct", "--from", "edited.csv")[0] == 0
    assert [(row["fact"], row["after"]) for row in answer(ask, "correct", "--list")] == [("a2", "role=directs")]


def test_a_wrong_line_stores_nothing_and_every_wrong_line_is_named(ask: Ask) -> None:
    rows = sheet(ask)
    rows[0]["issued_on"] = "soon"
    rows[1]["role"] = "directs"
    rows[2]["fact"] = "zz"
    rows[2]["state"] = "s0"
    write(rows)
    code, out, err = ask("correct", "--from", "edited.csv")
    assert (code, out) == (2, "") and len(err.splitlines()) == 3
    assert "edited.csv:2: issued_on='soon' is not a date" in err and "edited.csv:4: the document has no fact zz" in err
    assert answer(ask, "correct", "--list") == []


def test_a_fact_changed_since_the_list_was_made_is_not_overwritten(ask: Ask) -> None:
    rows = sheet(ask)
    ask("correct", "12/KH-UBND", "a2", "role=leads")
    next(row for row in rows if row["fact"] == "a2")["role"] = "directs"
    write(rows)
    code, _, err = ask("correct", "--from", "edited.csv")
    assert code == 2 and "fact a2 has changed since the list was made" in err


LONG = b"action,kind,fact,document_sha256,state," + b"x" * 140_000 + b"\n"
BAD_SHEETS = [
    (LONG, "not a CSV file (field larger than field limit"),
    (b"a,b\n1,2\n", "not a list of facts"),
    (b"\xff\xfea\x00", "not UTF-8"),
    (b"", "not a list of facts"),
]


@pytest.mark.parametrize(("content", "said"), BAD_SHEETS)
def test_a_file_that_is_no_list_is_one_line(ask: Ask, content: bytes, said: str) -> None:
    Path("bad.csv").write_bytes(content)
    code, out, err = ask("correct", "--from", "bad.csv")
    assert (code, out, err.count("\n")) == (2, "", 1) and said in err and "bad.csv" in err


def test_cells_that_look_like_formulas_come_back_as_they_were(ask: Ask) -> None:
    ask("correct", "12/KH-UBND", "r3", "what=- báo cáo đột xuất")
    rows = sheet(ask)
    row = next(row for row in rows if row["fact"] == "r3" and row["document_number"] == "12/KH-UBND")
    assert row["what"] == "'- báo cáo đột xuất"
    write(rows)
    assert ask("correct", "--from", "edited.csv")[1].startswith("0 corrections, 0 known already")


def test_gold_of_corrected_documents_scores_as_right(ask: Ask) -> None:
    assert ask("export-gold", "--out", "gold") == (0, "", "no document has corrections; --all writes every document\n")
    ask("correct", "12/KH-UBND", "a2", "role=leads")
    ask("correct", "12/KH-UBND", "--add", "assignment", "unit=Phòng Tư pháp", "role=leads", "quote=Phòng Tư pháp báo cáo đột xuất")
    ask("correct", "12/KH-UBND", "document", "title=Dân vận chính quyền")
    code, out, _ = ask("export-gold", "--out", "gold")
    (path,) = [Path(line) for line in out.splitlines()]
    assert code == 0 and path.parent == Path("gold")
    plain = json.loads(path.read_text("utf-8"))
    assert plain["source"] == path.with_suffix(".txt").name and path.with_suffix(".txt").read_text("utf-8") == plan().text
    assert [(a["role"], a.get("checked")) for a in plain["assignments"]] == [
        ("leads", None),
        ("leads", True),
        ("leads", None),
        ("performs", None),
        ("leads", True),
    ]
    assert plain["assignments"][1]["quote"] == "Phòng Nội vụ; phối hợp: Văn phòng HĐND và UBND huyện ."
    gold = read_gold(path, Path("gold"))
    assert gold is not None and gold.text.is_file()
    with open_for_reading(Path("kb.db")) as connection:
        record = load_record(connection, 1)
    judgement = judge(gold, record)
    assert [(counts(judgement, part).missed, counts(judgement, part).extra) for part in PARTS] == [(0, 0)] * len(PARTS)
    assert len(set(accuracy(judgement, "metadata"))) == 1
    assert counts(judge(gold, plan()), "assignments").missed == 2
    assert ask("export-gold", "--all", "--out", "all")[1].count("\n") == len(read_set(Path("all"), Path("all"))) == 2
    assert ask("export-gold", "343/UBND-VX", "--out", "one")[1].count("\n") == 1
    assert ask("export-gold", "343/UBND-VX", "--all")[0] == 2


def test_a_base_without_write_permission_says_so(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    held = open_for_writing(Path("kb.db"))
    monkeypatch.setattr("pipeline.storage.base.BUSY_SECONDS", 0.05)
    held.execute("BEGIN IMMEDIATE")
    code, out, err = ask("correct", "12/KH-UBND", "a2", "role=leads")
    assert (code, out, err.count("\n")) == (1, "", 1) and "in use by another process" in err
    assert main(["correct", "--list"]) == 0
