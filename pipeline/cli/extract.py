"""vanban extract"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import ocr_option, paths_argument, release_option

if TYPE_CHECKING:
    from pipeline.settings import OcrMode


@click.command(name="extract")
@paths_argument
@ocr_option
@release_option
@click.option("-q", "--quiet", is_flag=True, help="No warnings, only errors.")
def command(paths: tuple[Path, ...], ocr: OcrMode, release_secret: bool, quiet: bool) -> int:
    """Print one JSON record for each document in files and folders (JSON Lines). Stores nothing.

    Warnings and errors go to standard error; a file that cannot be read does not stop the others (exit status 1).

    \b
    Example:
      vanban extract plans/550.txt letters/ > records.jsonl
    """
    from pipeline.cli.output import say
    from pipeline.errors import ExitCode, ReadingError
    from pipeline.extract import Extractor
    from pipeline.ingest import find_inputs, named, read_one
    from pipeline.records import to_json
    from pipeline.settings import Settings

    extractor = Extractor(Settings(ocr=ocr, release_secret=release_secret))
    code = ExitCode.DONE
    for found in find_inputs(paths):
        try:
            if found.error is not None:
                raise found.error
            record = read_one(extractor, found)
        except ReadingError as error:
            say(f"vanban: {named(error, found)}")
            code = ExitCode.SOME_FAILED
            continue
        sys.stdout.buffer.write(to_json(record) + b"\n")
        sys.stdout.buffer.flush()
        if record.findings and not quiet:
            codes = Counter(finding.code for finding in record.findings)
            say(f"{found.name}: to look at: " + ", ".join(f"{name} ({n})" for name, n in sorted(codes.items())))
    return code
