"""Shared by the tests of the text path: one extractor for the whole run, and tables of cases that a clerk can read and correct.

A table is a file tests/cases/NAME.txt of blocks:

    === what the case shows
    frame: letter          (optional; a file of tests/cases/frames, "plan" without it, "bare" for the text alone)
    the input, one line or many
    => key value | key value
    => key value | key value

Each "=>" line is one expected fact, in reading order; "=> none" says that there must be none. Within a value, "-" stands for
nothing given, ";" parts the members of a list, yes/no are truth values. Keys a line does not name are not compared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pipeline.extract import Extractor
from pipeline.reading.ocr_engine import Seen
from pipeline.records import Record

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    """One block of a table: `expect` holds one mapping per "=>" line, empty for "=> none"."""

    title: str
    frame: str
    text: str
    expect: tuple[dict[str, str], ...]


def read_cases(name: str) -> list[Case]:
    """The blocks of tests/cases/NAME.txt in file order."""
    cases = []
    for block in re.split(r"^=== ", (CASES / f"{name}.txt").read_text("utf-8"), flags=re.M)[1:]:
        title, *lines = block.strip("\n").split("\n")
        frame = "plan"
        if lines and lines[0].startswith("frame: "):
            frame = lines.pop(0)[7:].strip()
        expect = [line[2:].strip() for line in lines if line.startswith("=>")]
        assert expect, f"{name}: no expectation for “{title}”"
        text = "\n".join(line for line in lines if not line.startswith("=>")).strip("\n")
        cases.append(Case(title.strip(), frame, text, tuple(_cells(e) for e in expect if e != "none")))
    return cases


def _cells(line: str) -> dict[str, str]:
    cells = {}
    for cell in line.split(" | "):
        key, _, value = cell.strip().partition(" ")
        cells[key] = value.strip()
    return cells


def shown(value: Any) -> str:
    """A value of a record as the tables write it."""
    if value is None or value == []:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(map(str, value))
    if isinstance(value, dict):  # a term counted from an event
        return f"{value['amount']} {value['unit']} from {value['from']}"
    return str(value)


def lines_of(facts: Iterable[Any], expect: tuple[dict[str, str], ...]) -> tuple[list[str], list[str]]:
    """(found, expected) as lines with the same keys, so that a difference reads like the table."""
    found = [fact if isinstance(fact, Mapping) else msgspec.to_builtins(fact) for fact in facts]
    keys = [list(e) for e in expect] or [["text"] if found and "text" in found[0] else list(found[0])[:6] if found else []]
    keys += [keys[-1]] * (len(found) - len(keys))
    made = [" | ".join(f"{k} {shown(f.get(k))}" for k in ks) for f, ks in zip(found, keys, strict=False)]
    return made, [" | ".join(f"{k} {v}" for k, v in e.items()) for e in expect]


def escaped(text: str) -> str:
    """Text of a table with \\n, \\f, \\t, \\uXXXX and \\\\ turned into the characters they stand for."""
    plain = {"n": "\n", "f": "\f", "t": "\t", "\\": "\\"}
    return re.sub(r"\\(?:u([0-9a-f]{4})|([nft\\]))", lambda m: chr(int(m[1], 16)) if m[1] else plain[m[2]], text)


def framed(frame: str, body: str) -> str:
    """The text of a whole document: the frame of that name with `body` in its place."""
    if frame == "bare":
        return body
    return (CASES / "frames" / f"{frame}.txt").read_text("utf-8").replace("{body}", body)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "cases(name): run once for each block of tests/cases/NAME.txt")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    marker = metafunc.definition.get_closest_marker("cases")
    if marker:
        cases = read_cases(marker.args[0])
        metafunc.parametrize("case", cases, ids=[c.title for c in cases])


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The one extractor of the run; building it loads the segmentation model."""
    return Extractor()


@pytest.fixture(scope="session")
def read(extractor: Extractor) -> Callable[..., Record]:
    """read(body, frame="plan"): the record of a document with that body; each distinct text is extracted once."""
    known: dict[str, Record] = {}

    def record(body: str, frame: str = "plan") -> Record:
        text = framed(frame, body)
        if text not in known:
            known[text] = extractor.extract_bytes(text.encode(), "case.txt")
        return known[text]

    return record


def seen_row(text: str, x: float, y: float, line: int, confidence: float = 0.9) -> list[Seen]:
    """A line of words as the engine sees them, 12 pixels a letter and 24 high."""
    out = []
    for word in text.split():
        out.append(Seen(word, x, y, x + 12 * len(word), y + 24, confidence, line))
        x += 12 * len(word) + 8
    return out
