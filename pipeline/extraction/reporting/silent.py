"""Lines that ask for no report, whatever words stand in them (domain rule 4.1, report)."""

from __future__ import annotations

from pipeline.layout.model import Line


def silent(text: str, line: Line) -> bool:
    """Is the line none that asks for a report: a goal, the preamble, a row of a table (read by its columns), a title in capitals?"""
    return (
        line.kind == "purpose"
        or line.zone not in ("body", "closing", "appendix")
        or line.path == "preamble"
        or text.startswith("|", line.start)
        or text[line.start : line.end].isupper()
    )
