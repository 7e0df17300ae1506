"""What SQLite says, in one line a user can act on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import BaseError

BUSY_SECONDS = 5.0

_LINES = (  # part of SQLite's message, what, hint, reason
    (
        "locked",
        f"the knowledge base is in use by another process (waited {BUSY_SECONDS:.0f} s)",
        "try again when it has finished",
        "locked",
    ),
    (
        "readonly",
        "the knowledge base is read-only",
        "give write permission on the file and its folder, or choose another with --db",
        "read-only",
    ),
    (
        "disk is full",
        "no space left to write the knowledge base",
        "free some space and run the same command again; nothing stored was lost",
        "disk-full",
    ),
    ("not a database", "this file is not a knowledge base", "name the right file with --db", "not-a-base"),
    ("malformed", "the knowledge base is damaged", "restore a copy, or remove the file and ingest the documents again", "damaged"),
    (
        "unable to open",
        "the knowledge base cannot be opened",
        "check that its folder exists and may be written, or choose another with --db",
        "cannot-open",
    ),
    ("i/o error", "the disk failed while the knowledge base was used", "check the disk and run the same command again", "disk-error"),
)


def as_base_error(error: sqlite3.Error, path: Path) -> BaseError:
    """The error to show for what SQLite raised while working on `path`."""
    said = str(error).lower()
    for part, what, hint, reason in _LINES:
        if part in said:
            return BaseError(what, where=str(path), hint=hint, reason=reason)
    return BaseError(f"the knowledge base could not be used ({error})", where=str(path), hint="check the file", reason="base-error")


@contextmanager
def base_faults(path: Path) -> Iterator[None]:
    """Turns SQLite's errors inside the block into BaseError, which names `path` and says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise as_base_error(error, path) from error
