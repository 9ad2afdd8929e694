"""How a list uses words: how often, side by side, and in addresses."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from functools import cached_property
from itertools import pairwise
from math import log10
from string import ascii_lowercase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["Usage"]

_WORD = re.compile("[a-z]{2,}")
_FEW = 30  # pairs that are looked for in all of the text before a table of them is made
_LETTERS = bytes(sign if chr(sign) in ascii_lowercase else 0x20 for sign in range(0x100))


class Usage:
    """The words of a list's prose, lower case, and the addresses and keys that names may come from.

    `texts` and `addresses` are asked only where a word is in doubt, which in most lists none is.
    """

    def __init__(self, texts: Callable[[], Iterable[str]], addresses: Callable[[], Iterable[str]]) -> None:
        self._texts = texts
        self._given = addresses
        self._asked = 0

    @cached_property
    def _words(self) -> list[str]:
        text = "\n".join(self._texts()).lower().encode("ascii", "replace")
        return [word for word in text.translate(_LETTERS).decode().split() if len(word) > 1]

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each word is used."""
        return Counter(self._words)

    @cached_property
    def _running(self) -> str:
        """All words in their order, two blanks between them: so no two pairs share one."""
        return f" {'  '.join(self._words)} "

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self.counts)

    @cached_property
    def _followers(self) -> dict[str, Counter[str]]:
        """How often each word is followed by which others."""
        found: dict[str, Counter[str]] = {}
        for (first, second), times in Counter(pairwise(self._words)).items():
            found.setdefault(first, Counter())[second] = times
        return found

    @cached_property
    def _addresses(self) -> frozenset[str]:
        return frozenset(word for one in self._given() for word in _WORD.findall(one.lower()))

    def weight(self, word: str) -> float:
        """From 0 (never used) to 1 (a thousand times or more)."""
        return min(1.0, log10(1 + self.counts[word]) / 3)

    def pair(self, first: str, second: str) -> int:
        """How often the two follow each other, both in lower case."""
        if first not in self.counts or second not in self.counts:
            return 0
        self._asked += 1
        if self._asked <= _FEW and first != second:
            return self._running.count(f" {first}  {second} ")
        return self._followers[first][second] if first in self._followers else 0

    def after(self, word: str, beginning: str) -> str:
        """The longer word with this `beginning` that most often follows `word`; empty where none does."""
        at = bisect_right(self._sorted, beginning)
        if word not in self.counts or not any(one.startswith(beginning) for one in self._sorted[at : at + 1]):
            return ""
        longer = (
            (times, second)
            for second, times in self._followers.get(word, Counter()).items()
            if second.startswith(beginning) and second != beginning
        )
        return max(longer, default=(0, ""))[1]

    def in_address(self, word: str) -> bool:
        """Whether a link or a BibTeX key spells it so."""
        return word in self._addresses
