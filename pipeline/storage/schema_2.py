"""What form 2 adds to the tables: corrections, who owes a deadline, the place of words on their pages, archives read whole."""

from __future__ import annotations

_DOCUMENT = "document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE"

TABLES: tuple[tuple[str, str], ...] = (
    (
        "corrections",
        """-- what persons have corrected; never changed by reading a document again
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sha256 TEXT NOT NULL,             -- of the file the fact stands in; not a reference, since documents are read anew
  kind TEXT NOT NULL CHECK (kind IN ('document', 'citation', 'task', 'assignment', 'deadline', 'report')),
  action TEXT NOT NULL CHECK (action IN ('change', 'add', 'delete')),
  section TEXT NOT NULL, words TEXT NOT NULL, -- the anchor: where the fact stands, its words folded,
  occurrence INTEGER NOT NULL,      -- which occurrence of them in the document, from 1,
  quote TEXT NOT NULL, detail TEXT NOT NULL, -- its sentence, and what parts facts on the same words
  changes TEXT NOT NULL,            -- JSON object: field, new value; empty where a person only confirmed the fact
  original TEXT NOT NULL,           -- JSON object: the fact before the correction
  of_id INTEGER REFERENCES corrections(id) ON DELETE CASCADE, -- the addition that this corrects
  corrected_by TEXT, note TEXT, at TEXT NOT NULL,
  fact_id TEXT,                     -- fact it stands on in the present facts; NULL: it fits none (audit: unmatched)
  start_offset INTEGER NOT NULL DEFAULT 0, end_offset INTEGER NOT NULL DEFAULT 0 -- of that fact""",
    ),
    (
        "extracted",
        """-- the record as extracted, without its text, of documents that have corrections
  document_id INTEGER PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE,
  record TEXT NOT NULL              -- JSON as `vanban extract` writes it""",
    ),
    (
        "deadline_owers",
        """-- the units that have to keep a term
  deadline_id INTEGER NOT NULL REFERENCES deadlines(id) ON DELETE CASCADE,
  position INTEGER NOT NULL, name TEXT NOT NULL,
  unit_id INTEGER REFERENCES units(id), -- NULL where the unit was not resolved
  PRIMARY KEY (deadline_id, position)""",
    ),
    (
        "page_words",
        f"""-- where the words of a page stand, of pages that have a picture
  {_DOCUMENT}, number INTEGER NOT NULL,
  width REAL NOT NULL, height REAL NOT NULL, -- of the page in points
  words BLOB NOT NULL,              -- see pipeline/storage/places.py
  PRIMARY KEY (document_id, number)""",
    ),
    (
        "archives",
        """-- ZIP files of which every document is stored, or can never be read; they are not unpacked again
  path TEXT PRIMARY KEY, sha256 TEXT NOT NULL, pipeline_version TEXT NOT NULL""",
    ),
)

COLUMNS: tuple[tuple[str, str], ...] = (
    *((table, "corrected INTEGER /* the correction that changed or added it */") for table in (
        "documents", "citations", "tasks", "assignments", "deadlines", "reports")),
    ("deadlines", "computed_latest TEXT /* last day counted from the document's own date; the document does not print it */"),
)  # fmt: skip

INDEXES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("corrections", ("sha256",)),
    ("corrections", ("of_id",)),
    ("deadline_owers", ("unit_id",)),
    ("deadlines", ("confidence",)),
    ("assignments", ("confidence",)),
    ("reports", ("confidence",)),
)
