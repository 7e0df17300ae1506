"""Label lines: "- Cơ quan chủ trì: ...", several of them in one line too (domain rule 4.2 A, B)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.data import load
from pipeline.text.folding import squeeze, tone


@dataclass(frozen=True, slots=True)
class Label:
    """A label and its value, text[start:end]. `role`: one of roles.jsonl."""

    role: str
    label: str
    at: int
    start: int
    end: int


@cache
def _labels() -> tuple[re.Pattern[str], dict[str, str]]:
    roles = {tone(label): row["role"] for row in load.rows("roles") for label in row["labels"]}
    words = sorted((label for row in load.rows("roles") for label in row["labels"]), key=len, reverse=True)
    body = "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in words)
    return re.compile(
        rf"(?:^\s*|(?<=[;.,(\n])\s*(?:và\s+|-\s+)?|(?<=[-+]\s)\s*)(?P<label>{body})\s*(?:\([^)\n]{{0,40}}\)\s*)?:\s*", re.I
    ), roles


def find_labels(text: str, start: int, end: int) -> list[Label]:
    """The labels of text[start:end]; each value reaches to the next label."""
    pattern, roles = _labels()
    window = text[start:end]
    if ":" not in window:
        return []
    opening = len(window) - len(window.lstrip())
    found: list[Label] = []
    hits: list[tuple[re.Match[str], int]] = []
    bracket = (-1, -1)
    closings: dict[int, int] | None = None
    for m in pattern.finditer(window):
        at = m.start("label")
        sign = window[max(0, at - 40) : at].rstrip()[-1:]
        if sign == "(":  # "(Chủ trì: A; phối hợp: B; thời gian: C)": all labels up to the end of the bracket
            closings = _closings(window) if closings is None else closings
            bracket = (at, closings.get(window.rfind("(", 0, at), len(window)))
        listed = bool(hits) and hits[0][0].start("label") <= opening and sign in (";", ".")  # "Chủ trì: A; phối hợp: B"
        listed = listed or (roles[tone(squeeze(m["label"]))] == "deadline" and sign in (";", "."))
        if at <= opening or listed or _sure(roles, m["label"]) or bracket[0] <= at < bracket[1]:
            hits.append((m, bracket[1] if bracket[0] <= at < bracket[1] else len(window)))
    if not hits:
        return found
    for (m, most), after in zip(hits, [*hits[1:], None], strict=True):
        stop = min(most, after[0].start()) if after else most
        found.append(Label(roles[tone(squeeze(m["label"]))], squeeze(m["label"]), start + m.start("label"), start + m.end(), start + stop))
    return found


def _closings(window: str) -> dict[int, int]:
    """Offset of each opening bracket to the offset of the one that closes it."""
    open_at: list[int] = []
    closed: dict[int, int] = {}
    for m in re.finditer(r"[()]", window):
        if m[0] == "(":
            open_at.append(m.start())
        elif open_at:
            closed[open_at.pop()] = m.start()
    return closed


def _sure(roles: dict[str, str], label: str) -> bool:
    """Inside a paragraph only a label of two words and more counts ("cơ quan chủ trì:", not "thực hiện:")."""
    return len(label.split()) >= 3 and roles[tone(squeeze(label))] in ("leads", "supports", "performs", "directs", "deadline", "product")


def role_of_column(words: str) -> str | None:
    """The role of a table column by its heading: "Cơ quan chủ trì (tham mưu)" -> "leads"."""
    _, roles = _labels()
    clean = tone(squeeze(re.sub(r"\([^)]*\)", " ", words))).strip(" .:*")
    if clean in roles:
        return roles[clean]
    best = [label for label in roles if clean.startswith((label + " ", label + ",", label + "/"))]
    best = best or [label for label in roles if clean.endswith(" " + label)]
    return roles[max(best, key=len)] if best else None
