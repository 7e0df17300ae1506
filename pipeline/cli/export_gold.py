"""vanban export-gold"""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.options import asking, db_option


@click.command(name="export-gold")
@click.argument("documents", metavar="[DOCUMENT]...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Every document of the base, corrected or not.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("gold"),
    show_default=True,
    metavar="DIR",
    help="Folder to write to.",
)
@db_option
def command(documents: tuple[str, ...], everything: bool, out: Path, db: Path) -> None:
    """Write documents with their corrected facts as gold files, NAME.json with its text NAME.txt, for scoring and the next training.

    Without DOCUMENT, all documents that persons have corrected. Facts that a person has corrected, added or confirmed are marked
    "checked". The last day of gold is the day printed in the document; days that were only computed are left out.

    \b
    Example:
      vanban export-gold --out gold --db kb.db
      vanban export-gold 12/KH-UBND --out gold
    """
    from pipeline.cli.output import plain, say, write_line
    from pipeline.review.desk import the_document
    from pipeline.review.gold import all_documents, corrected_documents, write_gold

    if documents and everything:
        raise click.UsageError("DOCUMENT and --all do not go together")
    with asking(db) as connection:
        if documents:
            keys = list(dict.fromkeys(the_document(connection, typed) for typed in documents))
        else:
            keys = all_documents(connection) if everything else corrected_documents(connection)
        written = write_gold(connection, keys, out)
    for path in written:
        write_line(plain(str(path)))
    if not written:
        say("no document has corrections; --all writes every document")
