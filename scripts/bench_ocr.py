"""Measures the reading of scans against bare Tesseract on the same images, in the same run.

    python scripts/bench_ocr.py SCANS [--grade office] [--errors] [--pages N] [--rounds N]

SCANS is a folder made by make_scans.py. Per grade it prints character and word error rates (by place: each line held against the line it
stands on; in order: the text as it is handed on), numbers and dates made wrong by correction, and the time of both with as many
processes, one thread each: they take turns for some rounds, and the median of the ratios is the figure to quote.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from ocr_score import Read, Tally, by_place, fold, in_order, numbers

from pipeline.pages import Page
from pipeline.reading.correct.page import correct_page
from pipeline.reading.image import Pixels, load_images
from pipeline.reading.ocr import Job, ocr_pages
from pipeline.settings import Settings


@dataclass(frozen=True, slots=True)
class Sample:
    """One page image with its truth."""

    path: Path
    truth: dict[str, Any]


class Clock:
    """Wall and processor time since it was made, this process and its children."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), self._used()

    @staticmethod
    def _used() -> float:
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return sum(u.ru_utime + u.ru_stime for u in used)

    def read(self) -> tuple[float, float]:
        """Seconds of wall time and of processor time."""
        return time.perf_counter() - self._wall, self._used() - self._cpu


def samples(folder: Path, grade: str) -> list[Sample]:
    """The pages of one grade, in the order of their names."""
    found = []
    for path in sorted(folder.glob(f"*-{grade}.json")):
        found += [Sample(folder / page["image"], page) for page in json.loads(path.read_text(encoding="utf-8"))["pages"]]
    return found


def first_image(path: Path) -> Pixels:
    """The first page of an image file."""
    return next(load_images(path.read_bytes(), Settings()))


def bare(pages: Sequence[Sample], processes: int) -> tuple[list[str], tuple[float, float]]:
    """Plain `tesseract IMAGE - -l vie tsv` on every page; the tables and the seconds (wall, processor)."""

    def run(sample: Sample) -> str:
        command = ["tesseract", str(sample.path), "-", "-l", "vie", "tsv"]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"})
        return done.stdout

    clock = Clock()
    with ThreadPoolExecutor(processes) as pool:
        tables = list(pool.map(run, pages))
    return tables, clock.read()


def ours(pages: Sequence[Sample], settings: Settings) -> tuple[list[Page], tuple[float, float]]:
    """Our reading of every page; the pages and the seconds (wall, processor)."""
    jobs = [Job(s.truth["number"], partial(first_image, s.path)) for s in pages]
    clock = Clock()
    read = list(ocr_pages(jobs, settings))
    return read, clock.read()


def bare_words(table: str) -> tuple[list[Read], str]:
    """The words of a tesseract table with their centres, and its text in the engine's order."""
    reads: list[Read] = []
    lines: dict[tuple[str, str, str], list[str]] = {}
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row["text"] or "").strip()
        if row["level"] == "5" and text:
            x, y, width, height = (float(row[k]) for k in ("left", "top", "width", "height"))
            reads.append(Read(text, x + width / 2, y + height / 2))
            lines.setdefault((row["block_num"], row["par_num"], row["line_num"]), []).append(text)
    return reads, "\n".join(" ".join(words) for words in lines.values())


def our_words(page: Page, truth: dict[str, Any]) -> list[Read]:
    """The words of a page with their centres in pixels of the scan."""
    assert page.size is not None
    k = truth["size"][0] / page.size[0]
    return [Read(page.text[w.start : w.end], (w.x0 + w.x1) / 2 * k, (w.top + w.bottom) / 2 * k) for w in page.words]


def numbers_broken(before: str, after: str, truth: str) -> list[str]:
    """Tokens with a digit that stand in the truth, were read right, and are gone after correction."""
    want, had, have = (Counter(numbers(t)) for t in (truth, before, after))
    right = want & had
    return sorted((right - have).elements())


def words_broken(before: str, after: str, truth: str) -> list[str]:
    """Right words that correction took away, by counts over the page."""
    want, had, have = (Counter(fold(t).split()) for t in (truth, before, after))
    return sorted(((want & had) - have).elements())


def line(name: str, place: Tally, order: Tally) -> str:
    """One row of the report."""
    return (
        f"{name:<22} by place CER {place.cer:.3f} % WER {place.wer:.3f} %   in order CER {order.cer:.3f} % WER {order.wer:.3f} %   "
        f"errors {place.character_errors} of {place.characters}"
    )


def total(tallies: Iterable[Tally]) -> Tally:
    """The sum."""
    out = Tally()
    for tally in tallies:
        out.add(tally)
    return out


def bench(folder: Path, grade: str, limit: int, rounds: int, *, errors: bool) -> None:
    """Prints the report of one grade."""
    pages = samples(folder, grade)[: limit or None]
    if not pages:
        print(f"{grade}: no pages in {folder}", file=sys.stderr)
        return
    processes = os.cpu_count() or 1
    settings = Settings(processes=processes)
    spent: list[tuple[tuple[float, float], tuple[float, float]]] = []
    for _ in range(rounds):
        tables, theirs = bare(pages, processes)
        corrected, seconds = ours(pages, settings)
        spent.append((theirs, seconds))
    raw, _ = ours(pages, replace(settings, correct=False))
    plain = [bare_words(t) for t in tables]
    print(f"{grade}: {len(pages)} pages, {processes} processes")
    print(line("plain tesseract", total(by_place(s.truth, r) for s, (r, _) in zip(pages, plain, strict=True)),
               total(in_order(s.truth, t) for s, (_, t) in zip(pages, plain, strict=True))))  # fmt: skip
    for name, read in (("ours, not corrected", raw), ("ours", corrected)):
        place = total(by_place(s.truth, our_words(p, s.truth), examples=errors) for s, p in zip(pages, read, strict=True))
        print(line(name, place, total(in_order(s.truth, p.text) for s, p in zip(pages, read, strict=True))))
    broken = [b for s, r, c in zip(pages, raw, corrected, strict=True) for b in numbers_broken(r.text, c.text, s.truth["text"])]
    lost = [b for s, r, c in zip(pages, raw, corrected, strict=True) for b in words_broken(r.text, c.text, s.truth["text"])]
    print(f"numbers and dates made wrong by correction: {len(broken)} {broken[:5]}; right words changed: {len(lost)} {lost[:12]}")
    start = time.perf_counter()
    for page in raw:
        correct_page(page)
    print(f"correction {1000 * (time.perf_counter() - start) / len(raw):.0f} ms a page, {sum(len(p.edits) for p in corrected)} edits")
    for name, at in (("wall", 0), ("processor", 1)):
        ratios = [mine[at] / theirs[at] for theirs, mine in spent]
        rows = "  ".join(f"{mine[at]:.1f}/{theirs[at]:.1f} s" for theirs, mine in spent)
        print(f"{name} time, ours / bare: {rows}  median ratio {median(ratios):.2f}")
    if errors:
        for want, got in place.examples:
            print(f"  {want}\n> {got}")


def main(argv: list[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scans", type=Path)
    parser.add_argument("--grade", action="append", help="may be given more than once; default office and hard")
    parser.add_argument("--pages", type=int, default=0, help="only the first N pages of a grade")
    parser.add_argument("--rounds", type=int, default=3, help="how often the time is taken")
    parser.add_argument("--errors", action="store_true", help="print each line read wrong under the line as set")
    args = parser.parse_args(argv)
    for grade in args.grade or ["office", "hard"]:
        bench(args.scans, grade, args.pages, max(1, args.rounds), errors=args.errors)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
