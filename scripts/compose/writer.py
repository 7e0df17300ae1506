"""Fills sentence frames (frames.jsonl) and notes what each slot means: the one place where words and gold entries are made together."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from .cast import Cast, Unit
from .chance import Chance
from .references import Library
from .sheet import Entry, Sheet
from .times import Calendar, When, day_text
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


class Writer:
    """Writes the sentences of one document on its sheet."""

    def __init__(self, chance: Chance, sheet: Sheet, cast: Cast, days: Calendar, library: Library) -> None:
        self.chance, self.sheet, self.cast, self.days, self.library = chance, sheet, cast, days, library
        self.heading: list[Unit] = []
        self.printed_heading: list[str] = []
        self.scene = Scene()
        self.type_name, self.title = "", ""
        self.title_mention: Callable[[], None] | None = None
        self.me = Unit("", "organization")
        self.boss = ""
        self.used: set[int] = set()

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
        sheet.capital = True
        for literal, slot, argument in frame.parts:
            if literal:
                sheet.put(literal)
                if literal.endswith((". ", ".\n\n")):
                    sheet.capital = True
            else:
                getattr(self, "s_" + slot.lower(), self._unknown)(argument if slot[0].islower() else "^" + argument)
        sheet.capital = False
        if frame.what:
            self._report(frame)
        self.scene = outer

    def _unknown(self, argument: str) -> None:
        raise ValueError(f"frames.jsonl: unknown slot near {argument!r}")

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

    # units ------------------------------------------------------------------------------------------------------------
    def unit_list(self, argument: str) -> list[Unit]:
        """Units by the argument of a slot: 1, n (two to four), g (group), G (office holders), p (position), x (any), o (closing order)."""
        chance, cast = self.chance, self.cast
        if argument == "1":
            return [cast.organization()]
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
                return [cast.organization()]
            if draw < 0.6:
                return [cast.group()]
            if draw < 0.7:
                return [cast.position()]
        found = chance.some(cast.organizations, chance.between(2, 4) if chance.odds(0.4) else chance.between(1, 2))
        if chance.odds(0.6) or len(found) == 1:
            found.append(cast.group())
        return found

    def units(self, chosen: list[Unit], role: str | None, **more: object) -> list[str]:
        """Writes units as a list; with a role each is noted as given something to do. Returns them as printed."""
        sheet, chance = self.sheet, self.chance
        semicolons = len(chosen) > 2 and chance.odds(0.12)
        with_and = not semicolons and chance.odds(0.6)
        printed = []
        for i, unit in enumerate(chosen):
            if i:
                sheet.put("; " if semicolons else " và " if with_and and i == len(chosen) - 1 else ", ")
            start = sheet.at
            printed.append(sheet.name(unit.text, unit.label))
            if role:
                sheet.assign((start, sheet.at), printed[-1], role, unit.kind, **more)
        return printed

    def _role(self, slot: str, argument: str) -> None:
        reports = argument.endswith("!")
        printed = self.units(self.unit_list(argument.rstrip("!")), ROLES[slot])
        if reports:
            self.scene.reporters += printed

    def s_perform(self, argument: str) -> None:
        self._role("perform", argument)

    def s_lead(self, argument: str) -> None:
        self._role("lead", argument)

    def s_support(self, argument: str) -> None:
        self._role("support", argument)

    def s_direct(self, argument: str) -> None:
        self._role("direct", argument)

    def s_mark(self, role: str) -> None:
        """Under a unit's heading an item that opens with its role adds that role for the unit."""
        for unit, printed in zip(self.heading, self.printed_heading, strict=True):
            self.sheet.assign((self.sheet.at, self.sheet.at), printed, role, unit.kind)

    def s_same(self, role: str) -> None:
        if self.heading:
            self.units(self.heading[:1], role)
        else:
            self._role("lead", "1")

    def s_opt(self, _: str) -> None:
        self.units(self.unit_list("x"), "supports", optional=True)

    def _mention(self, unit: Unit) -> None:
        self.sheet.put(unit.text, unit.label)

    def s_unit(self, _: str) -> None:
        self._mention(self.cast.organization())

    def s_units(self, _: str) -> None:
        self.units(self.unit_list("n"), None)

    def s_group(self, _: str) -> None:
        self._mention(self.cast.group())

    def s_groupm(self, _: str) -> None:
        self._mention(self.cast.group())

    def s_position(self, _: str) -> None:
        self._mention(self.cast.position())

    def s_person(self, _: str) -> None:
        self.sheet.put(self.cast.person(), "PERSON")

    def s_person_task(self, _: str) -> None:
        name, title = self.cast.person(), self.cast.position()
        start = self.sheet.at
        self.sheet.put(name, "PERSON")
        self.sheet.put(self.chance.pick((", ", " - ")))
        self._mention(title)
        whole = "".join(self.sheet.parts[-3:])
        self.sheet.assign((start, self.sheet.at), name, "directs", "position", unit_alt=[title.text, whole], role_alt=["performs"])

    def s_me(self, _: str) -> None:
        self._mention(self.me)

    def s_boss(self, _: str) -> None:
        self.sheet.put(self.boss, "UNIT" if self.boss.startswith(("Ban ", "Đảng")) else "POSITION")

    def _other(self) -> Unit:
        """A body that has no part in this report yet."""
        busy = {*self.scene.reporters, *self.printed_heading, *self.scene.to}
        free = [unit for unit in self.cast.organizations if unit.text not in busy]
        return self.chance.pick(free or self.cast.organizations)

    def s_to(self, argument: str) -> None:
        mine = argument == "me" or self.chance.odds(0.4)
        self.scene.to += self.units([self.me if mine else self._other()], None)
        if not argument and self.chance.odds(0.08):
            self.sheet.put(" và ")
            self.scene.to += self.units([self._other()], None)

    def s_via(self, _: str) -> None:
        self.scene.via = self.units([self._other()], None)[0]

    def s_proposal(self, relation: str) -> None:
        """The office holder who proposes, with the number of the proposal: "Giám đốc Sở Y tế tại Tờ trình số 12/TTr-SYT ngày ..."."""
        sheet, chance = self.sheet, self.chance
        unit = chance.pick([u for u in self.cast.organizations if u.symbol and u.head] or self.cast.organizations)
        self._mention(unit.headed())
        if not unit.symbol or chance.odds(0.2):
            return
        sheet.put(" tại ")
        kind, code = chance.pick((("Tờ trình", "TTr"), ("Tờ trình", "TTr"), ("Báo cáo", "BC")))
        n = chance.between(5, 400)
        number = f"{n}-{code}/{unit.symbol}" if unit.symbol.endswith(("TU", "HU", "TW", "ĐU")) else f"{n}/{code}-{unit.symbol}"
        day = self.days.today - dt.timedelta(days=chance.between(1, 25))
        where = sheet.put(f"{kind} số {number}", "DOCREF")
        sheet.put(f" ngày {day_text(chance, day)}")
        sheet.note(
            sheet.citations, where, text=f"{kind} số {number}", type=kind, number=number, name=None, issued_on=day.isoformat(), issuer=None,
            issuer_alt=[unit.text, f"{unit.text} {self.cast.tokens['PL']}", unit.headed().text], provision=None, relation=relation,
            relation_alt=["basis", "mentions"],
        )  # fmt: skip

    # times ------------------------------------------------------------------------------------------------------------
    def when(self, use: str, capital: bool = False) -> Entry:
        """Writes a time expression and notes it as a deadline of the current section."""
        sheet = self.sheet
        when: When = self.days.when(use)
        text = when.text[0].upper() + when.text[1:] if capital else when.text
        where = sheet.put(text, "TIME")
        text = text if sheet.parts[-1] == text else sheet.parts[-1]
        values = {key: when.values.get(key, False if key == "continuous" else None) for key in TIME_KEYS}
        more = {key: value for key, value in when.values.items() if key not in TIME_KEYS}
        return sheet.note(sheet.deadlines, where, text=text, **values, **more)

    def s_when(self, use: str) -> None:
        self.when(use)

    def _due(self, use: str, period: str) -> Entry:
        entry = self.when(use)
        self.scene.dues.append((None if period == "-" else period, entry))
        return entry

    def s_due(self, period: str) -> None:
        self._due("due", period)

    def s_dueshort(self, period: str) -> None:
        self._due("short", period)["recurrence"] = "FREQ=YEARLY"

    def s_rel(self, period: str) -> None:
        self._due("relative", period)

    def s_rec(self, argument: str) -> None:
        use, _, period = argument.partition(":")
        self._due(use, period)

    def s_ever(self, period: str) -> None:
        self.scene.dues.append((period, None))

    def s_past(self, _: str) -> None:
        self.sheet.put(day_text(self.chance, self.days.past()))

    def s_later(self, _: str) -> None:
        self.sheet.put(day_text(self.chance, self.days.today + dt.timedelta(days=self.chance.between(10, 45))))

    def s_py(self, _: str) -> None:
        self.sheet.put(f"năm {self.days.year - 1}")

    def s_ty(self, _: str) -> None:
        self.sheet.put(f"năm {self.days.year}")

    def s_hy(self, _: str) -> None:
        self.sheet.put(f"năm {self.days.year + self.chance.between(1, 5)}")

    def s_span(self, _: str) -> None:
        first = self.days.year - self.chance.between(2, 6)
        self.sheet.put(f"giai đoạn {first}{self.chance.pick((' - ', '-'))}{first + 5}")

    # documents --------------------------------------------------------------------------------------------------------
    def s_cite(self, relation: str) -> None:
        self.library.cite(self.sheet, relation)

    def s_cites(self, relation: str) -> None:
        self.library.cite(self.sheet, relation, several=True)

    def s_law(self, relation: str) -> None:
        self.library.cite(self.sheet, relation, use="law")

    def s_pin(self, relation: str) -> None:
        self.library.cite(self.sheet, relation, use="pin")

    def s_short(self, relation: str) -> None:
        if self.library.cited and self.chance.odds(0.45):
            self.library.again(self.sheet, relation)
        else:
            self.library.cite(self.sheet, relation, use="short")

    def s_again(self, relation: str) -> None:
        self.library.again(self.sheet, relation)

    def s_self(self, _: str) -> None:
        self.sheet.put(f"{self.type_name} này")

    def s_type(self, _: str) -> None:
        self.sheet.put(self.type_name)

    def s_title(self, _: str) -> None:
        self.sheet.put(self.title)
        if self.title_mention:
            self.title_mention()

    # words ------------------------------------------------------------------------------------------------------------
    def task_words(self) -> str:
        """A task phrase: verb, object and now and then a purpose."""
        row = self._object(None)
        text = f"{self.chance.pick(words()[row['class']])} {row['object']}"
        return f"{text} {self.chance.pick(words()['purpose'])}" if self.chance.odds(0.12) else text

    def _object(self, classes: tuple[str, ...] | None) -> Row:
        objects = self.cast.words.objects
        for _ in range(8):
            rows = objects.get(self.cast.domain) if self.chance.odds(0.5) else objects["any"]
            row = self.chance.pick(rows or objects["any"])
            if classes is None or row["class"] in classes:
                return row
        return next(row for row in objects["any"] if classes is None or row["class"] in classes)

    def s_task(self, argument: str) -> None:
        if argument.startswith("^"):
            self.sheet.capital = True
        self.sheet.put(self.task_words())

    def s_object(self, _: str) -> None:
        text: str = self._object(("check",))["object"]
        self.sheet.put(text.removeprefix("việc "))

    def s_goal(self, _: str) -> None:
        self.sheet.put(self.chance.pick(words()["purpose"]))

    def s_topic(self, _: str) -> None:
        self.sheet.put(self.cast.topic)

    def s_area(self, _: str) -> None:
        self.sheet.put("trên phạm vi cả nước" if self.cast.base == "central" else f"trên địa bàn {self.cast.tokens['L']}")

    def s_num(self, _: str) -> None:
        self.sheet.put(f"{self.chance.between(2, 99):02d}")

    def s_pct(self, _: str) -> None:
        self.sheet.put(self.chance.pick((f"{self.chance.between(50, 100)}%", f"{self.chance.between(50, 99)},{self.chance.between(1, 9)}%")))

    def s_money(self, _: str) -> None:
        self.sheet.put(f"{self.chance.between(1, 98)}.{self.chance.between(100, 999)} triệu đồng")

    def s_phone(self, _: str) -> None:
        self.sheet.put(f"0{self.chance.between(2, 9)}{self.chance.between(10, 99)}.{self.chance.between(100, 999)}.{self.chance.between(100, 999)}")

    def s_std(self, _: str) -> None:
        n = self.chance.between(1, 120)
        year = self.chance.between(2011, 2025)
        kind = self.chance.pick((f"QCVN {n}:{year}/BYT", f"TCVN {n + 4000}:{year}", f"QCVN {n:02d}:{year}/BXD"))
        where = self.sheet.put(kind)
        self.sheet.note(
            self.sheet.citations, where, text=kind, type=kind[:4], number=kind[5:], name=None, issued_on=None, issuer=None,
            provision=None, relation="mentions", optional=True,
        )  # fmt: skip

    def s_form(self, _: str) -> None:
        self.sheet.put(f"Mẫu số {self.chance.between(1, 12):02d}{self.chance.pick(('', 'a', 'b'))}")

    # titles -----------------------------------------------------------------------------------------------------------
    def title_frame(self, kind: str, lower: bool) -> None:
        """Writes the title of a document of this kind."""
        frame = self.chance.pick(frames()["title-" + kind])
        self.fill(frame) if not lower else self._fill_lower(frame)

    def _fill_lower(self, frame: Frame) -> None:
        for literal, slot, argument in frame.parts:
            self.sheet.put(literal) if literal else getattr(self, "s_" + slot)(argument)

    def s_y(self, _: str) -> None:
        self.sheet.put(str(self.days.year))

    def s_y5(self, _: str) -> None:
        self.sheet.put(f"{self.days.year}{self.chance.pick((' - ', '-'))}{self.days.year + 5}")

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
