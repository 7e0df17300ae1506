"""A stored document as a gold file: what it says, with all corrections made, in the form that scoring and training read."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from pipeline.records import Fact, Record
from pipeline.storage.read import load_names, load_record

_HEADER = (
    "type", "number", "title", "issuer", "place", "issued_on", "signer", "signer_position", "authority", "recipients", "addressees",
    "urgency", "secrecy", "draft",
)  # fmt: skip
_FIELDS = {
    "citations": ("text", "type", "number", "name", "issued_on", "issuer", "provision", "relation", "section"),
    "assignments": ("section", "unit", "role", "kind"),
    "deadlines": ("section", "text", "earliest", "latest", "recurrence", "continuous", "relative"),
    "reports": ("section", "reporter", "recipients", "via", "what", "period", "latest", "recurrence"),
}
_WORDS_AROUND = 5


def gold_of(record: Record, source: str, marks: dict[str, list[int | None]]) -> dict[str, Any]:
    """The gold object of a record; `source` names its text file. `start` and `end` of an entry are offsets into that text.

    `marks`: for each list the correction of each fact; what a person has corrected, added or confirmed says "checked": true.
    """
    plain = msgspec.to_builtins(record)
    found: dict[str, Any] = {"source": source, "document": {name: plain["document"][name] for name in _HEADER}}
    for part, fields in _FIELDS.items():
        entries = []
        for fact, values, mark in zip(getattr(record, part), plain[part], marks[part], strict=True):
            entry = {name: values[name] for name in fields}
            if part in ("assignments", "reports"):
                entry["quote"] = words_around(record.text, fact)
            entry |= {"start": fact.start, "end": fact.end}
            entries.append({**entry, "checked": True} if mark is not None else entry)
        found[part] = entries
    found["inconsistencies"] = [
        {"kind": f.code, "about": " ".join(record.text[f.start : f.end].split())[:200], "detail": f.message} for f in record.findings
    ]
    return found


def words_around(text: str, fact: Fact) -> str:
    """Some words before and after a fact, on its own line, to find it again."""
    left = text.rfind("\n", 0, fact.start) + 1
    right = text.find("\n", fact.end)
    before = text[left : fact.start].split()[-_WORDS_AROUND:]
    after = text[fact.end : right if right >= 0 else len(text)].split()[:_WORDS_AROUND]
    return " ".join([*before, *text[fact.start : fact.end].split(), *after])


def corrected_documents(connection: sqlite3.Connection) -> list[int]:
    """Row ids of the documents that have corrections, by name."""
    rows = connection.execute("SELECT id FROM documents WHERE sha256 IN (SELECT sha256 FROM corrections) ORDER BY name, sha256")
    return [row["id"] for row in rows]


def all_documents(connection: sqlite3.Connection) -> list[int]:
    """Row ids of all documents, by name."""
    return [row["id"] for row in connection.execute("SELECT id FROM documents ORDER BY name, sha256")]


def write_gold(connection: sqlite3.Connection, documents: Sequence[int], folder: Path) -> list[Path]:
    """Writes NAME.json and NAME.txt for each document into `folder`, which is made where needed; the paths of the gold files.

    NAME is the file's own name with the first digits of its sha256, so that the same document always gets the same name.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for document_id in documents:
        record = load_record(connection, document_id)
        stem = f"{re.sub(r'[^0-9A-Za-z_-]+', '-', Path(record.source.name).stem).strip('-')[:60] or 'document'}-{record.source.sha256[:8]}"
        gold = gold_of(record, f"{stem}.txt", load_names(connection, document_id)[1])
        (folder / f"{stem}.txt").write_text(record.text, "utf-8", newline="\n")
        path = folder / f"{stem}.json"
        path.write_bytes(msgspec.json.format(msgspec.json.encode(gold), indent=1) + b"\n")
        written.append(path)
    return written
