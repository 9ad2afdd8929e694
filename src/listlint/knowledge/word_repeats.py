"""Words written twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from listlint.expressions import expression
from listlint.knowledge.english import english

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Repeat", "find_repeats", "may_repeat"]

_TWICE = expression(r"(?<![\w@#/\\.&'’+-])([A-Za-z]+)([ \t\u00a0]+)(\1)(?![\w'’@+-])", re.IGNORECASE)
_ANYWHERE = re.compile(r"[^a-z]([a-z]++)[ \t\u00a0]++(?=\1(?![a-z]))")
# Words that no sentence needs twice; "that that", "had had", "is is" and "can can" are grammar or dances.
_GLUE = frozenset((
    "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from", "has", "have", "if", "in",
    "into", "its", "it", "of", "on", "or", "our", "than", "the", "their", "then", "these", "this", "those",
    "to", "via", "was", "were", "when", "where", "which", "while", "with", "within", "without", "you", "your",
))  # fmt: skip
# What is said twice on purpose.
_SAID_TWICE = frozenset((
    "again", "bang", "blah", "bye", "chop", "extra", "far", "hush", "knock", "less", "long", "many", "more",
    "much", "never", "over", "really", "slow", "super", "that", "tick", "very", "well", "win", "yes",
))  # fmt: skip
_SHORTEST = 4


class Repeat(NamedTuple):
    """The second of two equal words: `start` to `end` is what to drop, the blank before it included."""

    start: int
    end: int
    word: str
    sure: bool


def may_repeat(text: str) -> Iterator[int]:
    """The offsets of words that may stand twice: a quick first look."""
    lower = text.replace("İ", "I").lower()  # the one letter that is two in lower case
    for match in _ANYWHERE.finditer(f"\n{lower}"):
        yield match.start()


def find_repeats(text: str, kind: str) -> Iterator[Repeat]:
    """The words that stand twice in a run of prose of this kind.

    Words of grammar are surely doubled by accident; other words only if they are lower case, or terms in a title,
    because names may be doubled.
    """
    for match in _TWICE.finditer(text):
        first, second = match[1], match[3]
        lower = first.lower()
        if lower in _GLUE:
            if len(first) > 1 or (first == second and first.islower()):
                yield Repeat(match.start(2), match.end(3), f"{first} {second}", sure=True)
        elif (
            len(first) >= _SHORTEST
            and lower not in _SAID_TWICE
            and first == second
            and _is_plain(first, kind)
        ):
            yield Repeat(match.start(2), match.end(3), f"{first} {second}", sure=False)


def _is_plain(word: str, kind: str) -> bool:
    """Whether a word is none that a name would double."""
    if word.islower():
        return word in english().frequent
    return word[1:].islower() and kind in ("title", "heading") and word.lower() in english().frequent
