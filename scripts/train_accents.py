"""Counts syllables and pairs of syllables for the correction of accents, and writes pipeline/data/ocr_accents.json.

    python scripts/train_accents.py [--leave-out NAME ...] [--out FILE]

It learns from texts of our own (corpus/*.txt and pipeline/data/ocr_collocations.jsonl) and from the word lists bundled with underthesea,
which say that a word exists but not how often. The documents the reading is measured on are never read here.
"""

from __future__ import annotations

import argparse
import json
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import underthesea

from pipeline.data import load
from pipeline.reading.correct.tokens import STOP, canonical, tokens
from pipeline.text.syllables import well_formed

ROOT = Path(__file__).parent.parent
WORD_WEIGHT, COLLOCATION_WEIGHT = 0.2, 3.0
BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"


def own_lines(leave_out: set[str]) -> Iterator[tuple[str, float]]:
    """Lines of our own texts, with their weight."""
    for path in sorted((ROOT / "corpus").glob("*.txt")):
        if path.stem not in leave_out:
            for line in path.read_text(encoding="utf-8").splitlines():
                yield line.replace("*", "").replace("|", " ; "), 1.0
    for row in load.rows("ocr_collocations"):
        yield row["text"], COLLOCATION_WEIGHT


def dictionary_words() -> Iterator[str]:
    """The words of the list bundled with underthesea, lower case and NFC."""
    listed = Path(underthesea.__file__).parent / "corpus/data/Viet74K.txt"
    for line in listed.read_text(encoding="utf-8").splitlines():
        yield unicodedata.normalize("NFC", line.strip()).lower()


def count(leave_out: set[str]) -> tuple[Counter[str], dict[str, Counter[str]]]:
    """Weighted counts of syllables and of pairs."""
    ones: Counter[str] = Counter()
    pairs: dict[str, Counter[str]] = defaultdict(Counter)

    def learn(kinds: list[str], weight: float) -> None:
        for kind in kinds:
            ones[kind] += weight  # type: ignore[assignment]
        for left, right in pairwise(kinds):
            pairs[left][right] += weight  # type: ignore[assignment]

    for line, weight in own_lines(leave_out):
        kinds = [t.kind for t in tokens(unicodedata.normalize("NFC", line))]
        if kinds:
            learn([STOP, *kinds, STOP], weight)
    for word in dictionary_words():
        syllables = word.replace("-", " ").split()
        if syllables and all(s.isalpha() and well_formed(s) for s in syllables):
            learn([canonical(s) for s in syllables], WORD_WEIGHT)
    return ones, pairs


def base36(number: int) -> str:
    """A number in base 36, which `int(text, 36)` reads."""
    digits = ""
    while True:
        number, rest = divmod(number, 36)
        digits = BASE36[rest] + digits
        if not number:
            return digits


def write(ones: Counter[str], pairs: dict[str, Counter[str]], out: Path) -> None:
    """Writes the counts in tenths; pairs by the number of the left syllable."""
    known = sorted(s for s in ones if s in (STOP, ",", "<n>") or well_formed(s) or ones[s] >= 2)
    number = {s: i for i, s in enumerate(known)}
    packed = {}
    for left in known:
        follow = [(number[r], round(c * 10)) for r, c in pairs[left].items() if r in number and round(c * 10)]
        if follow:
            packed[str(number[left])] = " ".join(f"{base36(r)}:{c}" for r, c in sorted(follow))
    table = {"syllables": " ".join(known), "ones": [round(ones[s] * 10) for s in known], "pairs": packed}
    out.write_text(json.dumps(table, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def main(argv: list[str] | None = None) -> int:
    """The command line; prints what was learnt."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--leave-out", action="append", default=[], help="name of a corpus text not to learn from, for measuring")
    parser.add_argument("--out", type=Path, default=ROOT / "pipeline/data/ocr_accents.json")
    args = parser.parse_args(argv)
    ones, pairs = count(set(args.leave_out))
    write(ones, pairs, args.out)
    print(f"{len(ones)} syllables, {sum(len(f) for f in pairs.values())} pairs, {args.out.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
