"""Headings that were stored as tasks: "1. Sở Nội vụ", "Giao Sở Tài chính:". Their items are the duties of those they name."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable
from dataclasses import replace

from pipeline.questions.duties import Duty
from pipeline.text.keys import fold
from pipeline.text.quoting import QUOTE_LIMIT

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


def under_headings(connection: sqlite3.Connection, duties: list[Duty]) -> list[Duty]:
    """`duties` with what headings mean: an item that names no unit is owed by those of its heading, and a heading over items is no duty.

    A heading names units, perhaps with words such as "giao" or "trách nhiệm của", carries no term and has no content of its own. It
    stays for a unit of which nothing else is said below it, so that no unit is lost; and where a person has confirmed it.
    """
    heads = _headings(connection, duties)
    if not heads:
        return duties
    by_document: dict[int, list[Duty]] = {}
    for head in heads:
        by_document.setdefault(head.document_id, []).append(head)
    found = [row for duty in duties for row in _owed(duty, by_document.get(duty.document_id, []))]
    items = _items(connection, set(by_document))
    for duty in found:
        items.setdefault((duty.document_id, _who(duty)), []).append((duty.section, duty.start))
    gone = {id(d) for d in heads if any(_below(d, section, start) for section, start in items.get((d.document_id, _who(d)), ()))}
    stays = {id(d): _with_content(connection, d) for d in heads if id(d) not in gone}
    return [stays.get(id(duty), duty) for duty in found if id(duty) not in gone]


def _headings(connection: sqlite3.Connection, duties: list[Duty]) -> list[Duty]:
    """The rows of headings among `duties`, one for each unit."""
    maybe = [duty for duty in duties if duty.why_undated == "no term" and duty.kind == "task" and not duty.corrected and _short(duty.what)]
    texts = {(d.document_id, d.fact): d.what or "" for d in maybe}
    names: dict[tuple[int, str], list[str]] = {}
    for row in connection.execute(_UNITS, (json.dumps(sorted(texts)),)) if texts else ():
        names.setdefault((row["document_id"], row["fact_id"]), []).append(row["name"] or "")
    found = {key for key, text in texts.items() if is_heading(text, names.get(key, ()))}
    return [d for d in maybe if (d.document_id, d.fact) in found]


def _owed(duty: Duty, heads: list[Duty]) -> list[Duty]:
    """The row as it is, or where it names no unit one for each unit of the nearest heading above it."""
    above = [head for head in heads if head.unit is not None and _below(head, duty.section, duty.start)] if duty.unit is None else []
    if not above:
        return [duty]
    nearest = max(above, key=lambda head: (len(head.section.split(".")), head.end)).fact
    return [
        replace(duty, unit=head.unit, canonical=head.canonical, unit_id=head.unit_id, role=head.role if duty.kind == "task" else None,
                confidence=min(duty.confidence, head.confidence))
        for head in above if head.fact == nearest
    ]  # fmt: skip


def _with_content(connection: sqlite3.Connection, heading: Duty) -> Duty:
    """The row of a heading that stays, quoted with what stands below it in its section: of the names alone nobody learns anything."""
    row = connection.execute(
        "SELECT substr(x.text, 1 + ?2, min(s.end_offset - ?2, ?3)) AS quote, s.end_offset - ?2 > ?3 AS cut FROM sections s"
        " JOIN texts x ON x.document_id = s.document_id"
        " WHERE s.document_id = ?1 AND s.path = ?4 AND s.start_offset <= ?2 AND s.end_offset > ?5 LIMIT 1",
        (heading.document_id, heading.quote_start, QUOTE_LIMIT, heading.section, heading.end),
    ).fetchone()
    if row is None:
        return heading
    quote: str = row["quote"].rsplit(maxsplit=1)[0] if row["cut"] else row["quote"].rstrip()
    return replace(heading, quote=quote) if len(quote) > len(heading.quote) else heading


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
