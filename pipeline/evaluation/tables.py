"""The score as lines of text."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.evaluation.history import Change, show_key
from pipeline.evaluation.scoring import ATTRIBUTES, MAIN_PARTS, PARTS, Judgement, accuracy, by_rule, counts, headline, share


def totals(judgement: Judgement) -> Iterator[str]:
    """A row per measure; the last is the headline."""
    for part in PARTS:
        count = counts(judgement, part)
        name = part if part in MAIN_PARTS else f"  {part}"
        yield (
            f"{name:20} P {count.precision:6.1%}  R {count.recall:6.1%}  F1 {count.f1:6.1%}"
            f"   ({count.right} right, {count.missed} missed, {count.extra} extra)"
        )
    for measure in ATTRIBUTES:
        right, total = accuracy(judgement, measure)
        yield f"{measure:20} accuracy {share(right, total):6.1%}   ({right} of {total})"
    yield f"{'headline':20} {headline(judgement):.1%}   (mean of metadata accuracy and the F1 of {', '.join(MAIN_PARTS)})"


def documents(judgement: Judgement, names: list[str]) -> Iterator[str]:
    """A row per document: the five parts of the headline and the headline."""
    yield f"{'document':40} {'metadata':>9} " + " ".join(f"{part:>11}" for part in MAIN_PARTS) + f" {'headline':>9}"
    for name in names:
        one = judgement.restricted(name)
        row = " ".join(f"{counts(one, part).f1:11.1%}" for part in MAIN_PARTS)
        yield f"{name[:40]:40} {share(*accuracy(one, 'metadata')):9.1%} {row} {headline(one):9.1%}"


def rules(judgement: Judgement) -> Iterator[str]:
    """A row per rule: how many of its facts are right and how many are extra."""
    yield f"{'part':12} {'rule':40} {'right':>6} {'extra':>6} {'precision':>10}"
    for (part, rule), count in by_rule(judgement).items():
        yield f"{part:12} {rule[:40]:40} {count.right:6} {count.extra:6} {count.precision:10.1%}"


def changes(change: Change) -> Iterator[str]:
    """What was gained and lost since the recorded run."""
    yield f"since the recorded run: {len(change.gained)} gained, {len(change.lost)} lost"
    yield from (f"  + {line}" for line in change.gained)
    yield from (f"  - {line}" for line in change.lost)
    yield from (f"  {line}" for line in change.remarks)


def mistakes(judgement: Judgement, sentences: dict[int, str]) -> Iterator[str]:
    """Each wrong fact with its rule and sentence (by identity of the outcome), each wrong value with the right one."""
    for outcome in judgement.outcomes:
        if outcome.status != "right" and outcome.part in MAIN_PARTS:
            rule = f" [{', '.join(outcome.rules)}]" if outcome.facts else ""
            yield f"{outcome.document}: {outcome.part} {outcome.status}: {show_key(outcome.key)}{rule}"
            if sentences.get(id(outcome)):
                yield f"    {sentences[id(outcome)]}"
    for value in judgement.values:
        if not value.ok:
            yield f"{value.document}: {value.measure} wrong: {value.label}: right {value.right!r}, got {value.got!r}"
