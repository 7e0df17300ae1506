"""Sets invented official documents in type: pages as lists of text runs and rules, in the layout of NĐ 30/2020.

The two-column header, justified body, tables, footnotes and two-column footer come out as coordinates, so that different
writers (sound fonts, glyph numbers, pictures) can draw the same page and the truth is known.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT, TOP, BOTTOM = 85.0, 548.0, 60.0, 785.0

Measure = Callable[[str, float, str], float]  # text, size, style -> width in points


@dataclass(frozen=True)
class Run:
    """A piece of text at the left end of its base line; y grows downwards. `style` is "", "b" or "i"."""

    x: float
    y: float
    size: float
    text: str
    style: str = ""


@dataclass
class Sheet:
    """One page: runs, rules (x0, y0, x1, y1) and the paragraphs a reader should find, in order."""

    runs: list[Run] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
    truth: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    fields: list[tuple[Run, str]] = field(default_factory=list)  # a widget's text and what it is


class Setter:
    """Puts paragraphs on sheets from top to bottom; a paragraph that does not fit goes on overleaf."""

    def __init__(self, measure: Measure, size: float = 13.0, lead: float = 1.35) -> None:
        self.measure, self.size, self.lead = measure, size, lead * size
        self.sheets = [Sheet()]
        self.y = TOP + size

    @property
    def sheet(self) -> Sheet:
        return self.sheets[-1]

    def turn(self) -> None:
        """Begins a page; from the second on, the number stands in the top margin."""
        self.sheets.append(Sheet())
        number = str(len(self.sheets))
        self.sheet.runs.append(Run(WIDTH / 2 - 3, 38.0, self.size, number))
        self.y = TOP + self.size

    def room(self, height: float) -> None:
        if self.y + height > BOTTOM:
            self.turn()

    def wrap(self, text: str, width: float, first: float, size: float, style: str) -> list[list[str]]:
        lines: list[list[str]] = [[]]
        used = first
        space = self.measure(" ", size, style)
        for word in text.split(" "):
            w = self.measure(word, size, style)
            if lines[-1] and used + w > width:
                lines.append([])
                used = 0.0
            lines[-1].append(word)
            used += w + space
        return lines

    def words(self, words: list[str], x: float, width: float | None, size: float, style: str, y: float) -> None:
        """One line; `width` given means justified. Each word carries its space, as word processors write it."""
        widths = [self.measure(w, size, style) for w in words]
        space = self.measure(" ", size, style)
        if width is not None and len(words) > 1:
            space = (width - sum(widths)) / (len(words) - 1)
        for k, (word, w) in enumerate(zip(words, widths, strict=True)):
            self.sheet.runs.append(Run(x, y, size, word + (" " if k < len(words) - 1 else ""), style))
            x += w + space

    def paragraph(self, text: str, style: str = "", indent: float = 28.0, after: float = 6.0) -> None:
        """A justified body paragraph with a first-line indent."""
        lines = self.wrap(text, RIGHT - LEFT, indent, self.size, style)
        start = True
        for k, line in enumerate(lines):
            if self.y > BOTTOM:
                self.turn()
                start = True
            x = LEFT + (indent if k == 0 else 0)
            self.words(line, x, RIGHT - x if k < len(lines) - 1 else None, self.size, style, self.y)
            if start:
                self.sheet.truth.append(" ".join(line))
                start = False
            else:
                self.sheet.truth[-1] += " " + " ".join(line)
            self.y += self.lead
        self.y += after

    def centred(self, text: str, style: str = "b", width: float = 330.0) -> None:
        lines = self.wrap(text, width, 0, self.size, style)
        for line in lines:
            whole = " ".join(line)
            self.words(line, (LEFT + RIGHT - self.measure(whole, self.size, style)) / 2, None, self.size, style, self.y)
            self.y += self.lead
        self.sheet.truth.append(text)

    def column(self, lines: list[tuple[str, str, float]], centre: float, y: float, step: float = 16.0) -> float:
        """Centred lines of one column of a header or footer; gives the y below the last."""
        for text, style, size in lines:
            if text:
                self.words(text.split(" "), centre - self.measure(text, size, style) / 2, None, size, style, y)
            y += step
        return y

    def table(self, head: list[str], rows: list[list[str]], widths: list[float]) -> None:
        """A ruled table; cells wrap; the truth holds "| a | b |" rows."""
        size, step = 11.5, 15.0
        for row in [head, *rows]:
            cells = [self.wrap(c, w - 8, 0, size, "") for c, w in zip(row, widths, strict=True)]
            height = step * max(len(c) for c in cells) + 6
            self.room(height)
            top = self.y - size
            x = LEFT
            for cell, width in zip(cells, widths, strict=True):
                for k, line in enumerate(cell):
                    self.words(line, x + 4, None, size, "", self.y + k * step)
                self.sheet.rules += [(x, top, x, top + height), (x + width, top, x + width, top + height)]
                self.sheet.rules += [(x, top, x + width, top), (x, top + height, x + width, top + height)]
                x += width
            self.sheet.truth.append("| " + " | ".join(row) + " |")
            self.y += height
        self.y += self.lead

    def footnote(self, number: int, text: str) -> None:
        """A small note at the foot of the present page, under a short rule."""
        lines = self.wrap(text, RIGHT - LEFT - 8, 0, 10.0, "")
        y = BOTTOM + 30 - 12.0 * len(lines)
        self.sheet.rules.append((LEFT, y - 14, LEFT + 140, y - 14))
        self.sheet.runs.append(Run(LEFT, y - 3.5, 6.5, str(number)))
        for k, line in enumerate(lines):
            self.words(line, LEFT + (5 if k == 0 else 0), None, 10.0, "", y + 12.0 * k)
        self.sheet.notes.append(f"[{number}] {text}")


@dataclass(frozen=True)
class Letter:
    """What varies from one document to the next."""

    parent: str
    issuer: str
    number: str
    symbol: str
    place: str
    day: int
    month: int
    kind: str
    subject: str
    title: str
    signer: str
    letter: bool  # công văn: V/v under the number


def header(setter: Setter, letter: Letter, widgets: bool) -> None:
    """The two-column header. With `widgets`, number and day are fields over the page and blanks in it."""
    s, left, right = setter, 165.0, 415.0
    s.column([(letter.parent, "", 12.0), (letter.issuer, "b", 12.0)], left, 72.0)
    s.column([("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "b", 12.0), ("Độc lập - Tự do - Hạnh phúc", "b", 13.0)], right, 72.0)
    s.sheet.rules += [(130, 93, 200, 93), (330, 93, 500, 93)]
    number = f"Số: {letter.number}/{letter.symbol}"
    date = f"{letter.place}, ngày {letter.day:02d} tháng {letter.month} năm 2026"
    if widgets:
        x = left - 55.0
        s.words(["Số:"], x, None, 13.0, "", 112.0)
        gap = s.measure("Số: ", 13.0, "")
        room = s.measure(letter.number, 12.5, "") + 2
        s.words([f"/{letter.symbol}"], x + gap + room, None, 13.0, "", 112.0)
        s.sheet.fields.append((Run(x + gap, 111.2, 12.5, letter.number), "number"))
        before, after = f"{letter.place}, ngày", f"tháng {letter.month} năm 2026"
        x = right - s.measure(date, 13.0, "i") / 2
        s.words(before.split(" "), x, None, 13.0, "i", 112.0)
        x += s.measure(before + " ", 13.0, "i")
        s.sheet.fields.append((Run(x, 112.6, 13.0, f"{letter.day:02d}", "i"), "day"))
        x += s.measure(f"{letter.day:02d} ", 13.0, "i")
        s.words(after.split(" "), x, None, 13.0, "i", 112.0)
    else:
        s.column([(number, "", 13.0)], left, 112.0)
        s.column([(date, "i", 13.0)], right, 112.0)
    y, about = 128.0, []
    if letter.letter:
        lines = s.wrap("V/v " + letter.subject[0].lower() + letter.subject[1:], 170.0, 0, 12.0, "")
        y = s.column([(" ".join(line), "", 12.0) for line in lines], left, y + 2, 14.5)
        about = [" ".join(" ".join(line) for line in lines)]
    s.sheet.truth += [letter.parent, letter.issuer, number, *about, "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    s.sheet.truth += ["Độc lập - Tự do - Hạnh phúc", date, ""]
    s.y = y + 22.0
    if not letter.letter:
        s.centred(letter.kind)
        s.centred(letter.subject)
        s.sheet.truth.append("")
    s.y += 10.0


def footer(setter: Setter, letter: Letter, recipients: list[str]) -> None:
    """Nơi nhận on the left, the signature on the right, side by side."""
    s = setter
    s.room(150.0)
    y = s.y + 8.0
    s.words(["Nơi", "nhận:"], LEFT, None, 12.0, "i", y)
    for k, line in enumerate(recipients):
        s.words(line.split(" "), LEFT, None, 11.0, "", y + 14.0 * (k + 1))
    signature = ["TM. " + letter.issuer, "KT. CHỦ TỊCH", letter.title]
    below = s.column([(line, "b", 13.0) for line in signature], 430.0, y)
    s.column([(letter.signer, "b", 13.0)], 430.0, below + 60.0)
    s.sheet.truth += ["", "Nơi nhận:", *recipients, "", *signature, letter.signer]
    s.y = max(below + 80.0, y + 14.0 * (len(recipients) + 2))


def choose(rng: random.Random, pool: list[str], count: int) -> list[str]:
    """`count` of `pool`, in a random order, repeated when there are too few."""
    picked = list(pool)
    rng.shuffle(picked)
    return [picked[k % len(picked)] for k in range(count)]
