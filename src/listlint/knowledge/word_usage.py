"""How a collection uses words: how often, side by side, and in addresses."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from itertools import pairwise
from math import log10
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["Usage"]

_WORD = re.compile("[a-z]{2,}")


class Usage:
    """The words of a collection's prose, lower case, and the addresses and keys that names may come from.

    `texts` gives the prose of each list, and is asked again where words side by side are: all words of all lists
    are never held at once.
    """

    def __init__(self, texts: Callable[[], Iterable[str]], addresses: Iterable[str]) -> None:
        self._texts = texts
        self._addresses = frozenset(word for one in addresses for word in _WORD.findall(one.lower()))
        self.counts: Counter[str] = Counter()
        for text in texts():
            self.counts.update(_WORD.findall(text.lower()))

    @cached_property
    def _pairs(self) -> Counter[tuple[str, str]]:
        found: Counter[tuple[str, str]] = Counter()
        for text in self._texts():
            found.update(pairwise(_WORD.findall(text.lower())))
        return found

    def weight(self, word: str) -> float:
        """From 0 (never used) to 1 (a thousand times or more)."""
        return min(1.0, log10(1 + self.counts[word]) / 3)

    def pair(self, first: str, second: str) -> int:
        """How often the two follow each other, both in lower case."""
        return self._pairs[first, second]

    def after(self, word: str, beginning: str) -> str:
        """The longer word with this `beginning` that most often follows `word`; empty where none does."""
        longer = (
            (self._pairs[word, second], second)
            for second in self.counts
            if second.startswith(beginning) and second != beginning and (word, second) in self._pairs
        )
        return max(longer, default=(0, ""))[1]

    def in_address(self, word: str) -> bool:
        """Whether a link or a BibTeX key spells it so."""
        return word in self._addresses
