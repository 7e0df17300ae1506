"""What the parts cost, beside their goals: medians of interleaved rounds in one process and one run, in process CPU time.

The whole text path (bytes to record, by a warm extractor) is held against underthesea.word_tokenize over the same texts, line by
line with its default arguments; storing against extracting; `vanban due` and `vanban trace` are child processes on a base of the
same documents. Read ratios, not seconds: the machine is seldom alone.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import click
from underthesea import word_tokenize

from pipeline.extract import Extractor, pipeline_version
from pipeline.language.tokenizer import WordTokenizer
from pipeline.records import Record
from pipeline.settings import Settings
from pipeline.storage.base import open_for_writing
from pipeline.storage.register import Run, store

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = {"vanban due": ("due", "--by", "2025-11-01"), "vanban trace": ("trace", "33/CT-TTg")}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: a figure, the goal it should not pass, and the seconds or texts behind it."""

    what: str
    figure: float
    goal: float
    unit: str
    note: str

    def line(self) -> str:
        """The row as text."""
        verdict = "met" if self.figure <= self.goal else "MISSED"
        return f"{self.what:34} {self.figure:8.3f} {self.unit:2} goal <= {self.goal:<5g} {verdict:7} {self.note}"


def cpu(action: Callable[[], object]) -> float:
    """Process CPU seconds of one call."""
    start = time.process_time()
    action()
    return time.process_time() - start


def child_cpu(command: list[str]) -> float:
    """CPU seconds, user and system, of a child process that must succeed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def segment(lines: Iterable[str]) -> None:
    """Word segmentation alone, as a user of underthesea would call it."""
    for line in lines:
        word_tokenize(line)


def forget(extractor: Extractor) -> None:
    """A tokenizer that has seen no line yet: it remembers lines, and each round shall read the documents as for the first time."""
    extractor.nlp.tokenizer = WordTokenizer(extractor.nlp.vocab)
    extractor.nlp.tokenizer("khởi động")


def store_all(records: dict[Path, Record], base: Path) -> float:
    """CPU seconds for storing the records into a new base; opening it is not counted, each document's commit is."""
    connection = open_for_writing(base)
    try:
        run = Run(pipeline_version())
        return sum(cpu(lambda path=path, record=record: store(connection, run, record, path)) for path, record in records.items())  # type: ignore[misc]
    finally:
        connection.close()


@click.command()
@click.option("--rounds", default=9, show_default=True, help="Rounds; the medians are over them.")
def main(rounds: int) -> None:
    """Measure extraction, storage and questions on ../shared/seeds, or on corpus/ where that is absent."""
    seeds = ROOT.parent / "shared" / "seeds"
    paths = sorted((seeds if seeds.is_dir() else ROOT / "corpus").glob("*.txt"))
    lines = {path: [line for line in path.read_text("utf-8").splitlines() if line.strip()] for path in paths}
    extractor, plain = Extractor(Settings()), Extractor(Settings(ner=False))
    records = {path: extractor.extract(path) for path in paths}  # warms the extractor
    for path in paths:
        plain.extract(path)
    segment(line for path in paths for line in lines[path][:20])
    extracting: list[float] = []
    rules_only: list[float] = []
    segmenting: list[float] = []
    storing: list[float] = []
    asking: dict[str, list[float]] = {name: [] for name in QUESTIONS}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(rounds):
            forget(extractor)
            forget(plain)
            extracted = ruled = segmented = 0.0
            for path in paths:
                extracted += cpu(lambda path=path: extractor.extract(path))  # type: ignore[misc]
                ruled += cpu(lambda path=path: plain.extract(path))  # type: ignore[misc]
                segmented += cpu(lambda path=path: segment(lines[path]))  # type: ignore[misc]
            extracting.append(extracted)
            rules_only.append(ruled)
            segmenting.append(segmented)
            base = Path(folder) / f"{number}.db"
            storing.append(store_all(records, base))
            for name, arguments in QUESTIONS.items():
                program = Path(sys.executable).parent / "vanban"
                asking[name].append(child_cpu([str(program), *arguments, "--db", str(base)]))

    size = sum(len(record.text) for record in records.values())
    click.echo(f"{len(paths)} documents of {paths[0].parent.name}/, {size} characters, {rounds} rounds, medians of process CPU time")
    for row in rows(extracting, rules_only, segmenting, storing, asking):
        click.echo(row.line())


def rows(
    extracting: list[float], rules_only: list[float], segmenting: list[float], storing: list[float], asking: dict[str, list[float]]
) -> list[Row]:
    """The table; a ratio is the median of the rounds' ratios."""
    path_ratio = [a / b for a, b in zip(extracting, segmenting, strict=True)]
    ruled_ratio = [a / b for a, b in zip(rules_only, segmenting, strict=True)]
    store_ratio = [a / b for a, b in zip(storing, extracting, strict=True)]
    path, words, kept = median(extracting), median(segmenting), median(storing)
    return [
        Row("text path / word_tokenize", median(path_ratio), 2.5, "x", f"{path:.3f} s / {words:.3f} s, {spread(path_ratio)}"),
        Row("the same with --no-ner", median(ruled_ratio), 1.5, "x", f"{median(rules_only):.3f} s / {words:.3f} s, {spread(ruled_ratio)}"),
        Row("store / extract", median(store_ratio), 0.1, "x", f"{kept:.3f} s / {path:.3f} s, {spread(store_ratio)}"),
        *(Row(name, median(seconds), 0.3, "s", spread(seconds)) for name, seconds in asking.items()),
    ]


def spread(values: list[float]) -> str:
    """The least and greatest of the rounds."""
    return f"rounds {min(values):.3f} to {max(values):.3f}"


if __name__ == "__main__":
    main()
