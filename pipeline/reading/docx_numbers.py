"""Automatic numbers of DOCX lists as they are printed: numbering.xml, styles.xml and a counter per list."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from pipeline.reading.docx_parts import Parts, W, on, val

_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)

_MOST_LETTERS = 26 * 20  # "A" to twenty times "Z"


@dataclass(slots=True)
class Level:
    """One level of a list: where counting starts, how the number looks, and what follows it."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = " "
    legal: bool = False


@dataclass(slots=True)
class _Style:
    base: str | None = None
    list_id: str | None = None
    level: int | None = None
    caps: bool = False


@dataclass
class Numbers:
    """Gives each paragraph its number text; counts on as paragraphs come in document order."""

    _levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    _abstract: dict[str, str] = field(default_factory=dict)
    _starts: dict[tuple[str, int], int] = field(default_factory=dict)
    _by_style: dict[tuple[str, str], int] = field(default_factory=dict)
    _styles: dict[str, _Style] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, parts: Parts) -> Numbers:
        """Reads the numbering and style parts of a package."""
        self = cls()
        styles = parts.tree("word/styles.xml")
        for style in styles.findall(f"{W}style") if styles is not None else ():
            numbered = style.find(f"{W}pPr/{W}numPr")
            self._styles[val(style, "styleId") or ""] = _Style(
                val(style.find(f"{W}basedOn")), val(numbered.find(f"{W}numId")) if numbered is not None else None,
                _whole(val(numbered.find(f"{W}ilvl")), None) if numbered is not None else None, on(style.find(f"{W}rPr/{W}caps")),
            )  # fmt: skip
        numbering = parts.tree("word/numbering.xml")
        for abstract in numbering.findall(f"{W}abstractNum") if numbering is not None else ():
            key = val(abstract, "abstractNumId") or ""
            self._levels[key] = {}
            for element in abstract.findall(f"{W}lvl"):
                level = _whole(val(element, "ilvl"), 0) or 0
                self._levels[key][level] = _level(element)
                style_id = val(element.find(f"{W}pStyle"))
                if style_id:
                    self._by_style[key, style_id] = level
        for number in numbering.findall(f"{W}num") if numbering is not None else ():
            key = val(number, "numId") or ""
            self._abstract[key] = val(number.find(f"{W}abstractNumId")) or ""
            for override in number.findall(f"{W}lvlOverride"):
                level = _whole(val(override, "ilvl"), 0) or 0
                start = _whole(val(override.find(f"{W}startOverride")), None)
                if start is not None:
                    self._starts[key, level] = start
        return self

    def caps(self, style: str | None) -> bool:
        """Whether a paragraph style prints its text in capitals."""
        for _ in range(10):
            found = self._styles.get(style or "")
            if found is None:
                return False
            if found.caps:
                return True
            style = found.base
        return False

    def text(self, properties: Any | None) -> str:
        """The number text of a paragraph with these w:pPr, with what follows it ("1. ", "a) "), or "". Moves the counter on."""
        list_id, level = self._place(properties)
        abstract = self._abstract.get(list_id or "")
        if list_id is None or list_id == "0" or abstract is None:
            return ""
        levels = self._levels.get(abstract, {})
        shape = levels.get(level)
        if shape is None:
            return ""
        counts = self._counts.setdefault(abstract, {})
        if list_id not in self._seen:
            self._seen.add(list_id)
            for (owner, at), start in self._starts.items():
                if owner == list_id:
                    counts[at] = start - 1
        counts[level] = counts.get(level, shape.start - 1) + 1
        for deeper in [k for k in counts if k > level]:
            del counts[deeper]
        if shape.form == "bullet":
            return _bullet(shape.text) + shape.suffix
        if shape.form == "none" and "%" not in shape.text:
            return shape.text + shape.suffix if shape.text else ""

        def put(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            other = levels.get(at, Level())
            return printed(counts.get(at, other.start), "decimal" if shape.legal else other.form)

        text = _PLACE.sub(put, shape.text)
        return text + shape.suffix if text.strip() else ""

    def _place(self, properties: Any | None) -> tuple[str | None, int]:
        """The list and level of a paragraph: its own, else its style's."""
        own = properties.find(f"{W}numPr") if properties is not None else None
        style_id = val(properties.find(f"{W}pStyle")) if properties is not None else None
        list_id = val(own.find(f"{W}numId")) if own is not None else None
        level = _whole(val(own.find(f"{W}ilvl")), None) if own is not None else None
        style = style_id
        for _ in range(10):
            found = self._styles.get(style or "")
            if found is None or (list_id is not None and level is not None):
                break
            list_id = found.list_id if list_id is None else list_id
            level = found.level if level is None else level
            style = found.base
        if level is None and list_id is not None and style_id:
            level = self._by_style.get((self._abstract.get(list_id, ""), style_id))
        return list_id, level or 0


def _level(element: Any) -> Level:
    follow = val(element.find(f"{W}suff")) or "tab"
    return Level(
        _whole(val(element.find(f"{W}start")), 1) or 0,
        val(element.find(f"{W}numFmt")) or "decimal",
        val(element.find(f"{W}lvlText")) or "",
        "" if follow == "nothing" else " ", on(element.find(f"{W}isLgl")),
    )  # fmt: skip


def _whole(text: str | None, default: int | None) -> int | None:
    """A number of the file; what is longer than any that Word writes counts as not given."""
    try:
        return int(text) if text is not None and len(text) < 12 else default
    except ValueError:
        return default


def _bullet(text: str) -> str:
    """A bullet as text; signs of symbol fonts (private use) and the letter o stand for dots."""
    sign = text.strip()
    if not sign or any(0xE000 <= ord(c) <= 0xF8FF for c in sign) or sign == "o":
        return "-"
    return sign


def printed(number: int, form: str) -> str:
    """A counter in one of the forms of numbers: 3 as "3", "03", "III", "iii", "C" or "c"."""
    if form == "decimalZero":
        return f"{number:02d}"
    if form in ("upperRoman", "lowerRoman") and 0 < number < 4000:
        roman = ""
        for size, sign in _ROMAN:
            while number >= size:
                roman, number = roman + sign, number - size
        return roman if form == "upperRoman" else roman.lower()
    if form in ("upperLetter", "lowerLetter") and 0 < number <= _MOST_LETTERS:
        letter = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "upperLetter" else letter.lower()
    return "" if form == "none" else str(number)
