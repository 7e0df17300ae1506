"""vanban extract"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import no_ner_option, ocr_option, paths_argument, release_option

if TYPE_CHECKING:
    from pipeline.settings import OcrMode


@click.command(name="extract")
@paths_argument
@ocr_option
@release_option
@no_ner_option
@click.option("-q", "--quiet", is_flag=True, help="No warnings, only errors.")
def command(paths: tuple[Path, ...], ocr: OcrMode, release_secret: bool, no_ner: bool, quiet: bool) -> int:
    """Print one JSON record for each document in files and folders (JSON Lines). Stores nothing.

    In a folder, files of other kinds (.json, .md, .xlsx) are left out. Warnings and errors go to standard error; a file that
    cannot be read does not stop the others (exit status 1).

    \b
    Example:
      vanban extract plans/550.txt letters/ > records.jsonl
    """
    from pipeline.cli.output import say
    from pipeline.errors import ExitCode, ReadingError
    from pipeline.extract import Extractor
    from pipeline.inputs import find_inputs, ignored_line, named, read_input
    from pipeline.records import to_json
    from pipeline.settings import Settings

    settings = Settings(ocr=ocr, release_secret=release_secret, ner=not no_ner)
    extractor = Extractor(settings)
    code = ExitCode.DONE
    ignored: Counter[str] = Counter()
    inputs = find_inputs(paths, ignored=lambda ending: ignored.update((ending,)))
    for part, read, _ in (triple for found in inputs for triple in read_input(extractor, found, settings)):
        if isinstance(read, ReadingError):
            say(f"vanban: {named(read, part)}")
            code = ExitCode.SOME_FAILED
            continue
        sys.stdout.buffer.write(to_json(read) + b"\n")
        sys.stdout.buffer.flush()
        if read.findings and not quiet:
            codes = Counter(finding.code for finding in read.findings)
            say(f"{part.name}: to look at: " + ", ".join(f"{name} ({n})" for name, n in sorted(codes.items())))
    if ignored:
        say(ignored_line(ignored))
    return code
