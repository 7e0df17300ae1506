"""vanban document"""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.labels import Lang
from pipeline.cli.options import asking, question_options

_COLUMNS = (
    "source_name",
    "document_number",
    "part",
    "fact",
    "section",
    "page",
    "what",
    "unit",
    "role",
    "issued_on",
    "latest",
    "recurrence",
    "confidence",
)


@click.command(name="document")
@click.argument("number", nargs=-1, required=True)
@click.option("--text", is_flag=True, help="With --format json: the document's text too.")
@question_options()
def command(number: tuple[str, ...], text: bool, db: Path, lang: Lang, format_: str) -> None:
    """All facts of one document, named by number or file. Several documents with one number are all shown.

    JSON gives the records as `vanban extract` does, without the text unless --text is given.

    \b
    Example:
      vanban document "550/KH-VP" --db kb.db
    """
    from pipeline.cli.output import console, say, write_csv, write_json
    from pipeline.questions.document import find_documents
    from pipeline.storage.read import load_record

    typed = " ".join(number)
    with asking(db) as connection:
        records = [load_record(connection, key) for key in find_documents(connection, typed)]
    if format_ == "json":
        import msgspec

        plain_records = [msgspec.to_builtins(record) for record in records]
        write_json(plain_records if text else [{key: value for key, value in r.items() if key != "text"} for r in plain_records])
    elif format_ == "csv":
        from pipeline.cli.document_rows import fact_rows

        write_csv((row for record in records for row in fact_rows(record)), _COLUMNS)
    elif records:
        from pipeline.cli.document_table import show_document

        for record in records:
            show_document(record, lang, console())
    if not records:
        say(f"the base holds no document {typed}; vanban trace shows who cites it")
