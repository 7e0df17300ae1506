"""A list of facts as a sheet: written by `vanban audit --uncertain --format csv`, edited by a person, taken back in."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.corrections.fields import FIELDS, parse_field, shown
from pipeline.corrections.model import Kind
from pipeline.errors import UsageError

MOST_BYTES = 20 * 1024 * 1024
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so got an apostrophe before it
ACTIONS = ("", "confirm", "delete")

_KINDS: tuple[Kind, ...] = ("assignment", "citation", "deadline", "report")
# The columns a person may edit: action, note and the fields. A unit's kind is called unit_kind, since kind is the kind of fact.
FIELD_COLUMNS = tuple(
    dict.fromkeys("unit_kind" if name == "kind" else name for kind in _KINDS for name in FIELDS[kind] if name != "section")
)
COLUMNS = (
    "action", "kind", "fact", "confidence", "document_number", "document_source", "page", "quote", "section", *FIELD_COLUMNS, "note",
    "corrected", "rule", "document_sha256", "state",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a sheet that names a fact. `cells`: what stands in the columns of its fields; `state` as it was written."""

    number: int
    sha256: str
    kind: Kind
    fact: str
    action: str
    cells: Mapping[str, str]
    state: str
    note: str | None

    def changes(self, now: Mapping[str, str]) -> dict[str, Any]:
        """The parsed values of the cells that differ from `now`, the values of the fact as a person would type them. Raises UsageError."""
        found: dict[str, Any] = {}
        for name, cell in self.cells.items():
            before = now.get(name, "")
            if " ".join(cell.split()) != before:
                value = parse_field(self.kind, name, cell)
                if shown(value) != before:
                    found[name] = value
        return found


def column_of(field: str) -> str:
    """The column that holds a field."""
    return "unit_kind" if field == "kind" else field


def read_sheet(path: Path) -> list[Line]:
    """The lines of the CSV file at `path`, as any spreadsheet saves it. Raises UsageError where it is none or a line cannot be read."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UsageError("the file is larger than 20 MB", where=str(path), hint="split it")
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(error.strerror or "cannot be read", where=str(path), hint="check the path") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError("not UTF-8 text", where=str(path), hint="save it as CSV UTF-8") from None
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    needed = {"action", "kind", "fact", "document_sha256", "state"}
    try:
        if not needed <= set(reader.fieldnames or ()):
            raise UsageError("not a list of facts", where=str(path), hint="take the file of: vanban audit --uncertain --format csv")
        return [_line(path, reader.line_num, row) for row in reader if any((cell or "") for cell in row.values() if isinstance(cell, str))]
    except csv.Error as error:
        raise UsageError(f"not a CSV file ({error})", where=f"{path}:{reader.line_num}", hint="save it as CSV UTF-8") from None


def _line(path: Path, number: int, row: Mapping[str, str | None]) -> Line:
    def cell(name: str) -> str:
        value = row.get(name) or ""
        return value[1:] if value.startswith("'") and value[1:].startswith(FORMULA) else value

    kind, action = cell("kind").strip(), cell("action").strip().casefold()
    known = next((one for one in _KINDS if one == kind), None)
    if known is None:
        raise UsageError(f"{kind!r} is no kind of fact", where=f"{path}:{number}", hint=f"the kinds are {', '.join(_KINDS)}")
    if action not in ACTIONS:
        raise UsageError(f"action {action!r}", where=f"{path}:{number}", hint="leave it empty, or write confirm or delete")
    cells = {name: cell(column_of(name)) for name in FIELDS[known] if column_of(name) in row}
    sha256, fact, state = (cell(name).strip() for name in ("document_sha256", "fact", "state"))
    return Line(number, sha256, known, fact, action, cells, state, cell("note") or None)
