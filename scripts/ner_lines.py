"""Training lines of the entity recogniser: the lines of composed documents in words, and changed copies of some of them.

The composer's names are few beside those of the country, and its verbs are few beside those of the language. So some lines are
repeated with a name recomposed from parts of other training names ("Chi cục" + "Văn hóa" + "và" + "Thủy lợi"), with another verb
behind a name, in small letters, or without accents. Only names of the training split are ever used.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from compose import compose
from composed_gold import Span, composed_text

from pipeline.data import load
from pipeline.extraction.entity_model import pieces, unaccented
from pipeline.language.tokenizer import WORD_ENDS, WordTokenizer
from pipeline.layout.build import lay_out

Line = tuple[list[str], list[Span]]  # words, entities by word

_JOIN = re.compile(r",\s+|\s+và\s+|\s+-\s+")
_LEVEL = re.compile(r"\s+(?:tỉnh|thành phố|huyện|xã|phường|thị xã|quận|khu vực|Trung ương|cơ quan)(?:\s.*)?$")
# a field of work, not a place: its second syllable is small
_PART = re.compile(r"[^\W\d_a-z][^\W\d_A-Z]+(?: (?!ủy|uỷ)[^\W\d_A-ZÀÁẢÃẠĂÂÈÊÌÒÔƠÙƯỲĐÝỨỨ]+){1,5}(?= |$)")
_FOLLOWING = re.compile(r" ([^\W\d_]+)( [^\W\d_]+)?")
_NAMED = ("UNIT", "POSITION")


@cache
def tokenizer() -> WordTokenizer:
    """The pipeline's tokenizer."""
    import spacy

    return WordTokenizer(spacy.blank("xx").vocab)


@cache
def heads() -> tuple[str, ...]:
    """First words of names of bodies, longest first: a closed class."""
    return tuple(sorted((row["head"] for row in load.rows("unit_heads") if len(row["head"]) > 1), key=len, reverse=True))


@cache
def verbs() -> tuple[str, ...]:
    """Words with which a predicate begins."""
    known = [word for row in load.rows("predicates") if not row.get("not") for word in row["words"]]
    return (*known, "trình", "nhận được", "chậm nhất", "muộn nhất", "trực tiếp")


@cache
def parts(seed: int, count: int = 400) -> tuple[str, ...]:
    """Parts of names ("Văn hóa", "Thủy lợi") of the first training documents."""
    found: set[str] = set()
    for index in range(count):
        document = compose(seed=seed, index=index, split="train", noise="none")
        for start, end, label in document.entities:
            cut = tail(document.text[start:end]) if label in _NAMED else None
            if cut:
                found.update(m[0] for part in _JOIN.split(cut[1]) if (m := _PART.match(part)))
    return tuple(sorted(found))


def tail(name: str) -> tuple[str, str, str] | None:
    """Head, name proper and level of the name of a body ("Sở", "Văn hóa và Thể thao", " tỉnh"); None where it does not divide so."""
    at = -1
    for head in heads():
        at = name.rfind(head + " ")
        if at >= 0 and (at == 0 or name[at - 1] == " "):
            break
    else:
        return None
    stop = at + len(head) + 1
    rest = name[stop:]
    level = _LEVEL.search(rest)
    proper = rest[: level.start()] if level else rest
    return (name[:stop], proper, rest[len(proper) :]) if proper[:1].isupper() else None


def recomposed(name: str, chance: random.Random, seed: int) -> str | None:
    """The name with another name proper, of one to three parts."""
    cut = tail(name)
    if cut is None:
        return None
    pool = parts(seed)
    chosen = [chance.choice(pool) for _ in range(chance.choice((1, 1, 2, 2, 2, 3)))]
    if chance.random() < 0.25:  # a part whose second word is small: "Trồng rừng sản xuất"
        chosen[-1] = chosen[-1] + " " + chance.choice(pool).lower()
    made = chosen[0]
    for i, part in enumerate(chosen[1:], 1):
        made += (chance.choice((" và ", " và ", " - ")) if i == len(chosen) - 1 else ", ") + part
    level = cut[2] if chance.random() < 0.8 else chance.choice(("", " tỉnh", " huyện", " xã", " số 1", " số 2", " thành phố"))
    return cut[0] + made + level


def changed(text: str, spans: Sequence[Span], chance: random.Random, seed: int) -> tuple[str, list[Span]] | None:
    """The line with some names recomposed and some verbs behind names exchanged; None if nothing was changed."""
    made, at, touched = "", 0, False
    out: list[Span] = []
    for start, end, label in spans:
        made += text[at:start]
        name = text[start:end]
        other = recomposed(name, chance, seed) if label in _NAMED and chance.random() < 0.6 else None
        touched = touched or other is not None
        out.append((len(made), len(made) + len(other or name), label))
        made += other or name
        at = end
        following = _FOLLOWING.match(text[end : end + 30]) if label in (*_NAMED, "GROUP") else None
        if following and following[1].islower() and following[1] not in ("và", "của", "cùng", "với") and chance.random() < 0.5:
            nearest = min((s for s, _, _ in spans if s >= end), default=len(text))
            if end + following.end() < nearest:
                made += " " + chance.choice(verbs())
                at = end + (following.end() if chance.random() < 0.5 else 0)
                touched = True
    return (made + text[at:], out) if touched else None


def by_words(found: Sequence[tuple[int, int]], spans: Iterable[Span]) -> list[Span] | None:
    """The spans in words of one line; None if one of them does not begin and end with a word."""
    starts = {a: i for i, (a, _) in enumerate(found)}
    ends = {b: i for i, (_, b) in enumerate(found)}
    made = []
    for a, b, label in spans:
        if a not in starts or b not in ends:
            return None
        made.append((starts[a], ends[b] + 1, label))
    return made


def in_words(text: str, spans: Iterable[Span]) -> Line | None:
    """One line of text, by itself, in words."""
    found = pieces(text, 0, len(text), tokenizer()(text).user_data[WORD_ENDS])
    words = by_words(found, spans)
    return ([text[a:b] for a, b in found], words) if words is not None and found else None


def lines_of(task: tuple[str, int]) -> list[Line]:
    """The training lines of one composed document; `task` is the configuration as JSON and the number of the document."""
    config: dict[str, Any] = json.loads(task[0])
    settings, seed, index = config["train"], config["seed"], task[1]
    chance = random.Random(f"{seed}-{index}")
    document, spans = composed_text(compose(seed=seed, index=index, split="train", noise="ocr" if index % 2 else "none"))
    text = document.text
    ends = tokenizer()(text).user_data[WORD_ENDS]
    made: list[Line] = []
    for line in lay_out(text)[0].lines:
        here = [(a, b, label) for a, b, label in spans if line.content <= a and b <= line.end]
        if not here and chance.random() > settings["keep_empty"]:
            continue
        found = pieces(text, line.content, line.end, ends)
        words = by_words(found, here)
        if words is not None and found:
            made.append(([text[a:b] for a, b in found], words))
        if not here:
            continue
        alone = text[line.content : line.end]
        inside = [(a - line.content, b - line.content, label) for a, b, label in here]
        copies: list[tuple[str, list[Span]] | None] = []
        if chance.random() < settings["changed"]:
            copies.append(changed(alone, inside, chance, seed))
        if chance.random() < settings["lower"]:
            copies.append((alone.lower(), inside) if len(alone.lower()) == len(alone) else None)
        if chance.random() < settings["plain"]:
            copies.append((unaccented(alone), inside))
        made += [other for copy in copies if copy is not None and (other := in_words(*copy)) is not None]
    return made
