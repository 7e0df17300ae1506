"""Opening a knowledge base, for questions or for storing. Light: nothing but sqlite3 unless a base has to be made or upgraded."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import BaseError, ExitCode
from pipeline.storage.faults import BUSY_SECONDS, as_base_error, base_faults
from pipeline.storage.form import APPLICATION_ID, SCHEMA_VERSION


class MissingBaseError(BaseError):
    """The path given with --db holds no knowledge base: wrong use."""

    exit_code = ExitCode.WRONG_USE


def open_for_reading(path: Path) -> sqlite3.Connection:
    """A read-only connection with rows by name.

    Raises MissingBaseError, or BaseError where the base is locked, damaged or of another version.
    """
    if not path.is_file():
        raise MissingBaseError(
            "no knowledge base here", where=str(path), hint=f"make it with: vanban ingest FOLDER --db {path}", reason="missing"
        )
    with base_faults(path):
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?{_read_mode(path)}", uri=True, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA trusted_schema = OFF")
            version = _version(connection, path)
            if not version:
                raise MissingBaseError(
                    "this file is no knowledge base, it is empty",
                    where=str(path), hint=f"name the right file, or make a base with: vanban ingest FOLDER --db {path}", reason="missing",
                )  # fmt: skip
            if version != SCHEMA_VERSION:
                raise BaseError(
                    f"this knowledge base has the older form {version}, the questions need {SCHEMA_VERSION}",
                    where=str(path), hint="ingest any file into it once, which brings it up to date", reason="older-base",
                )  # fmt: skip
        except BaseException:
            connection.close()
            raise
    return connection


def open_for_writing(path: Path) -> sqlite3.Connection:
    """A connection that may store, on a base made or upgraded where needed. Fails at once where the base cannot be written.

    Transactions are opened by hand (`transaction`), so nothing is committed by accident.
    """
    if path.is_dir() or not path.parent.is_dir():
        raise MissingBaseError(
            "no knowledge base can be made here", where=str(path), hint="name a file in an existing folder with --db", reason="missing"
        )
    with base_faults(path):
        connection = sqlite3.connect(str(path), timeout=BUSY_SECONDS, isolation_level=None)
        try:
            connection.row_factory = sqlite3.Row
            version = _version(connection, path)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("BEGIN IMMEDIATE")  # says now, not after an hour of reading, that the base is locked or read-only
            connection.execute("ROLLBACK")
            if version < SCHEMA_VERSION:
                connection.execute("PRAGMA journal_mode = WAL")
                from pipeline.storage.migrations import upgrade  # sqlite-utils is heavy and only needed here

                upgrade(connection)
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """One write transaction: all of the block is stored, or nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk ends the transaction by itself
            connection.execute("ROLLBACK")
        raise


def _read_mode(path: Path) -> str:
    """Read-only; and immutable where the folder may not be written, since WAL would need a file beside the base."""
    writable = os.access(path.parent, os.W_OK, effective_ids=os.access in os.supports_effective_ids)
    if writable or path.with_name(path.name + "-wal").exists():
        return "mode=ro"
    return "mode=ro&immutable=1"


def _version(connection: sqlite3.Connection, path: Path) -> int:
    """The version of the base; 0 for a new file. Raises BaseError for a newer base or another program's database."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    application: int = connection.execute("PRAGMA application_id").fetchone()[0]
    tables: int = connection.execute("SELECT count(*) FROM sqlite_master WHERE tbl_name <> '_sqlite_migrations'").fetchone()[0]
    if application != APPLICATION_ID and (tables or version):
        raise as_base_error(sqlite3.DatabaseError("file is not a database"), path)
    if version > SCHEMA_VERSION:
        raise BaseError(
            f"this knowledge base was made by a newer version of vanban (form {version}, this one knows {SCHEMA_VERSION})",
            where=str(path), hint="upgrade vanban, or choose another base with --db", reason="newer-base",
        )  # fmt: skip
    return version
