"""Lines in capitals: titles of bodies and offices, and the names of document types (domain rule 2.1)."""

from __future__ import annotations

from functools import cache

from pipeline.data import load
from pipeline.text.folding import bare, squeeze


@cache
def type_names() -> dict[str, str]:
    """Names of document types without marks, with their written form: {"ke hoach": "Kế hoạch"}."""
    return {bare(r["name"]): r["name"] for r in load.rows("document_types")}


def type_of(text: str) -> tuple[str, str] | None:
    """(type, rest) where a line opens with the name of a document type in capitals: "KẾ HOẠCH" alone or with the subject after it."""
    head = squeeze(text).strip(" .:")
    words = head.split(" ")
    names = type_names()
    for n in range(min(5, len(words)), 0, -1):
        first = " ".join(words[:n])
        if first.isupper() and bare(first) in names:
            rest = " ".join(words[n:])
            if not rest or not words[n][:2].isupper() or len(words) <= n + 1:
                return names[bare(first)], rest
            if rest.isupper() and len(rest) > 12:
                return names[bare(first)], rest
    return None


def is_caps(text: str) -> bool:
    """Mostly capital letters, as titles of bodies and offices are in header and signature."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 2 and sum(c.isupper() for c in letters) >= 0.8 * len(letters)
