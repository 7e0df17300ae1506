"""Text of documents made fit for one line of a terminal. JSON and CSV never pass here: they keep the text as it is stored."""

from __future__ import annotations

import re
import unicodedata

BETWEEN = " · "  # between the cells of a table row
BREAK = " – "  # between a heading and what begins on a new line below it

_CELL = re.compile(r"[ \t]*\|[ \t|]*")
_ENDED = tuple(".:;,!?…–-|/(“")  # after these a new line needs no sign of its own


def plain(text: str | None) -> str:
    """`text` on one line, without control, direction or other invisible characters.

    A table row, "| cell | cell |" in the stored text, becomes "cell · cell", without its empty cells and cell rules.
    """
    if text is None:
        return ""
    if "\n" in text:
        text = _joined(text)
    elif "|" in text:
        text = _cells(text)
    if text.isprintable():  # nearly always, and much quicker
        return " ".join(text.split())
    shown = "".join(
        " " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text if unicodedata.category(c) not in ("Cf", "Cs")
    )
    return " ".join(shown.split())


def _cells(line: str) -> str:
    """A table row as its cells; a row that an excerpt has cut keeps what is left."""
    return BETWEEN.join(cell for part in _CELL.split(line) if (cell := part.strip()) and cell.strip("-: "))


def _joined(text: str) -> str:
    """Lines as one: a heading is set off from what begins below it with a capital letter, and table rows from each other."""
    shown = ""
    for raw in text.split("\n"):
        row = "|" in raw
        line = (_cells(raw) if row else raw).strip()
        if not line:
            continue
        apart = shown and not shown.endswith(_ENDED) and (row or line[0].isupper())
        shown = f"{shown}{BREAK if apart else ' '}{line}" if shown else line
    return shown


def shorten(text: str | None, limit: int) -> str:
    """`text` on one line, cut at a space to at most `limit` characters with an ellipsis."""
    shown = plain(text)
    if len(shown) <= limit:
        return shown
    return shown[:limit].rsplit(" ", 1)[0][: limit - 1] + "…"


def excerpt(text: str, at: int, limit: int) -> str:
    """Some `limit` characters of `text` on one line, so chosen that what stands at offset `at` is seen, with ellipses where cut.

    A few more where that spares a cut just before the end.
    """
    if len(text) <= limit + limit // 6:
        return plain(text)
    start = max(0, min(at - limit // 5, len(text) - limit))
    start = text.rfind(" ", 0, start) + 1 if start else 0
    if len(text) - start <= limit + limit // 6:
        limit = len(text) - start
    return ("…" if start else "") + shorten(text[start:], limit)
