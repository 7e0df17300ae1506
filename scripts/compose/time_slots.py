"""Slots that write times: deadlines of a duty, and dates and years that bind nobody."""

from __future__ import annotations

import datetime as dt

from .sheet import Entry
from .times import day_text
from .writer import Writer


def _due(w: Writer, use: str, period: str) -> Entry:
    entry = w.when(use)
    w.scene.dues.append((None if period == "-" else period, entry))
    return entry


def when(w: Writer, use: str) -> None:
    """A deadline; with "?" one that may be counted ("Nhằm thực hiện tốt ... trong năm 2025, ... yêu cầu:" binds the order's aim)."""
    entry = w.when(use.removesuffix("?"))
    if use.endswith("?"):
        entry["optional"] = True


def due(w: Writer, period: str) -> None:
    _due(w, "due", period)


def dueshort(w: Writer, period: str) -> None:
    _due(w, "short", period)["recurrence"] = "FREQ=YEARLY"


def rel(w: Writer, period: str) -> None:
    _due(w, "relative", period)


def rec(w: Writer, argument: str) -> None:
    use, _, period = argument.partition(":")
    _due(w, use, period)


def ever(w: Writer, period: str) -> None:
    w.scene.dues.append((period, None))


def past(w: Writer, _: str) -> None:
    w.sheet.put(day_text(w.chance, w.days.past()))


def later(w: Writer, _: str) -> None:
    w.sheet.put(day_text(w.chance, w.days.today + dt.timedelta(days=w.chance.between(10, 45))))


def py(w: Writer, _: str) -> None:
    w.sheet.put(f"năm {w.days.year - 1}")


def ty(w: Writer, _: str) -> None:
    w.sheet.put(f"năm {w.days.year}")


def hy(w: Writer, _: str) -> None:
    w.sheet.put(f"năm {w.days.year + w.chance.between(1, 5)}")


def span(w: Writer, _: str) -> None:
    last = w.days.year - w.chance.between(1, 2)
    w.sheet.put(f"giai đoạn {last - w.chance.between(2, 5)}{w.chance.pick((' - ', '-'))}{last}")


def y(w: Writer, _: str) -> None:
    w.sheet.put(str(w.days.year))


def y5(w: Writer, _: str) -> None:
    w.sheet.put(f"{w.days.year}{w.chance.pick((' - ', '-'))}{w.days.year + 5}")
