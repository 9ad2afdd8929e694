"""How a list uses words: how often, side by side, and in addresses."""

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
    """The words of a list's prose, lower case, and the addresses and keys that names may come from.

    `texts` and `addresses` are asked only where a word is in doubt, which in most lists none is.
    """

    def __init__(self, texts: Callable[[], Iterable[str]], addresses: Callable[[], Iterable[str]]) -> None:
        self._texts = texts
        self._given = addresses

    @cached_property
    def _words(self) -> list[str]:
        return _WORD.findall("\n".join(self._texts()).lower())

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each word is used."""
        return Counter(self._words)

    @cached_property
    def _pairs(self) -> Counter[tuple[str, str]]:
        return Counter(pairwise(self._words))

    @cached_property
    def _addresses(self) -> frozenset[str]:
        return frozenset(word for one in self._given() for word in _WORD.findall(one.lower()))

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
