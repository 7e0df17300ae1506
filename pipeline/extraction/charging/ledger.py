"""Who has been charged so far in a document, and which units own which item: what the forms of a charge write to and look up."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.extraction.clauses import LineView
from pipeline.extraction.labels import Label
from pipeline.extraction.mentions import Charge, Unit
from pipeline.records import Role


class Ledger:
    """Charges in reading order. `is_issuer` tells the document's own issuer and its superiors apart from those it charges; `in_subject`
    says of an offset whether it stands in the subject of a cited document."""

    def __init__(self, text: str, is_issuer: Callable[[Unit], bool], in_subject: Callable[[int], bool]) -> None:
        self.text, self.is_issuer, self.in_subject = text, is_issuer, in_subject
        self.found: list[Charge] = []
        self.owners: dict[str, list[Unit]] = {}  # heading or subject of a numbered item
        self.leads: dict[str, list[Unit]] = {}  # units that a label of the item has lead or perform
        self.bullet_owner: tuple[str, str, list[Unit]] | None = None  # path, sign and units of a bullet that opens others
        self.subjects: dict[tuple[int, int], list[Unit]] = {}  # (line, clause) -> units that act there
        self.labels: dict[int, list[Label]] = {}  # labels by line
        self._headed: dict[str, list[str]] = {}  # names of the units in the heading of a section, small

    def add(self, unit: Unit, role: Role, view: LineView, rule: str, confidence: float, heading: bool = False) -> None:
        """Charge `unit` in the line of `view`. `rule`: what found it; `heading`: the unit stands in a heading."""
        section = "body" if view.line.path == "preamble" else view.line.path  # GUIDE: an opening order counts at "body"
        name = unit.name.lower()
        if heading:
            self._headed.setdefault(section, []).append(name)
        elif rule == "subject" and unit.kind == "group" and any(h.startswith(name + " ") for h in self._headed.get(section, ())):
            return  # "5. Các trường học trên địa bàn xã" / "..., các trường học phát động ...": charged there by its full name
        self.found.append(Charge(unit, role, section, view.index, rule, round(max(confidence, 0.3), 2), heading))

    def owners_of(self, path: str) -> list[Unit]:
        """Units that the heading of `path`, or the nearest one above it, names."""
        parts = path.split(".")
        for n in range(len(parts), 0, -1):
            units = self.owners.get(".".join(parts[:n]))
            if units:
                return units
        return []

    def told(self, path: str) -> list[Unit]:
        """Who answers for an item that names nobody: the units of the headings above it, else those that the opening order tells to act."""
        return self.owners_of(path) or self.owners.get("", [])

    def owners_here(self, view: LineView) -> list[Unit]:
        """Units whose item the line belongs to: of the bullet that opens it, else of the headings above."""
        line = view.line
        bullet = self.bullet_owner
        if bullet and bullet[0] == line.path and line.marker == "bullet" and self.text[line.start] != bullet[1]:
            return bullet[2]
        return self.owners_of(line.path)
