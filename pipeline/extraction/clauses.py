"""A line of the body as syllables cut into sentences and clauses that respect abbreviations, parentheses and quotations."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field

from pipeline.extraction.lexicon import Lexicon
from pipeline.extraction.syllables import Phrases, Syllables
from pipeline.extraction.units import UnitParser
from pipeline.layout.model import Line

_ABBREVIATED = ("tp", "ts", "ths", "gs", "pgs", "v", "tt", "st", "p", "q")


@dataclass(slots=True)
class LineView:
    """One line ready for parsing. `clauses`: (first, last + 1) syllable ranges cut at . ; and :, never inside parentheses or quotes;
    `sentence[i]` is the number of the sentence that clause i belongs to."""

    line: Line
    index: int
    s: Syllables
    parser: UnitParser
    clauses: list[tuple[int, int]] = field(default_factory=list)
    sentence: list[int] = field(default_factory=list)


def view(text: str, line: Line, index: int, lexicon: Lexicon, word_ends: array[int] | None, atoms: Phrases | None = None) -> LineView:
    """The line at `index` of the layout, cut into clauses. Its number or dash is left out."""
    charged = line.zone in ("body", "closing", "appendix")  # nothing is parsed in the other zones
    syllables = Syllables(text, line.content, line.end if charged else line.content, word_ends)
    made = LineView(line, index, syllables, UnitParser(text, syllables, lexicon, atoms))
    _cut(made)
    return made


def _cut(view: LineView) -> None:
    s = view.s
    depth = 0
    quoted = False
    first = 0
    sentence = 0
    for i, word in enumerate(s.word):
        if word in "([":
            depth += 1
        elif word in ")]":
            depth = max(0, depth - 1)
        elif word in '“”"':
            quoted = word == "“" or (word == '"' and not quoted)
        if depth or quoted or word not in ".;:!?":
            continue
        if word == "." and not _ends(s, i):
            continue
        if first < i:
            view.clauses.append((first, i))
            view.sentence.append(sentence)
        first = i + 1
        if word in ".!?":
            sentence += 1
    if first < len(s):
        view.clauses.append((first, len(s)))
        view.sentence.append(sentence)


def _ends(s: Syllables, i: int) -> bool:
    """Does the point at `i` end a sentence? Not after an abbreviation or inside "v.v."."""
    if i + 1 >= len(s):
        return True
    if s.at[i + 1] == s.to[i] and s.word[i + 1] not in '/.)”"':
        return False
    return not (i and s.low[i - 1] in _ABBREVIATED and s.word[i - 1] != s.low[i - 1]) and (s.caps[i + 1] or not s.word[i + 1].isalpha())
