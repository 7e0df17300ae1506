"""What scanning costs the facts: extraction from made scans beside extraction from the clean text, part by part, in the same run.

    python scripts/score_scans.py SCANS [--grade office] [--set dev] [--limit N] [--errors]

SCANS is a folder made by `make_scans.py SCANS corpus ../shared/seeds --pdf`; every gold document with a scan in it is read. A fall is
the score on clean text less the score on scans, in points. With --errors each fact and value that only the scans get wrong is listed.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from pipeline.evaluation.__main__ import extract_all, gold_sets
from pipeline.evaluation.gold import Gold, read_set
from pipeline.evaluation.history import show_key
from pipeline.evaluation.scoring import MAIN_PARTS, NOTHING, Judgement, accuracy, counts, headline, join, judge, share
from pipeline.extract import Extractor
from pipeline.settings import Settings


def scores(judgement: Judgement) -> dict[str, float]:
    """The figures the headline is made of, and the headline."""
    return {
        **{part: counts(judgement, part).f1 for part in MAIN_PARTS},
        "metadata": share(*accuracy(judgement, "metadata")),
        "headline": headline(judgement),
    }


def mistakes(judgement: Judgement) -> list[str]:
    """A line for each wrong fact and value, without what was read instead, so that two runs can be compared."""
    facts = [
        f"{o.document}: {o.part} {o.status}: {show_key(o.key)}" for o in judgement.outcomes if o.status != "right" and o.part in MAIN_PARTS
    ]
    return facts + [f"{v.document}: {v.measure} wrong: {v.label}: right {v.right!r}" for v in judgement.values if not v.ok]


def read_instead(judgement: Judgement, line: str) -> str:
    """What the scan gave where `line` says a value is wrong; empty for facts."""
    for value in judgement.values:
        if not value.ok and line == f"{value.document}: {value.measure} wrong: {value.label}: right {value.right!r}":
            return f"\n    got {value.got!r}"
    return ""


def judged(golds: Sequence[Gold], extractor: Extractor, suffix: str, scans: Path) -> Judgement:
    """The judgement of the texts (no suffix) or of their scans; a scan that cannot be read counts as an empty record and is named."""
    files = {gold.text: scans / f"{gold.name}{suffix}.pdf" if suffix else gold.text for gold in golds}
    records, failures = extract_all(list(golds), lambda text: extractor.extract(files[text]))
    for line in failures:
        print(line)
    return join(judge(gold, records.get(gold.name, NOTHING)) for gold in golds)


def compare(name: str, golds: Sequence[Gold], scans: Path, grades: Sequence[str], *, errors: bool) -> None:
    """Prints one gold set."""
    extractor = Extractor(Settings())
    clean = judged(golds, extractor, "", scans)
    before = scores(clean)
    known = set(mistakes(clean))
    for grade in grades:
        worn = judged(golds, extractor, f"-{grade}", scans)
        print(f"\n== {name}, {grade}: {len(golds)} documents\n{'':12} {'text':>7} {'scans':>7} {'fall':>6}")
        for part, score in scores(worn).items():
            print(f"{part:12} {before[part]:7.1%} {score:7.1%} {100 * (before[part] - score):6.1f}")
        if errors:
            for line in mistakes(worn):
                if line not in known:
                    print(f"{line}{read_instead(worn, line)}")


def main(argv: list[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scans", type=Path)
    parser.add_argument("--root", type=Path, default=Path(), help="folder that holds corpus/")
    parser.add_argument("--grade", action="append", help="may be given more than once; default office and hard")
    parser.add_argument("--set", action="append", dest="sets", help="corpus or dev; default both")
    parser.add_argument("--limit", type=int, default=0, help="only the first N documents of a set")
    parser.add_argument("--errors", action="store_true")
    args = parser.parse_args(argv)
    grades = args.grade or ["office", "hard"]
    found = False
    for name, folders in gold_sets(args.root.resolve()).items():
        scanned = [g for g in read_set(*folders) if all((args.scans / f"{g.name}-{grade}.pdf").is_file() for grade in grades)]
        if scanned and name in (args.sets or [name]):
            found = True
            compare(name, scanned[: args.limit or None], args.scans, grades, errors=args.errors)
    if not found:
        print(f"no scans of gold documents in {args.scans}: make them with make_scans.py {args.scans} corpus --pdf")
    return 0 if found else 1


if __name__ == "__main__":
    raise SystemExit(main())
