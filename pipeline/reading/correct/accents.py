"""Puts lost or mistaken accents right where the words around leave no doubt.

A bigram model of syllables (pipeline/data/ocr_accents.json, made by scripts/train_accents.py from texts of our own) is weighed
against the cost of the mistake the engine would have made: reading ổ as ố is common, reading o as ộ is not.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from pipeline.data import load
from pipeline.reading.correct.changes import Change
from pipeline.reading.correct.tokens import STOP, Token, skeleton, tokens

STRENGTH = 1.0  # 1.5 changes less, 0.7 more; set on made scans of half of the corpus, learnt from the other half
MARGIN = 2.0  # a change must beat the text as read by this many nats
NAME = 5.0  # added where the token looks like part of a name: names follow no model
LEAST = 1.0  # a syllable seen less often is no candidate
RULE = "accent"
_MEMORY = 400_000


@dataclass(frozen=True, slots=True)
class Model:
    """Counts of syllables and of pairs, and the syllables that share a skeleton."""

    ones: dict[str, float]
    pairs: dict[str, dict[str, float]]
    total: float
    alike: dict[str, tuple[str, ...]]

    known: dict[tuple[str, str], float] = field(default_factory=dict)  # costs worked out before

    def cost(self, before: str, after: str) -> float:
        """Cost of the pair, from memory where it was asked before."""
        found = self.known.get((before, after))
        if found is None:
            if len(self.known) > _MEMORY:
                self.known.clear()
            found = self.known[before, after] = self._cost(before, after)
        return found

    def _cost(self, before: str, after: str) -> float:
        """Minus log probability of `after` behind `before`: pairs backed off to single syllables."""
        single = (self.ones.get(after, 0.0) + 0.02) / self.total
        follow = self.pairs.get(before)
        if follow is None:
            return -math.log(single)
        seen = self.ones.get(before, 0.0)
        # Witten-Bell: the more different syllables follow, the more is left for single ones.
        weight = seen / (seen + len(follow) + 1.0)
        return -math.log(weight * follow.get(after, 0.0) / max(seen, 1e-9) + (1.0 - weight) * single)


@cache
def model() -> Model:
    """The trained model; read once."""
    table = load.table("ocr_accents")
    syllables: list[str] = table["syllables"].split()
    ones = dict(zip(syllables, (c / 10 for c in table["ones"]), strict=True))
    pairs: dict[str, dict[str, float]] = {}
    for left, packed in table["pairs"].items():
        numbers = packed.split()
        pairs[syllables[int(left)]] = {syllables[int(r, 36)]: int(c) / 10 for r, c in (n.split(":") for n in numbers)}
    alike: dict[str, list[str]] = {}
    for syllable in syllables:
        alike.setdefault(skeleton(syllable), []).append(syllable)
    return Model(ones, pairs, sum(ones.values()), {k: tuple(v) for k, v in alike.items()})


@lru_cache(maxsize=65536)
def mistake(truth: str, read: str) -> float:
    """The cost, in nats, of reading `truth` where `read` stands; both share their letters. 0 for no mistake."""
    if truth == read:
        return 0.0
    costs = load.table("ocr_confusions")
    total = float(costs["mistake"])
    for a, b in zip(letters_of(truth), letters_of(read), strict=False):
        if a[0] != b[0]:
            total += float(costs["letter"].get(f"{a[0]}>{b[0]}", costs["letter_other"]))
    tone_a, tone_b = tone_of(truth), tone_of(read)
    if tone_a != tone_b:
        total += float(costs["tone"].get(f"{tone_a}>{tone_b}", costs["tone_other"]))
    return total


_TONES = {"\u0300": "huyền", "\u0301": "sắc", "\u0303": "ngã", "\u0309": "hỏi", "\u0323": "nặng"}


def letters_of(syllable: str) -> list[str]:
    """The letters with their quality (ă, â, ê, ô, ơ, ư, đ) but without tone."""
    bare = "".join(c for c in unicodedata.normalize("NFD", syllable) if c not in _TONES)
    return list(unicodedata.normalize("NFC", bare))


def tone_of(syllable: str) -> str:
    return next((_TONES[c] for c in unicodedata.normalize("NFD", syllable) if c in _TONES), "ngang")


def accent_changes(text: str) -> Iterator[Change]:
    """Changes of accents, line by line; tokens that are not free stand as context and never change."""
    offset = 0
    for line in text.split("\n"):
        run = tokens(line, offset)
        if run:
            yield from _line(run)
        offset += len(line) + 1


def _line(run: Sequence[Token]) -> Iterator[Change]:
    lm = model()
    options = [_candidates(lm, token, run[i - 1] if i else None, run[i + 1] if i + 1 < len(run) else None) for i, token in enumerate(run)]
    # Viterbi over (candidate at i); boundaries are sentence stops.
    best: list[dict[str, tuple[float, str | None]]] = []
    previous: dict[str, tuple[float, str | None]] = {STOP: (0.0, None)}
    for choices in options:
        current: dict[str, tuple[float, str | None]] = {}
        for choice, penalty in choices.items():
            cost, back = min([(c + lm.cost(before, choice), before) for before, (c, _) in previous.items()])
            current[choice] = (cost + penalty, back)
        best.append(current)
        previous = current
    path: list[str] = []
    state: str | None = min(previous, key=lambda s: previous[s][0] + lm.cost(s, STOP))
    for column in reversed(best):
        assert state is not None
        path.append(state)
        state = column[state][1]
    path.reverse()
    for i, token in enumerate(run):
        chosen = path[i]
        if chosen == token.kind or not token.free:
            continue
        left = path[i - 1] if i else STOP
        right = path[i + 1] if i + 1 < len(path) else STOP
        gain = lm.cost(left, token.kind) + lm.cost(token.kind, right) - lm.cost(left, chosen) - lm.cost(chosen, right) - options[i][chosen]
        if gain >= MARGIN and (chosen in lm.pairs.get(left, ()) or right in lm.pairs.get(chosen, ())):
            yield Change(token.start, token.end, cased(chosen, token.text), RULE)


def _candidates(lm: Model, token: Token, before: Token | None, after: Token | None) -> dict[str, float]:
    """What the token may have been, with the cost of the mistake."""
    out = {token.kind: 0.0}
    if not token.free or len(token.text) < 2:
        return out
    name = _titled(token) and before is not None and before.kind != STOP
    title = (name and before is not None and _titled(before)) or (_titled(token) and after is not None and _titled(after))
    free = _free_spellings().get(token.kind, "")
    for other in lm.alike.get(skeleton(token.kind), ()):
        if other != token.kind and other != free and lm.ones[other] >= LEAST:
            out[other] = STRENGTH * mistake(other, token.kind) + (NAME if title else NAME / 2 if name else 0.0)
    return out


def _titled(token: Token) -> bool:
    return token.free and token.text[0].isupper() and not token.text.isupper()


@cache
def _free_spellings() -> dict[str, str]:
    """Pairs both of which are right ("hàng năm", "hằng năm"): neither is ever put for the other."""
    pairs = [p.split() for p in load.table("ocr_confusions")["both_right"]]
    return {a: b for x, y in pairs for a, b in ((x, y), (y, x))}


def cased(syllable: str, like: str) -> str:
    """The syllable in the case of what it replaces."""
    if len(like) > 1 and like.isupper():
        return syllable.upper()
    return syllable[0].upper() + syllable[1:] if like[0].isupper() else syllable
