"""The vocabularies of corpus/grammar, divided among the splits so that no name of one split is seen in another.

The division is by a stable hash: places by the province they belong to since 2025, units by their sector, topics and laws by their
words, persons by middle and given name. An item that contains a name of another split as words is left out (`_without`).
Closed classes of the language (groups, verbs, the bodies every document names) are shared by all splits.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

GRAMMAR = Path(__file__).resolve().parents[2] / "corpus" / "grammar"
SPLITS = ("train", "dev", "test")
CLOSED_CLUSTERS = ("Hà Nội",)
"""Hà Nội is the printed place of every central body, so it belongs to the closed class; its lower units are in training only."""

Row = dict[str, Any]


@cache
def read(name: str) -> list[Row]:
    """All rows of one JSON Lines file of the grammar; read once, not to be changed."""
    with (GRAMMAR / f"{name}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


@cache
def split_of(kind: str, key: str) -> str:
    """The split a vocabulary item belongs to: 55 % train, 20 % dev, 25 % test."""
    slot = int.from_bytes(hashlib.sha256(f"vanban/{kind}/{key}".encode()).digest()[:4], "big") % 100
    return "train" if slot < 55 else "dev" if slot < 75 else "test"


def bare(place: str) -> str:
    """The name without its level word: "huyện Ba Tơ" -> "Ba Tơ"."""
    for level in ("huyện ", "quận ", "thị xã ", "thành phố ", "xã ", "phường ", "thị trấn ", "đặc khu "):
        if place.startswith(level):
            return place[len(level) :]
    return place


def level_of(place: str) -> str:
    """The level word: "huyện Ba Tơ" -> "huyện"."""
    return place[: len(place) - len(bare(place))].strip()


@dataclass
class Locality:
    """A province in one period with its lower units, as printed with their level words ("huyện Ba Tơ")."""

    province: str
    kind: str
    since: str
    until: str
    districts: list[str]
    communes: list[tuple[str, str]]


@dataclass
class Vocabulary:
    """What one split may use."""

    split: str
    localities: list[Locality] = field(default_factory=list)
    units: dict[str, list[Row]] = field(default_factory=dict)
    topics: list[Row] = field(default_factory=list)
    laws: list[Row] = field(default_factory=list)
    objects: dict[str, list[Row]] = field(default_factory=dict)
    surnames: list[str] = field(default_factory=list)
    given: list[str] = field(default_factory=list)


def _matcher(names: Iterable[str]) -> re.Pattern[str]:
    alternatives = "|".join(sorted(map(re.escape, names), key=lambda n: (-len(n), n))) or r"(?!)"
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)


def _without(rows: list[Row], key: str, mine: set[str], every: set[str]) -> list[Row]:
    """Rows of `mine` that do not contain a name of another split as whole words."""
    foreign = _matcher(every - mine)
    return [row for row in rows if row[key] in mine and not foreign.search(row[key])]


@lru_cache(maxsize=1)
def place_owner() -> dict[str, str]:
    """For every bare place name the split that may use it; a name found in several splits goes to the first, provinces before all."""
    owner: dict[str, str] = {}
    rows = read("places")
    for row in rows:
        owner[row["province"]] = _cluster_split(row["cluster"])
    for row in sorted(rows, key=lambda r: r["cluster"]):
        for printed in [*row.get("districts", []), *(c.split(", ")[0] for c in row["communes"])]:
            owner.setdefault(bare(printed), _cluster_split(row["cluster"]))
    return owner


def _cluster_split(cluster: str) -> str:
    return "train" if cluster in CLOSED_CLUSTERS else split_of("place", cluster)


def _localities(split: str) -> list[Locality]:
    owner = place_owner()
    foreign = _matcher(name for name, where in owner.items() if where != split and name not in CLOSED_CLUSTERS)
    result = []
    for row in read("places"):
        if _cluster_split(row["cluster"]) != split:
            continue
        districts = [d for d in row.get("districts", []) if owner[bare(d)] == split and not foreign.search(bare(d))]
        communes = [(c.split(", ")[0], c.partition(", ")[2]) for c in row["communes"]]
        communes = [(c, d) for c, d in communes if not foreign.search(bare(c)) and not (d and foreign.search(bare(d)))]
        result.append(
            Locality(row["province"], row["kind"], row.get("from", "1900-01-01"), row.get("to", "2099-12-31"), districts, communes)
        )
    return result


def _persons(split: str) -> tuple[list[str], list[str]]:
    places = set(place_owner())
    rows = read("names")
    surnames = [row["name"].replace("-", " ") for row in rows if row["part"] == "surname"]
    pairs = sorted({f"{m} {g}" for row in rows if "given" in row for m in row["middle"] for g in row["given"] if m.split()[-1] != g})
    single = {name for name in places if " " not in name}
    starts = {f"{s} {m.split()[0]}" for s in surnames for row in rows if "middle" in row for m in row["middle"]} & places
    banned = {pair.split()[1] for pair in starts}
    mine = [
        p
        for p in pairs
        if split_of("person", p) == split
        and not any(p.endswith(place) for place in places)
        and not set(p.split()) & single
        and p.split()[0] not in banned
    ]
    return surnames, mine


@cache
def vocabulary(split: str) -> Vocabulary:
    """Everything the named split may use; raises ValueError for an unknown split."""
    if split not in SPLITS:
        raise ValueError(f"unknown split {split!r}: use train, dev or test")
    v = Vocabulary(split, _localities(split))
    units = read("units")
    plain = re.compile(r"\s*\{.*")
    every = {plain.sub("", row["unit"]) for row in units}
    mine = {plain.sub("", row["unit"]) for row in units if split_of("unit", row["sector"]) == split}
    foreign = _matcher(n for n in every - mine if " " in n)
    for row in units:
        if split_of("unit", row["sector"]) == split and not foreign.search(row["unit"]):
            v.units.setdefault(row["level"], []).append(row)
    topics = read("topics")
    topic_names = {row["topic"] for row in topics}
    my_topics = {row["topic"] for row in topics if split_of("topic", row["topic"]) == split}
    v.topics = _without(topics, "topic", my_topics, topic_names)
    laws = read("laws")
    law_names = {row["law"] for row in laws}
    v.laws = _without(laws, "law", {row["law"] for row in laws if split_of("law", row["law"]) == split}, law_names)
    foreign_topics = _matcher(topic_names - my_topics)
    for row in read("objects"):
        if not foreign_topics.search(row["object"]):
            v.objects.setdefault(row["domain"], []).append(row)
    v.surnames, v.given = _persons(split)
    return v
