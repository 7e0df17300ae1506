"""Writes tests/golden/NAME.json: what the program reads out of each document of corpus/, without offsets, one fact a line.

Run it after a change of the rules, look at the difference (`git diff tests/golden`), and keep it only if every change is right:

    python scripts/write_golden.py            all documents
    python scripts/write_golden.py agency-1   one document

tests/test_golden.py compares. It refuses to run where CI is set: there records are compared, never written.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import msgspec

from pipeline.extract import Extractor
from pipeline.records import Record

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "corpus"
GOLDEN = ROOT / "tests" / "golden"

FIELDS = {
    "citations": ("section", "text", "type", "number", "name", "issued_on", "issuer", "provision", "relation", "directive"),
    "assignments": ("section", "role", "kind", "unit", "canonical"),
    "deadlines": ("section", "text", "earliest", "latest", "recurrence", "continuous", "relative", "owed_by"),
    "reports": ("section", "reporter", "recipients", "via", "period", "latest", "recurrence"),
    "findings": ("code", "message"),
}
Compact = dict[str, Any]


def compact(record: Record) -> Compact:
    """The record without offsets, confidences and empty values: {"document": {...}, "citations": [{...}, ...], ...}."""
    whole = msgspec.to_builtins(record)
    made: Compact = {"document": kept(whole["document"], tuple(whole["document"]))}
    for part, fields in FIELDS.items():
        made[part] = [kept(fact, fields) for fact in whole[part]]
    return made


def kept(fact: dict[str, Any], fields: tuple[str, ...]) -> dict[str, Any]:
    """The named fields that say something; the header's confidence is left out."""
    return {name: fact[name] for name in fields if fact[name] not in (None, [], False, "") and name != "confidence"}


def written(record: Compact) -> str:
    """The compact record as text, one fact a line, so that a difference is easily read."""
    lines = ["{", f' "document": {json.dumps(record["document"], ensure_ascii=False)}']
    for part in FIELDS:
        facts = ",\n".join("  " + json.dumps(fact, ensure_ascii=False) for fact in record[part])
        lines[-1] += ","
        lines.append(f' "{part}": [\n{facts}\n ]' if facts else f' "{part}": []')
    return "\n".join([*lines, "}"]) + "\n"


def documents() -> list[Path]:
    """The documents of corpus/ in order."""
    return sorted(CORPUS.glob("*.txt"))


def main(names: list[str]) -> int:
    """Writes the golden records of the named documents, of all where none is named; says which changed."""
    if os.environ.get("CI"):
        print("write_golden: CI is set; golden records are compared there, not written", file=sys.stderr)
        return 2
    known = {path.stem: path for path in documents()}
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"write_golden: no such document in corpus/: {', '.join(unknown)}", file=sys.stderr)
        return 2
    GOLDEN.mkdir(exist_ok=True)
    extractor = Extractor()
    for name in names or sorted(known):
        path = GOLDEN / f"{name}.json"
        text = written(compact(extractor.extract(known[name])))
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
            print(f"written: {path.relative_to(ROOT)}")
    if not names:
        for path in sorted(GOLDEN.glob("*.json")):
            if path.stem not in known:
                path.unlink()
                print(f"removed: {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
