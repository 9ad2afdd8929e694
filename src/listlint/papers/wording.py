"""All plain text of a list as one text, in which to look for what only few of its runs hold."""

from __future__ import annotations

import string
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from listlint.papers.prose import Texts, read_prose, without_names

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from listlint.papers.model import PaperList, Prose

__all__ = ["Wording"]

_WORDS = bytes(sign if chr(sign) in string.ascii_letters + string.digits else 0x20 for sign in range(0x100))
_FEW = 40  # words that are sooner looked for one by one than all at once


class Wording:
    """The texts of a list's tree as one `text`, a line each; a text may be several runs of prose."""

    def __init__(self, papers: PaperList) -> None:
        self._source, self._entries = papers.source, papers.entries
        self._texts = Texts(papers)
        self.text = papers.tree.words

    @cached_property
    def prose(self) -> tuple[Prose, ...]:
        """Every run of plain text in source order, each said once."""
        return tuple(self._runs(range(len(self._texts.spans))))

    @cached_property
    def _blanked(self) -> str:
        return _blanked(self.text)

    @cached_property
    def words(self) -> frozenset[str]:
        """The runs of ASCII letters and digits, in the letter case in which they are written."""
        return frozenset(self._blanked.split())

    @cached_property
    def _in_lower_case(self) -> frozenset[str]:
        return frozenset("\n".join(self.words).lower().split("\n"))

    def among(self, known: Mapping[str, object]) -> list[str]:
        """Those of the words that are `known`, all of which are in lower case."""
        found = known.keys() & self._in_lower_case
        return [word for word in self.words if word.lower() in found] if found else []

    @cached_property
    def without_names(self) -> str:
        """The text in ASCII, with blanks where the names of people and venues stand."""
        return without_names(self._source, self._entries, self._texts.spans)

    @cached_property
    def _starts(self) -> list[int]:
        return list(accumulate([end - start + 1 for start, end in self._texts.spans], initial=0))

    def at(self, offsets: Iterable[int]) -> Iterator[Prose]:
        """The runs of the texts in which these offsets lie, in order, each once."""
        return self._runs(sorted({bisect_right(self._starts, offset) - 1 for offset in offsets}))

    def holding(self, words: Collection[str], *, in_names: bool = True) -> Iterator[Prose]:
        """The runs of the texts that hold one of the words, in order; perhaps others too.

        The words are in ASCII; unless they count `in_names`, those of people and venues do not.
        """
        text = self.text if in_names or not words else self.without_names
        if len(words) <= _FEW:
            return self.at(offset for word in words for offset in _places(text, word))
        text, wanted = self._blanked if in_names else _blanked(text), frozenset(words)
        return self._runs(
            number
            for number, (start, end) in enumerate(pairwise(self._starts))
            if not wanted.isdisjoint(text[start:end].split())
        )

    def _runs(self, numbers: Iterable[int]) -> Iterator[Prose]:
        return read_prose(self._source, self._texts.some(numbers))


def _blanked(text: str) -> str:
    """A text with a blank for each sign that is no ASCII letter or digit."""
    return text.encode("ascii", "replace").translate(_WORDS).decode()


def _places(text: str, word: str) -> Iterator[int]:
    offset = text.find(word)
    while offset >= 0:
        yield offset
        offset = text.find(word, offset + len(word))
