"""Where a document comes from: the province, district and commune that "tỉnh", "huyện" and "xã" mean in it (domain rules 1.2, 3.7)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.names.places import Place, mentions, named

_UNLISTED = re.compile(
    r"(?:nhân dân|ủy|UBND|HĐND|[Đđ]ảng bộ|Việt Nam)\s+(xã|phường|thị trấn|huyện|quận|thị xã|tỉnh|thành phố"
    r"|đặc khu)\s+([A-ZĐÀ-Ỹ]\w*(?:\s+[A-ZĐÀ-Ỹ]\w*){0,3})",
    re.I,
)
_PROVINCE = re.compile(r"(?:nhân dân|ủy|UBND|HĐND)\s+tỉnh\s+([A-ZĐÀ-Ỹ][a-zà-ỹ]+\s+[A-ZĐÀ-Ỹ][a-zà-ỹ]+)")
_RANK_OF_LEVEL = {
    "xã": "commune",
    "phường": "commune",
    "thị trấn": "commune",
    "đặc khu": "commune",
    "huyện": "district",
    "quận": "district",
    "thị xã": "district",
    "tỉnh": "province",
}


@dataclass(frozen=True, slots=True)
class Locality:
    """Full names with level ("tỉnh Quảng Ngãi"), None where unknown; `own` is the issuer's rank."""

    province: str | None = None
    district: str | None = None
    commune: str | None = None
    own: str | None = None

    def of_level(self, level: str) -> str | None:
        """What a bare level word stands for: "tỉnh" -> "tỉnh Quảng Ngãi"; "thành phố" is the province where that is a city."""
        if level == "thành phố" and self.province and self.province.startswith("thành phố"):
            return self.province
        pools = {
            "tỉnh": (self.province,),
            "xã": (self.commune,),
            "phường": (self.commune,),
            "thị trấn": (self.commune,),
            "đặc khu": (self.commune,),
        }
        for place in pools.get(level, (self.district, self.commune)):
            if place and place.startswith(level + " "):
                return place
        return None

    def name_of(self, rank: str) -> str | None:
        """The full name of the place of that rank."""
        return {"province": self.province, "district": self.district, "commune": self.commune}[rank]


def bare_name(full: str) -> str:
    """The name without its level: "tỉnh Quảng Ngãi" -> "Quảng Ngãi"."""
    for level in ("tỉnh", "thành phố", "thị xã", "thị trấn", "huyện", "quận", "xã", "phường", "đặc khu"):
        if full.startswith(level + " "):
            return full[len(level) + 1 :]
    return full


def find(text: str, head: str, place: str | None, day: str | None, own: str | None) -> Locality:
    """The locality of a document.

    `head`: issuer lines as found in header, signature or self-naming sentence; `place`: the word before the date of issue;
    `day`: date of issue; `own`: rank of the issuer when its name says it ("district" for UBND huyện).
    What the head says wins, then the most frequent mention in the body, then the parent of a known district, then `place`.
    """
    counts: dict[str, Counter[str]] = {"province": Counter(), "district": Counter(), "commune": Counter()}
    parents: dict[str, str] = {}

    def note(found: Place, weight: int) -> None:
        counts[found.rank][found.full] += weight
        if found.parent:
            parents.setdefault(found.full, found.parent)

    for source, weight in ((head, 100), (text, 1)):
        for _, _, found in mentions(source):
            note(_dated(found, day), weight)
    party = {"tỉnh ủy": "province", "thành ủy": "province", "huyện ủy": "district"}
    for source, weight in ((head, 100), (text, 2)):
        _party_mentions(source, party, day, weight, note)
    placed = _placed(place, day, own)
    for p in placed:
        note(p, 40 if len(placed) == 1 or p.rank == own else 3)
    if own and not counts[own]:
        unlisted = _UNLISTED.search(head)
        if unlisted and _RANK_OF_LEVEL.get(unlisted[1].lower()) == own:
            counts[own][f"{unlisted[1].lower()} {unlisted[2]}"] += 50
    best = {rank: (c.most_common(1)[0][0] if c else None) for rank, c in counts.items()}
    if own == "province":
        best["district"] = best["commune"] = None
    elif own == "district":
        best["commune"] = None
    if best["province"] is None and own in ("district", "commune"):
        named_above = {m[1] for m in _PROVINCE.finditer(text)}
        best["province"] = f"tỉnh {named_above.pop()}" if len(named_above) == 1 else None
    for child in ("commune", "district"):
        full = best[child]
        if full and full in parents and (best["province"] is None or (counts["province"][best["province"]] < 2 and own == child)):
            best["province"] = parents[full]
    return Locality(best["province"], best["district"], best["commune"], own)


def _dated(place: Place, day: str | None) -> Place:
    """The place of the same name and level that existed on the day, where there are several."""
    same = [p for p in named(place.name, place.level) if p.valid(day)]
    return same[0] if same else place


def _party_mentions(text: str, heads: dict[str, str], day: str | None, weight: int, note: Callable[[Place, int], None]) -> None:
    for m in re.finditer(r"(Tỉnh ủy|Thành ủy|Huyện ủy|Thị ủy|Quận ủy)\s+([A-ZĐÀ-Ỹ][\w]*(?:\s+[A-ZĐÀ-Ỹ][\w]*){0,3})", text, re.I):
        words = m[2].split()
        for n in range(len(words), 0, -1):
            rank = heads.get(m[1].lower(), "district")
            found = [p for p in named(" ".join(words[:n])) if p.rank == rank and p.valid(day)]
            if found:
                note(found[0], weight)
                break


def _placed(place: str | None, day: str | None, own: str | None) -> list[Place]:
    """What the place before the date of issue can be. It is where the office sits, which need not be the unit's own name."""
    if not place:
        return []
    words = place.strip()
    for prefix in ("Thành phố ", "TP. ", "TP ", "Huyện ", "Thị xã ", "Xã ", "Phường "):
        if words.startswith(prefix):
            level = "thành phố" if prefix.startswith("T") and "xã" not in prefix else prefix.strip().lower()
            found = [p for p in named(words[len(prefix) :], level) if p.valid(day)]
            return [p for p in found if own is None or p.rank == own]
    found = [p for p in named(words) if p.valid(day)]
    ranked = [p for p in found if p.rank == own]
    if ranked:
        return ranked[:1]
    return [p for p in found if own is None or p.rank != "commune"][:1]
