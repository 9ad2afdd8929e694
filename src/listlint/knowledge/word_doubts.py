"""Words that are probably misspelled, found by how a list and the English language use words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from listlint.knowledge.coinages import is_derived
from listlint.knowledge.english import english
from listlint.knowledge.known_words import known_words
from listlint.knowledge.spelling import likeliest
from listlint.knowledge.words import WORD, like

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from listlint.knowledge.spelling import Guess
    from listlint.knowledge.word_usage import Usage
    from listlint.knowledge.words import Words

__all__ = ["Doubt", "Speller"]

_CAMEL = re.compile(r"[A-Z]?[a-z]+(?:[A-Z][a-z]+)")
_FUNCTION = frozenset(
    ["and", "for", "from", "into", "over", "the", "through", "using", "via", "with", "without"]
)
_LAST_WORD = re.compile(r"([A-Za-z]+)[ -]$")
_FIRST_WORD = re.compile(r"[ -]([A-Za-z]+)")
# A contraction is no word of its own, nor is what stands in brackets within a name: `isn't`, `GPT-4V(ision)`.
_PART = re.compile("['\u2019]t")
_OPENED = re.compile(r"[A-Za-z0-9][(\[]$")
_IN_NAME = re.compile(r"[^\s\"'(]$")
_TITLES = frozenset({"title", "heading", "institution"})
_LOOSE = frozenset({"label", "note", "prose"})  # where a few words with capitals are people and places
_COMMON = 0.4
_COMPANY = 0.9
_SHORTEST = 4
_GLUED = 8
_FEW = 5
_PLAIN_RUN = 0.5
_RARE = 2


class Doubt(NamedTuple):
    """A word at `start` to `end` of a text that is probably wrong; `right` is empty where it is unclear what was meant."""

    start: int
    end: int
    wrong: str
    right: str


class Speller:
    """Judges the words of one list; what it guesses of a word is remembered."""

    def __init__(self, words: Words, usage: Usage) -> None:
        self._words = words
        self._usage = usage
        self._english = english()
        self._known = known_words(words)
        self._guesses: dict[str, list[Guess]] = {}

    def suspects(self, words: Iterable[str]) -> set[str]:
        """Those of `words`, as they are written, that may be doubted in some run of prose: never a known one."""
        misspellings = self._words.misspellings
        others = [word for word in self._known.others(words) if word.lower() not in misspellings]
        return set(filter(self._is_suspect, others))

    def _is_suspect(self, word: str) -> bool:
        return len(word) >= _SHORTEST if word[1:].islower() else self._is_camel(word)

    def doubts(self, text: str, kind: str) -> Iterator[Doubt]:
        """The doubtful words in a run of prose of this kind."""
        found = list(WORD.finditer(text))
        unknown = self._known.others([match[0] for match in found])
        if not any(map(self._is_suspect, unknown)):
            return
        odd = [match for match in found if match[0] in unknown]
        if len(found) > 1 and len(odd) > len(found) * _PLAIN_RUN:  # another language, or names
            return
        skip = _name_before_colon(text)
        for match in odd:
            word = match[0]
            if (
                match.start() < skip
                or _PART.match(text, match.end())
                or _OPENED.search(text[: match.start()])
                or word.lower() in self._words.misspellings
                or self._is_torn(text, match)
            ):
                continue
            if word[1:].islower():
                if word[0].isupper() and not (_begins(text, match.start(), kind) or _is_titled(found)):
                    continue
                if word[0].isupper() and (self._by_name(text, match) or _is_label(text, kind, len(found))):
                    continue
                right = self._cut_off(match, text) if kind == "title" else ""
                right = right or self._misspelled(match, text, kind) or self._glued(word)
                if kind == "institution" and not self._is_place(right.lower()):
                    continue
            else:
                right = self._camel(match, text)
            if right and not self._usage.in_address(word.lower()):
                yield Doubt(*match.span(), word, right)

    def _misspelled(self, match: re.Match[str], text: str, kind: str) -> str:
        """What an unknown word was meant to be, or nothing where it may well be meant."""
        word = match[0]
        lower = word.lower()
        if lower not in self._guesses:
            self._guesses[lower] = self._guess(lower)
        guesses = self._guesses[lower]
        limit = _limit(word, kind)
        if not guesses or guesses[0].cost >= limit + _COMPANY:
            return ""
        if len(guesses) > 1 or guesses[0].cost >= limit:
            guesses = sorted(
                guess._replace(cost=guess.cost - _COMPANY * self._fits(guess.word, text, match))
                for guess in guesses
            )
        return like(word, guesses[0].word) if guesses[0].cost < limit else ""

    def _is_torn(self, text: str, match: re.Match[str]) -> bool:
        """Whether a word and the one behind it are one that a line break tore apart: `framew ork`."""
        rest = _FIRST_WORD.match(text, match.end())
        return rest is not None and (match[0] + rest[1]).lower() in self._english.frequent

    def _fits(self, right: str, text: str, match: re.Match[str]) -> bool:
        """Whether the list also writes `right` next to one of the words beside it."""
        before, after = _beside(text, match)
        return max(self._pair(before, right), self._pair(right, after)) >= _RARE

    def _guess(self, word: str) -> list[Guess]:
        """The words that a slip may have turned into `word`, lower case, likeliest first."""
        if len(word) < _SHORTEST:
            return []
        guesses = likeliest(word, self._known.near(word), self._weight)
        if not guesses or (word == guesses[0].word + "s" and word[-2] != "s"):
            return []
        count = self._usage.counts[word]
        if count > _RARE and count * 20 > self._usage.counts[guesses[0].word]:
            return []
        if is_derived(word, _is_common, self._english.domain.__contains__):
            return []
        return [
            guess
            for guess in guesses[:5]
            if guess.cost < guesses[0].cost + _COMPANY and (len(word) > _FEW or guess.word[0] == word[0])
        ]

    def _by_name(self, text: str, match: re.Match[str]) -> bool:
        """Whether a person's name stands beside the word, which is then one as well."""
        return any(self._english.is_name(word) for word in _beside(text, match))

    def _is_place(self, word: str) -> bool:
        """Whether a word may be meant in the name of a place: English words of other tongues look like slips."""
        return word in self._english.domain and not self._english.is_plain(word)

    def _pair(self, first: str, second: str) -> int:
        """How often two words stand side by side in the list; `_RARE` more if they do in many titles."""
        return self._usage.pair(first, second) + _RARE * (f"{first} {second}" in self._english.pairs)

    def _weight(self, word: str) -> float:
        return self._english.commonness(word) + self._usage.weight(word)

    def _is_camel(self, word: str) -> bool:
        """Whether a word may be two common ones that lost the space between them: a name is written more than once.

        The list or many titles write them apart, or the second is a preposition or its like.
        """
        if not _are_glued(word) or self._usage.counts[word.lower()] > 1:
            return False
        first, second = _halves(word)
        return second in _FUNCTION or self._pair(first, second) > 0

    def _camel(self, match: re.Match[str], text: str) -> str:
        """Two words that lost the space between them, or nothing where it may be a name.

        A word beside them belongs to one of the two.
        """
        word = match[0]
        if not self._is_camel(word) or _IN_NAME.search(text[: match.start()]):
            return ""
        first, second = _halves(word)
        before, after = _beside(text, match)
        glued = second in _FUNCTION
        if not glued and (apart := self._pair(first, second)):
            sides = (self._pair(before, first), self._pair(second, after))
            glued = apart >= 2 * _RARE or (apart >= _RARE and any(sides)) or min(sides) >= _RARE
        return f"{word[: len(first)]} {word[len(first) :]}" if glued else ""

    def _glued(self, word: str) -> str:
        """As `_camel`, for words in lower case, one of which is a preposition or its like."""
        lower = word.lower()
        for cut in range(3, len(lower) - 2):
            first, second = lower[:cut], lower[cut:]
            if _FUNCTION.isdisjoint((first, second)) or len(lower) < _GLUED:
                continue
            if _is_common(first) and _is_common(second) and self._pair(first, second):
                return like(word, f"{first} {second}")
        return ""

    def _cut_off(self, match: re.Match[str], text: str) -> str:
        """The word that a title's last word is the beginning of, where the list writes it after the same word."""
        if len(match[0]) <= _SHORTEST or text[match.end() :].strip(" ."):
            return ""
        lower, (before, _) = match[0].lower(), _beside(text, match)
        longer = self._usage.after(before, lower)
        return like(match[0], longer) if longer and longer in self._known else ""


def _is_common(word: str) -> bool:
    return english().commonness(word) >= _COMMON


@lru_cache(maxsize=1 << 13)
def _are_glued(word: str) -> bool:
    """Whether a word with a capital inside is two common ones."""
    return _CAMEL.fullmatch(word) is not None and all(map(_is_common, _halves(word)))


def _halves(word: str) -> tuple[str, str]:
    """The parts before and from a capital inside a word, lower case."""
    cut = next(place for place, letter in enumerate(word) if place and letter.isupper())
    return word[:cut].lower(), word[cut:].lower()


def _beside(text: str, match: re.Match[str]) -> tuple[str, str]:
    """The words before and after, lower case; empty where there is none."""
    before, after = _LAST_WORD.search(text[: match.start()]), _FIRST_WORD.match(text, match.end())
    return before[1].lower() if before else "", after[1].lower() if after else ""


def _limit(word: str, kind: str) -> float:
    """How much belief a word may cost: long words in lower case are most surely misspelled, notes name most things."""
    length = min(len(word), 10)
    limit = -1.6 + 0.2 * length + (0.0 if word[0].isupper() else 0.4)
    if kind in _TITLES:
        return limit + (0.2 if length > _FEW else 0.1 if length == _FEW else 0.0)
    return limit - 0.1


def _begins(text: str, start: int, kind: str) -> bool:
    """Whether a capital is only that of a sentence's first word."""
    return kind in _TITLES and text[:start].rstrip()[-1:] in ("", ":", ".", "?", "!")


def _name_before_colon(text: str) -> int:
    """How far a title's name reaches: one or two words before a colon."""
    head, colon, _ = text.partition(":")
    return len(head) if colon and len(head.split()) <= 2 else 0  # noqa: PLR2004


def _is_label(text: str, kind: str, words: int) -> bool:
    """Whether a run is so short that its capitals are those of a system, a person or a place."""
    return (kind in _LOOSE and words <= _FEW) or (kind == "title" and len(text.split()) <= 2)  # noqa: PLR2004


def _is_titled(found: list[re.Match[str]]) -> bool:
    """Whether the words of a run are capitalised as in a title, so that a capital says nothing."""
    initials = [match[0][0] for match in found[1:] if match.end() - match.start() > _SHORTEST]
    return len([letter for letter in initials if letter.isupper()]) * 2 > len(initials)
