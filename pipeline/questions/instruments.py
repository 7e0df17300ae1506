"""Which mentions of one number mean one instrument, and where they contradict each other: what `audit` and `trace` warn of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Protocol, TypeVar

_YEAR_IN_NUMBER = re.compile(r"\d+[a-z]?/(?:19|20)\d\d\b", re.IGNORECASE)
_LEVEL = r"(?:tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu|(?:Tỉnh|Thành|Huyện|Quận|Thị|Đảng) ủy)"
_PLACED = re.compile(rf"(?<!\w){_LEVEL}\s+(?=[^\W\d_])(?P<first>\w)")
_UNPLACED = re.compile(rf"(?<!\w){_LEVEL}$", re.IGNORECASE)


class Cited(Protocol):
    """A mention: what it, or its document, says of the instrument."""

    @property
    def type(self) -> str: ...
    @property
    def number(self) -> str | None: ...
    @property
    def issued_on(self) -> str | None: ...
    @property
    def issuer(self) -> str | None: ...
    @property
    def document_id(self) -> int: ...


M = TypeVar("M", bound=Cited)


def date_conflicts(mentions: Sequence[M]) -> list[list[M]]:
    """The instruments among `mentions` (of one type and number) that are dated differently, each as its mentions.

    Numbers are given anew each year, so that days of two years are two instruments; unless one document gives both, or the number
    itself holds the year.
    """
    if len({m.issued_on for m in mentions if m.issued_on}) < 2:
        return []
    groups = [group for body in _bodies(mentions) for group in _joined(_years(body))]
    return [group for group in groups if len(distinct_dates(m.issued_on for m in group if m.issued_on)) > 1]


def issuer_conflicts(mentions: Sequence[M]) -> list[list[M]]:
    """The instruments among `mentions` (of one type and number) that several bodies are said to have issued, each as its mentions.

    None where every province has the number: there another body is another instrument.
    """
    if len({m.issuer for m in mentions if m.issuer}) < 2:
        return []
    groups = [group for body in _bodies(mentions) for group in _years(body)]
    return [group for group in groups if len(distinct_issuers(m.issuer for m in group if m.issuer)) > 1]


def distinct_dates(dates: Iterable[str]) -> list[str]:
    """The dates that differ: "2021" beside "2021-11-26" says nothing else and goes."""
    values = sorted(set(dates), key=lambda d: (-len(d), d))
    return [d for n, d in enumerate(values) if not any(longer.startswith(d) for longer in values[:n])]


def distinct_issuers(issuers: Iterable[str]) -> list[str]:
    """The issuers that differ: "Ban Bí thư" beside "Ban Bí thư Trung ương Đảng" says nothing else and goes; nor is the head of a body
    another issuer than the body. Marks count."""
    keys = {name: body_key(name) for name in set(issuers)}
    values = sorted(keys, key=lambda name: (-sum(map(len, keys[name])), -len(name), name))
    return [name for n, name in enumerate(values) if not any(_within(keys[name], keys[longer]) for longer in values[:n])]


@cache
def body_key(issuer: str) -> tuple[str, ...]:
    """The bodies that `issuer` names, for comparing: written out, without the office of a head, as words in small letters."""
    from pipeline.names.canonical import national
    from pipeline.names.naming import spelled_out
    from pipeline.text.folding import tone

    found = []
    for part in issuer.split(";"):
        name = national(part) or spelled_out(part)
        name = name if national(part) else _without_office(name)
        found.append(" ".join(re.findall(r"[^\W_]+", tone(national(name) or name))))
    return tuple(sorted(set(found)))


def _without_office(name: str) -> str:
    """The body of an office holder: "Bộ trưởng Bộ Y tế" gives "Bộ Y tế", "Chánh Văn phòng Chính phủ" "Văn phòng Chính phủ"."""
    for title, unit in _offices():
        rest = name[len(title) :].strip()
        if name.startswith(f"{title} ") and (unit or rest[:1].isupper()):
            return rest if not unit or rest.startswith(f"{unit} ") else f"{unit} {rest}"
    return name


@cache
def _offices() -> tuple[tuple[str, str], ...]:
    """(title, the body it is head of, where the title says that), the longest titles first."""
    from pipeline.data import load

    pairs = [(str(row["title"]), str(row.get("unit", ""))) for row in load.rows("positions")]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def _within(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    return all(any(_begins(name.split(), part.split()) for name in long) for part in short)


def _begins(name: list[str], part: list[str]) -> bool:
    """Whether `name` begins with the words of `part`, of which one may stand for several by their first letters ("PTNT")."""
    at = 0
    for word in part:
        if name[at : at + 1] == [word]:
            at += 1
        elif len(word) > 2 and "".join(w[0] for w in name[at : at + len(word)]) == word:
            at += len(word)
        else:
            return False
    return True


def _bodies(mentions: Sequence[M]) -> list[list[M]]:
    """The mentions parted by the body they name, where many bodies have such a number; else all together."""
    if not _many_have(mentions):
        return [list(mentions)]
    whole = {key for m in mentions if (key := _whose(m)) is not None}
    groups: dict[object, list[M]] = {}
    for m in mentions:
        key = _whose(m)
        longer = [] if key is None else [other for other in whole if other != key and _within(key, other)]
        # A mention that does not say whose the number is belongs with nothing but those of its own document.
        place: object = m.document_id if key is None or len(longer) > 1 else longer[0] if longer else key
        groups.setdefault(place, []).append(m)
    return list(groups.values())


def _whose(mention: Cited) -> tuple[str, ...] | None:
    """The body of a mention; None where it is not said, or as "Ủy ban nhân dân tỉnh" without saying of which."""
    return None if mention.issuer is None or _UNPLACED.search(mention.issuer) else body_key(mention.issuer)


def _many_have(mentions: Sequence[Cited]) -> bool:
    """Whether the number is of a kind that the bodies of every province give: by its letters, or by the place in an issuer's name."""
    if any(place["first"].isupper() for m in mentions if m.issuer and (place := _PLACED.search(m.issuer))):
        return True
    return any(m.number is not None and _local(m.type, m.number) for m in mentions[:1])


@cache
def _local(type_: str, number: str) -> bool:
    """Whether an instrument needs its issuer to be told from others of the same number, by the rule of extraction."""
    from pipeline.corrections.derive import directive_of

    return directive_of({"text": "", "type": type_, "number": number, "issued_on": "2000", "issuer": None}) is None


def _years(mentions: Sequence[M]) -> list[list[M]]:
    """The mentions parted by year; those without a date stay with the others where only one year is named."""
    if any(m.number and _YEAR_IN_NUMBER.match(m.number) for m in mentions):
        return [list(mentions)]
    groups: dict[str, list[M]] = {}
    for m in mentions:
        groups.setdefault((m.issued_on or "")[:4], []).append(m)
    if "" in groups and len(groups) == 2:
        return [list(mentions)]
    return list(groups.values())


def _joined(groups: list[list[M]]) -> list[list[M]]:
    """Groups, those together that one document dates: a document seldom means two instruments by one number."""
    found: list[list[M]] = []
    for group in groups:
        documents = {m.document_id for m in group if m.issued_on}
        near = [other for other in found if documents & {m.document_id for m in other if m.issued_on}]
        found = [other for other in found if other not in near] + [[m for other in near for m in other] + group]
    return found
