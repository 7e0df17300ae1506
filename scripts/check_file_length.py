"""Fails when a file of pipeline/ is past 300 lines: a long file is a place to look for a second idea living in it."""

from __future__ import annotations

import sys
from pathlib import Path

LIMIT = 300
# A file that is longer on purpose, with the reason; it leaves this list when it is short again.
DEBT: dict[str, str] = {}


def complaints(root: Path, limit: int = LIMIT, debt: dict[str, str] | None = None) -> list[str]:
    """One line per file under `root`/pipeline that breaks the rule, and per entry of the debt list that is idle or unexplained."""
    debt = DEBT if debt is None else debt
    lengths = {p.relative_to(root).as_posix(): len(p.read_text("utf-8").splitlines()) for p in sorted((root / "pipeline").rglob("*.py"))}
    found = [
        f"{path}: {n} lines, the limit is {limit}; split it by what it knows"
        for path, n in lengths.items()
        if n > limit and path not in debt
    ]
    for path, why in debt.items():
        if lengths.get(path, 0) <= limit:
            found.append(f"{path}: within the limit or gone; take it off the debt list")
        elif len(why.split()) < 5:
            found.append(f"{path}: say in the debt list why it is long")
    return found


if __name__ == "__main__":
    problems = complaints(Path(__file__).resolve().parent.parent)
    print("\n".join(problems) or f"file length: no file of pipeline/ past {LIMIT} lines", file=sys.stderr if problems else sys.stdout)
    sys.exit(bool(problems))
