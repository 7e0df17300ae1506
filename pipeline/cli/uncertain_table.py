"""The least certain facts on the screen and as rows."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pipeline.cli.duty_table import short_name
from pipeline.cli.labels import Labels
from pipeline.cli.messages import field_shown
from pipeline.cli.output import Column, console, excerpt, plain, shorten, show_section, table
from pipeline.questions.uncertain import Doubt


def doubt_row(doubt: Doubt) -> dict[str, Any]:
    """One fact: where it stands, how sure it is, its values as a person would type them."""
    return {
        "confidence": doubt.confidence, "kind": doubt.kind, "fact": doubt.fact, "document": asdict(doubt.document), "sha256": doubt.sha256,
        "section": doubt.section, "page": doubt.page, "quote": doubt.quote, "values": dict(doubt.values), "rule": doubt.rule,
        "corrected": doubt.corrected, "state": doubt.state,
    }  # fmt: skip


def show_doubts(doubts: list[Doubt], labels: Labels) -> None:
    """A table, the least certain on top."""
    out = console()
    if not doubts:
        out.print(labels("nothing"))
        return
    heads = [
        Column("%", width=4), Column(labels("fact"), width=9), Column(labels("values"), 8), Column(labels("quote"), 10),
        Column(labels("document"), 4),
    ]  # fmt: skip
    cells = []
    for d in doubts:
        values = "; ".join(
            field_shown(name, shorten(value, 120), labels)
            for name, value in d.values.items()
            if value and name not in ("section", "text", "what")
        )
        mark = f"\n[{labels('corrected')}]" if d.corrected else ""
        place = f"{show_section(d.section, labels)}, {labels('page_short', n=d.page)}"
        cells.append([
            f"{d.confidence * 100:.0f}", f"{plain(d.fact)}\n{labels(d.kind)}{mark}", values, excerpt(d.quote, d.start - d.quote_start, 240),
            f"{short_name(d.document, labels)}\n{place}",
        ])  # fmt: skip
    out.print(table(labels("title_uncertain"), heads, cells))
