"""Fills sentence frames (frames.jsonl) and notes what each slot means: the one place where words and gold entries are made together."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from .cast import Cast, Unit
from .chance import Chance
from .references import Library
from .sheet import Entry, Sheet
from .times import Calendar, When
from .vocabulary import Row, read

_SLOT = re.compile(r"\{([^{}]+)\}")
ROLES = {"perform": "performs", "lead": "leads", "support": "supports", "direct": "directs"}
TIME_KEYS = ("earliest", "latest", "recurrence", "continuous", "relative")


@dataclass(frozen=True)
class Frame:
    """A sentence frame: literals and slots in order; `what` names the duty of a report frame."""

    parts: tuple[tuple[str, str, str], ...]
    what: str | None
    optional: bool


@dataclass
class Scene:
    """What one sentence said of a report: who, to whom, through whom, by when."""

    reporters: list[str] = field(default_factory=list)
    to: list[str] = field(default_factory=list)
    via: str | None = None
    dues: list[tuple[str | None, Entry | None]] = field(default_factory=list)


def parse(text: str) -> tuple[tuple[str, str, str], ...]:
    """A frame's text as (literal, slot, argument) triples, the literal empty where a slot stands."""
    parts: list[tuple[str, str, str]] = []
    at = 0
    for match in _SLOT.finditer(text):
        if match.start() > at:
            parts.append((text[at : match.start()], "", ""))
        name, _, argument = match[1].partition(":")
        parts.append(("", name, argument))
        at = match.end()
    if at < len(text):
        parts.append((text[at:], "", ""))
    return tuple(parts)


@lru_cache(maxsize=1)
def frames() -> dict[str, list[Frame]]:
    """The sentence frames by use."""
    result: dict[str, list[Frame]] = {}
    for row in read("frames"):
        result.setdefault(row["use"], []).append(Frame(parse(row["frame"]), row.get("what"), bool(row.get("optional"))))
    return result


@lru_cache(maxsize=1)
def words() -> dict[str, list[str]]:
    """Verbs by the class of their object, and purposes."""
    result: dict[str, list[str]] = {"purpose": [row["purpose"] for row in read("purposes")]}
    for row in read("verbs"):
        result.setdefault(row["class"], []).append(row["verb"])
    return result


def flat(units: list[Unit]) -> list[Unit]:
    """The units, groups of two units as two."""
    return [part for unit in units for part in unit.parts or (unit,)]


Slots = dict[str, "Callable[[Writer, str], None]"]
"""What each slot of a frame writes."""


class Writer:
    """Writes the sentences of one document on its sheet."""

    def __init__(self, chance: Chance, sheet: Sheet, cast: Cast, days: Calendar, library: Library, slots: Slots) -> None:
        self.slots = slots
        self.chance, self.sheet, self.cast, self.days, self.library = chance, sheet, cast, days, library
        self.heading: list[Unit] = []
        self.printed_heading: list[str] = []
        self.scene = Scene()
        self.type_name, self.title = "", ""
        self.title_mention: Callable[[], None] | None = None
        self.me = Unit("", "organization")
        self.boss = ""
        self.timed = -1  # where an object ended that can have a time of its own
        self.used: set[int] = set()
        self.busy: set[str] = set()

    def say(self, use: str) -> None:
        """Writes one frame of the given use, not one used before in the document while there are others."""
        options = frames()[use]
        frame = self.chance.pick(options)
        for _ in range(4):
            if id(frame) not in self.used:
                break
            frame = self.chance.pick(options)
        self.used.add(id(frame))
        self.fill(frame)

    def fill(self, frame: Frame) -> None:
        """Writes a frame; its first letter and that of every sentence in it are capitals."""
        sheet = self.sheet
        outer, self.scene = self.scene, Scene()
        told = len(sheet.assignments)
        self.busy = {unit.text for unit in self.heading}
        sheet.capital = True
        for literal, slot, argument in frame.parts:
            if literal:
                sheet.put(literal)
                if literal.endswith((". ", ".\n\n")):
                    sheet.capital = True
            else:
                self.slot(slot, argument)
        sheet.capital = False
        if frame.what:
            self._report(frame)
        if frame.optional:  # an undated duty to report when something turns up may be counted (gold/GUIDE.md); so may who has it
            for entry in sheet.assignments[told:]:
                entry["optional"] = True
        self.scene = outer

    def slot(self, slot: str, argument: str) -> None:
        """Writes what a slot stands for; a slot with a capital begins with a capital."""
        if slot[0].isupper():
            self.sheet.capital = True
        try:
            write = self.slots[slot.lower()]
        except KeyError:
            raise ValueError(f"frames.jsonl: unknown slot {{{slot}}}") from None
        write(self, argument)

    def _report(self, frame: Frame) -> None:
        scene, sheet = self.scene, self.sheet
        reporters = scene.reporters or self.printed_heading
        for period, due in scene.dues or [(None, None)]:
            entry = {
                "reporter": reporters, "recipients": scene.to, "via": scene.via, "what": frame.what, "period": period,
                "latest": due.get("latest") if due else None, "recurrence": due.get("recurrence") if due else None,
            }  # fmt: skip
            if due and "latest_alt" in due:
                entry["latest_alt"] = due["latest_alt"]
            if frame.optional or due is None:
                entry["optional"] = True
            sheet.note(sheet.reports, (sheet.at, sheet.at), **entry)

    def unit_list(self, argument: str) -> list[Unit]:
        """Units by the argument of a slot: 1, n (two to four), g (group), G (office holders), p (position), x (any), o (closing order)."""
        chance, cast = self.chance, self.cast
        if argument == "1":
            return [self.free()]
        if argument == "g":
            return [cast.group()]
        if argument == "G":
            return [cast.group(heads=True)]
        if argument == "p":
            return [cast.position()]
        if argument == "o":
            count = chance.between(1, 3)
            heads = [cast.position() for _ in range(count)]
            found = list(dict.fromkeys([*heads, cast.group(heads=True)]))
            return found
        if argument == "x":
            draw = chance.random()
            if draw < 0.4:
                return [self.free()]
            if draw < 0.6:
                return [cast.group()]
            if draw < 0.7:
                return [cast.position()]
        free = [unit for unit in cast.organizations if unit.text not in self.busy]
        found = chance.some(free or cast.organizations, chance.between(2, 4) if chance.odds(0.4) else chance.between(1, 2))
        if chance.odds(0.6) or len(found) == 1:
            found.append(cast.group())
        return found

    def free(self) -> Unit:
        """A body that does not stand in this sentence or its heading yet."""
        for _ in range(6):
            unit = self.cast.organization()
            if unit.text not in self.busy:
                break
        return unit

    def units(self, chosen: list[Unit], role: str | None, **more: object) -> list[str]:
        """Writes units as a list; with a role each is noted as given something to do. Returns them as printed."""
        sheet, chance = self.sheet, self.chance
        semicolons = len(chosen) > 2 and chance.odds(0.12)
        with_and = not semicolons and chance.odds(0.6)
        printed = []
        for i, unit in enumerate(chosen):
            if i:
                sheet.put("; " if semicolons else " và " if with_and and i == len(chosen) - 1 else ", ")
            self.busy.add(unit.text)
            for part, name, where in self.mention(unit):
                printed.append(name)
                if role:
                    sheet.assign(where, name, role, part.kind, **more)
        return printed

    def mention(self, unit: Unit) -> list[tuple[Unit, str, tuple[int, int]]]:
        """Writes a unit; returns the units it is (one, but for groups of two), each as printed and where."""
        made, at = [], 0
        for part in flat([unit]):
            begins = unit.text.index(part.text, at)
            self.sheet.put(unit.text[at:begins])
            start = self.sheet.at
            made.append((part, self.sheet.name(part.text, part.label), (start, start + len(part.text))))
            at = begins + len(part.text)
        return made

    def when(self, use: str, capital: bool = False) -> Entry:
        """Writes a time expression and notes it as a deadline of the current section."""
        sheet = self.sheet
        when: When = self.days.when(use)
        text = when.text[0].upper() + when.text[1:] if capital else when.text
        where = sheet.put(text, "TIME")
        text = text if sheet.parts[-1] == text else sheet.parts[-1]
        values = {key: when.values.get(key, False if key == "continuous" else None) for key in TIME_KEYS}
        more = {key: value for key, value in when.values.items() if key not in TIME_KEYS}
        if use == "window" and 0 <= where[0] - self.timed <= 1:  # "theo dõi số liệu báo cáo trong năm 2025": of the task or of its object?
            more["optional"] = True
        return sheet.note(sheet.deadlines, where, text=text, **values, **more)

    def task(self, bare: bool = False) -> None:
        """Writes a task phrase: verb, object and now and then a purpose (never if `bare`)."""
        row = self.object_row(None)
        text = f"{self.chance.pick(words()[row['class']])} {row['object']}"
        purpose = self.chance.odds(0.12) and not bare
        self.sheet.put(f"{text}, {self.chance.pick(words()['purpose'])}" if purpose else text)
        self.timed = self.sheet.at if row.get("timed") and not purpose else -1

    def object_row(self, classes: tuple[str, ...] | None) -> Row:
        objects = self.cast.words.objects
        for _ in range(8):
            rows = objects.get(self.cast.domain) if self.chance.odds(0.5) else objects["any"]
            row = self.chance.pick(rows or objects["any"])
            if classes is None or row["class"] in classes:
                return row
        return next(row for row in objects["any"] if classes is None or row["class"] in classes)

    def title_frame(self, kind: str, lower: bool) -> None:
        """Writes the title of a document of this kind."""
        frame = self.chance.pick(frames()["title-" + kind])
        self.fill(frame) if not lower else self._fill_lower(frame)

    def _fill_lower(self, frame: Frame) -> None:
        for literal, slot, argument in frame.parts:
            self.sheet.put(literal) if literal else self.slot(slot, argument)

    def remember_title(self, text: str, spans: list[tuple[int, int, str]], cites: list[Entry]) -> None:
        """Keeps the title so that {title} can repeat it in a sentence with its names and citations."""
        cut = next((len(lead) for lead in ("Về việc ", "Về ") if text.startswith(lead)), 0)

        def again() -> None:
            at, waiting = cut, list(cites)
            for i, (start, end, label) in enumerate(spans):
                self.sheet.put(self._low(text[at:start]) if i == 0 else text[at:start])
                where = self.sheet.put(text[start:end], label)
                if label == "DOCREF" and waiting:
                    entry = dict(waiting.pop(0))
                    entry |= {"start": where[0], "end": where[1], "section": self.sheet.path}
                    self.sheet.citations.append(entry)
                at = end
            self.sheet.put(text[at:] if spans else self._low(text[at:]))

        self.title_mention = again

    def _low(self, text: str) -> str:
        return text[:1].lower() + text[1:]
