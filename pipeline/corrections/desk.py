"""Corrections taken in: from one request or a whole sheet to the base, all of it or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import msgspec

from pipeline.corrections.apply import Workbench
from pipeline.corrections.model import PARTS, Correction, Kind
from pipeline.corrections.requests import change
from pipeline.corrections.sheet import Line
from pipeline.errors import UsageError
from pipeline.questions.document import find_documents
from pipeline.questions.uncertain import state_of, typed_values
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
        bench, corrections = bench_of(connection, row["id"]), []
        for line in group:
            try:
                found = _of_line(bench, line, result, corrections_of(connection, sha256))
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


def _of_line(bench: Workbench, line: Line, result: Sheet, before: list[Correction]) -> Correction | None:
    """The correction that a line asks for; None where it asks for nothing new."""
    name = _fact_of(bench, line)
    if name is None:
        if line.action == "delete" and any(c.action == "delete" and c.kind == line.kind for c in before):
            result.already += 1
            return None
        raise UsageError(f"the document has no fact {line.fact} with these values", hint="export the list again and edit that")
    made = bench.result()
    found = made.find(name)
    assert found is not None
    now = typed_values(line.kind, msgspec.to_builtins(made.fact(*found)))
    changes = line.changes(now)
    if changes and line.state and line.state != state_of(now):
        raise UsageError(f"fact {name} has changed since the list was made", hint="export the list again and edit that")
    confirmed = line.action == "confirm" and made.marks[line.kind][found[1]] is None
    if line.action == "delete":
        return change(bench, name, {}, "delete")
    if changes or confirmed:
        return change(bench, name, changes)
    if line.state == state_of(now):
        result.untouched += 1
    else:
        result.already += 1
    return None


def _fact_of(bench: Workbench, line: Line) -> str | None:
    """The fact a line is about: the one so called, unless another reading has given its name to another fact and its values to one."""
    made = bench.result()
    states = {name: _state(bench, line.kind, name) for name in made.names[line.kind]}
    if line.fact in states and states[line.fact] == line.state:
        return line.fact
    same = [name for name, state in states.items() if state == line.state]
    if len(same) == 1:
        return same[0]
    return line.fact if line.fact in states else None


def _state(bench: Workbench, kind: Kind, name: str) -> str:
    made = bench.result()
    facts = getattr(made.record, PARTS[kind][0])
    return state_of(typed_values(kind, msgspec.to_builtins(facts[made.names[kind].index(name)])))
