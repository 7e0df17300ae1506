"""Finding the duties of a unit by any of its names."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable

from pipeline.questions.duties import Duty
from pipeline.text.keys import fold, name_key


class UnitFilter:
    """Keeps the duties of the units whose canonical or printed name contains the words of `name`; without a name, all.

    Marks and case do not matter, except where the name as typed fits some unit with its marks: then only those units count,
    since "Ba Tơ" and "Ba Tô" differ by nothing else.
    """

    def __init__(self, connection: sqlite3.Connection, name: str | None) -> None:
        self._wanted = None if name is None or not name_key(name) else name_key(name)
        self._marked = None if self._wanted is None or name is None or fold(name) == name.casefold() else _words(name)
        self.ids: set[int] | None = None  # row ids of the units meant; None for all
        self.names: list[str] = []
        if self._wanted is not None:
            self._find(connection)

    def _find(self, connection: sqlite3.Connection) -> None:
        rows = connection.execute(
            "SELECT u.id, u.canonical, n.name FROM units u JOIN unit_names n ON n.unit_id = u.id ORDER BY u.canonical"
        ).fetchall()
        parties = connection.execute("SELECT DISTINCT name FROM report_parties WHERE unit_id IS NULL AND kind = 'reporter'").fetchall()
        said = [name for row in rows for name in (row["canonical"], row["name"])] + [row["name"] for row in parties]
        if self._marked is not None and not any(self._marked in _words(name) for name in said):
            self._marked = None
        found = [row for row in rows if self._fits(row["canonical"]) or self._fits(row["name"])]
        self.ids = {row["id"] for row in found}
        self.names = list(dict.fromkeys(row["canonical"] for row in found))
        self.names += [row["name"] for row in parties if self._fits(row["name"])]

    def __call__(self, duties: Iterable[Duty]) -> list[Duty]:
        """The duties of the wanted units, in the order given."""
        if self._wanted is None:
            return list(duties)
        return [d for d in duties if d.unit_id in (self.ids or ()) or (d.unit_id is None and d.unit is not None and self._fits(d.unit))]

    def _fits(self, name: str) -> bool:
        if self._marked is not None:
            return self._marked in _words(name)
        return self._wanted is not None and f" {self._wanted} " in f" {name_key(name)} "


def _words(name: str) -> str:
    """The words of a name with their marks, in one case, set off by spaces so that only whole words match."""
    return " " + " ".join(re.findall(r"[^\W_]+", name.casefold())) + " "
