"""vanban document"""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.labels import Labels, Lang
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
    "corrected",
)


@click.command(name="document")
@click.argument("number", nargs=-1, required=True)
@click.option("--text", is_flag=True, help="With --format json: the document's text too.")
@question_options()
def command(number: tuple[str, ...], text: bool, db: Path, lang: Lang, format_: str) -> None:
    """All facts of one document, named by number or file. Several documents with one number are all shown.

    JSON gives the records as `vanban extract` does, without the text unless --text is given, and with each fact its name and
    whether a person has corrected it.

    \b
    Example:
      vanban document "550/KH-VP" --db kb.db
    """
    from pipeline.cli.output import console, say, write_csv, write_json
    from pipeline.questions.document import find_documents
    from pipeline.storage.read import load_names, load_record

    typed = " ".join(number)
    with asking(db) as connection:
        records = [(load_record(connection, key), load_names(connection, key)) for key in find_documents(connection, typed)]
    if format_ == "json":
        from pipeline.cli.document_rows import record_object

        write_json([record_object(record, names, text=text) for record, names in records])
    elif format_ == "csv":
        from pipeline.cli.document_rows import fact_rows

        write_csv((row for record, names in records for row in fact_rows(record, names)), _COLUMNS)
    elif records:
        from pipeline.cli.document_table import show_document

        for record, names in records:
            show_document(record, names, lang, console())
    else:
        console().print(Labels(lang)("nothing"))
    if not records:
        say(f"the base holds no document {typed}; vanban trace shows who cites it")
