"""Answers on standard output as JSON, CSV or a table.

Text from documents is untrusted: tables drop control and direction characters, CSV cells never begin like a formula.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.cli.columns import Column
from pipeline.cli.shown_text import excerpt, plain, shorten

if TYPE_CHECKING:
    from pipeline.cli.labels import Labels

__all__ = ["Column", "Screen", "console", "excerpt", "plain", "say", "shorten", "show_date", "show_section", "table", "width", "write_csv",
           "write_json", "write_line"]  # fmt: skip

PIPED_WIDTH = 120  # columns of a table that goes to a file or another program, unless COLUMNS says otherwise

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_json(value: object) -> None:
    """`value` as indented JSON, UTF-8, marks unescaped; a list row by row, since rows share long texts that the whole would repeat."""
    if not isinstance(value, list) or not value:
        sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")
        return
    before = "[\n "
    for row in value:
        sys.stdout.write(before + json.dumps(row, ensure_ascii=False, indent=1).replace("\n", "\n "))
        before = ",\n "
    sys.stdout.write("\n]\n")


def write_csv(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """`rows` as CSV with a heading line. Nested keys join with "_", lists with "; ".

    A text cell that begins with =, +, -, @, tab or return gets an apostrophe before it, so that a spreadsheet shows it and does
    not run it (domain text often begins with a dash).
    """
    import csv

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        flat = _flat(row)
        writer.writerow([_cell(flat.get(column)) for column in columns])


def _flat(row: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in row.items():
        if isinstance(value, Mapping):
            found.update(_flat(value, f"{prefix}{key}_"))
        else:
            found[prefix + key] = value
    return found


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        value = "; ".join(str(v) for v in value)
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    return value


def show_section(path: str, labels: Labels) -> str:
    """A section path; those that are words, such as preamble, in the language of the table."""
    return labels(f"section_{path}") if path.isalpha() and path.islower() and labels.knows(f"section_{path}") else plain(path)


def show_date(iso: str | None) -> str:
    """An ISO date, whole or partial, as a Vietnamese office writes it: 28/05/2025, 02/2025, 2022."""
    return "/".join(reversed(iso.split("-"))) if iso else ""


def width() -> int:
    """Columns to write in."""
    return max(60, shutil.get_terminal_size((PIPED_WIDTH, 40)).columns)


class Screen:
    """Where tables and lines go: standard output, with bold titles on a terminal alone."""

    def __init__(self) -> None:
        self.width = width()
        self.bold = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"

    def print(self, text: str = "") -> None:
        """`text` and a line end; a table, which has many lines, as it is, one long line wrapped."""
        if len(text) > self.width and "\n" not in text:
            from pipeline.cli.grid import fill

            text = fill(text, self.width)
        sys.stdout.write(text + "\n")


def console() -> Screen:
    """The screen."""
    return Screen()


def table(title: str, columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> str:
    """A table as wide as the screen; long cells wrap."""
    from pipeline.cli.grid import draw

    screen = Screen()
    return draw(title, columns, rows, screen.width, bold=screen.bold)


def write_line(line: str) -> None:
    """A line of the answer on standard output."""
    sys.stdout.write(line + "\n")


def say(line: str) -> None:
    """A line for the user on standard error: data goes to standard output alone."""
    sys.stderr.write(plain(line) + "\n")
