"""The slots a frame may use, by name."""

from __future__ import annotations

import inspect
from functools import cache

from . import time_slots, unit_slots, word_slots
from .writer import Slots


@cache
def all_slots() -> Slots:
    """Every public function of the slot modules that takes a writer and the slot's argument."""
    return {
        name: value
        for module in (unit_slots, time_slots, word_slots)
        for name, value in vars(module).items()
        if inspect.isfunction(value) and value.__module__ == module.__name__ and not name.startswith("_")
    }
