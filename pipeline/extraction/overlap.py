"""Where rules and the trained recogniser speak of the same words: the one policy, and the places that apply it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Literal

from pipeline.data import load
from pipeline.extraction.entity_model import Entity
from pipeline.extraction.lexicon import Lexicon
from pipeline.extraction.mentions import Charge, Unit
from pipeline.extraction.syllables import Phrases, Syllables
from pipeline.extraction.units import UnitParser
from pipeline.records import Kind
from pipeline.text.folding import squeeze

KINDS: dict[str, Kind] = {"UNIT": "organization", "POSITION": "position", "GROUP": "group"}

# Calibrated confidence from which the recogniser decides. Chosen on the dev split; see docs/ner.md.
SURE_NEW = 0.85  # a name where the rules find none
SURE_LONGER = 0.85  # a name that the rules end only because they do not know the next word
SURE_AGAINST = 0.9  # a name that the rules end before a verb or "và", which names also hold ("Ban Giám sát đầu tư của cộng đồng")
DOUBT = 0.1  # what a rule's fact loses when a sure recogniser ends the name elsewhere and is not followed
AGREED = 0.5  # the share of a rule's doubt that agreement takes away

_JOINTS = ("và", ",", ";", "giao", "với", "cùng")

Ground = Literal["none", "soft", "hard"]
Parsed = tuple[list[Unit], int]


@cache
def _name_ends() -> tuple[frozenset[str], frozenset[str]]:
    """Words with which no name goes on, and words with which one seldom does (name_ends.json)."""
    words = load.table("name_ends")
    return frozenset(words["closed"]), frozenset(words["seldom"])


class Advice:
    """What the recogniser found in one document, by offset, and which of it the policy took."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        found = list(entities)
        self.entities = [e for e in found if e.label in KINDS]
        self.persons = frozenset(e.start for e in found if e.label == "PERSON" and e.confidence >= SURE_NEW)
        self._starts = {e.start: e for e in self.entities}
        self.taken: dict[tuple[int, int], Entity] = {}

    def at(self, offset: int) -> Entity | None:
        """The unit, position or group that the recogniser has beginning at `offset`."""
        return self._starts.get(offset)


def settle(rule: Parsed | None, entity: Entity | None, rule_end: int, ground: Ground, cut: str = "", person: bool = False) -> str:
    """Who decides about a name that begins at one place: "rule" or "model". The policy:

    - The recogniser decides only about units, positions and groups. Citations and times are the rules' alone: a fact needs their normal
      form (number, day), and there the recogniser adds nothing to the measured records (docs/ner.md).
    - It decides only where it is sure (calibrated confidence) and the rules have no better ground: where they find no name; where they
      end a single name because they do not know the next word (`ground` is "none"); and, with more certainty, where they end it at a
      verb or "và" (`ground` is "soft"). At a sign, a number, or a word that no name goes on with ("hard") the rules are right.
    - It cuts a name short only where the rules read it over the wall of a table's cell, where it sees a person's name begin (`person`)
      or, with more certainty, where they took "và ..." into a class ("các đoàn thể và Nhân dân"; `cut` is what it would cut off). The
      name of one body they read whole, for they know all its words. Other farther ends of theirs come from lists and from the
      document itself. A list that leaves out its head ("các Sở: Nội vụ, Tài chính") is the rules' alone.
    - It joins no two names: where the rules read a second one inside its span, theirs stand (`AdvisedParser`).
    - In all else the rules decide; agreement raises the confidence of the fact and a sure disagreement lowers it (`weigh`).

    `rule` is what the rules read there, `rule_end` the offset where that ends, `ground` what stands behind it.
    """
    if entity is None:
        return "rule"
    if rule is None:
        return "model" if entity.confidence >= SURE_NEW else "rule"
    if entity.end < rule_end:
        class_and = cut.lstrip().startswith("và ") and rule[0][0].kind == "group" and ":" not in rule[0][0].name
        sure = SURE_NEW if person or "|" in cut else SURE_AGAINST if class_and else 2.0
        return "model" if entity.confidence >= sure else "rule"
    if len(rule[0]) != 1 or ":" in rule[0][0].name or entity.end == rule_end or ground == "hard":
        return "rule"
    return "model" if entity.confidence >= (SURE_LONGER if ground == "none" else SURE_AGAINST) else "rule"


class AdvisedParser(UnitParser):
    """The rules' parser of names, with the recogniser heard at the place where a name may begin."""

    def __init__(self, text: str, syllables: Syllables, lexicon: Lexicon, advice: Advice, atoms: Phrases | None = None) -> None:
        super().__init__(text, syllables, lexicon, atoms)
        self.advice = advice

    def units_at(self, i: int, loose: bool = False) -> Parsed | None:
        """As the rules' own, after `settle`."""
        parsed = super().units_at(i, loose)
        if i >= len(self.s):
            return parsed
        entity = self.advice.at(self.s.at[i])
        if entity is None:
            return parsed
        after = self.s.index_at(entity.end)
        if after <= i or self.s.to[after - 1] != entity.end:
            return parsed  # it ends inside a syllable or beyond this stretch
        rule_end = self.s.to[parsed[1] - 1] if parsed else -1
        ground = self._ground(parsed[1], entity) if parsed else "none"
        cut = self.text[entity.end : max(rule_end, entity.end)]
        person = entity.end + len(cut) - len(cut.lstrip()) in self.advice.persons
        if settle(parsed, entity, rule_end, ground, cut, person) == "rule" or (parsed and self._holds_another(parsed[1], after)):
            return parsed
        self.advice.taken[(entity.start, entity.end)] = entity
        return [Unit(entity.start, entity.end, squeeze(self.text[entity.start : entity.end]), KINDS[entity.label])], after

    def _holds_another(self, start: int, end: int) -> bool:
        """Do the rules read a further name that begins behind a joining word or a verb between the indexes `start` and `end`?"""
        for i in range(start, end - 1):
            joint = self.s.low[i] in _JOINTS or self.lex.verbs.match(self.s.low, i) is not None
            if joint and self.s.word[i + 1][0].isupper() and super().units_at(i + 1) is not None:
                return True
        return False

    def _ground(self, at: int, entity: Entity) -> Ground:
        """How good a reason for a name to end stands at index `at`. A comma is a weak one inside a group ("các sở, ban, ngành")
        and before a small letter ("Cục Phổ biến, giáo dục pháp luật")."""
        if at >= len(self.s):
            return "hard"
        word = self.s.low[at]
        if word == ",":
            listed = at + 1 < len(self.s) and self.s.word[at + 1][0].islower()
            return "soft" if listed or entity.label == "GROUP" else "hard"
        if not word.isalpha():
            return "hard"
        verb = self.lex.verbs.match(self.s.low, at)
        if verb and verb[0] > 1 and self.s.to[at + verb[0] - 1] > entity.end:
            return "hard"  # no name ends inside a verb: "Kho bạc Nhà nước khu vực XIX tạo | điều kiện"
        closed, seldom = _name_ends()
        if word in closed:
            return "hard"
        return "soft" if word in seldom or self.lex.verbs.match(self.s.low, at) is not None else "none"


def weigh(charges: Iterable[Charge], advice: Advice) -> None:
    """Set rule and confidence of the charges by what the recogniser says of their units. A unit that only the recogniser read gets rule
    "ner-..." and no more confidence than the recogniser has; agreement takes half of a rule's doubt away; a sure recogniser that ends
    the name elsewhere takes 0.1 off. Silence changes nothing: outside its training the recogniser misses what rules know."""
    for charge in charges:
        span = (charge.unit.start, charge.unit.end)
        taken = advice.taken.get(span)
        entity = advice.at(charge.unit.start)
        if taken is not None:
            charge.rule = f"ner-{charge.rule}"
            charge.confidence = round(min(charge.confidence, taken.confidence), 2)
        elif entity is None:
            continue
        elif entity.end == charge.unit.end:
            charge.confidence = round(charge.confidence + (1 - charge.confidence) * AGREED * entity.confidence, 2)
        elif entity.confidence >= SURE_AGAINST:
            charge.confidence = round(max(charge.confidence - DOUBT, 0.3), 2)
