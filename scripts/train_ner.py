"""Trains the entity recogniser on composed documents and writes it to pipeline/data/ner. Fixed seeds, CPU only.

Half of the documents are clean, half have OCR noise; some lines are repeated in small letters or without accents. The probabilities
are calibrated on the dev split. models/config.json holds every choice.
"""

from __future__ import annotations

import json
import random
import shutil
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import click
import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from compose import compose  # noqa: E402
from composed_gold import composed_text  # noqa: E402
from ner_lines import Line, lines_of, tokenizer  # noqa: E402

from pipeline.extraction.entity_model import LABELS, Recogniser, blank_recogniser, line_doc  # noqa: E402
from pipeline.language.tokenizer import WORD_ENDS  # noqa: E402
from pipeline.layout.build import lay_out  # noqa: E402

TARGET = ROOT / "pipeline" / "data" / "ner"


def training_lines(config: dict[str, Any], processes: int) -> list[Line]:
    """The lines of all training documents, in order."""
    tasks = [(json.dumps(config), i) for i in range(config["train"]["documents"])]
    with ProcessPoolExecutor(processes) as pool:
        return [line for lines in pool.map(lines_of, tasks, chunksize=16) for line in lines]


def batches(lines: list[Any], sizes: Iterator[float], chance: random.Random) -> Iterator[list[Any]]:
    """Shuffled batches of about so many words."""
    order = list(range(len(lines)))
    chance.shuffle(order)
    batch: list[Any] = []
    words, limit = 0, next(sizes)
    for i in order:
        batch.append(lines[i])
        words += len(lines[i].reference)
        if words >= limit:
            yield batch
            batch, words, limit = [], 0, next(sizes)
    if batch:
        yield batch


def train(config: dict[str, Any], lines: list[Line]) -> Any:
    """The trained pipeline, with the averaged weights in place."""
    from spacy.training import Example
    from thinc.api import Adam, compounding, fix_random_seed

    fix_random_seed(config["seed"])
    nlp = blank_recogniser()
    ner: Any = nlp.add_pipe("ner", config=config["component"])
    for label in LABELS:
        ner.add_label(label)
    examples = []
    for words, spans in lines:
        reference = line_doc(nlp.vocab, " ".join(words), _offsets(words))
        reference.set_ents([_span(reference, *span) for span in spans], default="outside")
        examples.append(Example(line_doc(nlp.vocab, " ".join(words), _offsets(words)), reference))
    settings = config["train"]
    nlp.initialize(lambda: examples[:2000])
    optimizer = Adam(settings["learn_rate"], L2=0.01, L2_is_weight_decay=True, grad_clip=1.0, use_averages=True)
    chance = random.Random(config["seed"])
    low, high = settings["batch_words"]
    sizes = iter(compounding(low, high, 1.002))
    start = time.monotonic()
    total = settings["epochs"]
    for epoch in range(total):
        losses: dict[str, float] = {}
        optimizer.learn_rate = settings["learn_rate"] * (1 - epoch / total * 0.85)
        for batch in batches(examples, sizes, chance):
            nlp.update(batch, sgd=optimizer, drop=settings["dropout"], losses=losses)
        click.echo(f"epoch {epoch + 1} of {total}: loss {losses['ner']:.0f}, {time.monotonic() - start:.0f} s", err=True)
    with nlp.use_params(optimizer.averages):
        data = nlp.to_bytes(exclude=["vocab", "tokenizer"])
    return nlp.from_bytes(data, exclude=["vocab", "tokenizer"])


def _offsets(words: list[str]) -> list[tuple[int, int]]:
    found, at = [], 0
    for word in words:
        found.append((at, at + len(word)))
        at += len(word) + 1
    return found


def _span(doc: Any, start: int, end: int, label: str) -> Any:
    from spacy.tokens import Span as SpacySpan

    return SpacySpan(doc, start, end, label=label)


def isotonic(raw: list[float], right: list[bool], least: int = 60) -> dict[str, list[float]]:
    """Steps (edges, shares) that rise with the raw probability: pooled adjacent violators over groups of at least `least` spans."""
    order = np.argsort(raw, kind="stable")
    blocks: list[list[float]] = []  # sum right, count, least raw
    for group in np.array_split(order, max(1, len(order) // least)):
        blocks.append([float(sum(right[i] for i in group)), float(len(group)), float(raw[group[0]])])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] >= blocks[-1][0] / blocks[-1][1]:
            last = blocks.pop()
            blocks[-1][0] += last[0]
            blocks[-1][1] += last[1]
    shares = [round((b[0] + 0.5) / (b[1] + 1), 4) for b in blocks]  # never quite 0 or 1
    return {"raw": [round(b[2], 6) for b in blocks[1:]], "right": [max(shares[: i + 1]) for i in range(len(shares))]}


def calibrate(config: dict[str, Any], recogniser: Recogniser) -> tuple[dict[str, Any], dict[str, list[int]]]:
    """The calibration by label, and right, found and wanted spans of the dev split by label."""
    raw: dict[str, list[float]] = {label: [] for label in LABELS}
    hits: dict[str, list[bool]] = {label: [] for label in LABELS}
    wanted = dict.fromkeys(LABELS, 0)
    for index in range(config["dev"]["documents"]):
        document, spans = composed_text(compose(seed=config["seed"], index=index, split="dev", noise="ocr" if index % 2 else "none"))
        text = document.text
        ends = tokenizer()(text).user_data[WORD_ENDS]
        lines = [line for line in lay_out(text)[0].lines if line.zone in ("body", "closing", "appendix")]
        gold = {s for s in spans if any(line.content <= s[0] and s[1] <= line.end for line in lines)}
        for a, b, label, p in recogniser.scored(text, [(line.content, line.end) for line in lines], ends):
            raw[label].append(p)
            hits[label].append((a, b, label) in gold)
        for _, _, label in gold:
            wanted[label] += 1
    table = {label: [sum(hits[label]), len(hits[label]), wanted[label]] for label in LABELS}
    return {label: isotonic(raw[label], hits[label]) for label in LABELS if raw[label]}, table


@click.command()
@click.option("--config", "config_file", type=click.Path(exists=True, path_type=Path), default=ROOT / "models" / "config.json")
@click.option("--out", type=click.Path(path_type=Path), default=TARGET, help="Folder of the model.")
@click.option("--documents", type=int, help="Fewer documents than the configuration says, for a trial.")
@click.option("--processes", default=2, show_default=True, help="Processes that prepare the lines.")
def main(config_file: Path, out: Path, documents: int | None, processes: int) -> None:
    """Train, calibrate and write the recogniser; prints its scores on the dev split.

    Example: python scripts/train_ner.py --documents 200 --out build/ner
    """
    config = json.loads(config_file.read_text("utf-8"))
    if documents:
        config["train"]["documents"] = documents
    start = time.monotonic()
    lines = training_lines(config, processes)
    click.echo(f"{len(lines)} lines, {sum(len(words) for words, _ in lines)} words, {time.monotonic() - start:.0f} s", err=True)
    nlp = train(config, lines)
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    nlp.to_disk(out / "model", exclude=["vocab", "tokenizer"])
    write_settings(out, config, {})
    calibration, table = calibrate(config, Recogniser(out))
    write_settings(out, config, calibration)
    for label, (right, found, wanted) in table.items():
        score = f"P {right / max(found, 1):6.1%}  R {right / max(wanted, 1):6.1%}"
        click.echo(f"{label:10} {score}   ({right} right of {found} found, {wanted} wanted)")
    size = sum(p.stat().st_size for p in out.rglob("*") if p.is_file())
    click.echo(f"{size / 1e6:.1f} MB in {out.name}, {time.monotonic() - start:.0f} s")


def write_settings(out: Path, config: dict[str, Any], calibration: dict[str, Any]) -> None:
    """What the running recogniser needs beside the weights."""
    settings = {"labels": LABELS, "component": config["component"], "calibration": calibration}
    (out / "settings.json").write_text(json.dumps(settings, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
