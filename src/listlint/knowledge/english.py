"""The English words and the words of computer science, loaded when a word is first looked up."""

from __future__ import annotations

import os
from functools import cache

from listlint.knowledge.rulebook import folder, load

__all__ = ["English", "english"]

_SIZES = ("10", "20", "35", "50")


class English:
    """Which words are words, and how common they are.

    `frequent` are the words that a slip may be meant for; `domain` are those of computer science among them; `pairs`
    are two words, a space between them, that titles often set side by side. The rarer words and the names are only looked up, by bisection in their text, which is faster than a set to build.
    """

    def __init__(self, text: str, vocabulary: list[str]) -> None:
        sections: dict[str, str] = {}
        for part in text[text.index("\n[") + 1 :].split("[")[1:]:
            name, _, words = part.partition("]\n")
            sections[name] = words
        self._sizes = tuple(frozenset(sections[size].split("\n")) for size in _SIZES[:2])
        self._third = sections[_SIZES[2]]
        self.domain = frozenset(word for word in vocabulary if " " not in word)
        self.pairs = frozenset(word for word in vocabulary if " " in word)
        self.frequent = frozenset("".join(sections[size] for size in _SIZES).split("\n")) | self.domain
        self._rare = sections["70"]
        self._names = sections["names"]

    def __contains__(self, word: str) -> bool:
        """Whether `word`, in lower case, is a word or a name."""
        return word in self.frequent or self.is_rare(word) or _within(word, self._names)

    def is_rare(self, word: str) -> bool:
        """Whether `word` is in large dictionaries only."""
        return _within(word, self._rare)

    def is_name(self, word: str) -> bool:
        """Whether `word` is a proper name and nothing else."""
        return word not in self.frequent and _within(word, self._names)

    def is_plain(self, word: str) -> bool:
        """Whether `word` is among the commoner English words, rather than a name or a term."""
        return word in self._sizes[0] or word in self._sizes[1] or _within(word, self._third)

    def commonness(self, word: str) -> float:
        """From 0 (rare, or no word) to 1 (among the commonest); words of computer science are as common as any."""
        if word in self.domain or word in self._sizes[0]:
            return 1.0
        if word in self._sizes[1]:
            return 0.7
        if word in self.frequent:
            return 0.4 if _within(word, self._third) else 0.2
        return 0.0


@cache
def english() -> English:
    """The shipped list, read once: 15 ms."""
    with open(os.path.join(folder(), "data", "english.txt"), "rb") as file:
        return English(file.read().decode("ascii"), load("vocabulary"))


def _within(word: str, lines: str) -> bool:
    """Whether `word` is a line of sorted `lines`, each of which ends with a newline."""
    low, high = 0, len(lines)
    while low < high:
        start = lines.rfind("\n", low, (low + high) // 2) + 1 or low
        end = lines.find("\n", start)
        line = lines[start:end]
        if line == word:
            return True
        if line < word:
            low = end + 1
        else:
            high = start
    return False
