"""Headings that were stored as tasks: "1. Sở Nội vụ", "Giao Sở Tài chính:". Their items are the duties, the heading is none."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable

from pipeline.questions.duties import Duty
from pipeline.storage.folding import fold

MOST_LETTERS = 600  # of a text that may be a mere heading
MOST_FRAME = 80  # letters around the names of one that leads to nothing by a colon

# What may stand beside names in a heading that says nothing of its own, without marks, as whole words.
_FRAME = re.compile(
    r"\b(?:dieu|khoan|muc|phan|trach nhiem|nhiem vu|noi dung|cong viec|viec|to chuc|thuc hien|trien khai|tap trung|lam|phan cong|giao"
    r"|de nghi|yeu cau|chu tri|phoi hop|cung|voi|cua|cho|va|cac|nhung|mot so|sau day|sau|duoi day|ngay|khan truong|nghiem tuc|tot|la"
    r"|\d+|[a-z]|[ivx]+)\b"
)
# A lead-in that ends with a colon orders with its last order word; what stands before is its grounds.
_ORDER = re.compile(r".*\b(?=(?:yeu cau|de nghi|giao|phan cong|chi dao)\b)", re.DOTALL)

_UNITS = """SELECT t.document_id, t.fact_id, a.unit AS name FROM json_each(?) k
  JOIN tasks t ON t.document_id = json_extract(k.value, '$[0]') AND t.fact_id = json_extract(k.value, '$[1]')
  LEFT JOIN assignments a ON a.task_id = t.id"""
# Whose duties stand in which section, from which offset on.
_ITEMS = """SELECT a.document_id, a.section, a.start_offset, coalesce(a.unit_id, a.unit) AS who FROM assignments a
  WHERE a.document_id IN {docs}
UNION SELECT f.document_id, f.section, f.start_offset, coalesce(o.unit_id, o.name) FROM deadlines f
  JOIN deadline_owers o ON o.deadline_id = f.id WHERE f.document_id IN {docs}
UNION SELECT f.document_id, f.section, f.start_offset, coalesce(p.unit_id, p.name) FROM reports f
  JOIN report_parties p ON p.report_id = f.id AND p.kind = 'reporter' WHERE f.document_id IN {docs}"""


def without_headings(connection: sqlite3.Connection, duties: list[Duty]) -> list[Duty]:
    """`duties` without the tasks that are only a heading over duties of the same unit.

    A heading names units, perhaps with words such as "giao" or "trách nhiệm của", carries no term and has no content of its own. It
    stays for a unit of which nothing else is said below it, so that no unit is lost; and where a person has confirmed it.
    """
    maybe = [duty for duty in duties if duty.why_undated == "no term" and duty.kind == "task" and not duty.corrected and _short(duty.what)]
    if not maybe:
        return duties
    names: dict[tuple[int, str], list[str]] = {}
    for row in connection.execute(_UNITS, (json.dumps(sorted({(d.document_id, d.fact) for d in maybe})),)):
        names.setdefault((row["document_id"], row["fact_id"]), []).append(row["name"] or "")
    texts = {(d.document_id, d.fact): d.what or "" for d in maybe}
    heads = {key for key, text in texts.items() if is_heading(text, names.get(key, ()))}
    bare = [d for d in maybe if (d.document_id, d.fact) in heads]
    items = _items(connection, {d.document_id for d in bare})
    gone = {id(d) for d in bare if any(_below(d, section, start) for section, start in items.get((d.document_id, _who(d)), ()))}
    return [duty for duty in duties if id(duty) not in gone]


def is_heading(text: str, names: Iterable[str]) -> bool:
    """Whether nothing is left of `text` but the `names` of units and the words that frame them."""
    rest = fold(" ".join(text.split()))
    for name in sorted((fold(" ".join(name.split())) for name in names if name), key=len, reverse=True):
        rest = rest.replace(name, " ; ")
    if rest.rstrip().endswith(":"):
        rest = _ORDER.sub("", rest, count=1)
    elif len(rest) > MOST_FRAME + 3 * len(rest.split(" ; ")):
        return False
    return not re.search(r"\w", _FRAME.sub(" ", rest))


def _short(text: str | None) -> bool:
    return text is not None and len(text) <= MOST_LETTERS and "|" not in text


def _who(duty: Duty) -> int | str | None:
    return duty.unit if duty.unit_id is None else duty.unit_id


def _items(connection: sqlite3.Connection, documents: set[int]) -> dict[tuple[int, int | str | None], list[tuple[str, int]]]:
    found: dict[tuple[int, int | str | None], list[tuple[str, int]]] = {}
    if documents:
        chosen = "(SELECT value FROM json_each(?1))"
        for row in connection.execute(_ITEMS.format(docs=chosen), (json.dumps(sorted(documents)),)):
            found.setdefault((row["document_id"], row["who"]), []).append((row["section"], row["start_offset"]))
    return found


def _below(heading: Duty, section: str, start: int) -> bool:
    """Whether something at `start` in `section` stands below the heading: in a section of its own, or further on in the same one.

    The numbered parts of a letter stand below the sentence of its body that leads to them.
    """
    if start < heading.end:
        return False
    leads = heading.section in ("preamble", "body") and section not in ("body", "closing", "recipients")
    return leads or section == heading.section or section.startswith(f"{heading.section}.")
