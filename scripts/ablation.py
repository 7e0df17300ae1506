"""What the trained recogniser adds: rules only, recogniser only, both; on composed documents with unseen names, clean and with OCR
noise, and on the gold sets. Prints tables and the reliability of the recogniser's probabilities.

Spans: a mention counts when its first and last character are right (of a time: when its figures are).
Records: F1 of each part as `make score` counts it.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import click
from spacy.tokens import Doc

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from ablation_mentions import Span, in_zones, mentions, same_times  # noqa: E402
from composed_gold import composed  # noqa: E402

from pipeline.evaluation.__main__ import gold_sets  # noqa: E402
from pipeline.evaluation.folding import fold_name  # noqa: E402
from pipeline.evaluation.gold import Gold, read_set  # noqa: E402
from pipeline.evaluation.scoring import MAIN_PARTS, Judgement, accuracy, counts, headline, join, judge, share  # noqa: E402
from pipeline.extract import Extractor  # noqa: E402
from pipeline.extraction.entities import ENTITIES  # noqa: E402
from pipeline.records import Record, Source  # noqa: E402
from pipeline.settings import Settings  # noqa: E402
from pipeline.text.document import DocumentText  # noqa: E402

SYSTEMS = ("rules", "model", "both")
GROUPS = {"UNIT": "units", "POSITION": "units", "GROUP": "units", "DOCREF": "citations", "TIME": "times", "PERSON": "persons"}


@dataclass
class Tally:
    """Right, found and wanted spans by (set, system, label)."""

    right: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    found: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    wanted: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def add(self, where: str, system: str, gold: set[Span], spans: set[Span]) -> None:
        """Count one document: each label, and the three kinds of units as one."""
        for name, fold in (("", GROUPS), (" ", {k: k for k in GROUPS})):
            have, want = {(a, b, fold[x]) for a, b, x in spans}, {(a, b, fold[x]) for a, b, x in gold}
            for label in set(fold.values()):
                key = (where, system, name + label)
                self.found[key] += sum(x == label for _, _, x in have)
                self.wanted[key] += sum(x == label for _, _, x in want)
                self.right[key] += sum(x == label for _, _, x in have & want)

    def f1(self, where: str, system: str, label: str) -> tuple[float, float, float]:
        """Precision, recall and F1."""
        key = (where, system, label)
        p = share(self.right[key], self.found[key])
        r = share(self.right[key], self.wanted[key])
        return p, r, 2 * p * r / (p + r) if p + r else 0.0


@dataclass
class Reliability:
    """Right and all spans of the recogniser by tenth of its probability."""

    right: Counter[int] = field(default_factory=Counter)
    total: Counter[int] = field(default_factory=Counter)
    mass: Counter[int] = field(default_factory=Counter)

    def add(self, doc: Doc, gold: set[Span]) -> None:
        """Count the recogniser's spans of one document."""
        for e in doc.user_data[ENTITIES]:
            if e.label == "PERSON":
                continue  # names of persons decide nothing
            place = bin_of(e.confidence)
            self.total[place] += 1
            self.mass[place] += round(e.confidence * 10_000)
            self.right[place] += (e.start, e.end, e.label) in gold

    def rows(self) -> Iterator[str]:
        """A row per bin: what it says, what is right; the last is the expected calibration error."""
        yield f"{'probability':>14} {'spans':>7} {'says':>7} {'right':>7}"
        error = 0.0
        for i, (low, high) in enumerate(pairwise(BINS)):
            if self.total[i]:
                says, right = self.mass[i] / 10_000 / self.total[i], self.right[i] / self.total[i]
                error += abs(says - right) * self.total[i]
                yield f"{low:.2f} to {high:.2f}".rjust(14) + f" {self.total[i]:7} {says:7.1%} {right:7.1%}"
        yield f"expected calibration error {error / max(sum(self.total.values()), 1):.2%}"


NAMED = (("assignments", "unit", "units"), ("citations", "text", "citations"), ("deadlines", "text", "times"))
BINS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1.0)


def bin_of(confidence: float) -> int:
    """The place of a probability in BINS."""
    return max(i for i, low in enumerate(BINS[:-1]) if confidence >= low)


class Readers:
    """The two extractors, with and without the recogniser."""

    def __init__(self) -> None:
        self.on, self.off = Extractor(Settings(ner=True)), Extractor(Settings(ner=False))

    def records(self, text: DocumentText, name: str) -> tuple[Record, Record]:
        """The record by rules alone and the record by both."""
        source = Source(name=name, sha256="", media_type="text/plain", pages=1)
        return self.off.from_text(text, source), self.on.from_text(text, source)


@dataclass
class Results:
    """Everything counted: spans, reliability, and judgements by (set, system)."""

    spans: Tally = field(default_factory=Tally)
    reliability: dict[str, Reliability] = field(default_factory=dict)
    judged: dict[tuple[str, str], list[Judgement]] = field(default_factory=dict)
    named: dict[tuple[str, str, str], list[int]] = field(default_factory=dict)

    def judge(self, where: str, gold: Gold, off: Record, on: Record) -> None:
        """Judge both records of a document."""
        for system, record in (("rules", off), ("both", on)):
            self.judged.setdefault((where, system), []).append(judge(gold, record))


def read_composed(results: Results, readers: Readers, seed: int, count: int, split: str) -> None:
    """Composed documents, clean and with noise."""
    for noise, where in (("none", f"{split}, clean"), ("ocr", f"{split}, OCR noise")):
        for index in range(count):
            text, spans, gold = composed(seed, index, split, noise)
            doc = readers.on.nlp(text.text)
            inside = in_zones(doc, spans)
            for system, found in mentions(doc).items():
                results.spans.add(where, system, inside, same_times(text.text, inside, found))
            results.reliability.setdefault(where, Reliability()).add(doc, inside)
            results.judge(where, gold, *readers.records(text, gold.name))


def read_gold_sets(results: Results, readers: Readers) -> None:
    """corpus/ and, where it exists, ../shared/gold/dev. They note no spans: there the names of the answers are looked for."""
    for where, folders in gold_sets(ROOT).items():
        for gold in read_set(*folders):
            off, on = readers.off.extract(gold.text), readers.on.extract(gold.text)
            results.judge(where, gold, off, on)
            for system, found in mentions(readers.on.nlp(on.text)).items():
                have = {(GROUPS[label], fold_name(on.text[a:b])) for a, b, label in found}
                for part, field_name, group in NAMED:
                    for entry in getattr(gold, part):
                        if entry.optional:
                            continue
                        row = results.named.setdefault((where, system, group), [0, 0])
                        row[0] += any((group, fold_name(name)) in have for name in entry.choices(field_name))
                        row[1] += 1


def span_table(results: Results, sets: list[str]) -> Iterator[str]:
    """Precision, recall and F1 of the spans."""
    labels = ["units", " UNIT", " POSITION", " GROUP", "citations", "times", "persons"]
    for where in sets:
        yield ""
        yield f"spans, {where:22} " + "".join(f"{system:>28}" for system in SYSTEMS)
        for label in labels:
            cells = []
            for system in SYSTEMS:
                p, r, f = results.spans.f1(where, system, label)
                read = results.spans.found[(where, system, label)]
                cells.append((f"P {p:5.1%} R {r:5.1%} F {f:5.1%}" if read else "-").rjust(28))
            yield f"  {label:27} " + "".join(cells)


def named_table(results: Results) -> Iterator[str]:
    """How many names of the gold answers each system reads, word for word."""
    yield ""
    yield f"{'names of the answers read':30}" + "".join(f"{system:>20}" for system in SYSTEMS)
    for where, group in sorted({(where, group) for where, _, group in results.named}):
        rows = [results.named[(where, system, group)] for system in SYSTEMS]
        yield f"  {where + ', ' + group:28}" + "".join(f"{right} of {total}, {share(right, total):.1%}".rjust(20) for right, total in rows)


def record_values(judgements: list[Judgement]) -> dict[str, float]:
    """F1 by part, metadata accuracy, headline."""
    joined = join(judgements)
    parts = {part: counts(joined, part).f1 for part in MAIN_PARTS}
    return {**parts, "metadata": share(*accuracy(joined, "metadata")), "headline": headline(joined)}


def record_table(results: Results) -> Iterator[str]:
    """F1 of the record's parts without and with the recogniser."""
    for where in dict.fromkeys(where for where, _ in results.judged):
        rules, both = record_values(results.judged[(where, "rules")]), record_values(results.judged[(where, "both")])
        yield ""
        yield f"records, {where:20} {'rules':>9} {'both':>9} {'change':>9}"
        for part, value in rules.items():
            yield f"  {part:27} {value:9.2%} {both[part]:9.2%} {both[part] - value:+9.2%}"


def markdown(results: Results, sets: list[str]) -> Iterator[str]:
    """The table of the README."""
    yield "| set | what | rules only | model only | both |"
    yield "|---|---|---|---|---|"
    for where in sets:
        for label in ("units", "citations", "times"):
            values = [f"{results.spans.f1(where, system, label)[2]:.1%}" for system in SYSTEMS]
            yield f"| {where} | spans: {label} | " + " | ".join(values) + " |"
    for where in dict.fromkeys(where for where, _ in results.judged):
        rules, both = record_values(results.judged[(where, "rules")]), record_values(results.judged[(where, "both")])
        for part in ("citations", "assignments", "deadlines", "reports"):
            yield f"| {where} | record: {part} | {rules[part]:.1%} | - | {both[part]:.1%} |"


@click.command()
@click.option("--documents", default=150, show_default=True, help="Composed documents, each clean and with noise.")
@click.option("--seed", default=7, show_default=True)
@click.option("--split", default="test", show_default=True, type=click.Choice(["dev", "test"]))
@click.option("--markdown", "as_markdown", is_flag=True, help="Only the table of the README.")
@click.option("--gold/--no-gold", default=True, show_default=True, help="The gold sets as well.")
def main(documents: int, seed: int, split: str, as_markdown: bool, gold: bool) -> None:
    """Rules only, recogniser only, both.

    Example: python scripts/ablation.py --documents 300 --markdown
    """
    results, readers = Results(), Readers()
    read_composed(results, readers, seed, documents, split)
    if gold:
        read_gold_sets(results, readers)
    sets = list(results.reliability)
    if as_markdown:
        for line in markdown(results, sets):
            click.echo(line)
        return
    click.echo(f"composed documents: {documents} of the {split} split, seed {seed}, clean and with OCR noise")
    for line in (*span_table(results, sets), *named_table(results), *record_table(results)):
        click.echo(line)
    for where, table in results.reliability.items():
        click.echo(f"\nreliability of the recogniser's probabilities, {where}")
        for line in table.rows():
            click.echo(line)


if __name__ == "__main__":
    main()
