"""What every rule of names stands on: the words, the word lists, the separators, and where a body or a verb begins."""

from __future__ import annotations

from typing import Protocol

from pipeline.extraction.lexicon import Lexicon
from pipeline.extraction.mentions import Unit
from pipeline.extraction.syllables import Phrases, Syllables
from pipeline.records import Kind
from pipeline.text.folding import squeeze

AND = ("và", "&")
DASHES = ("-", "–", "—")


class Grammar(Protocol):
    """The rules of names over one stretch of syllables, as each of them sees the others. `atoms`: names that the document gives whole
    elsewhere; `whole`: a name runs to the next sign. Every rule takes an index and gives a Unit with the index after it, or None."""

    text: str
    s: Syllables
    lex: Lexicon
    atoms: Phrases | None
    whole: bool

    def position(self, i: int) -> tuple[Unit, int] | None:
        """An office at index `i`."""

    def group(self, i: int) -> tuple[Unit, int] | None:
        """A group at index `i`."""

    def body(self, i: int, forced: bool = False) -> tuple[Unit, int] | None:
        """A body at index `i`."""


def after_separator(g: Grammar, at: int, semicolon: bool = True) -> int | None:
    """Index after "," ";" "và" "cùng (với)" ", và"; None if none stands at `at`."""
    s = g.s
    if at >= len(s):
        return None
    low = s.low
    n = 0
    if low[at] in (",", "/") or (semicolon and low[at] == ";"):
        n = 1
    if at + n < len(s) and low[at + n] in AND:
        n += 1
    elif at + n < len(s) and low[at + n] == "cùng":
        n += 2 if low[at + n + 1 : at + n + 2] == ["với"] else 1
    if not n or at + n >= len(s):
        return None
    return at + n


def before_same(g: Grammar, head: list[str], first: int, end: int) -> int:
    """Index of the separator between `first` and `end` behind which the words `head` come again ("công đoàn các xã, phường và công đoàn
    ngành"), else `end`."""
    for k in range(first, end):
        following = after_separator(g, k)
        if following and following + len(head) <= end and g.s.low[following : following + len(head)] == head:
            return k
    return end


def skip_parentheses(g: Grammar, at: int) -> int:
    """Index after the parenthesis that opens at `at`, if it closes within 40 syllables; else `at`."""
    s = g.s
    if at < len(s) and s.word[at] == "(":
        for k in range(at + 1, min(at + 40, len(s))):
            if s.word[k] == ")":
                return k + 1
    return at


def begins_body(g: Grammar, i: int) -> bool:
    """Does a body or office of its own begin here, with a capital?"""
    s = g.s
    if not s.caps[i]:
        return False
    known = g.lex.national.match(s.low, i)
    if known and known[0] > 1:
        return True
    hit = g.lex.heads.match(s.low, i)
    if hit:
        j = i + hit[0]
        if hit[1].bare or j >= len(s) or (hit[0] > 1 and s.caps[i + 1]) or (hit[1].numbered and s.word[j][0].isdigit()):
            return True
        nxt = s.caps[j] or g.lex.levels.match(s.low, j) or g.lex.determiners.match(s.low, j) or g.lex.sectors.match(s.low, j)
        return bool(nxt)
    return False


def begins_verb(g: Grammar, k: int) -> bool:
    """Does a verb of the predicate list begin at `k`, as a word of its own?"""
    s = g.s
    hit = g.lex.verbs.match(s.low, k)
    return hit is not None and not s.joined[k + hit[0] - 1]  # "giao" in "giao thông" is no verb


def make_unit(g: Grammar, i: int, end: int, kind: Kind, weak: bool = False, persons: bool = False) -> Unit:
    """The Unit of syllables i to end - 1, named as printed."""
    s = g.s
    start, stop = s.at[i], s.to[end - 1]
    return Unit(start, stop, squeeze(g.text[start:stop]), kind, weak, persons)
