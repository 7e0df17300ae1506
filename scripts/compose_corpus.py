#!/usr/bin/env python3
"""Composes a corpus of Vietnamese official documents with gold records and entity spans (docs/composer.md).

    compose_corpus.py --seed 7 --count 1000 --split train --noise none --out DIR

writes DIR/texts/NAME.txt, DIR/gold/NAME.json and DIR/entities.jsonl; with --format jsonl everything goes to DIR/corpus.jsonl.
The same arguments give the same bytes. Prints the rate of composing, writing not counted.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from compose import Composed, compose


def _write_files(out: Path, document: Composed) -> None:
    (out / "texts" / f"{document.name}.txt").write_text(document.text, encoding="utf-8", newline="")
    gold = json.dumps(document.gold, ensure_ascii=False, indent=1)
    (out / "gold" / f"{document.name}.json").write_text(gold + "\n", encoding="utf-8", newline="")


def main(arguments: list[str] | None = None) -> int:
    """Runs the command; returns the exit status (0 done, 2 wrong use)."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--start", type=int, default=0, help="index of the first document, so that a corpus can be made in parts")
    parser.add_argument("--split", choices=("train", "dev", "test"), default="train")
    parser.add_argument("--noise", choices=("none", "ocr"), default="none")
    parser.add_argument("--format", choices=("files", "jsonl"), default="files")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    args = parser.parse_args(arguments)
    if args.count < 1 or args.start < 0:
        parser.error("--count must be at least 1 and --start at least 0")
    try:
        for folder in ("texts", "gold") if args.format == "files" else (".",):
            (args.out / folder).mkdir(parents=True, exist_ok=True)
        name = "entities.jsonl" if args.format == "files" else "corpus.jsonl"
        spent, characters = 0.0, 0
        with (args.out / name).open("w", encoding="utf-8", newline="") as lines:
            for index in range(args.start, args.start + args.count):
                began = time.perf_counter()
                document = compose(args.seed, index, args.split, args.noise)
                spent += time.perf_counter() - began
                characters += len(document.text)
                row: dict[str, object] = {"name": document.name, "text": document.text, "entities": document.entities}
                if args.format == "jsonl":
                    row["gold"] = document.gold
                else:
                    _write_files(args.out, document)
                lines.write(json.dumps(row, ensure_ascii=False) + "\n")
    except OSError as error:
        print(f"{args.out}: {error.strerror or error}: choose a folder that can be written", file=sys.stderr)
        return 1
    print(f"{args.count} documents, {characters} characters, {args.count / spent:.0f} documents a second")
    return 0


if __name__ == "__main__":
    sys.exit(main())
