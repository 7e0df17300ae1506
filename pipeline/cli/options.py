"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from pipeline.typed_days import typed_day

if TYPE_CHECKING:
    import sqlite3

F = TypeVar("F", bound=Callable[..., object])

db_option = click.option(
    "--db",
    type=click.Path(path_type=Path),
    default=Path("kb.db"),
    envvar="VANBAN_DB",
    show_default=True,
    help="The knowledge base (or VANBAN_DB).",
)
lang_option = click.option(
    "--lang",
    type=click.Choice(["vi", "en"]),
    default="vi",
    envvar="VANBAN_LANG",
    show_default=True,
    help="Language of tables (or VANBAN_LANG).",
)
paths_argument = click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
ocr_option = click.option(
    "--ocr",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Read pages as images: where needed, all, none.",
)
release_option = click.option(
    "--release-secret", is_flag=True, help="Read files with a secrecy mark: a person has found the mark to be a false alarm."
)
no_ner_option = click.option("--no-ner", is_flag=True, help="Rules alone, without the trained recogniser of names.")


def question_options() -> Callable[[F], F]:
    """--db, --lang and --format of a question."""

    def add(command: F) -> F:
        choice = click.Choice(["table", "json", "csv"])
        command = click.option("--format", "format_", type=choice, default="table", show_default=True, help="How the answer is written.")(
            command
        )
        return db_option(lang_option(command))

    return add


class Day(click.ParamType[date]):
    """A day as 2025-11-01 or 01/11/2025 (day first, as offices write it)."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or a usage error that shows both forms."""
        if isinstance(value, date):
            return value
        try:
            return typed_day(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a day; write 2025-11-01 or 01/11/2025", param, ctx)


@contextmanager
def storing(db: Path) -> Iterator[sqlite3.Connection]:
    """A connection that may write to a base that is there; what SQLite says becomes one clear line."""
    from pipeline.storage.base import MissingBaseError, open_for_writing
    from pipeline.storage.faults import base_faults

    if not db.is_file() or not db.stat().st_size:
        hint = f"make it with: vanban ingest FOLDER --db {db}"
        raise MissingBaseError("no knowledge base here", where=str(db), hint=hint, reason="missing")
    connection = open_for_writing(db)
    try:
        with base_faults(db):
            yield connection
    finally:
        connection.close()


@contextmanager
def asking(db: Path) -> Iterator[sqlite3.Connection]:
    """A read-only connection to the base for one question; what SQLite says becomes one clear line."""
    from pipeline.storage.base import open_for_reading
    from pipeline.storage.faults import base_faults

    connection = open_for_reading(db)
    try:
        with base_faults(db):
            yield connection
    finally:
        connection.close()
