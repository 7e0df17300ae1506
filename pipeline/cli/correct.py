"""vanban correct"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.labels import Labels, Lang
from pipeline.cli.options import question_options, storing

if TYPE_CHECKING:
    import sqlite3

    from pipeline.review.desk import Done

_COLUMNS = (
    "id", "document_number", "document_source", "kind", "action", "fact", "section", "quote", "before", "after", "corrected_by", "note",
    "at", "sha256",
)  # fmt: skip


@click.command(name="correct")
@click.argument("words", metavar="[DOCUMENT [FACT] [FIELD=VALUE]...]", nargs=-1)
@click.option("--add", metavar="KIND", help="Add a fact that was missed: assignment, citation, deadline, report or task.")
@click.option("--delete", is_flag=True, help="The fact is none: take it out of all answers.")
@click.option("--confirm", is_flag=True, help="The fact is right as it stands.")
@click.option("--from", "sheet", type=click.Path(path_type=Path), metavar="FILE.csv", help="Take in an edited list of audit --uncertain.")
@click.option("--list", "listing", is_flag=True, help="List corrections: all, or those of DOCUMENT.")
@click.option("--undo", type=click.IntRange(1), metavar="ID", help="Take back one correction.")
@click.option("--by", envvar="VANBAN_BY", metavar="NAME", help="Who corrects (or VANBAN_BY).")
@click.option("--note", help="Why.")
@question_options()
def command(
    words: tuple[str, ...], add: str | None, delete: bool, confirm: bool, sheet: Path | None, listing: bool, undo: int | None,
    by: str | None, note: str | None, db: Path, lang: Lang, format_: str,
) -> None:  # fmt: skip
    """Correct, add, delete or confirm one fact. The correction wins in every answer, stays when the document is read again or the
    program is renewed, and can be taken back.

    FACT is its name as vanban document and audit show it (a3, c1, d2, r4, t5), or "document" for the header. An empty VALUE takes
    a value away; members of a list are parted by ";". An added fact says with quote= on which words of the document it stands.

    \b
    Fields:
      document    type number title issuer place issued_on signer
                  signer_position authority addressees recipients urgency
                  draft system
      assignment  unit canonical section
                  role (directs, leads, supports, performs)
                  kind (organization, position, group)
      citation    text type number name issued_on issuer provision section
                  relation (basis, implements, amends, replaces, repeals,
                  guides, mentions)
      deadline    text earliest latest recurrence continuous section owed_by
                  relative_amount relative_unit relative_from
      report      what reporter recipients via period latest recurrence section
      task        text section

    \b
    Example:
      vanban correct 12/KH-UBND a3 role=leads --by "Lê Bình" --note "trang 2"
      vanban correct 12/KH-UBND c2 --delete
      vanban correct 12/KH-UBND d1 --confirm
      vanban correct 12/KH-UBND --add task section=II.1 quote="tổng hợp số liệu"
      vanban correct --from checked.csv --by "Lê Bình"
      vanban correct --list
      vanban correct --undo 3
    """
    chosen = [name for name, given in (("--add", add), ("--delete", delete), ("--confirm", confirm), ("--from", sheet), ("--list", listing),
                                       ("--undo", undo)) if given]  # fmt: skip
    if len(chosen) > 1:
        raise click.UsageError(f"{' and '.join(chosen)} do not go together")
    if (sheet or undo) and words:
        raise click.UsageError(f"{chosen[0]} takes no DOCUMENT")
    fits = {"": len(words) >= 3, "--delete": len(words) == 2, "--confirm": len(words) == 2, "--add": len(words) >= 2}
    if not fits.get(chosen[0] if chosen else "", True):
        raise click.UsageError("name a DOCUMENT, a FACT and what is right about it")
    if listing:
        return _list(words, db, lang, format_)
    with storing(db) as connection:
        if undo is not None:
            return _undo(connection, undo)
        if sheet is not None:
            return _sheet(connection, sheet, by, note)
        from dataclasses import replace

        from pipeline.review import desk, requests

        document_id = desk.the_document(connection, words[0])
        bench = desk.bench_of(connection, document_id)
        if add is not None:
            made = requests.addition(bench, requests.kind_named(add), words[1:])
        else:
            made = requests.change(bench, words[1], words[2:], "delete" if delete else "change")
        for done in desk.keep(connection, document_id, [replace(made, by=by, note=note)]):
            _tell(done)
    return None


def _tell(done: Done) -> None:
    from pipeline.cli.output import plain, write_line
    from pipeline.review.listing import after, before

    c = done.correction
    verb = {"add": "added", "delete": "deleted"}.get(c.action, "corrected" if c.values else "confirmed")
    change = {"add": after(c), "delete": before(c)}.get(c.action) or "; ".join(
        part for part in (before(c) and f"was {before(c)}", after(c) and f"is {after(c)}") if part
    )
    name = "header" if c.kind == "document" else f"{c.kind} {done.fact or ''}"
    write_line(plain(f"correction {done.id}: {name} {verb}" + (f": {change}" if change else "")))


def _undo(connection: sqlite3.Connection, correction_id: int) -> None:
    from pipeline.cli.output import write_line
    from pipeline.errors import UsageError
    from pipeline.review import desk

    if not desk.undo(connection, correction_id):
        raise UsageError(f"there is no correction {correction_id}", hint="vanban correct --list shows them")
    write_line(f"correction {correction_id} taken back")


def _sheet(connection: sqlite3.Connection, path: Path, by: str | None, note: str | None) -> None:
    from pipeline.cli.output import say, write_line
    from pipeline.errors import UsageError
    from pipeline.review import desk
    from pipeline.review.sheet import read_sheet

    result = desk.take_in(connection, read_sheet(path), by, note, str(path))
    for line in result.wrong:
        say(f"vanban: {line}")
    if result.wrong:
        raise UsageError(
            f"{len(result.wrong)} lines are wrong, nothing was stored", where=str(path), hint="mend them and take the file in again"
        )
    for done in result.done:
        _tell(done)
    write_line(f"{len(result.done)} corrections, {result.already} known already, {result.untouched} lines as they were")


def _list(words: tuple[str, ...], db: Path, lang: Lang, format_: str) -> None:
    from pipeline.cli.messages import fields_shown, moment_shown
    from pipeline.cli.options import asking
    from pipeline.cli.output import Column, console, shorten, show_section, table, write_csv, write_json
    from pipeline.review.desk import the_document
    from pipeline.review.listing import listed

    with asking(db) as connection:
        rows: list[dict[str, Any]] = listed(connection, the_document(connection, " ".join(words)) if words else None)
    labels = Labels(lang)
    if format_ == "json":
        write_json(rows)
    elif format_ == "csv":
        write_csv(rows, _COLUMNS)
    elif not rows:
        console().print(labels("no_corrections"))
    else:
        heads = [
            Column("ID", width=4), Column(labels("document"), width=14), Column(labels("fact"), width=10), Column(labels("before"), 8),
            Column(labels("after"), 8), Column(labels("who"), width=16),
        ]  # fmt: skip
        cells = []
        for row in rows:
            stand = row["fact"] or labels("unmatched")
            what = labels(f"action_{row['action']}") if row["after"] or row["action"] != "change" else labels("action_confirm")
            name = row["document_number"] or row["document_source"] or row["sha256"][:12]
            place = f"{stand}\n{show_section(row['section'], labels)}" if row["section"] else stand
            who = "\n".join(shorten(row[key], 80) for key in ("corrected_by", "note") if row[key])
            who = "\n".join(part for part in (who, moment_shown(row["at"])) if part)
            now = f"{what}: {shorten(fields_shown(row['after'], labels), 200)}" if row["after"] else what
            cells.append([str(row["id"]), shorten(name, 80), place, shorten(fields_shown(row["before"], labels), 200), now, who])
        console().print(table(labels("title_corrections"), heads, cells))
