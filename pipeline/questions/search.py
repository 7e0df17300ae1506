"""Full text over the sentences of all documents: words typed with their marks first, then without."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from pipeline.questions.documents_named import COLUMNS, DocumentRef
from pipeline.text.keys import fold, words

# Each word goes to FTS5 as a quoted string, so nothing a user types is query syntax. 0: as typed and together, 1: as typed,
# 2: together but for marks, 3: but for marks.
_QUERY = f"""WITH hits AS (
  SELECT rowid AS id, rank AS score FROM passages_fts WHERE passages_fts MATCH :folded
), tiers AS (
  SELECT id, score, CASE
    WHEN id IN (SELECT rowid FROM passages_fts WHERE passages_fts MATCH :exact_phrase) THEN 0
    WHEN id IN (SELECT rowid FROM passages_fts WHERE passages_fts MATCH :exact) THEN 1
    WHEN id IN (SELECT rowid FROM passages_fts WHERE passages_fts MATCH :folded_phrase) THEN 2 ELSE 3 END AS tier
  FROM hits
)
SELECT EXISTS (SELECT 1 FROM corrections k WHERE k.sha256 = d.sha256 AND k.end_offset > p.start_offset
  AND k.start_offset < p.end_offset) AS corrected, t.tier, p.section, p.page, p.text, p.start_offset, p.end_offset, p.document_id, {COLUMNS}
FROM tiers t JOIN passages p ON p.id = t.id JOIN documents d ON d.id = p.document_id
ORDER BY t.tier, t.score, p.id LIMIT :limit OFFSET :offset"""  # noqa: S608 (constants of this package)


@dataclass(frozen=True, slots=True)
class Hit:
    """One sentence found. `exact`: it has the words with the marks that were typed; `corrected`: a person has corrected a fact in it."""

    document: DocumentRef
    section: str
    page: int
    quote: str
    exact: bool
    document_id: int
    start: int
    end: int
    corrected: bool = False


def search(connection: sqlite3.Connection, typed: str, limit: int = 20, offset: int = 0) -> list[Hit]:
    """Sentences that hold all words of `typed`; those with the same marks, and with the words together, come first."""
    plain = words(typed)
    if not plain:
        return []
    folded = [w for word in plain for w in words(fold(word))]
    parameters = {
        "exact_phrase": f'text : "{" ".join(plain)}"',
        "exact": "text : (" + " AND ".join(f'"{word}"' for word in plain) + ")",
        "folded_phrase": f'folded : "{" ".join(folded)}"',
        "folded": "folded : (" + " AND ".join(f'"{word}"' for word in folded) + ")",
        "limit": limit,
        "offset": offset,
    }
    return [
        Hit(
            DocumentRef.of(row),
            row["section"],
            row["page"],
            row["text"],
            row["tier"] < 2,
            row["document_id"],
            row["start_offset"],
            row["end_offset"],
            bool(row["corrected"]),
        )
        for row in connection.execute(_QUERY, parameters)
    ]
