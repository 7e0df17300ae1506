"""A text to its layout: lines, zones, header, numbering. One function composes the others."""

from __future__ import annotations

import re

from pipeline.layout import sections, signature
from pipeline.layout.header import read_identity, read_marks, read_title
from pipeline.layout.issuer import resolve_issuer
from pipeline.layout.lines import split_lines
from pipeline.layout.model import Layout
from pipeline.layout.zones import Zoner
from pipeline.names.locality import Locality
from pipeline.records import Header


def lay_out(text: str) -> tuple[Layout, Locality]:
    """The layout of `text` (normalised) and the locality that its issuer speaks for."""
    lines = split_lines(text)
    zoner = Zoner(text, lines)
    zoner.run()
    layout = Layout(lines=lines, letter=zoner.letter)
    layout.decision = any(line.marker == "article" and line.zone == "body" for line in lines) and zoner.type in (
        "Quyết định",
        "Nghị quyết",
        "Quy định",
        "Quy chế",
        "Nghị định",
        "Thông tư",
        None,
    )
    sections.build(text, layout, "body" if zoner.letter else "preamble")
    identity = read_identity(text, lines)
    signed = signature.read_signature(text, lines)
    issuer, method, where = resolve_issuer(text, lines, identity, signed, zoner)
    urgency, secrecy = read_marks(text, lines)
    if zoner.title_lines:
        layout.title_span = (zoner.title_lines[0].start, zoner.title_lines[-1].end)
    certain = sum(x is not None for x in (zoner.type, identity.number, identity.issued_on, issuer, signed.name))
    layout.header = Header(
        type=zoner.type,
        number=identity.number,
        title=read_title(text, zoner),
        issuer=issuer,
        place=identity.place,
        issued_on=identity.issued_on,
        signer=signed.name,
        signer_position=signed.position,
        authority=signed.authority,
        addressees=signature.read_list(text, lines, "addressees"),
        recipients=signature.read_list(text, lines, "recipients"),
        urgency=urgency,
        secrecy=secrecy,
        draft=identity.draft,
        system="party" if identity.party or re.search(r"ĐẢNG CỘNG SẢN VIỆT NAM", text[:600]) else "state" if identity.number else None,
        issuer_method=method,
        confidence=round(0.5 + 0.1 * certain - (0.1 if method == "symbol" else 0.0), 2),
    )
    return layout, where
