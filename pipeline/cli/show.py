"""vanban show"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.options import asking, db_option

if TYPE_CHECKING:
    import sqlite3

_TABLES = {"c": "citations", "t": "tasks", "a": "assignments", "d": "deadlines", "r": "reports"}


@click.command(name="show")
@click.argument("document", nargs=-1, required=True)
@click.option("--fact", required=True, metavar="ID", help="The fact's name, as vanban document and audit give it: a3, c1, d2, r4, t5.")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.png", help="The picture; DOCUMENT-FACT.png here otherwise."
)
@db_option
def command(document: tuple[str, ...], fact: str, out: Path | None, db: Path) -> None:
    """Print the sentence of one fact and write a picture of its page with the fact's words boxed.

    The page is drawn from the file the document was read from, which must still be there unchanged. Documents without pages, such
    as text and Word files, have no picture: then only the sentence is printed, with its line.

    \b
    Example:
      vanban show 12/KH-UBND --fact a3 --out a3.png --db kb.db
    """
    from pipeline.cli.output import plain, write_line
    from pipeline.review.desk import the_document
    from pipeline.storage.places import words_of

    if out is not None and out.suffix.casefold() != ".png":
        raise click.UsageError(f"the picture is a PNG: name it {out.with_suffix('.png').name}, not {out.name}")
    with asking(db) as connection:
        key = the_document(connection, " ".join(document))
        row = _fact(connection, key, fact)
        quote, line = _quote(connection, key, row)
        name = connection.execute("SELECT name, number FROM documents WHERE id = ?", (key,)).fetchone()
        write_line(f"{plain(name['name'])}, section {plain(row['section'])}, page {row['page']}, line {line}: {plain(quote)}")
        pages = words_of(connection, key, row["start_offset"], row["end_offset"])
        if not pages:
            write_line("no picture: the place of its words on a page is not known (text, Word file, or stored by an older version)")
            return
        from pipeline.picture import MOST_PAGES, draw, source_of
        from pipeline.settings import Settings

        settings = Settings()
        data = source_of(connection, key, settings)
    from pipeline.errors import ReadingError

    try:
        picture = draw(data, pages, settings)
    except ReadingError as error:
        if error.reason != "no-picture":
            raise ReadingError(error.what, where=name["name"], hint=error.hint, reason=error.reason) from error
        write_line(f"no picture: {error.what}")
        return
    stem = re.sub(r"[^\w.+-]+", "-", f"{name['number'] or Path(name['name']).stem}-{fact}").strip("-.")
    path = out or Path(f"{stem[:120]}.png")
    picture.save(path, format="PNG")
    numbers = ", ".join(str(page.number) for page in pages[:MOST_PAGES])
    write_line(f"wrote {path}: page {numbers}, {sum(len(page.words) for page in pages[:MOST_PAGES])} words boxed")


def _fact(connection: sqlite3.Connection, key: int, fact: str) -> Any:
    from pipeline.errors import UsageError

    table = _TABLES.get(fact[:1])
    row = (
        table
        and connection.execute(
            f"SELECT * FROM {table} WHERE document_id = ? AND fact_id = ?",  # noqa: S608 (one of ours)
            (key, fact),
        ).fetchone()
    )
    if not row:
        raise UsageError(f"the document has no fact {fact}", hint="vanban document NUMBER --format csv lists its facts")
    return row


def _quote(connection: sqlite3.Connection, key: int, row: Any) -> tuple[str, int]:
    """The sentence of a fact, and the line of the text on which the fact begins, from 1."""
    text: str = connection.execute("SELECT text FROM texts WHERE document_id = ?", (key,)).fetchone()[0]
    return text[row["quote_start"] : row["quote_end"]], text.count("\n", 0, row["start_offset"]) + 1
