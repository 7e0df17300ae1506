"""The paragraphs of a document text, as they are to be set on paper: lines that a page width broke are whole again, columns apart.

A text taken from a page image of fixed width has its two columns side by side and its paragraphs cut into lines. Setting those lines as
they stand would print a page nobody ever made. What makes them whole is the reading of texts itself, so the paper says what the text says.
"""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.extract import Extractor
from pipeline.settings import Settings

WIDTH = 160  # a text whose longest line is shorter was cut at the width of a page
COLUMNS = re.compile(r"\S {6,}\S")  # two columns of a page, side by side on one line
ROW = 3  # signs "|" in a row of a table, whether or not it begins and ends with one
FOOT = re.compile(r"^\W*Nơi nhận")
RECIPIENT = re.compile(r"^\W*(Nơi nhận|Như (trên|Điều)|Lưu)|^\s*[-*+]|^\s*\((?!Đã ký)|^\s*[a-zđ]")
NOT_PRINTED = re.compile(r"</?u>|^[-–—. ]*\d{1,3}[-–—. ]*$")  # markup, and the page number, which the setter gives itself


def paragraphs(path: Path) -> list[str]:
    """The paragraphs of the text at `path`, without blanks and without the marks of headings."""
    text = path.read_text(encoding="utf-8")
    if max(map(len, text.splitlines()), default=0) < WIDTH or COLUMNS.search(text):
        text = Extractor(Settings(ner=False)).extract(path).text
    lines = [NOT_PRINTED.sub("", line.strip().lstrip("#").strip()) for line in text.splitlines()]
    lines = [line for line in lines if line.strip()]
    lines = whole([f"| {line.strip('| ')} |" if line.count("|") >= ROW else line for line in lines])
    foot = next((i for i, line in enumerate(lines) if FOOT.match(line)), len(lines))
    return lines[:foot] + columns_apart(lines[foot:])


def whole(lines: list[str]) -> list[str]:
    """The lines with those joined that a page break cut in mid-sentence: the first does not end it, the second begins small."""
    out: list[str] = []
    for line in lines:
        open_end = bool(out) and len(out[-1]) > 60 and out[-1][-1:].isalnum() and not out[-1].isupper()
        if open_end and (re.match(r"[a-zà-ỹđ]{2,} ", line) or (re.search(r"khoản \d+$", out[-1]) and line.startswith("Điều "))):
            out[-1] += f" {line}"
        else:
            out.append(line)
    return out


def columns_apart(foot: list[str]) -> list[str]:
    """The lines from "Nơi nhận" on: the recipients, then the signature; up to the name of the signer they may stand mixed."""
    last = max((i for i, line in enumerate(foot) if re.match(r"^[-\s]*Lưu\b", line)), default=0)
    mixed = foot[: last + 1]
    recipients = [line for line in mixed if RECIPIENT.match(line)]
    return recipients + [line for line in mixed if not RECIPIENT.match(line)] + foot[last + 1 :]
