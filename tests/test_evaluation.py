"""The scorer: what is right, missed and extra; and that it says what the reference scorer says, where that is at hand."""

from __future__ import annotations

import importlib.util
import json
import random
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pipeline.errors import ReadingError, UsageError
from pipeline.evaluation.__main__ import run
from pipeline.evaluation.folding import fold_name, fold_number
from pipeline.evaluation.gold import Entry, Gold, read_gold, read_set
from pipeline.evaluation.history import compare, errors, snapshot
from pipeline.evaluation.scoring import (
    ATTRIBUTES,
    NOTHING,
    PARTS,
    Judgement,
    accuracy,
    by_rule,
    counts,
    headline,
    join,
    judge,
)
from pipeline.evaluation.sentences import around, sentence
from pipeline.evaluation.tables import mistakes
from pipeline.records import Record

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
SHARED = ROOT.parent / "shared" / "gold"


def record_of(answer: dict[str, Any]) -> dict[str, Any]:
    """The record, as JSON values, that says exactly what a gold file says."""

    def fact(entry: dict[str, Any], place: int) -> dict[str, Any]:
        known = {
            key: value for key, value in entry.items() if not key.endswith("_alt") and key not in ("optional", "variants", "note", "quote")
        }
        return {"start": place, "end": place + 1, "page": 1, "rule": "told", **known}

    lists = {
        name: [fact(entry, n) for n, entry in enumerate(answer[name])] for name in ("citations", "assignments", "deadlines", "reports")
    }
    for entry in lists["assignments"]:
        entry.update(task=None, canonical=entry["unit"], kind=entry.get("kind") or "group")
    for entry in lists["citations"]:
        entry["type"] = entry["type"] or ""
    for entry in lists["deadlines"]:
        entry.update(
            task=None, continuous=bool(entry.get("continuous")), relative={"amount": 1, "unit": "day"} if entry.get("relative") else None
        )
    for entry in lists["reports"]:
        entry.update(reporter=entry.get("reporter") or [], recipients=entry.get("recipients") or [], what=entry.get("what") or "")
    header = {key: value for key, value in answer["document"].items() if not key.endswith("_alt") and value is not None}
    source = {"name": "x.txt", "sha256": "", "media_type": "text/plain", "pages": 1}
    return {"source": source, "text": "", "document": header, **lists}


def damaged(record: dict[str, Any], seed: int) -> dict[str, Any]:
    """The same with facts left out, doubled, moved and changed, always in the same way for one seed."""
    rng = random.Random(seed)
    hurt: dict[str, Any] = json.loads(json.dumps(record))
    header = hurt["document"]
    for field in [*header]:
        if rng.random() < 0.2 and isinstance(header[field], str) and field != "issued_on":
            header[field] = header[field].upper() if rng.random() < 0.5 else "khác"
    for name in ("citations", "assignments", "deadlines", "reports"):
        for entry in [*hurt[name]]:
            chance = rng.random()
            if chance < 0.12:
                hurt[name].remove(entry)
            elif chance < 0.2:
                hurt[name].append({**entry, "start": entry["start"] + 500})
            elif chance < 0.3:
                entry["section"] = rng.choice(["I", "II.1", "body", "closing"])
            elif chance < 0.5:
                wrong = {
                    "citations": ("issuer", "relation", "number"),
                    "assignments": ("unit", "role"),
                    "deadlines": ("latest",),
                    "reports": ("latest",),
                }
                field = rng.choice(wrong[name])
                entry[field] = {"relation": "mentions", "role": "performs", "latest": "2025-06-30"}.get(field, "Sở Nội vụ")
    return hurt


def answers(folder: Path, texts: Path) -> list[tuple[dict[str, Any], Gold]]:
    return [(json.loads((folder / f"{gold.name}.json").read_text("utf-8")), gold) for gold in read_set(folder, texts)]


def as_record(values: dict[str, Any]) -> Record:
    return msgspec.convert(values, Record)


# --- folding


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("UBND huyện Châu Thành", "Ủy ban nhân dân huyện Châu Thành"),
        ("Uỷ ban nhân dân", "Ủy ban nhân dân"),
        ("Khoa học - Công nghệ", "Khoa học – công nghệ"),
        ("**Sở Nội vụ**;", "Sở Nội vụ"),
        ("Sở  Nội vụ", "“Sở Nội vụ”"),
        ("thành phố Hòa Bình", "TP. Hoà Bình"),
        ("Sở Nội vụ", "Sở Nội vụ"),
    ],
)
def test_names_that_are_the_same(left: str, right: str) -> None:
    assert fold_name(left) == fold_name(right)


@pytest.mark.parametrize(
    ("left", "right"), [("Quý I", "Qúy I"), ("Sở Nội vụ", "Sở Nội vu"), ("Phòng Văn hóa", "Phòng Văn hóa và Thông tin")]
)
def test_names_that_differ(left: str, right: str) -> None:
    assert fold_name(left) != fold_name(right)


def test_numbers_lose_only_space_case_and_dash() -> None:
    assert fold_number("114 –kl/tw") == "114-KL/TW"
    assert fold_number(None) is None


# --- whole documents


def corpus_names() -> list[str]:
    return sorted(path.stem for path in CORPUS.glob("*.json") if "document" in json.loads(path.read_text("utf-8")))


@pytest.mark.parametrize("name", corpus_names())
def test_saying_what_the_gold_file_says_is_fully_right(name: str) -> None:
    gold = read_gold(CORPUS / f"{name}.json", CORPUS)
    assert gold is not None and gold.text.is_file()
    record = as_record(record_of(json.loads((CORPUS / f"{name}.json").read_text("utf-8"))))
    assert errors(judge(gold, record)) == []


@pytest.mark.parametrize("name", corpus_names())
def test_saying_nothing_misses_everything(name: str) -> None:
    gold = read_gold(CORPUS / f"{name}.json", CORPUS)
    assert gold is not None
    judgement = judge(gold, NOTHING)
    assert not [outcome for outcome in judgement.outcomes if outcome.status != "missed"]
    assert counts(judgement, "citations").missed == sum(not entry.optional for entry in gold.citations)


GOLD = {
    "document": {"type": "Kế hoạch", "number": "1/KH-UBND", "issued_on": "2025-01-02"},
    "citations": [
        {"text": "Luật Lưu trữ năm 2024", "type": "Luật", "name": "Luật Lưu trữ", "number": None, "issued_on": "2024", "section": "I"},
        {
            "text": "Chỉ thị số 1/CT-TTg",
            "type": "Chỉ thị",
            "number": "1/CT-TTg",
            "relation": "basis",
            "relation_alt": "mentions",
            "section": "I",
        },
        {"text": "QCVN 01", "type": "QCVN", "number": "01", "section": "I", "optional": True},
    ],
    "assignments": [
        {"section": "II.1", "unit": "Sở A và Sở B", "role": "leads", "variants": [["Sở A", "Sở B"]]},
        {"section": "II.2", "section_alt": "II", "unit": "Sở C", "role": "performs"},
        {"section": "II.2", "unit": "Sở D", "role": "supports", "optional": True},
    ],
    "deadlines": [{"section": "II.1", "text": "trong năm 2025", "earliest": "2025-01-01", "earliest_alt": None, "latest": "2025-12-31"}],
    "reports": [{"section": "III", "reporter": ["Sở A", "Sở B"], "recipients": ["Văn phòng"], "latest": "2025-05-28"}],
    "inconsistencies": [],
}
PLACE = {"start": 0, "end": 1, "page": 1}


def small_gold(tmp_path: Path) -> Gold:
    (tmp_path / "plan.json").write_text(json.dumps(GOLD), "utf-8")
    gold = read_gold(tmp_path / "plan.json", tmp_path)
    assert gold is not None
    return gold


def unit(section: str, name: str, role: str) -> dict[str, Any]:
    return {
        **PLACE,
        "section": section,
        "unit": name,
        "canonical": name,
        "kind": "organization",
        "role": role,
        "task": None,
        "rule": f"rule {role}",
    }


@pytest.mark.parametrize(
    ("part", "facts", "expected"),
    [
        ("citations", [{"type": "Luật", "text": "Luật Lưu trữ năm 2024", "name": None}], (1, 1, 0)),
        ("citations", [{"type": "Luật", "text": "luật lưu trữ", "name": "Luật Lưu trữ"}] * 2, (1, 1, 1)),
        ("citations", [{"type": "Chỉ thị", "text": "x", "number": "1/CT-TTG"}, {"type": "QCVN", "text": "x", "number": "01"}], (1, 1, 0)),
        ("assignments", [unit("II.1", "Sở A", "leads"), unit("II.1", "Sở B", "leads")], (1, 1, 0)),
        ("assignments", [unit("II", "SỞ C", "performs"), unit("II.2", "Sở D", "supports")], (1, 1, 0)),
        ("assignments", [unit("II.2", "Sở C", "leads"), unit("II.2", "Sở C", "leads")], (0, 2, 1)),
        ("without role", [unit("II.2", "Sở C", "leads")], (1, 1, 0)),
        ("without section", [unit("V", "Sở C", "performs")], (1, 1, 0)),
        ("deadlines", [{"text": "x", "section": "II.1", "earliest": None, "latest": "2025-12-31"}], (1, 0, 0)),
        ("deadlines", [{"text": "x", "section": "II.1", "latest": "2025-12-31", "continuous": True}], (0, 1, 1)),
        ("reports", [{"section": "III", "reporter": ["Sở B"], "recipients": ["Văn phòng"], "latest": "2025-05-28"}], (1, 1, 0)),
        ("reports", [{"section": "III", "reporter": ["Sở A", "Sở B"], "recipients": ["Văn phòng"]}], (0, 2, 2)),
    ],
)
def test_counting(tmp_path: Path, part: str, facts: list[dict[str, Any]], expected: tuple[int, int, int]) -> None:
    field = "assignments" if part.startswith("without") else part
    values = {**record_of({**GOLD, "citations": [], "assignments": [], "deadlines": [], "reports": []})}
    values[field] = [{"section": "I", "task": None, **PLACE, **fact} for fact in facts]
    count = counts(judge(small_gold(tmp_path), as_record(values)), part)
    assert (count.right, count.missed, count.extra) == expected


def test_attributes_accept_a_second_answer_and_count_only_found_citations(tmp_path: Path) -> None:
    values = record_of(GOLD)
    values["citations"][1].update(relation="mentions", issued_on="2020-01-01")
    del values["citations"][0]
    judgement = judge(small_gold(tmp_path), as_record(values))
    assert accuracy(judgement, "citation relation") == (1, 1)
    assert accuracy(judgement, "citation issued_on") == (0, 1)


def test_each_rule_answers_for_its_own_facts(tmp_path: Path) -> None:
    values = record_of(GOLD)
    values["assignments"] = [unit("II.1", "Sở A và Sở B", "leads"), unit("II.1", "Sở X", "leads"), unit("II.2", "Sở C", "performs")]
    table = by_rule(judge(small_gold(tmp_path), as_record(values)))
    assert (table["assignments", "rule leads"].right, table["assignments", "rule leads"].extra) == (1, 1)
    assert (table["assignments", "rule performs"].right, table["assignments", "rule performs"].extra) == (1, 0)


def test_the_recorded_run_tells_gains_from_losses(tmp_path: Path) -> None:
    gold = small_gold(tmp_path)
    first, second = record_of(GOLD), record_of(GOLD)
    first["citations"] = first["citations"][:1]
    second["deadlines"] = []
    before, now = (snapshot([gold], judge(gold, as_record(values)), "v") for values in (first, second))
    change = compare(before, now)
    assert change.gained == ["plan: citations missed: chỉ thị · 1/CT-TTG"]
    assert len(change.lost) == 1 and change.lost[0].startswith("plan: deadlines missed: II.1")
    assert compare(now, now).gained == compare(now, now).lost == compare(now, now).remarks == []
    changed = {**now, "documents": {"plan": {**now["documents"]["plan"], "gold": "other"}, "gone": {"gold": "", "errors": []}}}
    assert len(compare(changed, now).remarks) == 2


def test_an_error_shows_its_sentence(tmp_path: Path) -> None:
    text = "I. MỤC ĐÍCH\nCăn cứ Luật Lưu trữ\nnăm 2024; câu khác.\n"
    record = msgspec.structs.replace(NOTHING, text=text)
    judgement = judge(small_gold(tmp_path), record)
    missed = next(outcome for outcome in judgement.outcomes if outcome.part == "citations")
    shown = sentence(missed, record)
    assert "Luật Lưu trữ" in shown and "MỤC ĐÍCH" not in shown
    assert any(shown in line for line in mistakes(judgement, {id(missed): shown}))
    assert len(around("chữ " * 200, 400, 404)) < 220


def test_an_entry_has_all_its_right_answers() -> None:
    entry = Entry({"unit": "A", "unit_alt": ["B", None], "role": "leads", "role_alt": "performs"})
    assert entry.choices("unit") == ["A", "B", None]
    assert entry.choices("role") == ["leads", "performs"]
    assert entry.choices("latest") == [None]


# --- the command


def test_a_run_prints_records_and_compares(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = tmp_path / "project" / "corpus"
    corpus.mkdir(parents=True)
    for name in ("plan", "letter"):
        (corpus / f"{name}.json").write_text(json.dumps(GOLD), "utf-8")
    (corpus / "plan.txt").write_text("Căn cứ Luật Lưu trữ năm 2024;\n", "utf-8")

    def extract(path: Path) -> Record:
        if not path.exists():
            raise ReadingError("no such file", where=path.name)
        return msgspec.structs.replace(as_record(record_of(GOLD)), text=path.read_text("utf-8"), citations=[])

    assert run(corpus.parent, extract, "v1", record=True)
    first = capsys.readouterr()
    assert "no recorded run to compare with" in first.out and "letter.txt: no such file" in first.err
    (corpus / "letter.txt").write_text("x", "utf-8")
    assert not run(corpus.parent, extract, "v2", documents=True, errors=True)
    second = capsys.readouterr().out
    assert "0 lost" in second and "+ letter: deadlines missed: II.1" in second
    assert re.search(r"^plan +100\.0% +0\.0% +100\.0% +100\.0% +100\.0% +80\.0%$", second, re.MULTILINE)
    assert "Căn cứ Luật Lưu trữ năm 2024" in second


def test_a_folder_without_gold_files_is_named(tmp_path: Path) -> None:
    (tmp_path / "project" / "corpus").mkdir(parents=True)
    with pytest.raises(UsageError, match="no gold files"):
        run(tmp_path / "project", lambda path: NOTHING, "v1")


# --- the reference scorer


def reference_scorer() -> Any:
    path = SHARED / "score.py"
    if not path.is_file():
        pytest.skip("no reference scorer beside the project")
    spec = importlib.util.spec_from_file_location("reference_score", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def ours(judgement: Judgement) -> dict[str, Any]:
    figures: dict[str, Any] = {part: (c.right, c.missed, c.extra) for part in PARTS for c in [counts(judgement, part)]}
    return {**figures, **{name: accuracy(judgement, name) for name in ATTRIBUTES}, "headline": round(headline(judgement), 12)}


def theirs(module: Any, folder: Path, records: dict[str, Any]) -> dict[str, Any]:
    parts, attributes, missing = module.score(folder, records)
    assert not missing
    figures: dict[str, Any] = {name.strip(): (tally.tp, tally.fn, tally.fp) for name, tally in parts.items()}
    figures |= {name: (value.right, value.total) for name, value in attributes.items()}
    return {**figures, "headline": round(module.headline(parts, attributes), 12)}


@pytest.mark.parametrize("seed", range(25))
@pytest.mark.parametrize("folder", [SHARED / "dev", CORPUS], ids=["dev", "corpus"])
def test_same_figures_as_the_reference_on_damaged_records(seed: int, folder: Path, tmp_path: Path) -> None:
    module = reference_scorer()
    pairs = answers(folder, folder)
    assert pairs
    for answer, gold in pairs:  # without what lies beside the gold files
        (tmp_path / f"{gold.name}.json").write_text(json.dumps(answer), "utf-8")
    hurt = {gold.text.stem: damaged(record_of(answer), seed) for answer, gold in pairs}
    judgement = join(judge(gold, as_record(hurt[gold.text.stem])) for _, gold in pairs)
    assert ours(judgement) == theirs(module, tmp_path, hurt)
    assert headline(judgement) < 0.99
