"""Tables and lines drawn by rich. Loads it, so it is itself loaded only where something is drawn: never for JSON or CSV.

Everything shown may come from a document: no markup, no emoji codes, no highlighting, and no character that is not printable.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from rich.box import HORIZONTALS
from rich.cells import cell_len, chop_cells
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from pipeline.cli.columns import Column
from pipeline.cli.shown_text import plain

_RULE = Rule(style="")
_NO_BREAK = "\u00a0"
_HELD = "\ufdd0"  # a no-break space until the lines are drawn, for rich breaks at that too; no text holds this character
_SIGNS = "/-_.;=,"  # a number or file name that is too long breaks after one of these


class Words:
    """Text that wraps at spaces, as rich does, and in a word too long for its column after a sign such as "/", as rich does not."""

    def __init__(self, text: str, style: str = "") -> None:
        lines = (line if line.replace(_NO_BREAK, "").isprintable() else plain(line) for line in text.split("\n"))
        self.text = "\n".join(lines).replace(_NO_BREAK, _HELD)
        self.style = style

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = options.max_width
        long = rf"\S{{{width // 2 + 1},}}"  # a character takes at most two columns
        yield Text(re.sub(long, lambda word: "\n".join(_pieces(word[0], width)), self.text), self.style, overflow="fold")

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement(1, options.max_width)  # columns have widths or shares: no need to measure what they hold


def _pieces(word: str, width: int) -> Iterator[str]:
    """`word` in pieces of at most `width` columns, cut after a sign where that wastes not too much."""
    while cell_len(word) > width:
        head = chop_cells(word, width)[0]
        sign = max(head.rfind(sign) for sign in _SIGNS)
        end = sign + 1 if sign * 2 >= len(head) else max(1, len(head))
        yield word[:end]
        word = word[end:]
    yield word


def draw(title: str, columns: Sequence[Column], rows: Iterable[Sequence[str]], width: int, *, bold: bool = False) -> str:
    """The table, `width` columns wide, with a rule under every row, without a line end at its end; titles stand out where `bold`."""
    table = Table(box=HORIZONTALS, show_edge=False, show_lines=True, pad_edge=False, padding=(0, 1, 0, 0), expand=True, header_style="bold")
    for column in columns:
        table.add_column(Words(column.heading), width=column.width, ratio=None if column.width else column.share)
    for row in rows:
        table.add_row(*map(Words, row))
    return _drawn([*([Words(title, "bold")] if title else []), _RULE, table, _RULE], width, bold)


def fill(line: str, width: int) -> str:
    """`line` in lines of at most `width` columns."""
    return _drawn([Words(line)], width, bold=False)


def _drawn(parts: Sequence[RenderableType], width: int, bold: bool) -> str:
    """What rich writes, without the blanks it fills lines with. The caller knows of the terminal, rich need not find out."""
    out = StringIO()
    console = Console(
        file=out, width=width, markup=False, emoji=False, highlight=False, legacy_windows=False, force_jupyter=False,
        force_terminal=bold, color_system="standard" if bold else None,
    )  # fmt: skip
    for part in parts:
        console.print(part)
    return "\n".join(line.rstrip() for line in out.getvalue().removesuffix("\n").replace(_HELD, " ").split("\n"))
