"""What can be cited: instruments of every issuer (instruments.jsonl), the forms of a mention and of a pinpoint (citations.jsonl)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache, lru_cache

from .vocabulary import Row, read

_SLOT = re.compile(r"\{(\d?)(\w+)\}")
OWN = (("Quyết định", "QĐ"), ("Kế hoạch", "KH"), ("Chỉ thị", "CT"), ("Báo cáo", "BC"), ("Thông báo", "TB"))
HIGHEST = {
    "Nghị định": 190, "Chỉ thị": 45, "Thông tư": 60, "Pháp lệnh": 20, "Công điện": 200, "Nghị quyết": 400, "Kết luận": 190,
    "Chương trình": 60, "Đề án": 40, "Văn bản hợp nhất": 90,
}  # fmt: skip
"""The highest number a type usually reaches in a year or a term."""


@dataclass
class Instrument:
    """A citable document: `issuer` as printed, `long` with its locality; `settled` if the symbol alone tells the issuer."""

    type: str
    number: str | None
    date: dt.date
    issuer: str
    long: str
    settled: bool
    name: str | None = None
    guess: tuple[str, ...] = ()


Piece = tuple[str, str, int]


@lru_cache(maxsize=1)
def citation_forms() -> dict[str, list[list[Piece]]]:
    """The citation forms by use; each is a list of (literal or "", slot, index of the instrument)."""
    result: dict[str, list[list[Piece]]] = {}
    for row in read("citations"):
        if row["use"] == "provision":
            continue
        pieces: list[Piece] = []
        at = 0
        for match in _SLOT.finditer(row["frame"]):
            if match.start() > at:
                pieces.append((row["frame"][at : match.start()], "", 0))
            pieces.append(("", match[2], int(match[1] or 1)))
            at = match.end()
        if at < len(row["frame"]):
            pieces.append((row["frame"][at:], "", 0))
        result.setdefault(row["use"], []).append(pieces)
    return result


@lru_cache(maxsize=1)
def provisions() -> list[str]:
    """The forms of a pinpoint."""
    return [row["frame"] for row in read("citations") if row["use"] == "provision"]


@cache
def instrument_rows(system: str, level: str) -> list[Row]:
    """What an office of a system and level may cite: acts of its own level and above."""
    order = ("commune", "district", "province", "central")
    seen = order[order.index(level) :] if level in order else ("province", "central")
    systems = ("state", "party") if system == "party" else ("state",)
    rows = [row for row in read("instruments") if row["level"] in seen]
    party = [row for row in rows if row["system"] == "party"]
    state = [row for row in rows if row["system"] == "state"]
    return party * 2 + state if len(systems) == 2 else state * 3 + party


def term_of(date: dt.date) -> int:
    """The term of the National Assembly: QH13 to May 2016, QH14 to 2021, QH15 to March 2026."""
    day = date.isoformat()
    return 12 if day < "2011-07-01" else 13 if day < "2016-06-01" else 14 if day < "2021-07-01" else 15 if day < "2026-04-01" else 16
