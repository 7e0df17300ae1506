"""Seeded choices. One stream per document, so a document does not depend on how many were composed before it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """A stream of choices that is the same for the same seed on every Python version (it uses only `random()`)."""

    __slots__ = ("random",)

    def __init__(self, seed: str) -> None:
        self.random = random.Random(seed).random

    def odds(self, probability: float) -> bool:
        """True with the given probability."""
        return self.random() < probability

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self.random() * (high - low + 1))

    def pick(self, items: Sequence[T]) -> T:
        """One of `items`; they must not be empty."""
        return items[int(self.random() * len(items))]

    def some(self, items: Sequence[T], count: int) -> list[T]:
        """`count` different items (fewer if there are fewer), in random order."""
        left = list(items)
        count = min(count, len(left))
        for i in range(count):
            j = i + int(self.random() * (len(left) - i))
            left[i], left[j] = left[j], left[i]
        return left[:count]

    def weighted(self, choices: Sequence[tuple[T, float]]) -> T:
        """One of (item, weight), in proportion to the weights."""
        at = self.random() * sum(weight for _, weight in choices)
        for item, weight in choices:
            at -= weight
            if at < 0:
                return item
        return choices[-1][0]
