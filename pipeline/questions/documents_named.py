"""How an answer names the document it comes from."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

# Columns to select from `documents d`, read back by `DocumentRef.of`.
COLUMNS = "d.number AS d_number, d.type AS d_type, d.issuer AS d_issuer, d.issued_on AS d_issued_on, d.name AS d_source"

# The sentence to show for a fact `f`, with `texts x`.
QUOTE = "substr(x.text, f.quote_start + 1, f.quote_end - f.quote_start) AS quote"


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """A stored document as it names itself; `source` is the file."""

    number: str | None
    type: str | None
    issuer: str | None
    issued_on: str | None
    source: str

    @classmethod
    def of(cls, row: sqlite3.Row) -> DocumentRef:
        """The document of a row that was selected with `COLUMNS`."""
        return cls(row["d_number"], row["d_type"], row["d_issuer"], row["d_issued_on"], row["d_source"])
