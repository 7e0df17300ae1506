"""Slots that write citations, task phrases and the figures of a document that mean no duty."""

from __future__ import annotations

from .writer import Writer, words


def cite(w: Writer, relation: str) -> None:
    w.library.cite(w.sheet, relation)


def cites(w: Writer, relation: str) -> None:
    w.library.cite(w.sheet, relation, several=True)


def law(w: Writer, relation: str) -> None:
    w.library.cite(w.sheet, relation, use="law")


def pin(w: Writer, relation: str) -> None:
    w.library.cite(w.sheet, relation, use="pin")


def short(w: Writer, relation: str) -> None:
    if w.library.cited and w.chance.odds(0.45):
        w.library.again(w.sheet, relation)
    else:
        w.library.cite(w.sheet, relation, use="short")


def bare(w: Writer, relation: str) -> None:
    w.library.cite(w.sheet, relation, use="bare")


def own(w: Writer, relation: str) -> None:
    """A document of the issuer itw."""
    w.library.cite_own(w.sheet, relation)


def ownpin(w: Writer, relation: str) -> None:
    """A provision of a document of the issuer itself."""
    w.library.cite_own(w.sheet, relation, pinpoint=True)


def again(w: Writer, relation: str) -> None:
    w.library.again(w.sheet, relation)


def self(w: Writer, _: str) -> None:
    w.sheet.put(f"{w.type_name} này")


def type(w: Writer, _: str) -> None:
    w.sheet.put(w.type_name)


def title(w: Writer, _: str) -> None:
    w.sheet.put(w.title)
    if w.title_mention:
        w.title_mention()


def task(w: Writer, argument: str) -> None:
    w.task(bare=argument == "bare")


def object(w: Writer, _: str) -> None:
    text: str = w.object_row(("check",))["object"]
    w.sheet.put(text.removeprefix("việc "))


def goal(w: Writer, _: str) -> None:
    w.sheet.put(w.chance.pick(words()["purpose"]))


def topic(w: Writer, _: str) -> None:
    w.sheet.put(w.cast.topic)


def area(w: Writer, _: str) -> None:
    w.sheet.put("trên phạm vi cả nước" if w.cast.base == "central" else f"trên địa bàn {w.cast.tokens['L']}")


def num(w: Writer, _: str) -> None:
    w.sheet.put(f"{w.chance.between(2, 99):02d}")


def pct(w: Writer, _: str) -> None:
    w.sheet.put(w.chance.pick((f"{w.chance.between(50, 100)}%", f"{w.chance.between(50, 99)},{w.chance.between(1, 9)}%")))


def money(w: Writer, _: str) -> None:
    w.sheet.put(f"{w.chance.between(1, 98)}.{w.chance.between(100, 999)} triệu đồng")


def phone(w: Writer, _: str) -> None:
    w.sheet.put(f"0{w.chance.between(2, 9)}{w.chance.between(10, 99)}.{w.chance.between(100, 999)}.{w.chance.between(100, 999)}")


def std(w: Writer, _: str) -> None:
    n = w.chance.between(1, 120)
    year = w.chance.between(2011, 2025)
    kind = w.chance.pick((f"QCVN {n}:{year}/BYT", f"TCVN {n + 4000}:{year}", f"QCVN {n:02d}:{year}/BXD"))
    where = w.sheet.put(kind)
    w.sheet.note(
        w.sheet.citations, where, text=kind, type=kind[:4], number=kind[5:], name=None, issued_on=None, issuer=None,
        provision=None, relation="mentions", optional=True,
    )  # fmt: skip


def form(w: Writer, _: str) -> None:
    w.sheet.put(f"Mẫu số {w.chance.between(1, 12):02d}{w.chance.pick(('', 'a', 'b'))}")


def congress(w: Writer, _: str) -> None:
    """A resolution of a Party congress: it has no number, so it is no citation that counts (domain rule 2.4)."""
    party = "toàn quốc lần thứ XIII" if w.days.today.isoformat() < "2026-02" else "toàn quốc lần thứ XIV"
    text = f"Nghị quyết Đại hội Đảng {party}" if w.chance.odds(0.6) else "Nghị quyết Đại hội Đảng bộ"
    where = w.sheet.put(text)
    w.sheet.note(
        w.sheet.citations, where, text=text, type="Nghị quyết", number=None, name=text, issued_on=None, issuer=None, provision=None,
        relation="mentions", optional=True,
    )  # fmt: skip
