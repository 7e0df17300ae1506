"""The trained entity recogniser: a small spaCy `ner` over the words of single lines, with a calibrated probability for each span.

The recogniser has a vocabulary of its own whose word features suit the language: the word in small letters, its first and its last
syllable without accents (what OCR loses first), and its shape. Training and running build their tokens with the same `pieces`.
"""

from __future__ import annotations

import json
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.data import load
from pipeline.text.folding import tone

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

LABELS = ("UNIT", "POSITION", "GROUP", "DOCREF", "TIME", "PERSON")
MAX_PIECES = 400  # of one line: what is longer is no prose, and the rest of it is left to the rules

_SPACE = re.compile(r"\s+")
_ACCENTED = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
_BARE = "a" * 17 + "e" * 11 + "i" * 5 + "o" * 17 + "u" * 11 + "y" * 5 + "d"
_PLAIN = str.maketrans(_ACCENTED, _BARE)
_PLAIN_BOTH = str.maketrans(_ACCENTED + _ACCENTED.upper(), _BARE + _BARE.upper())

Piece = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Entity:
    """text[start:end] with its label and the calibrated probability that span and label are right."""

    start: int
    end: int
    label: str
    confidence: float


def pieces(text: str, start: int, end: int, word_ends: array[int]) -> list[Piece]:
    """The tokens of text[start:end] as (start, end) offsets: the words of the segmentation, cut where a name can begin or end. White
    space is left out. `word_ends` is what the tokenizer leaves on the Doc."""
    found: list[Piece] = []
    at = start
    while at < end and len(found) < MAX_PIECES:
        stop = min(word_ends[at], end)
        if text[at].isspace():
            at += 1
            continue
        if " " in text[at:stop] or "\f" in text[at:stop]:
            found += _cut(text, at, stop)
        else:
            found.append((at, stop))
        at = stop
    return found


def _cut(text: str, start: int, end: int) -> list[Piece]:
    """A word of the segmentation, cut before a capital, around signs and, where a name may end in it, before the words that follow
    names: "Giao Tổ" is no word of the language, nor are "| Các" and "Thuế trình"."""
    made: list[Piece] = []
    last = start
    for gap in _SPACE.finditer(text, start, end):
        before, after = text[gap.start() - 1], text[gap.end() : gap.end() + 1]
        named = text[last].isupper() or text[last : gap.start()].endswith(("ủy", "uỷ"))
        if not before.isalnum() or not after.isalnum() or after.isupper() or (named and _apart().match(text, gap.end(), end)):
            made.append((last, gap.start()))
            last = gap.end()
    if last < end:
        made.append((last, end))
    return made


@cache
def _apart() -> re.Pattern[str]:
    """The words that the segmentation joins to names (name_ends.json)."""
    return re.compile(rf"(?:{'|'.join(load.table('name_ends')['apart'])})(?!\w)")


def unaccented(text: str) -> str:
    """The text without accents, letter for letter, in the same case."""
    return text.translate(_PLAIN_BOTH)


def plain(word: str) -> str:
    """The word in small letters without accents."""
    return tone(word).translate(_PLAIN)


def _first(word: str) -> str:
    return plain(word).split(" ", 1)[0][:12]


def _last(word: str) -> str:
    return plain(word).rsplit(" ", 1)[-1][-12:]


def _shape(word: str) -> str:
    """Kind of each character, runs of more than two of a kind as two: "Xxx", "dd/dd/dd", "XX"; first and last syllable only."""
    parts = word.split(" ")
    if len(parts) > 1:
        return _shape(parts[0]) + "_" + _shape(parts[-1])
    made: list[str] = []
    for c in word[:40]:
        kind = "d" if c.isdigit() else "X" if c.isupper() else "x" if c.isalpha() else c
        if len(made) < 2 or made[-1] != kind or made[-2] != kind:
            made.append(kind)
    return "".join(made)


def blank_recogniser() -> Language:
    """A blank pipeline whose vocabulary has the word features of the recogniser."""
    import spacy
    from spacy.attrs import NORM, PREFIX, SHAPE, SUFFIX  # type: ignore[import-not-found]

    nlp = spacy.blank("xx")
    features: dict[int, Any] = nlp.vocab.lex_attr_getters  # type: ignore[attr-defined]
    features.update({NORM: tone, PREFIX: _first, SUFFIX: _last, SHAPE: _shape})
    return nlp


def line_doc(vocab: Vocab, text: str, found: Sequence[Piece]) -> Doc:
    """The pieces of one line as a Doc of the recogniser."""
    from spacy.tokens import Doc

    return Doc(vocab, words=[_SPACE.sub(" ", text[a:b]) for a, b in found])


class Recogniser:
    """The trained model: ranges of a text to entities. Deterministic; reads only its own folder."""

    def __init__(self, folder: Path) -> None:
        self.nlp = blank_recogniser()
        config = json.loads((folder / "settings.json").read_text("utf-8"))
        steps = config["calibration"].items()
        self._calibration: dict[str, tuple[list[float], list[float]]] = {label: (v["raw"], v["right"]) for label, v in steps}
        self.nlp.add_pipe("ner", config=config["component"])
        self.nlp.from_disk(folder / "model", exclude=["vocab", "tokenizer"])
        ner: Any = self.nlp.get_pipe("ner")
        self._model = ner.model
        moves = [ner.moves.get_class_name(i) for i in range(ner.moves.n_moves)]  # ner.move_names leaves out an inner one
        self._kind = [move.partition("-")[0] for move in moves]
        self._label = [move.partition("-")[2] for move in moves]
        pairs = list(zip(self._kind, self._label, strict=True))
        self._opens = np.array([(LABELS.index(label) + 1 if kind in "BI" and label else 0) for kind, label in pairs])
        # what is forbidden, by the label of the open entity (0: none is open) and by whether the word is the line's last
        costs = [[[_cost(kind, label, inside, last) for kind, label in pairs] for last in (False, True)] for inside in ("", *LABELS)]
        self._forbidden = np.array(costs, dtype="float32")

    def find(self, text: str, ranges: Iterable[Piece], word_ends: array[int]) -> list[Entity]:
        """Entities of every range, in order, with calibrated confidence."""
        return [Entity(a, b, label, self.calibrated(label, raw)) for a, b, label, raw in self.scored(text, ranges, word_ends)]

    def calibrated(self, label: str, raw: float) -> float:
        """The share of right spans among those of the same label and raw probability in the development split."""
        edges, right = self._calibration.get(label, ([], [1.0]))
        return right[min(bisect_right(edges, raw), len(right) - 1)] if self._calibration else raw

    def scored(self, text: str, ranges: Iterable[Piece], word_ends: array[int]) -> list[tuple[int, int, str, float]]:
        """(start, end, label, raw probability) of every span found."""
        lines = [found for a, b in ranges if (found := pieces(text, a, b, word_ends))]
        if not lines:
            return []
        docs = [line_doc(self.nlp.vocab, text, found) for found in lines]
        return [
            (found[a][0], found[b - 1][1], label, p)
            for found, spans in zip(lines, self._decode(docs), strict=True)
            for a, b, label, p in spans
        ]

    def _decode(self, docs: list[Doc]) -> list[list[tuple[int, int, str, float]]]:
        """(first word, last + 1, label, raw probability) of the entities of each line: spaCy's greedy parse, one word of every line at a
        time. The raw probability is the product of the probabilities of the moves that made the span; spaCy's own parse gives none."""
        step = self._model.predict(docs)
        lengths = np.array([len(doc) for doc in docs])
        order = np.argsort(-lengths, kind="stable")  # longest first: the lines still running are always the first ones
        lengths = lengths[order]
        offsets = np.concatenate(([0], np.cumsum([len(doc) for doc in docs])))[:-1][order]
        opened = np.full(len(docs), -1)  # first word of the open entity
        inside = np.zeros(len(docs), dtype="int64")  # its label
        weight = np.zeros(len(docs))  # log probability of it so far
        found: list[list[tuple[int, int, str, float]]] = [[] for _ in docs]
        for t in range(int(lengths[0])):
            n = int(np.searchsorted(-lengths, -t, side="left"))  # lines longer than t
            at, open_ = offsets[:n] + t, opened[:n] >= 0
            ids = np.stack([at, np.where(open_, offsets[:n] + opened[:n], -1), np.where(open_, at - 1, -1)], axis=1).astype("int32")
            vectors, _ = step.state2vec(ids, False)
            scores = step.vec2scores.predict(vectors) + self._forbidden[inside[:n], (lengths[:n] == t + 1).astype(int)]
            chosen = scores.argmax(axis=1)
            best = scores[np.arange(n), chosen]
            share = -np.log(np.exp(scores - best[:, None]).sum(axis=1))
            starting = ~open_ & (self._opens[chosen] > 0)
            opened[:n][starting] = t
            weight[:n] = np.where(open_, weight[:n], 0.0) + share
            for i in np.nonzero([self._kind[c] in "LU" for c in chosen])[0]:
                first = int(opened[i]) if opened[i] >= 0 else t
                found[order[i]].append((first, t + 1, self._label[chosen[i]], float(np.exp(weight[i]))))
            inside[:n] = self._opens[chosen]
            opened[:n][inside[:n] == 0] = -1
        return found


def _cost(kind: str, label: str, inside: str, last: bool) -> float:
    """0 where the parser may make this move while an entity of label `inside` is open ("" for none), else minus a lot."""
    if inside:
        allowed = label == inside and (kind == "L" or (kind == "I" and not last))
    else:
        allowed = kind == "O" or (bool(label) and (kind == "U" or (kind == "B" and not last)))
    return 0.0 if allowed else -1e9
