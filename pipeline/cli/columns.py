"""What the columns of a table are. Loads nothing: `grid` draws them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: a fixed `width` in characters, or else a `share` of what the others leave."""

    heading: str
    share: int = 0
    width: int | None = None
