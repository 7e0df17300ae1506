"""Words that charge: commands, verbs of leading and of joint work, what may stand between a subject and its verb."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.data import load
from pipeline.extraction.syllables import Phrases, Syllables
from pipeline.records import Role
from pipeline.text.folding import tone

ROLES: tuple[Role, ...] = ("directs", "leads", "supports", "performs")


@dataclass(frozen=True, slots=True)
class ChargeWords:
    """The lists of charge_words.json, indexed; what each is for stands there."""

    commands: Phrases
    not_before: frozenset[str]
    joins: frozenset[str]
    giao_words: frozenset[str]
    heading_openers: Phrases
    lead: Phrases
    joint: Phrases
    agent_leads: Phrases
    past_acts: Phrases
    duty: frozenset[str]
    soft: frozenset[str]
    passive: Phrases
    given_to: Phrases
    told_before: Phrases
    working_rules: Phrases
    answers_for: Phrases
    sets_up: Phrases
    membership: Phrases
    adverbials: re.Pattern[str]


@cache
def charge_words() -> ChargeWords:
    """The word lists, read once."""
    words: dict[str, Any] = load.table("charge_words")

    def phrases(name: str) -> Phrases:
        return Phrases((w, w) for w in words[name])

    def singles(name: str) -> frozenset[str]:
        return frozenset(tone(w) for w in words[name])

    adverbials = "|".join(re.escape(w) for w in words["adverbials"])
    return ChargeWords(
        commands=phrases("commands"),
        not_before=singles("command_not_before"),
        joins=singles("command_joins"),
        giao_words=singles("giao_words"),
        heading_openers=phrases("heading_openers"),
        lead=phrases("lead"),
        joint=phrases("joint"),
        agent_leads=phrases("agent_leads"),
        past_acts=phrases("past_acts"),
        passive=phrases("passive"),
        given_to=phrases("given_to"),
        told_before=phrases("told_before"),
        working_rules=phrases("working_rules"),
        answers_for=phrases("answers_for"),
        sets_up=phrases("sets_up"),
        membership=phrases("membership"),
        duty=singles("duty"),
        soft=singles("soft"),
        adverbials=re.compile(rf"(?:{adverbials})(?![^\W\d_])", re.I),
    )


def command_at(s: Syllables, at: int) -> int | None:
    """Index after a word of command that stands at `at`, or None ("giao thông" is none)."""
    words = charge_words()
    if s.low[at : at + 1] == ["giao"] and at + 1 < len(s) and s.low[at + 1] in words.giao_words and not s.caps[at + 1]:
        return None
    hit = words.commands.match(s.low, at)
    return at + hit[0] if hit else None


def role_after(s: Syllables, at: int) -> Role:
    """The role that the first verb after a subject gives; `at` is the index after the subject."""
    words, low = charge_words(), s.low
    k = skip_soft(s, at, 8)
    passive = words.passive.match(low, k)
    k += passive[0] if passive else 0
    if words.lead.match(low, k) or words.lead.match(low, at):
        return "leads"
    if words.joint.match(low, k):
        return "supports"
    if low[k : k + 2] == ["phối", "hợp"] and low[k + 2 : k + 3] not in (["với"], ["cùng"], ["chặt"]):
        return "supports"
    if low[k : k + 2] == ["tham", "gia"]:
        return "supports"
    return "performs"


def skip_soft(s: Syllables, at: int, most: int) -> int:
    """Index after the soft words from `at` on, `most` of them at the most; the "chủ" of "chủ trì" is none."""
    soft, low = charge_words().soft, s.low
    k = at
    while k < len(low) and low[k] in soft and low[k : k + 2] != ["chủ", "trì"] and k - at < most:
        k += 1
    return k


def role_switch(s: Syllables, at: int, stop: int) -> tuple[Role, int] | None:
    """After a list of units, "(chủ trì,) phối hợp với ...": the role of the next list and the index where it begins."""
    low = s.low
    while at < stop and low[at] in ("chủ", "trì", ",", "và", "(", ")"):
        at += 1
    if low[at : at + 3] == ["phối", "hợp", "với"]:
        return "supports", at + 3
    if low[at : at + 3] == ["phối", "hợp", "cùng"]:
        return "supports", at + 3 + (low[at + 3 : at + 4] == ["với"])
    return None


def after_with(s: Syllables, at: int, stop: int) -> int | None:
    """Index after the next "phối hợp với" within twelve syllables of `at`, or None."""
    for k in range(at, min(at + 12, stop - 3)):
        if s.low[k : k + 3] == ["phối", "hợp", "với"]:
            return k + 3
    return None


def only_duty(s: Syllables, at: int) -> bool:
    """Is all that follows `at` "có trách nhiệm", "thực hiện" and the like?"""
    return " ".join(w for w in s.low[at:] if w not in (":", ".", "(", ")")) in charge_words().duty
