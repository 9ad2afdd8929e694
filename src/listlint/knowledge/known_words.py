"""Which words are words, names, or a user's own; what is found of a word is remembered from list to list."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from listlint.knowledge.english import english
from listlint.knowledge.spelling import one_slip_away

if TYPE_CHECKING:
    from collections.abc import Iterable

    from listlint.knowledge.words import Words

__all__ = ["KnownWords", "known_words"]

_BRITISH = re.compile("([a-z]{3})is(e|es|ed|er|ers|ing|ation|ations|able)$")
_MEMORY, _NEAR = 1 << 16, 1 << 13


class KnownWords:
    """The words of English, the names and terms that go with them, and those that a user allows."""

    def __init__(self, words: Words) -> None:
        self._allowed = words.allowed
        self._english = english()
        self._fine: set[str] = set()  # as they are written
        self._strange: set[str] = set()
        self.near = lru_cache(_NEAR)(self._find_near)

    def __contains__(self, word: str) -> bool:
        """Whether `word`, lower case, is known, in American or in British spelling."""
        return word in self._english or self._is_known_otherwise(word)

    def _is_known_otherwise(self, word: str) -> bool:
        """Whether a user allows `word`, lower case, or it is the British spelling of one that is known."""
        if word in self._allowed:
            return True
        american = _BRITISH.sub(r"\1iz\2", word)
        return american != word and american in self._english

    def others(self, words: Iterable[str]) -> set[str]:
        """Those of `words`, as they are written, that are not known."""
        others = set(words) - self._fine
        if new := others - self._strange:
            english = self._english.among({word.lower() for word in new})
            fine = {
                word for word in new if (lower := word.lower()) in english or self._is_known_otherwise(lower)
            }
            self._remember(self._fine, fine)
            self._remember(self._strange, new - fine)
            others -= fine
        return others

    def _find_near(self, word: str) -> frozenset[str]:
        """The frequent words that one slip turns into `word`, lower case."""
        return frozenset(self._english.frequent.among(one_slip_away(word)))

    @staticmethod
    def _remember(memory: set[str], words: set[str]) -> None:
        if len(memory) >= _MEMORY:
            memory.clear()
        memory |= words


@lru_cache(maxsize=2)
def known_words(words: Words) -> KnownWords:
    """What is known with these words."""
    return KnownWords(words)
