"""vanban ingest"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import db_option, no_ner_option, ocr_option, paths_argument, release_option

if TYPE_CHECKING:
    from pipeline.ingest import Outcome
    from pipeline.inputs import Input
    from pipeline.settings import OcrMode


@click.command(name="ingest")
@paths_argument
@db_option
@ocr_option
@release_option
@no_ner_option
@click.option("-q", "--quiet", is_flag=True, help="Only the summary and errors.")
def command(paths: tuple[Path, ...], db: Path, ocr: OcrMode, release_secret: bool, no_ner: bool, quiet: bool) -> int:
    """Store files and folders in the knowledge base, which is made when there is none.

    Says what was added, updated and known already, and what was put aside as unreadable and why. In a folder, files of other
    kinds (.json, .md, .xlsx) are only counted; a file that is named is always tried. Running it twice changes nothing; a file
    with new content replaces its old facts; what persons have corrected stays; after an interruption the same command goes on.

    \b
    Example:
      vanban ingest plans/ letters/343.pdf --db kb.db
    """
    from pipeline.cli.output import plain, say, width
    from pipeline.errors import BaseError
    from pipeline.ingest import Summary, ingest
    from pipeline.inputs import ignored_line, named
    from pipeline.settings import Settings

    live = sys.stderr.isatty()
    done = 0

    def begin(found: Input) -> None:
        if live:
            name = plain(found.name)[-(width() - 12) :]  # a line that wraps could not be taken back
            sys.stderr.write(f"\r\x1b[K[{done + 1}] {name}")
            sys.stderr.flush()

    def tell(outcome: Outcome) -> None:
        nonlocal done
        done += 1
        if live:
            sys.stderr.write("\r\x1b[K")
        if outcome.error is not None:
            say(f"vanban: put aside: {named(outcome.error, outcome.input)}")
        elif not quiet:
            sys.stdout.write(plain(_line(outcome)) + "\n")
            sys.stdout.flush()

    summary = Summary()
    try:
        ingest(paths, db, Settings(ocr=ocr, release_secret=release_secret, ner=not no_ner), tell=tell, begin=begin, summary=summary)
    except BaseError:
        if done:
            say(f"stopped after {done} inputs; {_counts(summary)}")
        raise
    if summary.interrupted:
        say("vanban: interrupted; what was stored stays, run the same command again to go on")
    if summary.ignored:
        say(ignored_line(summary.ignored))
    sys.stdout.write(f"{_counts(summary)} in {db}\n")
    return summary.exit_code


def _line(outcome: Outcome) -> str:
    line = f"{outcome.change}: {outcome.input.name}"
    record = outcome.record
    if record is None:
        return line
    number = " ".join(part for part in (record.document.type, record.document.number) if part)
    duties = len(record.tasks) + len(record.reports)
    parts = (_count(len(record.citations), "citation"), _count(duties, "duty", "duties"), _count(len(record.findings), "finding"))
    return f"{line}: {', '.join((number or 'no number', *parts))}"


def _count(n: int, one: str, many: str = "") -> str:
    return f"{n} {one if n == 1 else many or one + 's'}"


def _counts(summary: object) -> str:
    counts = getattr(summary, "counts", {})
    return ", ".join(f"{n} {'put aside' if change == 'set aside' else change}" for change, n in counts.items())
