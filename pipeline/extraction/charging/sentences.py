"""Sentences, clause by clause: an order, a closing order, a subject, or work that goes on under a heading (domain rule 4.2)."""

from __future__ import annotations

from pipeline.extraction.charging.charge import supporters
from pipeline.extraction.charging.closing import closing_order
from pipeline.extraction.charging.ledger import Ledger
from pipeline.extraction.charging.orders import orders
from pipeline.extraction.charging.subjects import agents, charge_subject, subject_of, taking_part
from pipeline.extraction.charging.words import charge_words, command_at, role_after
from pipeline.extraction.clauses import LineView
from pipeline.extraction.syllables import Syllables


def sentences(ledger: Ledger, view: LineView, stop: int | None = None) -> None:
    """Charge the units of orders and subjects, clause by clause, up to offset `stop`."""
    line = view.line
    if line.zone in ("title", "recipients", "signature", "addressees", "header"):
        return
    consumed = 0
    for i, (first, last) in enumerate(view.clauses):
        if last <= consumed or (stop is not None and view.s.at[first] >= stop):
            continue
        consumed = max(consumed, clause(ledger, view, i, max(first, consumed)))
        _inherit_subject(ledger, view, i)
    found = ledger.subjects.get((view.index, 0))
    if line.marker not in ("", "bullet") and found and line.path not in ledger.owners:
        ledger.owners[line.path] = found
    opening = [ledger.subjects[key] for i in range(len(view.clauses)) if (key := (view.index, i)) in ledger.subjects]
    if line.path in ("preamble", "body") and opening and ledger.text[line.start : line.end].rstrip().endswith(":"):
        ledger.owners[""] = opening[-1]  # "... yêu cầu các sở, ban, ngành:" speaks for every item below
    if not line.marker and opening and line.path not in ("preamble", "body") and ledger.text[line.start : line.end].rstrip().endswith(":"):
        ledger.owners.setdefault(line.path, opening[-1])  # "Các đơn vị thực hiện chế độ báo cáo như sau:"
    if line.marker == "bullet" and found and ledger.text[line.start : line.end].rstrip().endswith(":"):
        ledger.bullet_owner = (line.path, ledger.text[line.start], found)


def _inherit_subject(ledger: Ledger, view: LineView, i: int) -> None:
    """A clause without a subject of its own goes on with that of the clause before it in the line."""
    key = (view.index, i)
    if key not in ledger.subjects and i and view.sentence[i] - view.sentence[i - 1] <= 1 and (view.index, i - 1) in ledger.subjects:
        ledger.subjects[key] = ledger.subjects[(view.index, i - 1)]


def clause(ledger: Ledger, view: LineView, i: int, first: int, inside: bool = False) -> int:
    """Orders and subjects of clause `i` from index `first` on; gives the index up to which it was read."""
    last = view.clauses[i][1]
    purpose = view.line.kind == "purpose"
    ordered = 0 if purpose and not _orders_somebody(view, first) else orders(ledger, view, i, first, last)
    if ordered:
        return ordered
    if purpose and not any(c.line == view.index for c in ledger.found):
        return first
    if inside or view.line.path == "preamble" or (view.line.kind == "review" and not any(c.line == view.index for c in ledger.found)):
        return first
    closing = closing_order(ledger, view, first)
    if closing:
        return closing
    agents(ledger, view, i, first, last)
    taking_part(ledger, view, first, last)
    subject = subject_of(ledger, view, first, last)
    if subject:
        return charge_subject(ledger, view, i, subject, last, 0.88)
    if _goes_on(view.s, first):
        _continued(ledger, view, i, first, last)
    return first


def _orders_somebody(view: LineView, first: int) -> bool:
    """Under a heading that assigns nothing, is this an order all the same: "Giao ...", "Mời Sở A ...", "Yêu cầu người đứng đầu các sở ..."?
    "Yêu cầu các cơ quan, đơn vị ..." only says there how work is to be done."""
    if view.s.low[first] == "giao":
        return True
    after = command_at(view.s, first)
    units = view.parser.list_at(after) if after else None
    if not after or not units or units.units[0].persons:
        return False
    return units.units[0].kind != "group" or view.parser.lex.titles.match(view.s.low, after) is not None


def _goes_on(s: Syllables, first: int) -> bool:
    """Does the clause begin with the verb of joint work or of leading, without a subject?"""
    if s.low[first : first + 2] == ["phối", "hợp"]:
        return True
    return role_after(s, first) == "leads" and (s.low[first] == "chủ" or s.low[first] not in charge_words().soft)


def _continued(ledger: Ledger, view: LineView, i: int, first: int, last: int) -> None:
    """As in "Chủ trì, phối hợp với Y ..." under the heading of a unit: the unit leads, Y supports; a bare "Phối hợp với Y" makes
    the unit support."""
    leads = view.s.low[first] != "phối"
    owners = (ledger.subjects.get((view.index, i - 1)) if leads else None) or ledger.owners_here(view)
    if not owners:
        return
    for unit in owners:
        ledger.add(unit, "leads" if leads else "supports", view, "item-under-heading", 0.9)
    ledger.subjects[(view.index, i)] = owners
    if leads:
        supporters(ledger, view, first, last)
