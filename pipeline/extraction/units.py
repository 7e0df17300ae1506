"""Names of bodies, offices and groups, and lists of them: when a comma or "và" splits (domain rules 3.2 to 3.6)."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.extraction.grammar import bodies, groups, offices
from pipeline.extraction.grammar.ground import after_separator, begins_body, make_unit, skip_parentheses
from pipeline.extraction.grammar.places import after_level
from pipeline.extraction.lexicon import Lexicon
from pipeline.extraction.mentions import Unit, UnitList
from pipeline.extraction.syllables import Phrases, Syllables

_DEEPEST = 12


class UnitParser:
    """Parses names over one stretch of syllables. Every method takes an index and gives a Unit with the index after it, or None."""

    def __init__(self, text: str, syllables: Syllables, lexicon: Lexicon, atoms: Phrases | None = None) -> None:
        self.text, self.s, self.lex, self.atoms = text, syllables, lexicon, atoms
        self._deep = 0
        self.whole = False  # in a label's value or a heading a name runs to the next sign

    def list_at(self, i: int, loose: bool = False) -> UnitList | None:
        """Units from index i on, joined by "," ";" "và" "cùng". `loose`: bare class nouns count as the first unit too."""
        found: list[Unit] = []
        at = i
        while True:
            parsed = self.units_at(at, loose or bool(found))
            if not parsed:
                break
            units, after = parsed
            found += units
            resume = skip_parentheses(self, after)
            following = after_separator(self, resume)
            end = after
            if following is None or self.s.low[following] == "mỗi" or not self.units_at(following, True):
                return UnitList(tuple(found), self.s.to[end - 1], resume)
            at = following
        return None

    def units_at(self, i: int, loose: bool = False) -> tuple[list[Unit], int] | None:
        """The unit at index i ("các Sở: Nội vụ, Tài chính" is one) and the index after it."""
        if i >= len(self.s):
            return None
        several = self._elliptical(i)
        if several:
            return several
        for parse in (self.person, self.position, self.group, self.body):
            found = parse(i)
            if found:
                unit, after = found
                if unit.weak and not loose:
                    continue
                return [unit], after
        return None

    def person(self, i: int) -> tuple[Unit, int] | None:
        """A person named after "ông", "bà", "đồng chí" at index `i`."""
        return offices.person(self, i)

    def position(self, i: int) -> tuple[Unit, int] | None:
        """An office at index `i`, with its body."""
        return offices.position(self, i)

    def group(self, i: int) -> tuple[Unit, int] | None:
        """A group at index `i`; weak without a determiner."""
        return self._nested(lambda: groups.group(self, i))

    def body(self, i: int, forced: bool = False) -> tuple[Unit, int] | None:
        """A body at index `i`. `forced`: its first word may be written small."""
        return self._nested(lambda: bodies.body(self, i, forced))

    def _nested(self, parse: Callable[[], tuple[Unit, int] | None]) -> tuple[Unit, int] | None:
        """A name inside names, to a depth that no real one reaches: a hostile row of heads must not exhaust the stack."""
        if self._deep >= _DEEPEST:
            return None
        self._deep += 1
        try:
            return parse()
        finally:
            self._deep -= 1

    def _elliptical(self, i: int) -> tuple[list[Unit], int] | None:
        """As in "(Giám đốc) các Sở: Nội vụ, Tài chính; Tư pháp": one group as printed; its members share the head (domain rule 3.6.6)."""
        at = i
        title = self.lex.titles.match(self.s.low, at)
        if title:
            at += title[0]
        determiner = self.lex.determiners.match(self.s.low, at)
        at += determiner[0] if determiner else 0
        head = self.lex.heads.match(self.s.low, at)
        if not head or not (title or determiner):
            return None
        colon = at + head[0]
        while self.s.word[colon : colon + 1] == [","] and (noun := self.lex.nouns.match(self.s.low, colon + 1)):
            colon += 1 + noun[0]  # "Các sở, ngành: Nội vụ, Tài chính"
        if colon >= len(self.s):
            return None
        first = colon + 1 if self.s.word[colon] == ":" else colon
        if first == colon and not (determiner and self.s.caps[colon]):
            return None
        members, k, end = 0, first, first
        while True:
            sector = self.lex.sectors.match(self.s.low, k)
            if not sector or not self.s.caps[k] or begins_body(self, k):
                break
            end = after_level(self, k + sector[0])
            members += 1
            following = after_separator(self, end)
            if following is None:
                break
            k = following
        return ([make_unit(self, i, end, "group")], end) if members >= 2 else None
