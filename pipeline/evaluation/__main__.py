"""`python -m pipeline.evaluation`: extract the gold documents and print how right the result is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from pipeline.errors import ExitCode, UsageError, VanbanError
from pipeline.evaluation import history, tables
from pipeline.evaluation.gold import Gold, read_set
from pipeline.evaluation.scoring import NOTHING, Judgement, join, judge
from pipeline.evaluation.sentences import sentence
from pipeline.records import Record

Extract = Callable[[Path], Record]


def gold_sets(root: Path) -> dict[str, tuple[Path, Path]]:
    """The gold sets there are, by name: folder of gold files, folder of texts."""
    shared = root.parent / "shared"
    sets = {"corpus": (root / "corpus", root / "corpus"), "dev": (shared / "gold" / "dev", shared / "seeds")}
    return {name: folders for name, folders in sets.items() if folders[0].is_dir()}


def extract_all(golds: list[Gold], extract: Extract) -> tuple[dict[str, Record], list[str]]:
    """The records by document, and one line for each document that could not be read; such a one counts as an empty record."""
    records, failures = {}, []
    for gold in golds:
        try:
            records[gold.name] = extract(gold.text)
        except VanbanError as error:
            failures.append(error.line())
    return records, failures


@click.command()
@click.option("--root", type=click.Path(exists=True, file_okay=False, path_type=Path), default=".", help="Folder that holds corpus/.")
@click.option("--documents", is_flag=True, help="A row per document as well.")
@click.option("--errors", is_flag=True, help="List each wrong fact with its sentence.")
@click.option("--record", is_flag=True, help="Keep this run in corpus/scores.json as the one to compare with.")
def main(root: Path, documents: bool, errors: bool, record: bool) -> None:
    """Score extraction on corpus/ and, where it exists, on ../shared/gold/dev.

    Prints precision and recall per part and per rule, and what was gained and lost since the recorded run.

    Example: python -m pipeline.evaluation --documents --errors
    """
    from pipeline.extract import Extractor, pipeline_version  # heavy: not needed for --help
    from pipeline.settings import Settings

    try:
        failed = run(root.resolve(), Extractor(Settings()).extract, pipeline_version(), documents=documents, errors=errors, record=record)
    except VanbanError as error:
        click.echo(error.line(), err=True)
        raise SystemExit(int(error.exit_code)) from None
    raise SystemExit(int(ExitCode.SOME_FAILED if failed else ExitCode.DONE))


def run(root: Path, extract: Extract, version: str, *, documents: bool = False, errors: bool = False, record: bool = False) -> bool:
    """Scores every gold set under `root` and prints; true when a document could not be read. `version` is recorded with the run."""
    recorded_in = root / "corpus" / "scores.json"
    runs = history.read(recorded_in)
    failed = False
    sets = {name: read_set(*folders) for name, folders in gold_sets(root).items()}
    if not any(sets.values()):
        raise UsageError("no gold files", where=str(root / "corpus"), hint="run this in the project's folder or name it with --root")
    for name, golds in sets.items():
        records, failures = extract_all(golds, extract)
        for line in failures:
            click.echo(line, err=True)
        failed = failed or bool(failures)
        judgement = join(judge(gold, records.get(gold.name, NOTHING)) for gold in golds)
        now = history.snapshot(golds, judgement, version)
        click.echo(f"\n== {name}: {len(golds)} documents")
        for line in report(judgement, golds, records, documents=documents, errors=errors):
            click.echo(line)
        click.echo()
        for line in tables.changes(history.compare(runs[name], now)) if name in runs else ["no recorded run to compare with"]:
            click.echo(line)
        if record:
            runs[name] = now
    if record:
        history.write(recorded_in, runs)
    return failed


def report(judgement: Judgement, golds: list[Gold], records: dict[str, Record], *, documents: bool, errors: bool) -> list[str]:
    """The lines of one gold set."""
    lines = [*tables.totals(judgement), ""]
    if documents:
        lines += [*tables.documents(judgement, [gold.name for gold in golds]), ""]
    lines += tables.rules(judgement)
    if errors:
        wrong = [outcome for outcome in judgement.outcomes if outcome.status != "right"]
        sentences = {id(outcome): sentence(outcome, records.get(outcome.document, NOTHING)) for outcome in wrong}
        lines += ["", *tables.mistakes(judgement, sentences)]
    return lines


if __name__ == "__main__":
    main()
