"""Answers on standard output as JSON, CSV or a table.

Text from documents is untrusted: tables drop control and direction characters, CSV cells never begin like a formula.
"""

from __future__ import annotations

import csv
import json
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from pipeline.cli.labels import Labels

PIPED_WIDTH = 120  # columns of a table that goes to a file or another program, unless COLUMNS says otherwise

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_json(value: object) -> None:
    """`value` as indented JSON, UTF-8, marks unescaped."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def write_csv(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """`rows` as CSV with a heading line. Nested keys join with "_", lists with "; ".

    A text cell that begins with =, +, -, @, tab or return gets an apostrophe before it, so that a spreadsheet shows it and does
    not run it (domain text often begins with a dash).
    """
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


def plain(text: str | None) -> str:
    """`text` on one line, fit for a terminal: no control, direction or other invisible characters."""
    if text is not None and text.isprintable():  # nearly always, and much quicker
        return " ".join(text.split())
    shown = "".join(
        " " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text or "" if unicodedata.category(c) not in ("Cf", "Cs")
    )
    return " ".join(shown.split())


def shorten(text: str | None, limit: int) -> str:
    """`text` on one line, cut at a space to at most `limit` characters with an ellipsis."""
    shown = plain(text)
    if len(shown) <= limit:
        return shown
    return shown[:limit].rsplit(" ", 1)[0][: limit - 1] + "…"


def excerpt(text: str, at: int, limit: int) -> str:
    """At most `limit` characters of `text` on one line, so chosen that what stands at offset `at` is seen, with ellipses where cut."""
    if len(text) <= limit:
        return plain(text)
    start = max(0, min(at - limit // 5, len(text) - limit))
    start = text.rfind(" ", 0, start) + 1 if start else 0
    return ("…" if start else "") + shorten(text[start:], limit)


def show_section(path: str, labels: Labels) -> str:
    """A section path; those that are words, such as preamble, in the language of the table."""
    return labels(f"section_{path}") if path.isalpha() and path.islower() and labels.knows(f"section_{path}") else plain(path)


def show_date(iso: str | None) -> str:
    """An ISO date, whole or partial, as a Vietnamese office writes it: 28/05/2025, 02/2025, 2022."""
    return "/".join(reversed(iso.split("-"))) if iso else ""


def width() -> int:
    """Columns to write in."""
    return max(60, shutil.get_terminal_size((PIPED_WIDTH, 40)).columns)


def console() -> Console:
    """Where tables go: standard output, coloured only on a terminal."""
    from rich.console import Console

    return Console(file=sys.stdout, width=width(), highlight=False, markup=False, emoji=False, soft_wrap=False)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: a fixed `width` in characters, or else a `share` of what the others leave."""

    heading: str
    share: int = 0
    width: int | None = None


def table(title: str, columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> Table:
    """A table as wide as the screen; long cells wrap."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    made = Table(
        title=Text(title), title_justify="left", title_style="bold", box=box.HORIZONTALS, show_lines=True, expand=True, pad_edge=False
    )
    for column in columns:
        made.add_column(Text(column.heading), ratio=column.share or None, width=column.width, overflow="fold")
    for row in rows:
        made.add_row(*(Text(cell) for cell in row))
    return made


def say(line: str) -> None:
    """A line for the user on standard error: data goes to standard output alone."""
    sys.stderr.write(plain(line) + "\n")
