"""Gold sets: folders of NAME.json files, each the right answer for one text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError
from pipeline.evaluation.folding import Fold

LISTS = ("citations", "assignments", "deadlines", "reports")
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One JSON object of a gold file. FIELD_alt adds one more right value or a list of them; "optional" is neither missed nor extra."""

    values: Mapping[str, Any]

    def get(self, field: str) -> Any:
        """The first right value of a field, None when it has none."""
        return self.values.get(field)

    def choices(self, field: str) -> list[Any]:
        """All right values of a field, the printed one first."""
        more = self.values.get(field + "_alt", [])
        return [self.values.get(field), *(more if isinstance(more, list) else [more])]

    def keys(self, fields: Mapping[str, Fold]) -> set[Key]:
        """Every right combination of the fields, folded."""
        return set(product(*({fold(value) for value in self.choices(name)} for name, fold in fields.items())))

    @property
    def optional(self) -> bool:
        """Whether a careful clerk could leave the entry out."""
        return bool(self.values.get("optional"))


@dataclass(frozen=True, slots=True)
class Gold:
    """The right answer for one document; `text` is the file to extract, `digest` changes with the answer."""

    name: str
    text: Path
    digest: str
    header: Entry
    citations: tuple[Entry, ...]
    assignments: tuple[Entry, ...]
    deadlines: tuple[Entry, ...]
    reports: tuple[Entry, ...]


def read_gold(path: Path, texts: Path) -> Gold | None:
    """The gold file `path`; its text is named by its "source" or by its own name, in `texts`. None when the JSON is no gold file."""
    data = path.read_bytes()
    try:
        answer = json.loads(data)
    except ValueError as error:
        raise UsageError(f"not JSON: {error}", where=str(path), hint="mend the gold file") from error
    if not isinstance(answer, dict) or "document" not in answer:
        return None
    missing = [name for name in LISTS if not isinstance(answer.get(name), list)]
    if missing:
        raise UsageError(f"no list {', '.join(missing)}", where=str(path), hint="mend the gold file")
    text = texts / (Path(str(answer.get("source") or path.name)).stem + ".txt")
    lists = {name: tuple(Entry(item) for item in answer[name]) for name in LISTS}
    return Gold(path.stem, text, hashlib.sha256(data).hexdigest()[:12], Entry(answer["document"]), **lists)


def read_set(folder: Path, texts: Path) -> list[Gold]:
    """All gold files of `folder`, by name."""
    return [gold for path in sorted(folder.glob("*.json")) if (gold := read_gold(path, texts)) is not None]
