"""vanban doctor"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from pipeline.cli.labels import Labels, Lang
from pipeline.cli.options import lang_option

if TYPE_CHECKING:
    from pipeline.doctor import Check

_STYLES = {"works": "green", "missing": "bold red", "not needed": "yellow"}


@click.command(name="doctor")
@click.option("--format", "format_", type=click.Choice(["table", "json"]), default="table", show_default=True, help="How it is written.")
@lang_option
def command(format_: str, lang: Lang) -> int:
    """Check that everything vanban needs is there and works, with what to do where it is not.

    Exit status 1 where something needed is missing.

    \b
    Example:
      vanban doctor
      vanban doctor --format json
    """
    from pipeline.doctor import examine
    from pipeline.errors import ExitCode

    checks = list(examine())
    if format_ == "json":
        from pipeline.cli.output import write_json

        write_json([asdict(check) for check in checks])
    else:
        _show(checks, Labels(lang))
    return ExitCode.SOME_FAILED if any(check.state == "missing" for check in checks) else ExitCode.DONE


def _show(checks: list[Check], labels: Labels) -> None:
    import sys

    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from pipeline.cli.output import plain, width

    drawn = Table(box=box.HORIZONTALS, expand=True, pad_edge=False)
    for heading, share in (("part", 3), ("state", 2), ("found", 8), ("advice", 6)):
        drawn.add_column(Text(labels(heading)), ratio=share, overflow="fold")
    for check in checks:
        state = Text(labels(f"state_{check.state}"), style=_STYLES[check.state])
        drawn.add_row(Text(check.name), state, Text(plain(check.found)), Text(plain(check.advice)))
    Console(file=sys.stdout, width=width(), highlight=False, markup=False, emoji=False).print(drawn)
