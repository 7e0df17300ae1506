"""How a knowledge base gets its present form: ordered steps, each in one transaction with the note that it ran.

A new step is a function at the end of this file, decorated, and one more in `pipeline.storage.form.SCHEMA_VERSION`.
"""

from __future__ import annotations

import sqlite3

import sqlite_utils
from sqlite_utils import Migrations

from pipeline.storage import schema_2
from pipeline.storage.form import APPLICATION_ID
from pipeline.storage.schema import INDEXES, TABLES
from pipeline.storage.views import VIEWS

STEPS = Migrations("vanban")


@STEPS()
def m001_first_tables(db: sqlite_utils.Database) -> None:
    """Tables, indexes, full text over passages."""
    for name, body in TABLES:
        db.execute(f"CREATE TABLE {name} ({body}\n)")
    for table, columns in INDEXES:
        db.table(table).create_index(list(columns))
    # Marks are kept in the index: `text` is matched as typed, `folded` catches words typed without marks or with d for đ.
    db.table("passages").enable_fts(["text", "folded"], create_triggers=True, tokenize="unicode61 remove_diacritics 0")
    db.execute("DROP TRIGGER passages_ai")  # new sentences are indexed a document at a time, which costs a third less
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute("PRAGMA user_version = 1")


@STEPS()
def m002_corrections(db: sqlite_utils.Database) -> None:
    """Corrections, who owes a deadline, places of words, archives; the views anew."""
    for name, body in schema_2.TABLES:
        db.execute(f"CREATE TABLE {name} ({body}\n)")
    for table, column in schema_2.COLUMNS:
        db.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    for table, columns in schema_2.INDEXES:
        db.table(table).create_index(list(columns))
    _views(db)
    db.execute("PRAGMA user_version = 2")


@STEPS()
def m003_recurring_days_are_due(db: sqlite_utils.Database) -> None:
    """The views anew: `v_due` has the duties whose recurrence names days."""
    _views(db)
    db.execute("PRAGMA user_version = 3")


def _views(db: sqlite_utils.Database) -> None:
    """The views as they are now; a step that changes tables or views ends with them."""
    for name, _ in VIEWS:
        db.execute(f"DROP VIEW IF EXISTS {name}")
    for name, select in VIEWS:
        db.create_view(name, select)


def upgrade(connection: sqlite3.Connection) -> None:
    """Brings the base behind `connection` to the present version; a step that fails leaves the base as it was before that step."""
    db = sqlite_utils.Database(connection, execute_plugins=False, recursive_triggers=False)
    STEPS.apply(db)
