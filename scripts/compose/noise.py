"""Noise of scanning (domain rules 8.3 and 8.4): confused letters, lost diacritics, broken and fused lines, a lost letterhead, Markdown.

Every change is an edit of the clean text; entity offsets are carried over through the edits."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from functools import lru_cache
from itertools import accumulate

from .chance import Chance
from .vocabulary import read

Edit = tuple[int, int, str]
Span = tuple[int, int, str]
LEVELS = ((0.004, 0.45), (0.012, 0.35), (0.028, 0.2))
"""Edits per character and their share: light, as measured for Tesseract at 150 dpi, and poor scans."""

_WORD = re.compile(r"\w+")
_LINE = re.compile(r"[^\n]+")
_NUMBERED = re.compile(r"(?:\d+(?:\.\d+)*|[IVX]+|[a-zđ])[.)-]|Điều \d|\||PHỤ LỤC|Phụ lục")  # what follows a heading is its text
_ROW = re.compile(r"^\|.*$", re.M)  # rows come from a reader that has seen the table: they are whole
_SYMBOL = re.compile(r"\b\d+[a-z]?(?:/\d{4})?[/-][A-ZĐ][\w/-]*")  # a letter lost from a symbol could not be found by anybody


@lru_cache(maxsize=1)
def confusions() -> dict[str, dict[str, list[str]]]:
    """What is read for what, by kind: letter, word, symbol."""
    result: dict[str, dict[str, list[str]]] = {}
    for row in read("confusions"):
        result.setdefault(row["kind"], {})[row["from"]] = row["to"]
    return result


def fold(text: str) -> str:
    """The text without diacritics, the same length: "Đề án" -> "De an"."""
    plain = (unicodedata.normalize("NFD", c)[0] if c not in "đĐ" else "d" if c == "đ" else "D" for c in text)
    return "".join(plain)


def _word_at(text: str, at: int) -> tuple[int, int]:
    start = at
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    end = at
    while end < len(text) and text[end].isalnum():
        end += 1
    return start, end


def _scattered(chance: Chance, text: str, rate: float) -> list[Edit]:
    """Errors at random places."""
    tables = confusions()
    edits: list[Edit] = []
    symbols, rows = _ranges(_SYMBOL, text), _ranges(_ROW, text)
    for _ in range(int(len(text) * rate)):
        at = chance.between(0, len(text) - 1)
        char = text[at]
        kind = chance.random()
        if char == " ":
            if kind < 0.5:
                edits.append((at, at + 1, "  "))
            elif kind < 0.62:
                edits.append((at, at + 1, ""))
            elif kind < 0.8 and not _inside(rows, at):
                edits.append((at, at + 1, "\n" if chance.odds(0.6) else "\n\n"))
            continue
        if char == "|":
            continue
        if _inside(symbols, at) and char not in tables["symbol"]:
            if char == "Đ":
                edits.append((at, at + 1, chance.pick(tables["letter"][char])))
            continue
        if char in tables["symbol"]:
            if kind < 0.35:
                edits.append((at, at + 1, chance.pick(tables["symbol"][char])))
            elif kind < 0.6 and char in "/-":
                edits.append((at, at, " "))
            continue
        if kind < 0.3:
            start, end = _word_at(text, at)
            word = text[start:end]
            if word in tables["word"]:
                edits.append((start, end, chance.pick(tables["word"][word])))
            elif word and not word.isascii():
                edits.append((start, end, fold(word)))
        elif kind < 0.9:
            if char in tables["letter"]:
                edits.append((at, at + 1, chance.pick(tables["letter"][char])))
        elif kind < 0.93:
            start, end = _word_at(text, at)
            if start < end and not text[start:end].isdigit():
                edits.append((end, end, " " + text[start:end]))
        elif not char.isdigit() and char != "\n":
            edits.append((at, at + 1, ""))
    return edits


def _ranges(pattern: re.Pattern[str], text: str) -> tuple[list[int], list[int]]:
    """Starts and ends of all matches."""
    found = [match.span() for match in pattern.finditer(text)]
    return [start for start, _ in found], [end for _, end in found]


def _inside(ranges: tuple[list[int], list[int]], at: int) -> bool:
    i = bisect_right(ranges[0], at) - 1
    return i >= 0 and at < ranges[1][i]


def _lines(chance: Chance, text: str, markdown: bool) -> list[Edit]:
    """Marks of OCR models on headings, lines without diacritics, headings fused with the text after them."""
    edits: list[Edit] = []
    bare_lines = chance.odds(0.15)
    for match in _LINE.finditer(text):
        start, end = match.span()
        line = match[0]
        if line.startswith("|"):
            continue
        heading = line.isupper() or (line[:1] in "IVX" and line[:6].rstrip(".").isupper())
        if markdown and heading and chance.odds(0.8):
            mark = chance.pick(("**", "**", "## ", "### **"))
            edits += [(start, start, mark), (end, end, mark.lstrip("# ") + chance.pick(("", "  ")))]
        elif markdown and chance.odds(0.08):
            edits += [(start, start, "*"), (end, end, "*")]
        elif bare_lines and chance.odds(0.1) and not line.isascii():
            edits.append((start, end, fold(line)))
        elif len(line) < 60 and end < len(text) and chance.odds(0.04):
            stop = end
            while stop < len(text) and text[stop] == "\n":
                stop += 1
            if not _NUMBERED.match(text, stop):
                edits.append((end, stop, " "))
    return edits


def _breaks(chance: Chance, text: str) -> list[Edit]:
    """Page breaks in mid-sentence: a blank line where a space was."""
    edits: list[Edit] = []
    rows = _ranges(_ROW, text)
    for _ in range(len(text) // 2500):
        at = text.find(" ", chance.between(0, len(text) - 1))
        if at > 0 and not _inside(rows, at):
            edits.append((at, at + 1, "\n\n"))
    return edits


def apply(text: str, spans: list[Span], edits: list[Edit]) -> tuple[str, list[Span]]:
    """The edited text and the spans in it. Of edits that overlap the first is kept; a span that is left empty is dropped."""
    kept: list[Edit] = []
    reach = 0
    for edit in sorted(edits, key=lambda e: (e[0], e[1] != e[0])):
        if edit[0] >= reach:
            kept.append(edit)
            reach = max(edit[1], edit[0])
    parts: list[str] = []
    at = 0
    for start, end, new in kept:
        parts += (text[at:start], new)
        at = end
    parts.append(text[at:])
    result = "".join(parts)
    starts = [e[0] for e in kept]
    ends = [e[1] for e in kept]
    shift = [0, *accumulate(len(new) - (end - start) for start, end, new in kept)]

    def left(p: int) -> int:
        i = bisect_right(ends, p)  # edits that end at or before p
        if i < len(kept) and starts[i] < p and ends[i] - starts[i] != len(kept[i][2]):
            return starts[i] + shift[i]
        return p + shift[i]

    def right(p: int) -> int:
        i = bisect_left(starts, p)  # edits that start before p
        if i and ends[i - 1] > p and ends[i - 1] - starts[i - 1] != len(kept[i - 1][2]):
            return starts[i - 1] + len(kept[i - 1][2]) + shift[i - 1]
        return p + shift[i]

    moved = []
    for start, end, label in spans:
        a, b = left(start), right(end)
        while a < b and (result[a].isspace() or result[a] in "*#"):
            a += 1
        while a < b and (result[b - 1].isspace() or result[b - 1] in "*#"):
            b -= 1
        if a < b:
            moved.append((a, b, label))
    return result, moved


def distort(chance: Chance, text: str, spans: list[Span], zones: list[tuple[str, int, int]]) -> tuple[str, list[Span]]:
    """The text as a poor scan gives it, and the entity spans in it."""
    rate = chance.weighted(LEVELS)
    edits: list[Edit] = []
    if chance.odds(0.4):
        edits += [(start, end, "") for name, start, end in zones if name == "letterhead"]
    edits += _lines(chance, text, markdown=chance.odds(0.3))
    edits += _breaks(chance, text)
    edits += _scattered(chance, text, rate)
    return apply(text, spans, edits)
