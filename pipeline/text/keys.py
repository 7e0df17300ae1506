"""Forms of words and numbers made for comparing, never for showing: without marks, lower case, đ as d.

SQLite's own folding knows ASCII only and FTS5's `remove_diacritics` leaves đ alone, so both sides of a comparison pass here.
"""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_JOINED_DIGITS = re.compile(r"(?<=\d)\s*([./-])\s*(?=\d)")
_NOT_KEY = re.compile(r"[^a-z0-9./]|(?<!\d)[./]|[./](?!\d)")


class _Folds(dict[int, str]):
    """What each character folds to, worked out when first met, so that a whole text folds in one pass."""

    def __missing__(self, code: int) -> str:
        decomposed = unicodedata.normalize("NFD", chr(code).casefold())
        plain = "".join(c for c in decomposed if not unicodedata.combining(c)).replace("đ", "d").replace("ð", "d")
        self[code] = plain
        return plain


_FOLDS = _Folds()


def fold(text: str) -> str:
    """`text` in lower case without marks: "Đôn đốc" gives "don doc". Spacing and punctuation stay."""
    return text.translate(_FOLDS)


def words(text: str) -> list[str]:
    """The runs of letters and digits of `text`, as the full-text index cuts them: "33/CT-TTg" gives ["33", "CT", "TTg"]."""
    return _WORD.findall(unicodedata.normalize("NFC", text))


def name_key(name: str) -> str:
    """A name reduced to its folded words, one space apart, so that marks, hyphens and spacing do not matter."""
    return " ".join(_WORD.findall(fold(name)))


def number_key(number: str) -> str:
    """A document number reduced to what identifies it: "33/CT-TTg", "33 - ct ttg" and "33/CT-TTG" give "33ctttg".

    A separator stays only between digits, where it carries meaning ("59/2023/NĐ-CP" gives "59/2023ndcp"). Đ folds to d
    because OCR loses the bar, so Đề án and Dự án share keys: compare the type as well.
    """
    joined = _JOINED_DIGITS.sub(lambda m: "." if m.group(1) == "." else "/", fold(number))
    return _NOT_KEY.sub("", joined)
