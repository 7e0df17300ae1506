"""Corrections over hand-made records: they win, they stay in any later reading of the same file, they can be taken back."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any

import msgspec
import pytest
from test_storage_samples import letter, plan

from pipeline import records as r
from pipeline.corrections import apply
from pipeline.corrections.apply import Workbench, corrected
from pipeline.corrections.model import Correction, Kind
from pipeline.errors import UsageError
from pipeline.questions.audit import audit
from pipeline.questions.duties import all_duties
from pipeline.questions.trace import trace
from pipeline.questions.uncertain import uncertain
from pipeline.review import desk
from pipeline.review.listing import listed
from pipeline.review.requests import addition, change, kind_named
from pipeline.review.sheet import Line
from pipeline.storage.base import open_for_writing
from pipeline.storage.corrections import extracted_record
from pipeline.storage.read import load_names, load_record
from pipeline.storage.register import Run, put_secret_aside, store

replace = msgspec.structs.replace


class Base:
    """A base with the plan, corrected as a person would."""

    def __init__(self, folder: Path) -> None:
        self.connection = open_for_writing(folder / "kb.db")
        self.read(plan(), "1")

    def read(self, record: r.Record, version: str) -> None:
        store(self.connection, Run(version), record, Path("/in/plan"))

    @property
    def key(self) -> int:
        return int(self.connection.execute("SELECT id FROM documents").fetchone()[0])

    def correct(self, fact: str, *pairs: str, action: Any = "change") -> desk.Done:
        bench = desk.bench_of(self.connection, self.key)
        return desk.keep(self.connection, self.key, [change(bench, fact, pairs, action)])[0]

    def add(self, kind: Kind, *pairs: str) -> desk.Done:
        bench = desk.bench_of(self.connection, self.key)
        return desk.keep(self.connection, self.key, [addition(bench, kind, pairs)])[0]

    @property
    def record(self) -> r.Record:
        return load_record(self.connection, self.key)

    def names(self, part: str) -> list[str]:
        return load_names(self.connection, self.key)[0][part]

    def fact(self, name: str) -> Any:
        part = {"c": "citations", "a": "assignments", "d": "deadlines", "r": "reports", "t": "tasks"}[name[0]]
        return getattr(self.record, part)[self.names(part).index(name)]

    def unmatched(self) -> list[str | None]:
        return [issue.about for issue in audit(self.connection, ("unmatched",))]


@pytest.fixture
def base(tmp_path: Path) -> Base:
    return Base(tmp_path)


CHANGES = [
    ("a2", ["role=leads"], {"role": "leads", "unit": "Văn phòng HĐND và UBND huyện", "confidence": 1.0}),
    ("a1", ["unit=Phòng Tư pháp", "canonical=Phòng Tư pháp huyện An Phú"], {"canonical": "Phòng Tư pháp huyện An Phú"}),
    ("a1", ["unit=UBND huyện", "canonical="], {"canonical": "Ủy ban nhân dân huyện An Phú"}),
    ("a1", ["unit=UBND huyện"], {"unit": "UBND huyện", "canonical": "Ủy ban nhân dân huyện An Phú"}),
    ("a1", ["unit=Văn phòng HĐND và UBND huyện"], {"canonical": "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện An Phú"}),
    ("c3", ["number=120-KL/TW", "issued_on=08/01/2017"], {"issued_on": "2017-01-08", "directive": "ket-luan/120-kl-tw/2017"}),
    ("c2", ["issuer=Chính phủ"], {"inherited": ["issued_on"], "issuer": "Chính phủ", "directive": "chi-thi/33-ct-ttg/2021"}),
    ("c1", ["issued_on="], {"issued_on": None, "directive": None}),
    ("d3", ["latest=2025-11-15"], {"latest": "2025-11-15", "stated_day": None, "boundary": None}),
    ("d4", ["relative_amount=7", "relative_unit=day"], {"relative": r.Relative(amount=7, unit="day", from_="khi có yêu cầu")}),
    ("d4", ["relative_amount=", "relative_from="], {"relative": None}),
    ("d2", ["continuous=no", "latest=2025"], {"continuous": False, "latest": "2025"}),
    ("d1", ["owed_by=Phòng Nội vụ; Phòng Tư pháp"], {"owed_by": ["Phòng Nội vụ", "Phòng Tư pháp"]}),
    ("d1", ["recurrence=rrule:freq=yearly"], {"recurrence": "FREQ=YEARLY"}),
    (
        "r1",
        ["recipients=Phòng Nội vụ", "via="],
        {"recipients": ["Phòng Nội vụ"], "recipients_canonical": ["Phòng Nội vụ huyện An Phú"], "via": None},
    ),
    ("t2", ["text=Rà soát"], {"text": "Rà soát"}),
]


@pytest.mark.parametrize(("fact", "pairs", "expected"), CHANGES, ids=[f"{row[0]} {' '.join(row[1])}" for row in CHANGES])
def test_a_change_wins_with_all_that_follows_from_it(base: Base, fact: str, pairs: list[str], expected: dict[str, Any]) -> None:
    before = base.record
    base.correct(fact, *pairs)
    found = base.fact(fact)
    assert {name: getattr(found, name) for name in expected} == expected
    assert extracted_record(base.connection, base.key) == before
    assert desk.undo(base.connection, 1)
    assert base.record == before


def test_the_header_is_corrected_too(base: Base) -> None:
    base.correct("document", "number=13/KH-UBND", "recipients=Sở Nội vụ; Lưu", "draft=yes")
    header = base.record.document
    assert (header.number, header.recipients, header.draft, header.title) == (
        "13/KH-UBND",
        ["Sở Nội vụ", "Lưu"],
        True,
        plan().document.title,
    )
    assert base.connection.execute("SELECT number_key FROM documents").fetchone()[0] == "13khubnd"
    base.read(plan(), "2")
    assert base.record.document.number == "13/KH-UBND"


def test_deleting_a_task_leaves_its_units_and_terms(base: Base) -> None:
    base.correct("t1", action="delete")
    assert base.names("tasks") == ["t2", "t3", "t4"]
    assert [a.task for a in base.record.assignments] == [None, None, "t2", "t4"] and base.record.deadlines[0].task is None


def test_names_of_facts_stay_when_others_come_and_go(base: Base) -> None:
    base.correct("c1", action="delete")
    base.add("assignment", "unit=Phòng Tư pháp", "role=performs", "quote=Phòng Tư pháp báo cáo đột xuất")
    assert base.names("citations") == ["c2", "c3"] and base.names("assignments") == ["a1", "a2", "a3", "a4", "a+2"]
    base.correct("a+2", "role=supports")
    assert base.fact("a+2").role == "supports"
    base.correct("a+2", action="delete")
    assert base.names("assignments") == ["a1", "a2", "a3", "a4"]
    desk.undo(base.connection, 4)
    assert base.fact("a+2").role == "supports"
    desk.undo(base.connection, 2)  # takes the corrections of the addition along
    assert [row["id"] for row in listed(base.connection)] == [1]
    assert not base.unmatched()


def test_an_added_fact_stands_on_its_words(base: Base) -> None:
    base.add("assignment", "unit=Phòng Tư pháp", "role=leads", "quote=Phòng Tư pháp báo cáo đột xuất")
    fact = base.fact("a+1")
    assert base.record.text[fact.start : fact.end] == "Phòng Tư pháp" and fact.page == 2
    assert (fact.section, fact.kind, fact.rule, fact.canonical) == ("II", "organization", "person", "Phòng Tư pháp huyện An Phú")
    base.add("deadline", "latest=2025-10-31", "quote=đôn đốc các xã", "section=I.1")
    assert (base.fact("d+2").text, base.fact("d+2").task) == ("đôn đốc các xã", "t3")
    base.add("citation", "type=Kết luận", "number=120-KL/TW", "quote=Kết luận số 120-KL/TW ngày 07/01/2016")
    base.add("report", "reporter=Phòng Nội vụ", "quote=đôn đốc các xã, thị trấn")
    base.add("task", "quote=ban hành kế hoạch như sau")
    assert base.names("citations") == ["c1", "c2", "c3"], "what was added there is extracted already"
    assert "r+4" in base.names("reports") and "t+5" in base.names("tasks")
    assert {row["corrected"] for row in base.connection.execute("SELECT corrected FROM citations")} == {None, 3}
    kinds = {d.unit for d in all_duties(base.connection, None) if d.corrected}
    assert {"Phòng Tư pháp", "Phòng Nội vụ"} <= kinds


WRONG = [
    (["a9", "role=leads"], "no fact a9"),
    (["a1", "role=boss"], "not one of directs, leads"),
    (["a1", "kind=team"], "not one of organization"),
    (["a1", "unit="], "may not be empty"),
    (["a1", "latest=2025"], "has no field latest"),
    (["c1", "issued_on=31/02/2025"], "is not a date"),
    (["c1", "issued_on=hôm qua"], "is not a date"),
    (["d1", "latest=2024-01-01"], "is after latest"),
    (["c1", "relation=x"], "not one of basis"),
    (["d1", "recurrence=often"], "not a recurrence rule"),
    (["d1", "recurrence=FREQ=MONTHLY;INTERVAL=0;BYMONTHDAY=31", "latest=2025-02-10"], "has INTERVAL=0; write 1 to 1000"),
    (["d1", "recurrence=FREQ=MONTHLY;BYMONTHDAY=99"], "has BYMONTHDAY=99; write 1 to 31, or -1 to -31"),
    (["d1", "recurrence=FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30"], "no day fits"),
    (["d1", "recurrence=FREQ=HOURLY"], "the frequencies are DAILY, WEEKLY, MONTHLY, YEARLY"),
    (["d1", "recurrence=FREQ=MONTHLY;BYDAY=XX"], "the days are MO"),
    (["d1", "recurrence=FREQ=MONTHLY;UNTIL=soon"], "write the day as 20251231"),
    (["d1", "recurrence=FREQ=MONTHLY;BYHOUR=3"], "unknown part BYHOUR"),
    (["d1", "recurrence=FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31", "latest=2025-02-10"], "names no day in 40 years from latest=2025-02-10"),
    (["d1", "latest=01/11/25"], "is not a date; write 2025-11-01 or 01/11/2025"),
    (["d1", "relative_amount=-3"], "not a whole number"),
    (["d1", "continuous=perhaps"], "neither yes nor no"),
    (["a1", "section=mục hai"], "not a section path"),
    (["a1", "role"], "not FIELD=VALUE"),
    (["a1", "role=leads", "role=leads"], "given twice"),
    (["document", "secrecy=x"], "has no field secrecy"),
    (["d1", "relative_from=ngày ký"], "without relative_amount"),
    (["a1", "unit=" + "x" * 5000], "longer than"),
]


@pytest.mark.parametrize(("words", "said"), WRONG, ids=[" ".join(row[0])[:40] for row in WRONG])
def test_a_wrong_change_is_one_line_and_nothing_is_stored(base: Base, words: list[str], said: str) -> None:
    before = list(base.connection.iterdump())
    with pytest.raises(UsageError, match=re.escape(said)) as caught:
        base.correct(*words)
    assert "\n" not in caught.value.line() and caught.value.hint
    assert list(base.connection.iterdump()) == before


WRONG_ADDITIONS = [
    ("assignment", ["unit=Sở Nội vụ"], "needs role="),
    ("assignment", ["role=leads", "quote=Phòng"], "needs unit="),
    ("assignment", ["unit=Sở Nội vụ", "role=leads", "quote=giao Sở Nội vụ"], "do not stand in the document"),
    ("deadline", ["latest=2025-01-01"], "needs quote="),
    ("citation", ["number=1/X", "quote=kế hoạch"], "needs type="),
    ("assignment", ["unit=Phòng Nội vụ", "role=leads"], "stand 3 times"),
]


@pytest.mark.parametrize(("kind", "pairs", "said"), WRONG_ADDITIONS)
def test_a_wrong_addition_says_what_is_missing(base: Base, kind: Kind, pairs: list[str], said: str) -> None:
    with pytest.raises(UsageError, match=re.escape(said)):
        base.add(kind, *pairs)
    with pytest.raises(UsageError, match="no kind of fact"):
        kind_named("memo")
    assert kind_named("unit") == "assignment"


# --- after the document has been read anew


def shifted(record: r.Record, by: int) -> r.Record:
    """The same document, whose text a new reading begins with `by` more characters."""

    def moved(facts: list[Any]) -> list[Any]:
        return [replace(f, start=f.start + by, end=f.end + by) for f in facts]

    parts = ("sections", "citations", "tasks", "assignments", "deadlines", "reports", "findings")
    return replace(record, text="#" * (by - 1) + "\n" + record.text, edits=[], **{part: moved(getattr(record, part)) for part in parts})


def without(record: r.Record, part: str, *places: int) -> r.Record:
    return replace(record, **{part: [f for n, f in enumerate(getattr(record, part)) if n not in places]})


def edited(record: r.Record, part: str, place: int, **values: Any) -> r.Record:
    facts = list(getattr(record, part))
    facts[place] = replace(facts[place], **values)
    return replace(record, **{part: facts})


def test_corrections_survive_a_new_version_with_other_offsets_and_numbers(base: Base) -> None:
    base.correct("a3", "role=directs")
    base.correct("c2", "relation=mentions")
    base.correct("c3", action="delete")
    base.read(without(without(shifted(plan(), 12), "assignments", 0), "citations", 0), "2")
    assert [(a.section, a.role) for a in base.record.assignments] == [("I.1", "supports"), ("I.2", "directs"), ("II.1", "performs")]
    assert [(c.number, c.relation) for c in base.record.citations] == [("33/CT-TTg", "mentions")]
    assert base.unmatched() == []
    assert [row["fact"] for row in listed(base.connection)] == ["a2", "c1", "c2"]


UPGRADES = [
    ("the value is wrong in another way", lambda p: edited(p, "assignments", 1, role="performs", confidence=0.5), "a2", []),
    ("the section is called differently", lambda p: edited(p, "assignments", 1, section="I.1.a"), "a2", []),
    (
        "the words are cut differently",
        lambda p: edited(p, "assignments", 1, unit="Văn phòng HĐND", end=p.assignments[1].start + len("Văn phòng HĐND")),
        "a2",
        [],
    ),
    ("another fact comes before it", lambda p: replace(p, assignments=[p.assignments[3], *p.assignments[:3]]), "a3", []),
    ("it is not found any more", lambda p: without(p, "assignments", 1), None, ["correction 1"]),
]


@pytest.mark.parametrize(("upgrade", "fact", "unmatched"), [row[1:] for row in UPGRADES], ids=[row[0] for row in UPGRADES])
def test_a_correction_wins_after_an_upgrade(base: Base, upgrade: Any, fact: str | None, unmatched: list[str]) -> None:
    base.correct("a2", "role=directs")
    base.read(upgrade(plan()), "2")
    directing = [a for a in base.record.assignments if a.role == "directs"]
    assert len(directing) == 1 and directing[0].canonical.startswith("Văn phòng")
    assert [row["fact"] for row in listed(base.connection)] == [fact]
    assert base.unmatched() == unmatched
    base.read(plan(), "3")
    assert base.fact("a2").role == "directs" and not base.unmatched() and len(base.record.assignments) == 4


def test_two_corrections_of_a_lost_fact_make_one_fact(base: Base) -> None:
    base.correct("a2", "role=directs")
    base.correct("a2", "unit=Văn phòng")
    base.read(without(plan(), "assignments", 1), "2")
    assert [(a.unit, a.role) for a in base.record.assignments if a.role == "directs"] == [("Văn phòng", "directs")]
    assert len(base.unmatched()) == 2


def test_a_lost_deletion_is_reported_and_does_nothing(base: Base) -> None:
    base.correct("c3", action="delete")
    base.read(without(plan(), "citations", 2), "2")
    assert len(base.record.citations) == 2 and base.unmatched() == ["correction 1"]


def test_an_addition_that_is_extracted_later_stands_once(base: Base) -> None:
    gone = without(plan(), "assignments", 3)
    base.read(gone, "2")
    base.add(
        "assignment",
        "unit=Ủy ban nhân dân các xã, thị trấn",
        "role=performs",
        "section=II.1",
        "quote=Ủy ban nhân dân các xã, thị trấn báo cáo kết quả",
    )
    assert base.names("assignments") == ["a1", "a2", "a3", "a+1"]
    base.read(plan(), "3")
    assert base.names("assignments") == ["a1", "a2", "a3", "a4"] and not base.unmatched()
    base.read(gone, "4")
    assert base.names("assignments") == ["a1", "a2", "a3", "a+1"]


def test_the_same_words_in_another_sentence_are_another_fact(base: Base) -> None:
    base.correct("c1", "relation=mentions")
    base.read(without(plan(), "citations", 0), "2")
    assert [(c.section, c.relation) for c in base.record.citations] == [
        ("preamble", "mentions"),
        ("I.1", "implements"),
        ("I.1", "implements"),
    ]
    assert base.unmatched() == ["correction 1"]


def test_corrections_of_a_removed_document_wait_for_it(base: Base) -> None:
    base.correct("a2", "role=directs")
    base.read(letter(), "1")  # new content at the same path: the plan goes
    assert base.connection.execute("SELECT count(*) FROM extracted").fetchone()[0] == 0
    assert base.unmatched() == ["correction 1"] and "not in the base" in audit(base.connection, ("unmatched",))[0].message
    base.read(plan(), "1")
    assert base.fact("a2").role == "directs" and base.unmatched() == []


def test_reading_the_same_again_changes_nothing(base: Base) -> None:
    base.correct("a2", "role=directs")
    before = list(base.connection.iterdump())
    base.read(plan(), "1")
    assert list(base.connection.iterdump()) == before


def test_corrections_of_a_file_found_secret_are_gone(base: Base) -> None:
    base.correct("a2", "role=directs")
    put_secret_aside(base.connection, Run("1"), reason="secret", sha256=plan().source.sha256, path=Path("/in/plan"))
    assert base.connection.execute("SELECT count(*) FROM corrections").fetchone()[0] == 0


def test_what_nothing_mentions_any_more_is_forgotten(base: Base) -> None:
    base.correct("a1", "unit=Phòng Lạ")
    assert base.connection.execute("SELECT count(*) FROM units WHERE canonical LIKE 'Phòng Lạ%'").fetchone()[0] == 1
    desk.undo(base.connection, 1)
    assert base.connection.execute("SELECT count(*) FROM units WHERE canonical LIKE 'Phòng Lạ%'").fetchone()[0] == 0
    assert base.connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_trace_shows_the_corrected_citation(base: Base) -> None:
    base.correct("c3", "number=121-KL/TW")
    assert not trace(base.connection, "120-KL/TW").mentions
    (mention,) = trace(base.connection, "121-KL/TW").mentions
    assert mention.corrected and mention.directive == "ket-luan/121-kl-tw/2016"


def test_no_correction_costs_nothing() -> None:
    record = plan()
    assert corrected(record, []).record is record


def test_each_correction_is_checked_against_the_facts_as_they_are(base: Base) -> None:
    base.correct("d1", "latest=2026-12-31")
    bench: Workbench = desk.bench_of(base.connection, base.key)
    made: Correction = change(bench, "d1", ["earliest=2026-02-01"])
    assert made.values == {"earliest": "2026-02-01"}


def test_a_number_carried_by_two_documents_must_be_told_apart(tmp_path: Path) -> None:
    connection: sqlite3.Connection = open_for_writing(tmp_path / "kb.db")
    store(connection, Run("1"), letter("a"), Path("/a"))
    store(connection, Run("1"), letter("b", extra=" Khác."), Path("/b"))
    with pytest.raises(UsageError, match="2 documents are called"):
        desk.the_document(connection, "343/UBND-VX")
    assert desk.the_document(connection, "b") == 2


def test_a_sheet_of_confirmations_reads_the_anchors_of_a_document_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Anchors of all facts for each line made 200 confirmations of one document take minutes."""
    connection = open_for_writing(tmp_path / "kb.db")
    store(connection, Run("1"), plan(), Path("/in/plan"))
    counts = {"anchors": 0, "states": 0}

    def counted(name: str, function: Any) -> Any:
        def call(*arguments: Any) -> Any:
            counts[name] += 1
            return function(*arguments)

        return call

    def take_in(lines: list[Line]) -> tuple[int, int]:
        counts.update(anchors=0, states=0)
        with monkeypatch.context() as patch:
            patch.setattr(apply, "anchor_of", counted("anchors", apply.anchor_of))
            patch.setattr(desk, "state_of", counted("states", desk.state_of))
            result = desk.take_in(connection, lines, None, None, "x.csv")
        assert (len(result.done), result.wrong) == (len(lines), [])
        for done in result.done:
            desk.undo(connection, done.id)
        return counts["anchors"], counts["states"]

    doubts = uncertain(connection, "unit")
    lines = [Line(n, d.sha256, "assignment", d.fact, "confirm", d.values, d.state, None) for n, d in enumerate(doubts, 2)]
    assert len(lines) > 3
    assert take_in(lines) == take_in(lines[:1])
