"""Where reports go that were named without a recipient: "Báo cáo gửi về Công an tỉnh để tổng hợp" behind them (domain rule 4.1)."""

from __future__ import annotations

from pipeline.data import load
from pipeline.extraction.clauses import LineView
from pipeline.extraction.mentions import Duty
from pipeline.extraction.reporting.verbs import Sending
from pipeline.extraction.reporting.wording import channel

_ITEMS = 12  # lines that the items of one list of reports take at most


def addressed(view: LineView, first: int, hit: Sending) -> bool:
    """Does the clause that begins at index `first` only say where reports named before go to: "(Các) báo cáo (được) gửi về X"?"""
    low = view.s.low
    k = first + (low[first] in ("các", "mọi", "những"))
    between = low[k + 2 : hit.at]
    return low[k : k + 2] == ["báo", "cáo"] and bool(between) and set(between) <= set(load.table("report_words")["on_the_way"])


def address(view: LineView, hit: Sending, b: int, here: list[Duty], found: list[Duty]) -> bool:
    """Give those recipients to the reports without any: of the line (`here`), else of the items just before it (`found`). `b`: offset of
    the end of the clause. False: there are none."""
    above = view.line.path.rpartition(".")[0]
    waiting = [d for d in here if not d.recipients]
    if not here:
        for d in reversed(found):
            if d.recipients or view.index - d.line > _ITEMS or d.section.rpartition(".")[0] != above:
                break
            waiting.append(d)
    for d in waiting:
        d.recipients, d.via, d.rule = list(hit.units.units), channel(view, view.s.index_at(hit.units.end), b), "report-addressed"
        d.confidence = 0.8
    return bool(waiting)


def copied(view: LineView, verb: int) -> bool:
    """As in "đồng gửi X", "đồng thời gửi X", "và gửi X": is the verb an act that goes with the one before it?"""
    low = view.s.low
    return low[verb] in ("gửi", "báo") and (low[verb - 1] in ("đồng", "và") or low[verb - 2 : verb] == ["đồng", "thời"])
