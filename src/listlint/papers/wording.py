"""All plain text of a list as one text, in which to look for what only few of its runs hold."""

from __future__ import annotations

import string
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Iterator, Sequence

    from listlint.papers.model import Prose

__all__ = ["Wording"]

_WORDS = bytes(sign if chr(sign) in string.ascii_letters + string.digits else 0x20 for sign in range(0x100))
_MANY = 16  # runs that are looked at in the time in which one word is looked for everywhere
_MOST = 40  # words that are looked for one by one in however long a list


class Wording:
    """The runs of `prose` and their `text`, each run a line of it."""

    def __init__(self, prose: Sequence[Prose]) -> None:
        self.prose = prose
        self.text = "\n".join([one.text for one in prose])

    @cached_property
    def words(self) -> frozenset[str]:
        """The runs of ASCII letters and digits, in the letter case in which they are written."""
        return frozenset(self.text.encode("ascii", "replace").translate(_WORDS).decode().split())

    @cached_property
    def _in_lower_case(self) -> list[tuple[str, str]]:
        return [(word.lower(), word) for word in self.words]

    def among(self, known: Container[str]) -> list[str]:
        """Those of the words that are `known`, all of which are in lower case."""
        return [word for lower, word in self._in_lower_case if lower in known]

    @cached_property
    def _starts(self) -> list[int]:
        return list(accumulate([len(one.text) + 1 for one in self.prose], initial=0))

    def at(self, offsets: Iterable[int]) -> Iterator[Prose]:
        """The runs in which these offsets of the text lie, in order, each once."""
        for number in sorted({bisect_right(self._starts, offset) - 1 for offset in offsets}):
            yield self.prose[number]

    def holding(self, words: Collection[str]) -> Iterable[Prose]:
        """The runs that hold one of the words, in order; perhaps others too."""
        if len(words) > min(len(self.prose) // _MANY, _MOST):
            return self.prose
        return self.at(offset for word in words for offset in _places(self.text, word))


def _places(text: str, word: str) -> Iterator[int]:
    offset = text.find(word)
    while offset >= 0:
        yield offset
        offset = text.find(word, offset + len(word))
