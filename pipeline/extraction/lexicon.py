"""The word lists of extraction, read from the data files and indexed for lookup. Built once by `lexicon()`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.data import load
from pipeline.extraction.syllables import Phrases, PhraseTable
from pipeline.text.folding import tone


@dataclass(frozen=True, slots=True)
class Head:
    """First words of a body's name; see unit_heads.jsonl."""

    bare: bool
    inner: bool
    level: bool
    caps: bool
    place: bool
    numbered: bool
    many: bool


@dataclass(frozen=True, slots=True)
class Title:
    """An office; `alone`: complete without the name of a body; `lower`: also written small."""

    name: str
    alone: bool
    lower: bool
    unit: str | None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All lookups. Values: Head, Title, for `nouns` whether the class is of persons, for `verbs` strong/weak/not."""

    heads: PhraseTable[Head]
    titles: PhraseTable[Title]
    sectors: Phrases
    nouns: PhraseTable[bool]
    actors: frozenset[str]  # classes that alone, without a determiner, are told to act
    determiners: Phrases
    restrictors: Phrases
    levels: Phrases
    level_phrases: Phrases
    no_classes: Phrases
    firms: Phrases
    trades: Phrases
    ranks: Phrases
    means: Phrases
    incidents: Phrases
    owners: Phrases
    works: Phrases
    verbs: Phrases
    acts: Phrases  # verbs found inside names too
    national: Phrases
    surnames: frozenset[str]
    papers: Phrases  # types of document


@cache
def lexicon() -> Lexicon:
    """The word lists, indexed."""
    words: dict[str, Any] = load.table("unit_words")
    flags = ("bare", "inner", "level", "caps", "place", "numbered", "many")
    heads = [(r["head"], Head(*(r.get(flag, False) for flag in flags))) for r in load.rows("unit_heads")]
    titles = [(r["title"], Title(r["title"], r.get("alone", False), r.get("lower", False), r.get("unit"))) for r in load.rows("positions")]
    predicates = load.rows("predicates")
    in_names = [w for r in predicates if r.get("in_names") for w in r["words"]]
    verbs = [
        (w, "not" if r.get("not") else "weak" if r.get("weak") else "strong")
        for r in predicates
        if not r.get("in_names")
        for w in r["words"]
    ]
    national = [(n, r["name"]) for r in load.rows("national_bodies") for n in (r["name"], *r["aliases"])]
    return Lexicon(
        heads=PhraseTable(heads),
        titles=PhraseTable(titles),
        sectors=Phrases((n, n) for r in load.rows("sectors") for n in r["names"]),
        nouns=PhraseTable((n, bool(r.get("persons"))) for r in load.rows("group_nouns") for n in r["nouns"]),
        actors=frozenset(tone(n) for r in load.rows("group_nouns") if r.get("actors") for n in r["nouns"]),
        determiners=Phrases((w, w) for w in words["determiners"]),
        restrictors=Phrases((w, w) for w in words["restrictors"]),
        levels=Phrases((w, w) for w in words["levels"]),
        level_phrases=Phrases((w, w) for w in words["level_phrases"]),
        no_classes=Phrases((w, w) for w in words["no_classes"]),
        firms=Phrases((w, w) for w in words["firms"]),
        trades=Phrases((w, w) for w in words["trades"]),
        ranks=Phrases((w, w) for w in words["ranks"]),
        means=Phrases((w, w) for w in words["means"]),
        incidents=Phrases((w, w) for w in words["incidents"]),
        owners=Phrases((w, w) for w in words["owners"]),
        works=Phrases((w, w) for w in words["works"]),
        verbs=Phrases(sorted(verbs, key=lambda v: v[1] != "not")),
        acts=Phrases((w, w) for w in in_names),
        national=Phrases(national),
        surnames=frozenset(tone(w) for w in words["surnames"]),
        papers=Phrases((r["name"], r["name"]) for r in load.rows("document_types")),
    )
