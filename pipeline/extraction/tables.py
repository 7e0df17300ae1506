"""Tables of assignments written as "| cell | cell |" rows (domain rule 4.2 J): columns in any order, "nt" and empty cells inherit."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.extraction.labels import role_of_column
from pipeline.layout.model import Line
from pipeline.text.folding import squeeze

_SAME = re.compile(r"^[-–\s“\"']*(?:nt|như trên|-?nt-?|“|\"|”)[-–\s”\"']*$", re.I)
_BODIES = re.compile(r"(?:tên )?(?:cơ quan|đơn vị|địa phương)(?:[,/] ?(?:cơ quan|đơn vị|địa phương))*", re.I)
_SENT_TO = re.compile(r"(?:[Gg]ửi|[Nn]ộp)\s+(?:báo cáo\s+)?(?:về|cho|tới)?\s*(?=[A-ZĐÀ-Ỹ])")
_MONTH_ROW = re.compile(r"\W*(?:[^\d|]{1,40}\s)?tháng\s+(\d{1,2})(?:\s*(?:/|năm)\s*\d{4})?\W*", re.I)
_CELL = re.compile(r"\|([^|]*)(?=\|)")


@dataclass(frozen=True, slots=True)
class Cell:
    """text[start:end] without outer space, in the column of that role (None: unknown column)."""

    start: int
    end: int
    role: str | None


@dataclass(slots=True)
class Row:
    """A row of a table of assignments; `cells` by role, inherited ones included (`inherited` names those roles)."""

    line: int
    cells: dict[str, Cell] = field(default_factory=dict)
    inherited: set[str] = field(default_factory=set)
    month: int | None = None  # of the heading row above: "Tháng 02"
    recipient: Cell | None = None  # in the heading of the time column: "Hạn gửi về Sở Tư pháp"


def table_rows(text: str, lines: list[Line]) -> list[Row]:
    """Rows of every table whose heading names at least a unit or time column beside the task."""
    rows: list[Row] = []
    roles: list[str | None] | None = None
    recipient: Cell | None = None
    month: int | None = None
    last: dict[str, Cell] = {}
    previous = -2
    for index, line in enumerate(lines):
        words = text[line.start : line.end]
        if not words.startswith("|"):
            if index - previous > 3:
                roles = None
            continue
        cells = [
            _cell(text, line.start + m.start(1), line.start + m.end(1))
            for m in _CELL.finditer(words if words.endswith("|") else words + "|")
        ]
        if roles is None or index - previous > 3:
            roles, last = _header(text, cells), {}
            recipient, month = _recipient(text, cells, roles or []), None
            previous = index
            continue
        apart, previous = index - previous > 1, index
        again = _header(text, cells)
        if again is not None:
            if apart:  # another table, a line or two below the last: its own columns
                roles, recipient, month, last = again, _recipient(text, cells, again), None, {}
            continue
        filled = [c for i, c in enumerate(cells) if c.end > c.start and not (i < len(roles) and roles[i] == "number")]
        if not filled:
            filled = [c for c in cells if c.end > c.start]  # "| Tháng 4 | | |" under the numbers
        alike = len(filled) > 1 and len({text[c.start : c.end] for c in filled}) == 1
        titled = len(filled) == 1 and _MONTH_ROW.fullmatch(text[filled[0].start : filled[0].end])
        if len(cells) < 2 or alike or titled or (len(filled) < 2 and len(roles) > 3):
            named = _MONTH_ROW.fullmatch(text[filled[0].start : filled[0].end]) if filled else None  # a heading inside the table
            month = int(named[1]) if named and 1 <= int(named[1]) <= 12 else None
            continue
        row = Row(index, recipient=recipient, month=month)
        for role, cell in zip(roles, cells, strict=False):
            if role is None or (role in row.cells and role != "task"):
                continue
            value = text[cell.start : cell.end]
            if (not value or _SAME.match(value)) and role in last and role != "number":
                row.cells[role] = last[role]
                row.inherited.add(role)
            elif value and not re.fullmatch(r"[-–./\s]*", value):
                row.cells[role] = last[role] = Cell(cell.start, cell.end, role)
        rows.append(row)
    return rows


def _cell(text: str, start: int, end: int) -> Cell:
    inner = text[start:end]
    return Cell(start + len(inner) - len(inner.lstrip()), start + len(inner.rstrip()), None)


def _recipient(text: str, cells: list[Cell], roles: list[str | None]) -> Cell | None:
    """Whom the heading of the time column says a thing has to be sent to."""
    for cell, role in zip(cells, roles, strict=False):
        sent = _SENT_TO.search(text, cell.start, cell.end) if role == "deadline" else None
        if sent:
            return Cell(sent.end(), cell.end, "recipient")
    return None


def _header(text: str, cells: list[Cell]) -> list[str | None] | None:
    """The roles of the columns if this row is a heading."""
    roles = [role_of_column(text[c.start : c.end]) if c.end > c.start else None for c in cells]
    if "task" in roles and "deadline" in roles and not {"leads", "performs"} & set(roles):
        alone = [i for i, c in enumerate(cells) if _BODIES.fullmatch(text[c.start : c.end])]
        if len(alone) == 1:
            roles[alone[0]] = "performs"  # "Đơn vị" beside a task and its day is who has to do it
    known = {r for r in roles if r}
    if (
        len(known & {"leads", "supports", "performs", "directs", "deadline"}) >= 1
        and len(known) >= 2
        and all(len(squeeze(text[c.start : c.end])) < 60 for c in cells)
    ):
        return roles
    return None
