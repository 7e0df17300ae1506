"""vanban schema"""

from __future__ import annotations

import click


@click.command(name="schema")
def command() -> None:
    """Print the JSON Schema (2020-12) of the record that `extract` writes.

    \b
    Example:
      vanban schema > record.schema.json
    """
    from pipeline.cli.output import write_json
    from pipeline.records import json_schema

    write_json(json_schema())
