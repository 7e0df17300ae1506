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
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

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
    """A word of the segmentation, cut before a capital and around signs: "Giao Tổ" is no word of the language, nor is "| Các"."""
    made: list[Piece] = []
    last = start
    for gap in _SPACE.finditer(text, start, end):
        before, after = text[gap.start() - 1], text[gap.end() : gap.end() + 1]
        if not before.isalnum() or not after.isalnum() or after.isupper():
            made.append((last, gap.start()))
            last = gap.end()
    if last < end:
        made.append((last, end))
    return made


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
    from spacy.attrs import NORM, PREFIX, SHAPE, SUFFIX

    nlp = spacy.blank("xx")
    nlp.vocab.lex_attr_getters.update({NORM: tone, PREFIX: _first, SUFFIX: _last, SHAPE: _shape})
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
        self._calibration: dict[str, tuple[list[float], list[float]]] = {k: (v["raw"], v["right"]) for k, v in config["calibration"].items()}
        self.nlp.add_pipe("ner", config=config["component"])
        self.nlp.from_disk(folder / "model", exclude=["vocab", "tokenizer"])
        self._ner: Any = self.nlp.get_pipe("ner")
        moves = self._ner.moves
        self._moves: list[str] = [moves.get_class_name(i) for i in range(moves.n_moves)]  # move_names leaves out an inner one
        self._index = {name: i for i, name in enumerate(self._moves)}
        self._allowed = {inside: np.array([_valid(name, inside) for name in self._moves]) for inside in ("", *LABELS)}

    def find(self, text: str, ranges: Iterable[Piece], word_ends: array[int]) -> list[Entity]:
        """Entities of every range, in order, with calibrated confidence."""
        return [Entity(a, b, label, self.calibrated(label, raw)) for a, b, label, raw in self.scored(text, ranges, word_ends)]

    def calibrated(self, label: str, raw: float) -> float:
        """The share of right spans among those of the same label and raw probability in the development split."""
        edges, right = self._calibration.get(label, ([], [1.0]))
        return right[min(bisect_right(edges, raw), len(right) - 1)] if edges else raw

    def scored(self, text: str, ranges: Iterable[Piece], word_ends: array[int]) -> list[tuple[int, int, str, float]]:
        """(start, end, label, raw probability) of every span found."""
        lines = [found for a, b in ranges if (found := pieces(text, a, b, word_ends))]
        docs = [line_doc(self.nlp.vocab, text, found) for found in lines]
        if not docs:
            return []
        self._ner.set_annotations(docs, self._ner.predict(docs))
        spans = [[(e.start, e.end, e.label_) for e in doc.ents] for doc in docs]
        raw = self._probabilities(docs, spans)
        return [
            (found[a][0], found[b - 1][1], label, p)
            for found, here, scores in zip(lines, spans, raw, strict=True)
            for (a, b, label), p in zip(here, scores, strict=True)
        ]

    def _probabilities(self, docs: list[Doc], spans: list[list[tuple[int, int, str]]]) -> list[list[float]]:
        """For each span the product of the probabilities of the moves that made it, and of the move that let it end there. The parser's
        state before a move is (token, first token of the open entity, token before), so all moves are scored in one go."""
        rows: list[tuple[int, int, int]] = []
        masks: list[str] = []
        moves: list[int] = []
        offset = 0
        for doc, here in zip(docs, spans, strict=True):
            for a, b, label in here:
                for k in range(a, b):
                    inside = k > a
                    rows.append((offset + k, offset + a, offset + k - 1) if inside else (offset + k, -1, -1))
                    masks.append(label if inside else "")
                    name = "U-" if b - a == 1 else "B-" if k == a else "L-" if k == b - 1 else "I-"
                    moves.append(self._index[name + label])
            offset += len(doc)
        if not rows:
            return [[] for _ in docs]
        step = self._ner.model.predict(docs)
        vectors, _ = step.state2vec(np.array(rows, dtype="int32"), False)
        scores = step.vec2scores.predict(vectors) if step.vec2scores is not None else vectors
        allowed = np.stack([self._allowed[m] for m in masks])
        scores = np.where(allowed, scores, -np.inf)
        scores = scores - scores.max(axis=1, keepdims=True)
        chosen = scores[np.arange(len(moves)), moves] - np.log(np.exp(scores).sum(axis=1))
        result: list[list[float]] = []
        at = 0
        for here in spans:
            row = []
            for a, b, _label in here:
                row.append(float(np.exp(chosen[at : at + b - a].sum())))
                at += b - a
            result.append(row)
        return result


def _valid(move: str, inside: str) -> bool:
    """May the parser make this move while an entity of label `inside` is open ("" for none)?"""
    kind, _, label = move.partition("-")
    if not inside:
        return kind in ("B", "U", "O") and (bool(label) or kind == "O")
    return kind in ("I", "L") and label == inside
