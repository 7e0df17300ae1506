"""The house: each folder of the package knows only folders before it, in the order in which data flows (docs/design.md)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "pipeline"
FLOW = ["reading", "text", "layout", "extraction", "resolution", "storage", "questions", "cli"]


def imported(path: Path) -> Iterator[str]:
    """The parts of the package that a file imports anywhere, also inside functions and for types alone."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "pipeline":
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("pipeline."):
            yield node.module.split(".")[1]
        elif isinstance(node, ast.Import):
            yield from (name.name.split(".")[1] for name in node.names if name.name.startswith("pipeline."))


def known() -> dict[str, set[str]]:
    """Each folder or file right in the package, with those it imports."""
    parts: dict[str, set[str]] = {}
    for path in PACKAGE.rglob("*.py"):
        part = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        parts.setdefault(part, set()).update(set(imported(path)) - {part})
    return parts


def test_no_two_folders_know_each_other() -> None:
    order = list(TopologicalSorter(known()).static_order())  # raises CycleError with the folders in it
    assert {"reading", "cli"} <= set(order)


def test_no_stage_knows_a_later_one() -> None:
    parts = known()
    below = {"reading": {"text"}}  # what reading shares with the stage behind it: folding, decoding, syllables
    for number, stage in enumerate(FLOW):
        assert parts[stage] & set(FLOW[number + 1 :]) <= below.get(stage, set()), stage
