"""Slots that write units, office holders, groups and persons, in a role or merely named."""

from __future__ import annotations

import datetime as dt

from .cast import Unit
from .times import day_text
from .writer import ROLES, Writer, flat


def _role(w: Writer, slot: str, argument: str) -> None:
    """Units in a role; "!" names them reporters, "~leads" a second right role (the words can be read both ways by gold/GUIDE.md)."""
    argument, _, other = argument.partition("~")
    reports = argument.endswith("!")
    more = {"role_alt": [other]} if other else {}
    printed = w.units(w.unit_list(argument.rstrip("!")), ROLES[slot], **more)
    if reports:
        w.scene.reporters += printed


def perform(w: Writer, argument: str) -> None:
    _role(w, "perform", argument)


def lead(w: Writer, argument: str) -> None:
    _role(w, "lead", argument)


def support(w: Writer, argument: str) -> None:
    _role(w, "support", argument)


def direct(w: Writer, argument: str) -> None:
    _role(w, "direct", argument)


def mark(w: Writer, role: str) -> None:
    """Under a unit's heading an item that opens with its role adds that role for the unit."""
    for unit, printed in zip(w.heading, w.printed_heading, strict=True):
        w.sheet.assign((w.sheet.at, w.sheet.at), printed, role, unit.kind)


def same(w: Writer, role: str) -> None:
    if w.heading:
        w.units(w.heading[:1], role)
    else:
        _role(w, "lead", "1")


def opt(w: Writer, _: str) -> None:
    w.units(w.unit_list("x"), "supports", optional=True)


def team(w: Writer, _: str) -> None:
    """The working group that a decision sets up."""
    w.sheet.put("Tổ công tác", "UNIT")


def unit(w: Writer, _: str) -> None:
    unit = w.free()
    w.busy.add(unit.text)
    w.mention(unit)


def units(w: Writer, _: str) -> None:
    w.units(w.unit_list("n"), None)


def leaders(w: Writer, _: str) -> None:
    """The leadership of the first of several units: an office, not the unit (gold/GUIDE.md, kind "position")."""
    first, *others = flat(w.unit_list("n"))
    w.units([Unit(f"lãnh đạo {first.text}", "position") if first.kind == "organization" else first, *others], None)


def group(w: Writer, _: str) -> None:
    w.mention(w.cast.group())


def groupm(w: Writer, _: str) -> None:
    """A group that the subject guides or urges: the work is the subject's, the group may be counted (gold/GUIDE.md)."""
    w.units([w.cast.group()], "performs", optional=True)


def position(w: Writer, _: str) -> None:
    w.mention(w.cast.position())


def person(w: Writer, _: str) -> None:
    w.sheet.put(w.cast.person(), "PERSON")


def person_task(w: Writer, _: str) -> None:
    name, title = w.cast.person(), w.cast.position()
    start = w.sheet.at
    w.sheet.put(name, "PERSON")
    w.sheet.put(w.chance.pick((", ", " - ")))
    w.mention(title)
    whole = "".join(w.sheet.parts[-3:])
    other = [title.text, whole, f"đồng chí {name}", f"đồng chí {whole}"]  # the name with or without its title (gold/GUIDE.md)
    w.sheet.assign((start, w.sheet.at), name, "directs", "position", unit_alt=other, role_alt=["performs"])


def me(w: Writer, _: str) -> None:
    w.mention(w.me)


def boss(w: Writer, argument: str) -> None:
    if argument == "to":
        w.scene.to.append(w.boss)
    w.sheet.put(w.boss, "UNIT" if w.boss.startswith(("Ban ", "Đảng")) else "POSITION")


def to(w: Writer, argument: str) -> None:
    mine = argument == "me" or w.chance.odds(0.4)
    w.scene.to += w.units([w.me if mine else w.free()], None)
    if not argument and w.chance.odds(0.08):
        w.sheet.put(" và ")
        w.scene.to += w.units([w.free()], None)


def via(w: Writer, _: str) -> None:
    w.scene.via = w.units([w.free()], None)[0]


def proposal(w: Writer, relation: str) -> None:
    """The office holder who proposes, with the number of the proposal: "Giám đốc Sở Y tế tại Tờ trình số 12/TTr-SYT ngày ..."."""
    sheet, chance = w.sheet, w.chance
    unit = chance.pick([u for u in w.cast.organizations if u.symbol and u.head] or w.cast.organizations)
    w.mention(unit.headed())
    if not unit.symbol or chance.odds(0.2):
        return
    sheet.put(" tại ")
    kind, code = chance.pick((("Tờ trình", "TTr"), ("Tờ trình", "TTr"), ("Báo cáo", "BC")))
    n = chance.between(5, 400)
    number = f"{n}-{code}/{unit.symbol}" if unit.symbol.endswith(("TU", "HU", "TW", "ĐU")) else f"{n}/{code}-{unit.symbol}"
    day = w.days.today - dt.timedelta(days=chance.between(1, 25))
    where = sheet.put(f"{kind} số {number}", "DOCREF")
    sheet.put(f" ngày {day_text(chance, day)}")
    sheet.note(
        sheet.citations, where, text=f"{kind} số {number}", type=kind, number=number, name=None, issued_on=day.isoformat(), issuer=None,
        issuer_alt=[unit.text, f"{unit.text} {w.cast.tokens['PL']}", unit.headed().text], provision=None, relation=relation,
        relation_alt=["basis", "mentions"],
    )  # fmt: skip
