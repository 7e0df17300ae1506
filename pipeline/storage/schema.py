"""The tables of the knowledge base in its first form (`schema_2` adds to them). The comments are kept by SQLite, so `.schema` explains
itself.

Offsets (`start_offset`..`end_offset`, half open) point into `texts.text` and count characters; `quote_start`..`quote_end` is
the sentence to show. Dates are ISO 8601 text, "2025-02" when the day is blank, "2022" when only the year is given.
"""

from __future__ import annotations

_PLACE = """
  fact_id TEXT NOT NULL,            -- name of the fact inside its document
  start_offset INTEGER NOT NULL, end_offset INTEGER NOT NULL,
  quote_start INTEGER NOT NULL, quote_end INTEGER NOT NULL,
  page INTEGER NOT NULL,
  section TEXT NOT NULL,            -- path such as II.1, Đ2.1.a, title, preamble, closing
  rule TEXT NOT NULL,               -- rule or model that made the fact
  confidence REAL NOT NULL"""

_DOCUMENT = "document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE"

TABLES: tuple[tuple[str, str], ...] = (
    (
        "runs",
        """-- one row for each ingestion that changed something
  id INTEGER PRIMARY KEY,
  started_at TEXT NOT NULL,         -- UTC
  finished_at TEXT NOT NULL,        -- UTC, moves on with every document stored
  pipeline_version TEXT NOT NULL,
  added INTEGER NOT NULL DEFAULT 0, updated INTEGER NOT NULL DEFAULT 0, set_aside INTEGER NOT NULL DEFAULT 0""",
    ),
    (
        "documents",
        """-- one row for each document, as it describes itself
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE,      -- of the file's bytes
  pipeline_version TEXT NOT NULL,   -- extractor that made the facts; sha256 with it is the storage key
  name TEXT NOT NULL,               -- file as the user called it
  media_type TEXT NOT NULL, page_count INTEGER NOT NULL,
  type TEXT, number TEXT,
  number_key TEXT,                  -- number without case, marks and separators, for comparing
  title TEXT, issuer TEXT, place TEXT, issued_on TEXT,
  signer TEXT, signer_position TEXT, authority TEXT, urgency TEXT, secrecy TEXT,
  draft INTEGER NOT NULL, system TEXT, issuer_method TEXT, confidence REAL NOT NULL,
  run_id INTEGER NOT NULL REFERENCES runs(id)""",
    ),
    (
        "files",
        f"""-- where each document was found; copies of one document share it
  path TEXT PRIMARY KEY,            -- absolute
  name TEXT NOT NULL,               -- as the user called it
  {_DOCUMENT}""",
    ),
    (
        "texts",
        """-- the text all offsets point into, apart from documents so that lists stay quick
  document_id INTEGER PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE,
  text TEXT NOT NULL                -- NFC, pages parted by a form feed""",
    ),
    (
        "passages",
        f"""-- the sentences of each text, for full-text search
  id INTEGER PRIMARY KEY,
  {_DOCUMENT},
  section TEXT NOT NULL, page INTEGER NOT NULL,
  start_offset INTEGER NOT NULL, end_offset INTEGER NOT NULL,
  text TEXT NOT NULL,
  folded TEXT NOT NULL              -- the same without marks, d for đ""",
    ),
    (
        "pages",
        f"""-- how each page became text
  {_DOCUMENT},
  number INTEGER NOT NULL,
  method TEXT NOT NULL,             -- text, mended, ocr or both
  reason TEXT NOT NULL,
  scores TEXT NOT NULL,             -- JSON object of the figures that decided it
  confidence REAL NOT NULL,
  PRIMARY KEY (document_id, number)""",
    ),
    (
        "ocr_pages",
        f"""-- pages read by OCR
  {_DOCUMENT}, number INTEGER NOT NULL,
  PRIMARY KEY (document_id, number)""",
    ),
    (
        "evidence",
        f"""-- values offered by something other than the page
  {_DOCUMENT}, position INTEGER NOT NULL, origin TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL,
  PRIMARY KEY (document_id, position)""",
    ),
    (
        "edits",
        f"""-- changes made to the text on the way in
  {_DOCUMENT}, position INTEGER NOT NULL, start_offset INTEGER NOT NULL,
  before TEXT NOT NULL, after TEXT NOT NULL, rule TEXT NOT NULL,
  PRIMARY KEY (document_id, position)""",
    ),
    (
        "document_parties",
        f"""-- to whom a document goes
  {_DOCUMENT}, kind TEXT NOT NULL CHECK (kind IN ('addressee', 'recipient')), -- Kính gửi, Nơi nhận
  position INTEGER NOT NULL, name TEXT NOT NULL,
  PRIMARY KEY (document_id, kind, position)""",
    ),
    (
        "sections",
        f"""-- the numbered parts
  {_DOCUMENT}, position INTEGER NOT NULL, path TEXT NOT NULL, title TEXT NOT NULL,
  start_offset INTEGER NOT NULL, end_offset INTEGER NOT NULL, page INTEGER NOT NULL,
  PRIMARY KEY (document_id, position)""",
    ),
    (
        "directives",
        """-- the documents that are cited; what mentions say of date and issuer is in v_directives, never smoothed
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,         -- such as chi-thi/33-ct-ttg/2021
  type TEXT NOT NULL, number TEXT, number_key TEXT, name TEXT""",
    ),
    (
        "citations",
        f"""-- every mention of another document
  id INTEGER PRIMARY KEY, {_DOCUMENT},{_PLACE},
  text TEXT NOT NULL, type TEXT NOT NULL, number TEXT, number_key TEXT, name TEXT,
  issued_on TEXT, issuer TEXT,      -- as this mention, or its document, gives them
  provision TEXT, relation TEXT NOT NULL,
  directive_id INTEGER REFERENCES directives(id), -- NULL where the mention fits more than one
  inherited TEXT NOT NULL           -- JSON list of the fields taken from another mention""",
    ),
    (
        "units",
        """-- bodies, office holders and groups under one name each
  id INTEGER PRIMARY KEY, canonical TEXT NOT NULL UNIQUE, kind TEXT""",
    ),
    (
        "unit_names",
        """-- the names a unit is printed with
  unit_id INTEGER NOT NULL REFERENCES units(id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,           -- folded words, for comparing
  PRIMARY KEY (unit_id, name)""",
    ),
    ("tasks", f"""-- pieces of work as printed\n  id INTEGER PRIMARY KEY, {_DOCUMENT},{_PLACE},\n  text TEXT NOT NULL"""),
    (
        "assignments",
        f"""-- who is given something to do, in which role
  id INTEGER PRIMARY KEY, {_DOCUMENT},{_PLACE},
  task_id INTEGER REFERENCES tasks(id) ON DELETE CASCADE,
  unit TEXT NOT NULL,               -- as printed
  unit_id INTEGER NOT NULL REFERENCES units(id),
  kind TEXT NOT NULL,               -- organization, position, group
  role TEXT NOT NULL                -- directs, leads, supports, performs""",
    ),
    (
        "deadlines",
        f"""-- time expressions that bound a task
  id INTEGER PRIMARY KEY, {_DOCUMENT},{_PLACE},
  task_id INTEGER REFERENCES tasks(id) ON DELETE CASCADE,
  text TEXT NOT NULL, earliest TEXT,
  latest TEXT,                      -- last day on which the act is still in time
  recurrence TEXT,                  -- RFC 5545 rule
  continuous INTEGER NOT NULL,
  relative_amount INTEGER, relative_unit TEXT, relative_from TEXT,
  stated_day TEXT, boundary TEXT,   -- the day printed, and whether it counts: exclusive, inclusive
  year_inferred INTEGER NOT NULL""",
    ),
    (
        "reports",
        f"""-- duties to report, send or submit something to somebody
  id INTEGER PRIMARY KEY, {_DOCUMENT},{_PLACE},
  what TEXT NOT NULL, via TEXT, period TEXT,
  latest TEXT,                      -- last day on which the report is still in time
  recurrence TEXT""",
    ),
    (
        "report_parties",
        """-- who reports and who receives
  report_id INTEGER NOT NULL REFERENCES reports(id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('reporter', 'recipient')),
  position INTEGER NOT NULL, name TEXT NOT NULL,
  unit_id INTEGER REFERENCES units(id), -- NULL where the unit was not resolved
  PRIMARY KEY (report_id, kind, position)""",
    ),
    (
        "findings",
        f"""-- what a person should look at
  {_DOCUMENT}, position INTEGER NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL,
  start_offset INTEGER NOT NULL, end_offset INTEGER NOT NULL,
  quote_start INTEGER NOT NULL, quote_end INTEGER NOT NULL, page INTEGER NOT NULL,
  PRIMARY KEY (document_id, position)""",
    ),
    (
        "set_aside",
        """-- inputs that could not be used; of a file with a secrecy mark only hash, time and reason are kept
  id INTEGER PRIMARY KEY,
  sha256 TEXT, path TEXT, name TEXT, reason TEXT NOT NULL, message TEXT, at TEXT NOT NULL""",
    ),
)

INDEXES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("documents", ("number_key",)),
    ("documents", ("run_id",)),
    ("files", ("document_id",)),
    ("passages", ("document_id",)),
    ("directives", ("number_key",)),
    ("citations", ("document_id",)),
    ("citations", ("directive_id",)),
    ("citations", ("number_key",)),
    ("citations", ("confidence",)),
    ("unit_names", ("name_key",)),
    ("tasks", ("document_id",)),
    ("assignments", ("document_id",)),
    ("assignments", ("task_id",)),
    ("assignments", ("unit_id",)),
    ("deadlines", ("document_id",)),
    ("deadlines", ("task_id",)),
    ("deadlines", ("latest",)),
    ("reports", ("document_id",)),
    ("reports", ("latest",)),
    ("report_parties", ("unit_id",)),
    ("findings", ("code",)),
    ("set_aside", ("sha256",)),
    ("set_aside", ("path",)),
)
