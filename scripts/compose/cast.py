"""Who appears in a document: the issuing office, and the units, positions, groups and persons valid at its place and date."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from .chance import Chance
from .vocabulary import Locality, Row, Vocabulary, bare, level_of, read, split_of, vocabulary

_SLOT = re.compile(r"\{(\w+)\}")
OFFICES = ("Bí thư", "Bộ trưởng", "Chủ tịch", "Giám đốc", "Thủ trưởng", "Trưởng")
LABELS = {"organization": "UNIT", "position": "POSITION", "group": "GROUP"}
DISTRICT_END = "2025-06-30"
PARTY_NAME = {"huyện": "Huyện ủy", "thị xã": "Thị ủy", "thành phố": "Thành ủy", "quận": "Quận ủy"}
ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
POOL = {  # which levels of units.jsonl and groups.jsonl an office of a level works with
    "central": ("department", "central"),
    "province": ("province",),
    "office": ("inner",),
    "district": ("district",),
    "commune": ("commune",),
    "party-central": ("party-central",),
    "party-province": ("party-province", "province"),
    "party-district": ("party-district", "district"),
    "party-commune": ("party-commune", "commune"),
}


@dataclass(frozen=True)
class Unit:
    """A unit as printed; `kind` as in gold/GUIDE.md; `head` is the title of the one who heads it."""

    text: str
    kind: str = "organization"
    head: str = ""
    domain: str = ""
    symbol: str = ""
    parts: tuple[Unit, ...] = ()
    """The units it is by gold/GUIDE.md, where the right side of its "," or "và" begins a unit of its own (domain rule 3.6.4)."""

    @property
    def label(self) -> str:
        """The entity label of the unit."""
        return LABELS[self.kind]

    def headed(self) -> Unit:
        """The office holder who heads the unit: "Sở Nội vụ" -> "Giám đốc Sở Nội vụ"."""
        return Unit(f"{self.head} {self.text}", "position", "", self.domain) if self.head else self


@cache
def _rows(name: str, level: str) -> list[Row]:
    return [row for row in read(name) if row["level"] == level]


def _valid(rows: list[Row], day: str) -> list[Row]:
    return [row for row in rows if row.get("from", "") <= day <= row.get("to", "9999")]


@cache
def offices(split: str) -> list[Row]:
    """The kinds of issuing office of offices.jsonl; one that is itself a unit of the vocabulary issues in the split of its sector only."""
    return [row for row in read("offices") if "sector" not in row or split_of("unit", row["sector"]) == split]


class Cast:
    """The names of one document. `tokens` fills the {..} of the data files: {L} level word, {PL} full place, {B} bare name,
    {PKIND} {PP} {P} province, {DKIND} {DD} {D} district, {TU} {HU} {DU} Party committees, {R} a lower place, {K} {N} numbers."""

    def __init__(self, chance: Chance, split: str, office: Row, today: dt.date, domains: tuple[str, ...] = ()) -> None:
        self.domains = domains
        self.chance, self.office, self.today = chance, office, today
        self.words: Vocabulary = vocabulary(split)
        self.day = today.isoformat()
        self.level: str = office["level"]
        self.base = self.level.removeprefix("party-")
        self._place()
        self._people = chance.some(self.words.given, 12)
        self.topic_row = chance.pick(self._topics())
        self.topic: str = self.topic_row["topic"]
        self.domain: str = self.topic_row["domain"]
        self.organizations = self._organizations()
        self.groups = [self._group(row) for row in _valid(self._group_rows(), self.day)]

    def _topics(self) -> list[Row]:
        """The topics that suit the issuer: those of its field if it has one, Party matters for the Party alone."""
        topics = self.words.topics
        party = self.office["system"] == "party"
        fitting = [row for row in topics if row["domain"] in self.domains]
        if not fitting and party and self.chance.odds(0.5):
            fitting = [row for row in topics if row["domain"] == "Đảng"]
        return fitting or [row for row in topics if party or row["domain"] != "Đảng"]

    def superior(self) -> Unit:
        """The body above the issuer, to which it submits."""
        if self.base == "central":
            return Unit("Thủ tướng Chính phủ", "position")
        if self.base == "province":
            return Unit(self.fill("HĐND {PL}" if self.level == "province" else "Ban Bí thư"))
        if self.base == "commune" and self.tokens["DD"]:
            return Unit(self.fill("UBND {DD}"))
        return Unit(self.fill("UBND {PP}"))

    def _place(self) -> None:
        chance, level = self.chance, self.base
        places = [p for p in self.words.localities if p.since <= self.day <= p.until]
        if level == "district":
            places = [p for p in places if p.districts]
        elif level == "commune":
            places = [p for p in places if p.communes]
        self.place: Locality = chance.pick(places)
        p = self.place
        pkind, province = p.kind, p.province
        full = f"{pkind} {province}" if province != "Hồ Chí Minh" else "Thành phố Hồ Chí Minh"
        district = chance.pick(p.districts) if p.districts else ""
        commune, over = chance.pick(p.communes) if p.communes else ("", "")
        if level == "commune":
            district = over or district
        own = {"district": district, "commune": commune}.get(level, full)
        lower = p.communes if p.communes else [(d, "") for d in p.districts]
        self.lower = [bare(c) for c, _ in lower if c not in (commune, own)] or [province]
        kind = level_of(own) if own != full else pkind
        self.tokens: dict[str, str] = {
            "L": kind, "PL": own, "B": bare(own) if own != full else province, "PKIND": pkind, "PP": full, "P": province,
            "DKIND": level_of(district), "DD": district, "D": bare(district) or province,
            "TU": "Tỉnh ủy" if pkind == "tỉnh" else "Thành ủy",
            "HU": PARTY_NAME.get(level_of(district), "Huyện ủy"),
            "DU": f"Đảng ủy {level_of(commune) or 'xã'}", "C": bare(commune),
            "SUP": (district and f"UBND {district}") or f"UBND {full}",
        }  # fmt: skip

    def fill(self, text: str) -> str:
        """`text` with its {..} replaced."""
        if "{" not in text:
            return text
        chance, tokens = self.chance, self.tokens

        def value(match: re.Match[str]) -> str:
            name = match[1]
            if name == "R":
                return chance.pick(self.lower)
            if name == "ROM":
                return chance.pick(ROMANS)
            if name in ("K", "N"):
                return str(chance.between(1, 9))
            return tokens[name]

        return _SLOT.sub(value, text)

    def _organizations(self) -> list[Unit]:
        chance = self.chance
        rows: list[Row] = []
        for level in POOL[self.level]:
            fitting = _valid(self.words.units.get(level, []), self.day)
            rows += chance.some(fitting, 18 if level == POOL[self.level][0] else 5)
        if self.level == "office" and self.office.get("with_province"):
            rows += chance.some(_valid(self.words.units.get("province", []), self.day), 6)
        rows += chance.some(_valid(_rows("closed", self.level), self.day), 4)
        units = {self.fill(row["unit"]): row for row in rows}
        found = [Unit(name, "organization", row["head"], row.get("domain", ""), row.get("symbol", "")) for name, row in units.items()]
        return found + self._local()

    def _local(self) -> list[Unit]:
        """Named People's Committees or Party committees one level down."""
        chance, place = self.chance, self.place
        if self.base == "province":
            lower = chance.some(place.districts or [c for c, _ in place.communes], 4)
        elif self.base == "central":
            names = [p for p in self.words.localities if p.since <= self.day <= p.until and p.province != "Hồ Chí Minh"]
            lower = [f"{p.kind} {p.province}" for p in chance.some(names, 4)]
        elif self.base == "district":
            lower = [c for c, d in place.communes if d == self.tokens["DD"]]
        else:
            return []
        if not self.level.startswith("party"):
            return [Unit(f"UBND {name}", "organization", "Chủ tịch") for name in lower]
        if self.base == "central":
            return [
                Unit(f"{'Tỉnh ủy' if n.startswith('tỉnh') else 'Thành ủy'} {bare(n).removeprefix('tỉnh ')}", head="Bí thư") for n in lower
            ]
        return [
            Unit(f"{PARTY_NAME.get(level_of(n), 'Đảng ủy')} {bare(n) if level_of(n) in PARTY_NAME else n}", head="Bí thư") for n in lower
        ]

    def _group(self, row: Row) -> Unit:
        return Unit(self.fill(row["group"]), "group", parts=tuple(Unit(self.fill(name), kind) for kind, name in row.get("parts", ())))

    def _group_rows(self) -> list[Row]:
        return _rows("groups", self.level) or _rows("groups", self.base)

    def organization(self) -> Unit:
        """One body, more often one whose field is the document's."""
        chance = self.chance
        if chance.odds(0.35):
            fitting = [u for u in self.organizations if u.domain == self.domain]
            if fitting:
                return chance.pick(fitting)
        return chance.pick(self.organizations)

    def group(self, heads: bool = False) -> Unit:
        """A class of bodies; with `heads` a class of office holders if there is one ("Thủ trưởng các sở, ban, ngành")."""
        fitting = [g for g in self.groups if g.text.startswith(OFFICES)] if heads else self.groups
        return self.chance.pick(fitting or self.groups)

    def position(self) -> Unit:
        """An office holder: the head of a body, or the leadership of the issuer."""
        chance = self.chance
        if chance.odds(0.2):
            own = [self.fill(p) for p in self.office.get("positions", [])]
            if own:
                return Unit(chance.pick(own), "position")
        heads = [u for u in self.organizations if u.head]
        return chance.pick(heads).headed() if heads else self.group(heads=True)

    def person(self) -> str:
        """A full name; the same document does not use it twice."""
        given = self._people.pop() if self._people else self.chance.pick(self.words.given)
        return f"{self.chance.pick(self.words.surnames)} {given}"
