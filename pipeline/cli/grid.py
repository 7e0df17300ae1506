"""A table drawn in plain characters: a title, headings, a rule under every row, cells wrapped at spaces. Loads nothing.

A question is answered in the time it takes to start; a library for terminals alone would take half of that.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

GAP = 2  # columns between two cells
_SIGNS = "/-_.;=,"  # a number or file name that is too long breaks after one of these
LEAST = 4  # columns of the narrowest cell

# Letters with their marks, punctuation and lines: all one column wide. Anything else is looked at character by character.
_NARROW = re.compile("[ -\u02ff\u1e00-\u1eff\u2010-\u2027\u2190-\u21ff\u2500-\u257f]*")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: a fixed `width` in characters, or else a `share` of what the others leave."""

    heading: str
    share: int = 0
    width: int | None = None


def columns_of(text: str) -> int:
    """How many columns of a terminal `text` takes."""
    if _NARROW.fullmatch(text):
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def wrapped(text: str, width: int) -> list[str]:
    """The lines of `text` at most `width` columns wide, cut at spaces; a longer word is cut where it must be."""
    measure = len if _NARROW.fullmatch(text.replace("\n", " ")) else columns_of  # nearly always the quick way
    if measure(text) <= width and "\n" not in text:
        return [text]
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, size = "", 0
        for word in paragraph.split(" "):
            length = measure(word)
            if line and size + 1 + length <= width:
                line, size = f"{line} {word}", size + 1 + length
                continue
            if line:
                lines.append(line)
            while length > width:
                head = _head(word, width)
                lines.append(head)
                word = word[len(head) :]
                length = measure(word)
            line, size = word, length
        lines.append(line)
    return lines


def _head(word: str, width: int) -> str:
    """As much of the beginning of `word` as fits, at least one character; cut after a sign such as "/" where that wastes not too much."""
    end = min(len(word), width)
    while end > 1 and columns_of(word[:end]) > width:
        end -= 1
    sign = max(word.rfind(sign, 0, end) for sign in _SIGNS)
    return word[: sign + 1 if sign * 2 >= end else max(1, end)]


def widths(columns: Sequence[Column], total: int) -> list[int]:
    """The width of each column, together at most `total` with the gaps between them."""
    room = total - GAP * (len(columns) - 1) - sum(c.width or 0 for c in columns)
    shares = sum(c.share for c in columns if c.width is None) or 1
    found = [c.width if c.width is not None else max(LEAST, room * c.share // shares) for c in columns]
    growing = [n for n, c in enumerate(columns) if c.width is None]
    spare = total - GAP * (len(columns) - 1) - sum(found)
    if growing and spare > 0:
        found[max(growing, key=lambda n: columns[n].share)] += spare
    return found


def draw(title: str, columns: Sequence[Column], rows: Iterable[Sequence[str]], total: int, *, bold: bool = False) -> str:
    """The table, `total` columns wide, without a line end at its end; titles stand out where `bold`."""
    sizes = widths(columns, total)
    rule = "─" * total
    strong, plain = ("\x1b[1m", "\x1b[0m") if bold else ("", "")
    out = [f"{strong}{line}{plain}" for line in wrapped(title, total)] if title else []
    out.append(rule)
    out += [f"{strong}{line}{plain}" for line in _row([c.heading for c in columns], sizes)]
    out.append(rule)
    for row in rows:
        out += _row(row, sizes)
        out.append(rule)
    return "\n".join(out)


def _row(cells: Sequence[str], sizes: Sequence[int]) -> list[str]:
    stacks = [wrapped(cell, size) for cell, size in zip(cells, sizes, strict=True)]
    lines = []
    for n in range(max(len(stack) for stack in stacks)):
        parts = []
        for stack, size in zip(stacks, sizes, strict=True):
            text = stack[n] if n < len(stack) else ""
            parts.append(text + " " * (size - columns_of(text)))
        lines.append((" " * GAP).join(parts).rstrip().replace("\u00a0", " "))  # it has kept its line together
    return lines
