"""The English words and the words of computer science, loaded when a word is first looked up."""

from __future__ import annotations

import os
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from listlint.knowledge.rulebook import folder, load

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["English", "english"]

_SIZES = ("10", "20", "35", "50")
_OFTEN = 20  # questions after which a set is worth its making


class _Words:
    """Words by their first two letters: as one text, since most are never asked for; as a set where many were.

    `others` are words besides.
    """

    def __init__(self, *sections: dict[str, str], others: frozenset[str] = frozenset()) -> None:
        self._sections = sections
        self._others = others
        self._asked: dict[str, int] = {}
        self._blocks: dict[str, str | frozenset[str]] = {}

    def __contains__(self, word: str) -> bool:
        if word in self._others:
            return True
        block = self._block(word[:2], 1)
        return f" {word} " in block if isinstance(block, str) else word in block

    def among(self, words: Collection[str]) -> set[str]:
        """Those of `words` that are among these."""
        filed: defaultdict[str, list[str]] = defaultdict(list)
        for word in words:
            filed[word[:2]].append(word)
        found = list(self._others.intersection(words))
        for start, some in filed.items():
            block = self._block(start, len(some))
            if not block:
                continue
            if isinstance(block, str):
                found += [word for word in some if f" {word} " in block]
            else:
                found += [word for word in some if word in block]
        return set(found)

    def _block(self, start: str, times: int) -> str | frozenset[str]:
        """The words that begin so, of which some are asked for `times` times now."""
        block = self._blocks.get(start)
        if block is None:
            block = "".join([f" {section[start]} " for section in self._sections if start in section])
        elif not isinstance(block, str):
            return block
        self._asked[start] = asked = self._asked.get(start, 0) + times
        if asked >= _OFTEN:
            block = frozenset(block.split())
        self._blocks[start] = block
        return block


class English:
    """Which words are words, and how common they are.

    `frequent` are the words that a slip may be meant for; `domain` are those of computer science among them; `pairs`
    are two words, a space between them, that titles often set side by side.
    """

    def __init__(self, text: str, vocabulary: list[str]) -> None:
        sections: dict[str, dict[str, str]] = {}
        for part in text.split("\n[")[1:]:
            name, *lines = part.split("\n")
            sections[name.rstrip("]")] = {line[:2]: line for line in lines if line}
        common = [sections[size] for size in _SIZES]
        self.pairs = frozenset([word for word in vocabulary if " " in word])
        self.domain = frozenset(vocabulary) - self.pairs
        self.frequent = _Words(*common, others=self.domain)
        self._first, self._second, self._third = map(_Words, common[:3])
        self._rare, self._names = _Words(sections["70"]), _Words(sections["names"])
        self._all = _Words(*common, sections["70"], sections["names"], others=self.domain)

    def __contains__(self, word: str) -> bool:
        """Whether `word`, in lower case, is a word or a name."""
        return word in self._all

    def among(self, words: Collection[str]) -> set[str]:
        """Those of `words`, in lower case, that are words or names."""
        return self._all.among(words)

    def is_rare(self, word: str) -> bool:
        """Whether `word` is in large dictionaries only."""
        return word in self._rare

    def is_name(self, word: str) -> bool:
        """Whether `word` is a proper name and nothing else."""
        return word not in self.frequent and word in self._names

    def is_plain(self, word: str) -> bool:
        """Whether `word` is among the commoner English words, rather than a name or a term."""
        return word in self._first or word in self._second or word in self._third

    def commonness(self, word: str) -> float:
        """From 0 (rare, or no word) to 1 (among the commonest); words of computer science are as common as any."""
        if word in self.domain or word in self._first:
            return 1.0
        if word in self._second:
            return 0.7
        if word in self._third:
            return 0.4
        return 0.2 if word in self.frequent else 0.0


@cache
def english() -> English:
    """The shipped list, read once."""
    with open(os.path.join(folder(), "data", "english.txt"), "rb") as file:
        return English(file.read().decode("ascii"), load("vocabulary"))
