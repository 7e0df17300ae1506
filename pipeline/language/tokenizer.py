"""underthesea's word segmentation as a spaCy tokenizer that never changes the text.

The public `word_tokenize` normalises letters, squeezes spaces and gives no offsets. Here underthesea's own token pattern runs
over the original line, its CRF tags a normalised copy of the tokens, and the tags are laid back on the original characters.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from spacy.tokens import Doc
from spacy.vocab import Vocab

_LINE = re.compile(r"[^\n\f]+")
_GAP = re.compile(r"\s+|\S+")
_UNBROKEN = re.compile(r"(?<!\S)\S{500,}")  # no word; the token pattern is quadratic in rows of figures and points

# Keys of doc.user_data. spaCy builds doc.text anew at each call and makes an object per token; both are dear, so they are kept.
TEXT = "vanban.text"  # doc.text
WORD_ENDS = "vanban.word_ends"  # array: for each character the end of the word that it belongs to (its own offset + 1 for white space)

Segmenter = Callable[[str], list[tuple[int, int]]]


def underthesea_segmenter() -> Segmenter:
    """A function from one line to the (start, end) spans of its words. Loads the model (28 MB, 0.2 s) once."""
    import underthesea.pipeline.word_tokenize as package
    from underthesea.models.fast_crf_sequence_tagger import FastCRFSequenceTagger
    from underthesea.pipeline.text_normalize import token_normalize
    from underthesea.pipeline.word_tokenize import regex_tokenize

    tagger = FastCRFSequenceTagger()
    tagger.load(str(Path(package.__file__).parent / "models" / "ws_crf_vlsp2013_20230727"))
    pattern = regex_tokenize.patterns
    normalised = lru_cache(maxsize=20_000)(lambda t: token_normalize(t, use_character_normalize=True))

    @lru_cache(maxsize=4_000)
    def segment(line: str) -> tuple[tuple[int, int], ...]:
        spans = [m.span() for a, b in _pieces(line) for m in pattern.finditer(line, a, b)]
        if not spans:
            return ()
        tags = tagger.predict([[normalised(line[a:b])] for a, b in spans])
        words = [spans[0]]
        for (a, b), tag in zip(spans[1:], tags[1:], strict=True):
            # a word never runs over more than one plain space
            if tag == "I-W" and a - words[-1][1] <= 1 and line[words[-1][1] : a] in ("", " "):
                words[-1] = (words[-1][0], b)
            else:
                words.append((a, b))
        return tuple(words)

    return lambda line: list(segment(line))


def _pieces(line: str) -> Iterator[tuple[int, int]]:
    """The line whole, but what no space breaks in pieces."""
    at = 0
    for m in _UNBROKEN.finditer(line):
        for start in range(m.start(), m.end(), 500):
            yield at, start
            at = start
    yield at, len(line)


class WordTokenizer:
    """Callable from text to Doc with `doc.text == text` for every string; tokens are underthesea's words."""

    def __init__(self, vocab: Vocab, segment: Segmenter | None = None) -> None:
        self.vocab = vocab
        self._segment = segment

    def __call__(self, text: str) -> Doc:
        """The Doc of `text`: words as tokens; any run of white space that is not one plain space between words is its own token.
        The text and the word ends are left in doc.user_data."""
        segment = self._segment = self._segment or underthesea_segmenter()
        words: list[str] = []
        spaces: list[bool] = []
        ends = array("I", range(1, len(text) + 1))
        at = 0
        for line in _LINE.finditer(text):
            offset = line.start()
            for start, end in segment(line[0]):
                at = self._fill(text, at, offset + start, words, spaces)
                words.append(text[offset + start : offset + end])
                spaces.append(False)
                at = offset + end
                if end - start > 1:
                    ends[offset + start : at] = array("I", (at,)) * (end - start)
        self._fill(text, at, len(text), words, spaces)
        return Doc(self.vocab, words=words, spaces=spaces, user_data={TEXT: text, WORD_ENDS: ends})

    @staticmethod
    def _fill(text: str, at: int, to: int, words: list[str], spaces: list[bool]) -> int:
        """What lies between two words: one space becomes the flag of the word before, anything else tokens of its own."""
        if at < to and text[at] == " " and words and not words[-1].isspace() and not spaces[-1]:
            spaces[-1] = True
            at += 1
        for gap in _GAP.finditer(text, at, to):
            words.append(gap[0])
            spaces.append(False)
        return to

    def to_bytes(self, **kwargs: Any) -> bytes:
        """Nothing to store: the model comes with underthesea."""
        return b""

    def from_bytes(self, data: bytes, **kwargs: Any) -> WordTokenizer:
        """Nothing to load."""
        return self

    def to_disk(self, path: Any, **kwargs: Any) -> None:
        """Nothing to store."""

    def from_disk(self, path: Any, **kwargs: Any) -> WordTokenizer:
        """Nothing to load."""
        return self
