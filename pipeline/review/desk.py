"""Corrections taken in: from one request or a whole sheet to the base, all of it or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

import msgspec

from pipeline.corrections.apply import Workbench
from pipeline.corrections.model import PARTS, Correction, Kind
from pipeline.errors import UsageError
from pipeline.questions.document import find_documents
from pipeline.questions.uncertain import state_of, typed_values
from pipeline.records import Fact
from pipeline.review.requests import change
from pipeline.review.sheet import Line
from pipeline.storage.base import transaction
from pipeline.storage.corrections import add_correction, corrections_of, extracted_record, make_again, remove_correction


@dataclass(frozen=True, slots=True)
class Done:
    """One correction as stored: its id, and what the fact it made or changed is called."""

    id: int
    correction: Correction
    fact: str | None


@dataclass
class Sheet:
    """What became of a sheet: corrections stored, lines whose values the base has already, lines left as they were, wrong lines."""

    done: list[Done] = field(default_factory=list)
    already: int = 0
    untouched: int = 0
    wrong: list[str] = field(default_factory=list)


def the_document(connection: sqlite3.Connection, typed: str) -> int:
    """The row id of the one document that `typed` names. Raises UsageError where it names none, or several."""
    found = find_documents(connection, typed)
    if not found:
        raise UsageError(f"the base holds no document {typed}", hint="name it by number, file name or sha256")
    if len(found) > 1:
        marks = ", ".join("?" * len(found))
        rows = connection.execute(f"SELECT name, sha256 FROM documents WHERE id IN ({marks}) ORDER BY name", found)  # noqa: S608
        names = "; ".join(f"{row['name']} ({row['sha256'][:12]})" for row in rows)
        raise UsageError(f"{len(found)} documents are called {typed}: {names}", hint="name one by its file or sha256")
    return found[0]


def bench_of(connection: sqlite3.Connection, document_id: int) -> Workbench:
    """The facts of a document with the corrections made so far."""
    bench = Workbench(extracted_record(connection, document_id))
    for correction in corrections_of(connection, bench.record.source.sha256):
        bench.make(correction)
    return bench


def keep(connection: sqlite3.Connection, document_id: int, corrections: Iterable[Correction]) -> list[Done]:
    """Stores the corrections of one document and makes them in its facts, in one transaction."""
    with transaction(connection):
        return _keep(connection, document_id, corrections)


def _keep(connection: sqlite3.Connection, document_id: int, corrections: Iterable[Correction]) -> list[Done]:
    stored = [replace(c, id=add_correction(connection, c)) for c in corrections]
    facts = {match.correction: match.fact for match in make_again(connection, document_id).matches}
    return [Done(c.id, c, facts.get(c.id)) for c in stored]


def undo(connection: sqlite3.Connection, correction_id: int) -> bool:
    """Takes one correction back; False where there is none of that id."""
    with transaction(connection):
        sha256 = remove_correction(connection, correction_id)
        if sha256 is None:
            return False
        row = connection.execute("SELECT id FROM documents WHERE sha256 = ?", (sha256,)).fetchone()
        if row is not None:
            make_again(connection, row["id"])
    return True


def take_in(connection: sqlite3.Connection, lines: Sequence[Line], by: str | None, note: str | None, name: str) -> Sheet:
    """Stores what was edited in a sheet called `name`: everything, or nothing where a line is wrong (`wrong` then says why)."""
    result = Sheet()
    by_document: dict[str, list[Line]] = {}
    for line in lines:
        by_document.setdefault(line.sha256, []).append(line)
    wanted: list[tuple[int, list[Correction]]] = []
    for sha256, group in by_document.items():
        row = connection.execute("SELECT id FROM documents WHERE sha256 = ?", (sha256,)).fetchone()
        if row is None:
            result.wrong.append(f"{name}:{group[0].number}: the base holds no document with sha256 {sha256[:12]}; give the base with --db")
            continue
        facts = _Facts(bench_of(connection, row["id"]), corrections_of(connection, sha256))
        corrections = []
        for line in group:
            try:
                found = facts.asked(line, result)
            except UsageError as error:
                result.wrong.append(f"{name}:{line.number}: {error.line()}")
                continue
            if found is not None:
                corrections.append(replace(found, by=by, note=line.note or note))
        wanted.append((row["id"], corrections))
    if not result.wrong:
        with transaction(connection):
            for document_id, corrections in wanted:
                if corrections:
                    result.done += _keep(connection, document_id, corrections)
    return result


class _Facts:
    """The facts of one document as they are now, to compare the lines of a sheet with."""

    def __init__(self, bench: Workbench, before: list[Correction]) -> None:
        self._bench = bench
        self._made = bench.result()
        self._values = {
            kind: dict(zip(self._made.names[kind], map(_typed(kind), getattr(self._made.record, part)), strict=True))
            for kind, (part, _, _) in PARTS.items()
        }
        self._states = {kind: {name: state_of(now) for name, now in facts.items()} for kind, facts in self._values.items()}
        self._marks = {kind: dict(zip(self._made.names[kind], self._made.marks[kind], strict=True)) for kind in PARTS}
        self._deleted = {(c.kind, state_of(typed_values(c.kind, c.original))) for c in before if c.action == "delete"}

    def asked(self, line: Line, result: Sheet) -> Correction | None:
        """The correction that a line asks for; None where it asks for nothing new. Raises UsageError."""
        name = self._named(line)
        if name is None and line.action == "delete" and (line.kind, line.state) in self._deleted:
            result.already += 1
            return None
        if name is None:
            raise UsageError(f"the document has no fact {line.fact} with these values", hint="export the list again and edit that")
        now = self._values[line.kind][name]
        changes, fresh = line.changes(now), line.state == self._states[line.kind][name]
        if not fresh and (changes or line.action == "delete"):
            raise UsageError(f"fact {name} has changed since the list was made", hint="export the list again and edit that")
        if line.action == "delete":
            return change(self._bench, name, {}, "delete")
        if changes or (line.action == "confirm" and self._marks[line.kind][name] is None):
            return change(self._bench, name, changes)
        if fresh and not line.action:
            result.untouched += 1
        else:
            result.already += 1
        return None

    def _named(self, line: Line) -> str | None:
        """The fact a line is about: the one so called, unless another reading has given its values to another one alone."""
        states = self._states[line.kind]
        if states.get(line.fact) == line.state:
            return line.fact
        same = [name for name, state in states.items() if state == line.state]
        if len(same) == 1:
            return same[0]
        return line.fact if line.fact in states else None


def _typed(kind: Kind) -> Callable[[Fact], dict[str, str]]:
    return lambda fact: typed_values(kind, msgspec.to_builtins(fact))
