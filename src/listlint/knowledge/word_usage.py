"""How a list uses words: how often, side by side, and in addresses."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from itertools import pairwise
from math import log10
from string import ascii_lowercase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["Usage"]

_FEW = 30  # pairs that are looked for in all of the text before a table of them is made
_LETTERS = bytes(sign if chr(sign) in ascii_lowercase else 0x20 for sign in range(0x100))


class Usage:
    """The words of a list's prose, lower case, and the addresses and keys that names may come from.

    `text` and `addresses` are asked only where a word is in doubt, which in most lists none is.
    """

    def __init__(self, text: Callable[[], str], addresses: Callable[[], Iterable[str]]) -> None:
        self._given_text = text
        self._given_addresses = addresses
        self._asked = 0

    @cached_property
    def _words(self) -> list[str]:
        return self._given_text().encode("ascii", "replace").lower().translate(_LETTERS).decode().split()

    @cached_property
    def _long_words(self) -> list[str]:
        return [word for word in self._words if len(word) > 1]

    @cached_property
    def _running(self) -> str:
        """All words of more than a letter in their order, two blanks between them: so no two pairs share one."""
        return f" {'  '.join(self._long_words)} "

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each word is used."""
        return Counter(self._words)

    @cached_property
    def _pairs(self) -> Counter[tuple[str, str]]:
        return Counter(pairwise(self._long_words))

    @cached_property
    def _addresses(self) -> str:
        return "\n".join(self._given_addresses()).lower()

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
        return self._pairs[first, second]

    def after(self, word: str, beginning: str) -> str:
        """The longer word with this `beginning` that most often follows `word`; empty where none does."""
        if not word:
            return ""
        found: Counter[str] = Counter()
        text, both = self._running, f" {word}  {beginning}"
        place = text.find(both)
        while place >= 0:
            end = text.index(" ", place + len(both))
            if end > place + len(both):
                found[text[place + len(word) + 3 : end]] += 1
            place = text.find(both, place + 1)
        return max(((times, second) for second, times in found.items()), default=(0, ""))[1]

    def in_address(self, word: str) -> bool:
        """Whether a link or a BibTeX key spells it so."""
        text = self._addresses
        return word in text and re.search(f"(?<![a-z]){word}(?![a-z])", text) is not None
