"""Reads the knowledge of the language from the data files beside this module, once each."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any


@cache
def rows(name: str) -> tuple[dict[str, Any], ...]:
    """The rows of `name`.jsonl, in file order. Blank lines and lines that start with # are skipped."""
    text = resources.files("pipeline.data").joinpath(f"{name}.jsonl").read_text("utf-8")
    return tuple(json.loads(line) for line in text.splitlines() if line.strip() and not line.startswith("#"))


@cache
def table(name: str) -> dict[str, Any]:
    """The object in `name`.json."""
    value: dict[str, Any] = json.loads(resources.files("pipeline.data").joinpath(f"{name}.json").read_text("utf-8"))
    return value
