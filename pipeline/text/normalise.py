"""Named steps, in order, that turn the text of a file into the text all offsets refer to. Each changes a MappedText in place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

from pipeline.data import load
from pipeline.text.closed_words import closed_words
from pipeline.text.mapped import MappedText
from pipeline.text.paragraphs import rejoin

_PAGE_BREAK = re.compile(r"(?<!\s)\s*\f\s*")  # begins at the first space of a run: one pass, however long the run
_NEWLINE = re.compile(r"\r\n?|[\u2028\u2029\x85\x0b]")
_SPACE = re.compile(r"[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff\x00-\x08\x0e-\x1f\x7f]")
_UNCOMPOSED = re.compile(r"[^\W\d_][\u0300-\u036f]+|[\u0340\u0341\u0374\u212a\u212b]")


def newlines(text: MappedText) -> None:
    """One \\n per line end, one \\f per page break."""
    if "\f" in text.text:
        text.replace(_PAGE_BREAK, lambda m: "\f" * m[0].count("\f"))
    text.replace(_NEWLINE, "\n")


def spaces(text: MappedText) -> None:
    """Every kind of space as a plain one; no invisible characters."""
    text.replace(_SPACE, " ")
    text.replace(_INVISIBLE, "")


def composed(text: MappedText) -> None:
    """NFC, letter by letter so that the map holds."""
    if unicodedata.is_normalized("NFC", text.text):
        return
    text.replace(_UNCOMPOSED, lambda m: unicodedata.normalize("NFC", m[0]))
    if not unicodedata.is_normalized("NFC", text.text):
        text.replace(re.compile(r"[^\x00-\x7f]"), lambda m: unicodedata.normalize("NFC", m[0]))
    if not unicodedata.is_normalized("NFC", text.text):  # what composes across a boundary the steps above kept apart
        text.splice([(0, len(text.text), unicodedata.normalize("NFC", text.text))])


_CYRILLIC = str.maketrans("АВЕКМНОРСТХаеорсухіІ", "ABEKMHOPCTXaeopcyxiI")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1ef9]")
_LOOKALIKE = re.compile(r"[\u0400-\u04ff]+")


def letters(text: MappedText) -> None:
    """Ƣ for Ư, Ð for Đ, Cyrillic look-alikes inside Vietnamese words, fraction slash (domain rules 8.1, 2.3)."""
    text.replace(re.compile("[ƢƣÐðⅠ-Ⅻ⁄∕]"), lambda m: _LETTER.get(m[0]) or unicodedata.normalize("NFKC", m[0]), "letters")

    def latin(m: re.Match[str]) -> str:
        around = text.text[max(0, m.start() - 1) : m.end() + 1]
        return m[0].translate(_CYRILLIC) if _LATIN.search(around) else m[0]

    if _LOOKALIKE.search(text.text):
        text.replace(_LOOKALIKE, latin, "letters")


_LETTER = {"Ƣ": "Ư", "ƣ": "ư", "Ð": "Đ", "ð": "đ", "⁄": "/", "∕": "/"}

_LAYOUT_ROW = re.compile(
    r"^[ ]*\|(?=[^\n]*(?:Nơi nhận[ ]*(?:[*_]+[ ]*)?:|CỘNG H[ÒO][AÀ] XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT))[^\n]*\|[ ]*$", re.M
)  # a table used for layout
_CELL_END = re.compile(r"(?:(?<! )[ ]+)?(?:\||<br\s*/?>)[ ]*")
_RULE_LINE = re.compile(r"^[ ]*(?:[-_=*~.–—]{3,}|\*|(?:\|[ ]*)?:?-{2,}:?[ ]*\|(?:[ ]*:?-{2,}:?[ ]*\|)*(?:[ ]*(?=[:-]):?-*:?)?)[ ]*$", re.M)
_HEADING_MARK = re.compile(r"^[ ]*#{1,6}[ ]+", re.M)
_BULLET_STAR = re.compile(r"^([ ]*)\*(?=[ ]+[^\s*])", re.M)
_STARS = re.compile(r"(?<!\()\*+|(?<=\()\*+(?![*)])")  # "(*)" is a footnote mark
_UNDERSCORES = re.compile(r"(?<![\w])_{1,2}(?=\S)|(?<=\S)_{1,2}(?![\w])|_{3,}")
_ESCAPE = re.compile(r"\\(?=[-+*_.#()\[\]|!>])")
_TAG = re.compile(r"<(?:br|/?[biu]|/?p|/?strong|/?em|/?center|/?sup|/?sub|/?div|/?span)\b[^<>\n]{0,80}>", re.I)
_ROW = re.compile(r"^[ ]*\|[^\n]*", re.M)
_CELL_BREAK = re.compile(r"(?<=[^\W_]|\))[ ]*<br[ ]*/?>[ ]*(?=[-+•]?[ ]*[A-ZĐÀ-Ỹ])")  # between two names or items of a cell
_TRAIL = re.compile(r"(?<! )[ ]+(?=[\n\f]|$)")


_OPEN_ROWS = re.compile(r"^(?:(?![ ]*\|)[^|\n]+(?:[ ]\|[^|\n]*){2,}(?:\n|$)){2,}", re.M)


def open_rows(text: MappedText) -> None:
    """Rows of a table without its outer signs ("1 | Rà soát | Sở Nội vụ"), two or more with as many cells, get them."""
    cuts: list[tuple[int, int, str]] = []
    for table in _OPEN_ROWS.finditer(text.text) if "|" in text.text else ():
        rows = table[0].rstrip("\n").split("\n")
        counts = [row.count("|") for row in rows]
        at = table.start()
        for k, row in enumerate(rows):
            if counts[k] in counts[:k] + counts[k + 1 :]:
                cuts += [(at, at, "| "), (at + len(row), at + len(row), "" if row.endswith("|") else " |")]
            at += len(row) + 1
    text.splice(cuts)


def markdown(text: MappedText) -> None:
    """Emphasis, heading and rule marks that OCR models leave, also where they open on one page and close on the next (domain rule 8.4)."""
    text.splice(
        (row.start() + m.start(), row.start() + m.end(), "\n")
        for row in _LAYOUT_ROW.finditer(text.text)
        for m in _CELL_END.finditer(row[0])
    )
    text.replace(_RULE_LINE, "")
    if "<" in text.text:
        text.splice(
            (row.start() + m.start(), row.start() + m.end(), "; ") for row in _ROW.finditer(text.text) for m in _CELL_BREAK.finditer(row[0])
        )
        text.replace(_TAG, lambda m: " " if m[0][1:3].lower() == "br" else "")
    if "#" in text.text:
        text.replace(_HEADING_MARK, "")
    if "*" in text.text:
        text.replace(_BULLET_STAR, lambda m: m[1] + "-")
        text.replace(_STARS, "")
    if "\\" in text.text:
        text.replace(_ESCAPE, "")
    if "_" in text.text:
        text.replace(_UNDERSCORES, "")
    text.replace(_TRAIL, "")


_COLUMNS = re.compile(r"(?<=\S)(?<!ngày)(?<!tháng)(?<!Số:)(?<!số:)(?<!Số)[ ]{4,}(?=[^\s|/\d])")
_TAIL = re.compile(r"^[ ]*(?:Nơi nhận|NƠI NHẬN|Noi nhan|(?:TM|T/M|KT|TL)\.?[ ]+[A-ZĐÀ-Ỹ]{2})", re.M)


def columns(text: MappedText) -> None:
    """Two columns set side by side with spaces, in the header and beside the signature, as lines of their own (domain rule 8.4)."""
    body = text.text
    head = 0
    for _ in range(16):
        head = body.find("\n", head + 1)
        if head < 0:
            head = len(body)
            break
    tail = max((m.start() for m in _TAIL.finditer(body)), default=len(body))
    found = [m for m in _COLUMNS.finditer(body) if (m.start() < head and body[m.start() - 1] != ",") or m.start() >= tail]
    rows = [m for m in found if "|" not in body[body.rfind("\n", 0, m.start()) + 1 : m.start()]]
    text.splice((m.start(), m.end(), "\n") for m in rows)


_LONE_NUMBER = re.compile(r"(?:^|(?<=[\n\f]))[ ]*(?:[-–][ ]*)?(\d{1,4})[ ]*(?:[-–][ ]*)?(?:\n+|(?=\f)|$)")


def page_numbers(text: MappedText) -> None:
    """Lone page numbers in rising order (2, 3, ... or 1, 2, ...) go; a lone number out of that order stays (domain rule 1.1)."""
    cuts: list[tuple[int, int, str]] = []
    expected: int | None = None
    for m in _LONE_NUMBER.finditer(text.text):
        value = int(m[1])
        before, after = text.text[max(0, m.start() - 2) : m.start()], text.text[m.end() : m.end() + 1]
        alone = (not before or before.endswith(("\n\n", "\f")) or after == "\f") and (
            m[0].count("\n") > 1 or after in ("\f", "") or before.endswith("\f")
        )
        if alone and ((expected is None and value in (1, 2)) or value == expected):
            cuts.append((m.start(), m.end(), ""))
            expected = value + 1
    text.splice(cuts)


_NOT_PLAIN = re.compile(r"\(\?[^()]*\)|\\.|\[[^\]]*\](?:[?*]|\{[^}]*\})?|.(?:[?*]|\{[^}]*\})")


def needed(pattern: str) -> str:
    """The longest letters that every match of `pattern` holds, empty where that is not plain to see: a text without them needs no
    search, which the engine cannot know where a pattern begins with a border of words."""
    if "|" in re.sub(r"\[[^\]]*\]", "", pattern):
        return ""
    return max(_NOT_PLAIN.sub("\n", pattern).split("\n"), key=len)


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    return tuple((re.compile(r["wrong"]), r["right"], needed(r["wrong"])) for r in load.rows("phrases"))


def phrases(text: MappedText) -> None:
    """Fixed phrases whose marks OCR lost ("KÉ HOẠCH", "Tinh ủy"), from the data file phrases.jsonl."""
    for pattern, right, letters_ in _phrases():
        if letters_ in text.text:
            text.replace(pattern, right, "phrases")


STEPS: tuple[Callable[[MappedText], None], ...] = (
    newlines,
    spaces,
    composed,
    open_rows,
    markdown,
    letters,
    composed,
    columns,
    page_numbers,
    newlines,
    phrases,
    closed_words,
    rejoin,
)


def normalise(raw: str) -> MappedText:
    """`raw` through all steps. The result is NFC and a second pass changes nothing."""
    text = MappedText(raw)
    for step in STEPS:
        step(text)
    return text
