"""Provinces, districts and communes with their dates (domain rule 3.7), and how to find them in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.data import load
from pipeline.text.folding import tone

_MENTION = re.compile(r"(?<![^\W\d_])(tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu|TP\.?)\s+(?=[A-ZĐÀ-Ỹ])", re.I)
_NAME = re.compile(r"[A-ZĐÀ-Ỹ][\w'’]*(?:\s+(?:-\s+)?[A-ZĐÀ-Ỹ\d][\w'’]*){0,4}")


@dataclass(frozen=True, slots=True)
class Place:
    """`level` as written before the name ("tỉnh"), `rank` province, district or commune; `since`/`until` bound its existence (ISO
    dates)."""

    level: str
    name: str
    rank: str
    parent: str | None = None
    since: str | None = None
    until: str | None = None
    successor: str | None = None

    @property
    def full(self) -> str:
        """Level and name: "tỉnh Quảng Ngãi"."""
        return f"{self.level} {self.name}"

    def valid(self, day: str | None) -> bool:
        """Did the place exist on `day` (ISO, possibly partial)? True where the day is unknown."""
        return day is None or not ((self.since and day < self.since[: len(day)]) or (self.until and day > self.until[: len(day)]))


@cache
def by_name() -> dict[str, tuple[Place, ...]]:
    """Places by folded name."""
    found: dict[str, list[Place]] = {}
    for row in load.rows("places"):
        place = Place(row["level"], row["name"], row["rank"], row.get("parent"), row.get("since"), row.get("until"), row.get("successor"))
        found.setdefault(tone(place.name), []).append(place)
    return {k: tuple(v) for k, v in found.items()}


def named(words: str, level: str | None = None) -> tuple[Place, ...]:
    """Places of that name, of that level where one is given."""
    places = by_name().get(tone(words.replace("–", "-").strip()), ())
    return tuple(p for p in places if level is None or p.level == level)


def mentions(text: str) -> Iterator[tuple[int, int, Place]]:
    """(start, end, place) for each "tỉnh X", "huyện Y" in `text` that the gazetteer knows; the longest name wins. Capitals count as
    such."""
    for m in _MENTION.finditer(text):
        level = "thành phố" if m[1].lower().startswith("tp") else m[1].lower()
        name = _NAME.match(text, m.end())
        if not name:
            continue
        words = re.split(r"(\s+)", name[0])
        for n in range(len(words), 0, -2):
            candidate = "".join(words[:n])
            places = named(candidate, level)
            if places:
                yield m.start(), m.end() + len(candidate), places[0]
                break
