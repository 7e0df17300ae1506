"""The recorded run a new one is compared with: which facts were wrong then, kept in a small file beside the gold set.

Only what was wrong is recorded, per document; what is no longer wrong was gained, what is newly wrong was lost. A fact is named by
document, part and key; a repeated key counts as often as it stands there.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError
from pipeline.evaluation.gold import Gold, Key
from pipeline.evaluation.scoring import MAIN_PARTS, Judgement, headline

Recorded = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """Against the recorded run: errors that are gone, errors that are new, and remarks on documents that cannot be compared."""

    gained: list[str]
    lost: list[str]
    remarks: list[str]


def show_key(key: Key) -> str:
    """A key as one readable line."""
    return " · ".join("-" if part is None else str(part) for part in key)


def errors(judgement: Judgement) -> list[str]:
    """One line per wrong fact or value, sorted."""
    facts = [f"{o.part} {o.status}: {show_key(o.key)}" for o in judgement.outcomes if o.status != "right" and o.part in MAIN_PARTS]
    return sorted(facts + [f"{v.measure} wrong: {v.label}" for v in judgement.values if not v.ok])


def snapshot(golds: Iterable[Gold], judgement: Judgement, version: str) -> Recorded:
    """What is recorded of one gold set."""
    documents = {gold.name: {"gold": gold.digest, "errors": errors(judgement.restricted(gold.name))} for gold in golds}
    return {"version": version, "headline": round(headline(judgement), 4), "documents": documents}


def compare(before: Mapping[str, Any], now: Mapping[str, Any]) -> Change:
    """Two snapshots of the same gold set."""
    gained: list[str] = []
    lost: list[str] = []
    remarks: list[str] = []
    old, new = before.get("documents", {}), now["documents"]
    for name in sorted({*old, *new}):
        if name not in old:
            remarks.append(f"{name}: not in the recorded run, {len(new[name]['errors'])} errors")
            continue
        if name not in new:
            remarks.append(f"{name}: in the recorded run only")
            continue
        if old[name]["gold"] != new[name]["gold"]:
            remarks.append(f"{name}: its gold file has changed since")
        was, is_now = Counter(old[name]["errors"]), Counter(new[name]["errors"])
        gained += [f"{name}: {line}" for line in sorted((was - is_now).elements())]
        lost += [f"{name}: {line}" for line in sorted((is_now - was).elements())]
    return Change(gained, lost, remarks)


def read(path: Path) -> dict[str, Recorded]:
    """The recorded runs, by gold set; none where the file is absent."""
    if not path.exists():
        return {}
    try:
        runs = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise UsageError(f"not JSON: {error}", where=str(path), hint="restore it or record anew") from error
    return dict(runs)


def write(path: Path, runs: Mapping[str, Recorded]) -> None:
    """Writes the runs, one error a line, so that a change of the rules reads as a change of lines."""
    path.write_text(json.dumps(runs, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
