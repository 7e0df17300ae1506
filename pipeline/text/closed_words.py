"""Words of a closed vocabulary that a scan damaged, put right where a phrase settles which word it was: "trươc ngay 22/9/2026",
"Quyết đinh số 12/QĐ-UBND", "Thoi gian hoan thanh:". Data: closed_words.json, document_types.jsonl, laws.jsonl (domain rule 8.3)."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from pipeline.data import load
from pipeline.text.folding import bare, tone
from pipeline.text.mapped import MappedText
from pipeline.text.syllables import well_formed

RULE = "closed-words"

_SIGN = re.compile(r"[:|]")
_TOKEN = re.compile(r"\w+|[,:]")
_GAP = re.compile(r"[ \t]*(?:\n[ \t]*){0,2}")
_FIGURE = re.compile(r"\d[\dlIO]*|[lIO]\d[\dlIO]*|I{1,3}|IV")
_BEHIND = {
    "#day": re.compile(r"\s*[\dlIO]{1,2}\s*(?:[/.-]\s*[\dlIO]{1,2}(?!\d)|\s+th[aáàảãạ]ng\s+\d)"),
    "#month": re.compile(r"\s*[\dlIO]{1,2}\s*(?:/|\s+n[aăâ]m\s)\s*(?:19|20)\d\d"),
    "#year": re.compile(r"\s*(?:19|20)\d\d(?![\d/])"),
    "#quarter": re.compile(r"\s*(?:IV|I{1,3}|[1-4])(?:\s*/|\s+n[aăâ]m\s)"),
    "#number": re.compile(r"\s*[\dlIO]{1,5}[a-z]?(?:/(?:19|20)[\dlIO]{2})?\s?[-/~–]\s?[A-ZĐÐ]"),
    "#colon": re.compile(r"\s*[:|]"),
    "": re.compile(""),
}
_DAY = re.compile(r"(?<![\w/])(?=[\dlIO/]*\d)[\dlIO]{1,2}/[\dlIO]{1,2}/[12][\dlIO]{3}(?!\w)")
_SYMBOL = re.compile(r"(?<=số )(?=[lIO]{0,2}\d|[lI][/~-])[\dlIO]{1,5}[a-z]?[/~-][\w/~-]+")
_MONTH = re.compile(r"(?<=[Tt]háng )(?=[\dlIO]*\d)[\dlIO]{1,2}/[12][\dlIO]{3}(?!\w)")
_SPACED = re.compile(r"(?<=số \d)(\d*[a-z]?(?:/\d{4})?[/-][A-ZĐ][\wĐ]*) (?=[/-][A-ZĐ])|(?<=ngày \d)(\d?) (?=/\d)")
_GLUED = re.compile(r"(?:(?<=\bsố)|(?<=\bngày)|(?<=\btháng)|(?<=\bnăm)|(?<=\bquý))(?=\d)")
_FIGURES = str.maketrans("lIO", "110")
_LAWS = ("luật", "bộ", "pháp")
_OPENS = re.compile(r"(?:^|[\n.:;|*+(“\"-]|\d\))[ \t]*$")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Its words ("#" for a figure), their letters without accents, and what must stand behind it."""

    words: tuple[str, ...]
    keys: tuple[str, ...]
    behind: str
    reach: int  # characters within which it ends, words doubled and lines broken


def closed_words(text: MappedText) -> None:
    """Damaged words of the closed vocabulary, and letters read for figures in dates and symbols. Every change is an Edit."""
    text.replace(_GLUED, " ", RULE)
    text.splice(_word_edits(text.text), RULE)
    text.replace(_SPACED, lambda m: m[0][:-1], RULE)
    text.replace(_DAY, lambda m: m[0].translate(_FIGURES), RULE)
    text.replace(_MONTH, lambda m: m[0].translate(_FIGURES), RULE)
    text.replace(_SYMBOL, lambda m: _symbol(m[0]), RULE)


def _symbol(symbol: str) -> str:
    """The symbol of a document with figures for l, I, O in its number and its year, and Đ where a code has it (ocr_codes.jsonl)."""
    parts = re.split(r"([/~-])", symbol)
    for i, part in enumerate(parts):
        if i == 0 or (i == 2 and re.match(r"(?:19|20)", part)):
            parts[i] = part.translate(_FIGURES)
        else:
            unit = i + 1 == len(parts) and len(part) < 4  # there short letters name a body; "DU" of the Party is "ĐU"
            code = ("ĐU" if (parts[1], part) == ("-", "DU") else part) if unit else _codes().get(part, part)
            parts[i] = "-" if part == "~" else re.sub(r"(?<=QH)[lI](?=\d)", "1", code)
    return "".join(parts)


@cache
def _codes() -> dict[str, str]:
    known = {code for row in load.rows("document_types") for code in row["codes"]}
    plain = {code.replace("Đ", "D"): code for code in sorted(known) if "Đ" in code}
    return {**{k: v for k, v in plain.items() if k not in known}, **{r: row["code"] for row in load.rows("ocr_codes") for r in row["read"]}}


def _phrase(text: str) -> Phrase:
    words = tuple(_TOKEN.findall(re.sub(r"#\w+$", "", text).replace("#", " 0 ")))
    words = tuple("#" if word == "0" else word for word in words)
    behind = re.search(r"#\w+$", text)
    return Phrase(words, tuple(bare(word) for word in words), behind[0] if behind else "", 2 * len(text) + 24)


@cache
def _phrases() -> dict[str, tuple[Phrase, ...]]:
    """Phrases, the longest first, by every form that their first word can have taken."""
    table = load.table("closed_words")
    texts = [*table["terms"], *table["labels"]]
    texts += [f"{row['name'].lower()} số #number" for row in load.rows("document_types")]
    texts += [f"{label} #colon" for row in load.rows("roles") for label in row["labels"] if " " in label and "/" not in label]
    for row in load.rows("laws"):
        names = [name.lower() for name in (row["name"], *row.get("aliases", ()))]
        texts += [name for name in names if name.startswith(_LAWS) and name.count(" ") > 1]  # "Luật gia" is no "Luật Giá"
    found: dict[str, set[Phrase]] = {}
    for phrase in map(_phrase, texts):
        if len(phrase.words) + bool(phrase.behind) > 1:
            for form in _forms(phrase.keys[0]) | {"".join(phrase.keys[:2])}:
                found.setdefault(form, set()).add(phrase)
    order = {form: sorted(phrases, key=lambda p: (-len(p.words), p.words, p.behind)) for form, phrases in found.items()}
    return {form: tuple(phrases) for form, phrases in order.items()}


@cache
def _seconds(first: str) -> tuple[frozenset[int], dict[str, frozenset[int]]]:
    """Of the phrases that `first` may open: those that the next word does not rule out, and those it may go on with, by all forms of it."""
    always: set[int] = set()
    found: dict[str, set[int]] = {}
    for n, phrase in enumerate(_phrases()[first]):
        keys = phrase.keys
        if len(keys) < 2 or phrase.words[1] == "#" or first == keys[0] + keys[1]:
            always.add(n)
            continue
        for form in {keys[0], "".join(keys[1:3]), *_forms(keys[1]), *_forms(phrase.words[1])}:
            found.setdefault(form, set()).add(n)
    return frozenset(always), {form: frozenset(numbers) for form, numbers in found.items()}


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text: where they stand, in small letters, bare, and whether nothing but blanks parts one from the next."""

    found: list[re.Match[str]]
    low: list[str]
    keys: list[str]
    near: list[bool]
    signs: list[int]  # offsets of the ":" and "|" of the text, in order


def _tokens(text: str) -> Tokens:
    found = list(_TOKEN.finditer(text))
    near = [_near(text, a.end(), b.start()) for a, b in pairwise(found)]
    return Tokens(
        found, [_low(m[0]) for m in found], [_key(m[0]) for m in found], [*near, False], [m.start() for m in _SIGN.finditer(text)]
    )


def _to_sign(tokens: Tokens, i: int) -> int:
    """Characters from token `i` to the next ":" or "|"."""
    n = bisect_left(tokens.signs, start := tokens.found[i].start())
    return tokens.signs[n] - start if n < len(tokens.signs) else sys.maxsize


def _candidates(tokens: Tokens, i: int, first: str) -> tuple[Phrase, ...]:
    """The phrases that may stand at token `i`, by it and the next: few, where a hundred laws begin alike."""
    return _going_on(first, tokens.found[i + 1][0] if tokens.near[i] else "")


@lru_cache(maxsize=100_000)
def _going_on(first: str, after: str) -> tuple[Phrase, ...]:
    numbers, seconds = _seconds(first)
    if after:
        numbers = numbers.union(seconds.get(_key(after), ()), seconds.get(tone(after), ()))
    phrases = _phrases()[first]
    return tuple(phrases[n] for n in sorted(numbers))


def _near(text: str, end: int, start: int) -> bool:
    """Does nothing but what may part the words of a phrase stand between two tokens?"""
    return text[end:start] == " " or _GAP.fullmatch(text, end, start) is not None


def _forms(key: str) -> set[str]:
    """The letters, and the letters with one of them lost."""
    return {key} | ({key[:i] + key[i + 1 :] for i in range(len(key))} if len(key) > 1 else set())


def _word_edits(text: str) -> list[tuple[int, int, str]]:
    """The edits of all phrases that stand in the text, in order."""
    tokens = _tokens(text)
    known = _phrases()
    edits: dict[tuple[int, int], str] = {}
    last: list[tuple[int, int]] = []  # the edits that reach to where we stand
    i = 0
    while i < len(tokens.found):
        first = _first(tokens.found[i][0])
        if first not in known:
            i += 1
            continue
        best: tuple[int, list[tuple[int, int, str]]] | None = None
        length = 0
        far = _to_sign(tokens, i)
        for phrase in _candidates(tokens, i, first):
            if best and (not best[1] or len(phrase.words) < length):
                break
            if phrase.behind == "#colon" and far > phrase.reach:
                continue  # a label without its sign: the commonest, "cơ quan ...", need no closer look
            fit = _fit(text, tokens, i, phrase)
            if fit is not None and (best is None or len(fit[1]) < len(best[1])):
                best, length = fit, len(phrase.words)
        if best is None:
            i += 1
            continue
        last = [edit for edit in last if edit[1] > tokens.found[i].start()]
        new = {(a, b): new for a, b, new in best[1] if not any(a < d and c < b for c, d in last if (c, d) != (a, b))}
        edits.update(new)
        last += new
        i = max(best[0], i + 1)
    return [(a, b, new) for (a, b), new in sorted(edits.items())]


@lru_cache(maxsize=100_000)
def _first(token: str) -> str:
    return "#" if _FIGURE.fullmatch(token) else _key(token)


@lru_cache(maxsize=100_000)
def _low(token: str) -> str:
    return tone(token)


@lru_cache(maxsize=100_000)
def _key(token: str) -> str:
    return bare(token if token.isupper() else token.replace("I", "l")).replace("1", "l").replace("0", "o")


def _fit(text: str, tokens: Tokens, i: int, phrase: Phrase) -> tuple[int, list[tuple[int, int, str]]] | None:
    """Where to go on and the edits, if the phrase stands at token `i`. One word may lack a letter, if another is whole; a word may be
    doubled, or written together with the next. A phrase may overlap the next by its last word or figure."""
    size = len(phrase.words)
    sound = not phrase.behind and all(tokens.near[i : i + size - 1]) and tuple(tokens.low[i : i + size]) == phrase.words
    if sound and "\n" not in text[tokens.found[i].start() : tokens.found[i + size - 1].end()]:
        return i + size - 1, []  # as nearly all are
    edits: list[tuple[int, int, str]] = []
    lost = whole = least = 0
    at, k, end, again = i, 0, tokens.found[i].start(), i
    while k < len(phrase.words):
        if at >= len(tokens.found) or (at > i and not tokens.near[at - 1]):
            return None
        token, word, key, low, read = tokens.found[at], phrase.words[k], phrase.keys[k], tokens.low[at], tokens.keys[at]
        again = at
        if at > i and "\n" in text[end : token.start()]:
            if token[0][0].isupper() and phrase.words[0] not in _LAWS:  # another paragraph
                return None
            edits.append((end, token.start(), " "))
        if word == "#":
            if not _FIGURE.fullmatch(token[0]):
                return None
            if any(c.isdigit() for c in token[0]) and not token[0].isdigit():
                edits.append((token.start(), token.end(), token[0].translate(_FIGURES)))
        elif low == word:
            whole += 1
        elif not _may_change(text, token, at == i, phrase):
            return None
        elif read == key:
            edits.append((token.start(), token.end(), _cased(word, token[0])))
        elif k + 1 < len(phrase.words) and _together(token[0], read, phrase, k):
            edits.append((token.start(), token.end(), _cased(f"{word} {phrase.words[k + 1]}", token[0])))
            least, k = max(least, 2 * (low != word + phrase.words[k + 1])), k + 1
        elif lost == 0 and (low in _forms(word) or (token[0].isascii() and read in _forms(key))):
            edits.append((token.start(), token.end(), _cased(word, token[0])))
            lost, least = 1, max(least, 1 if len(read) > 2 else 2 if phrase.behind == "#number" or phrase.words[0] in _LAWS else 3)
        elif k > (phrase.behind != "#number") and read == phrase.keys[k - 1] and word != ",":
            edits = [e for e in edits if e[0] != end] + [(end, token.end(), "")]
            k -= 1
        else:
            return None
        at, k, end = at + 1, k + 1, token.end()
    if phrase.behind in ("#number", "#day", "#month") and at < len(tokens.found) and tokens.keys[at] == phrase.keys[-1]:  # "số số 12"
        edits.append((end, tokens.found[at].end(), ""))
        end = tokens.found[at].end()
    first = tokens.found[i][0]
    another = not first.isascii() and tokens.keys[i] == phrase.keys[0] and tokens.low[i] != phrase.words[0] and well_formed(first)
    if whole < max(least, 2 * another) or not _BEHIND[phrase.behind].match(text, end):  # "phấn đấu năm 2026" is no "đầu năm 2026"
        return None
    if not any(text[a:b].strip() or text.count("\n", a, b) > 1 for a, b, _ in edits):
        return again, []  # a sound phrase in a text of fixed width: its lines are joined later, by that width
    return again, edits


def _together(token: str, read: str, phrase: Phrase, k: int) -> bool:
    """Are words `k` and the next one written together? "Thủy" is not "thú y"."""
    return read == phrase.keys[k] + phrase.keys[k + 1] and min(len(phrase.keys[k]), len(phrase.keys[k + 1])) > 1


def _may_change(text: str, token: re.Match[str], first: bool, phrase: Phrase) -> bool:
    """Capitals name something else ("TU", "Việt Nam 2025"), except where a sentence opens and in the types and names of documents."""
    if not token[0][0].isupper() or re.match(r"I[^\WA-Z]", token[0]):  # "Ià" is "là"
        return True
    if len(token[0]) > 1 and token[0].isupper():
        return False
    return (
        phrase.behind == "#number"
        or phrase.words[0] in _LAWS
        or (first and bool(_OPENS.search(text[max(0, token.start() - 8) : token.start()])))
    )


def _cased(word: str, like: str) -> str:
    """`word` with the capitals of `like`."""
    if len(like) > 1 and like.isupper():
        return word.upper()
    return word[0].upper() + word[1:] if like[:1].isupper() and (like[0] != "I" or word[0] == "i") else word
