"""Which word was meant: slips of the fingers, and what each costs."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

__all__ = ["Guess", "are_one_slip_apart", "likeliest", "one_slip_away"]

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_VOWELS = frozenset("aeiou")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")

# What a slip costs: the more often fingers make it, the less.
_SWAP, _DOUBLE, _NEAR, _VOWEL, _DROP, _STRAY, _OTHER = 0.5, 0.5, 0.8, 0.8, 0.7, 1.0, 1.3
_FIRST_LETTER = 0.8
_PLURAL = 0.3  # where both are one slip away, the shorter was more likely meant


class Guess(NamedTuple):
    """A word that may have been meant; the lower the cost, the likelier."""

    cost: float
    word: str


@cache
def _beside(letter: str) -> frozenset[str]:
    """The keys next to `letter` on a keyboard."""
    places = {
        key: (row, column + row * 0.4) for row, keys in enumerate(_ROWS) for column, key in enumerate(keys)
    }
    row, column = places[letter]
    near = {key for key, (there, at) in places.items() if abs(there - row) <= 1 and abs(at - column) <= 1.1}  # noqa: PLR2004
    return frozenset(near - {letter})


def likeliest(word: str, near: Collection[str], commonness: Callable[[str], float]) -> list[Guess]:
    """The words that one slip turns into `word`, which are `near`, the likeliest first.

    `commonness` is 0 to about 2 and is weighed against the slip: a rare word must be near to be believed.
    """
    return sorted(
        Guess(
            _cost(word, right) - commonness(right) + _PLURAL * (right[-1] == "s" and right[:-1] in near),
            right,
        )
        for right in near
    )


def one_slip_away(word: str) -> set[str]:
    """All that has one letter more, less, other or swapped, be it a word or not."""
    found = set()
    for cut in range(len(word) + 1):
        head, tail = word[:cut], word[cut:]
        found.update([head + letter + tail for letter in _LETTERS])
        if tail:
            rest = tail[1:]
            found.add(head + rest)
            if rest:
                found.add(head + rest[0] + tail[0] + rest[1:])
            found.update([head + letter + rest for letter in _LETTERS])
    found.discard(word)
    return found


def are_one_slip_apart(one: str, other: str) -> bool:
    """Whether one letter more, less, other or swapped makes one word of the other."""
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if at is None:
        return abs(len(one) - len(other)) == 1
    rest, rest2 = one[at:], other[at:]
    return (
        rest[1:] in (rest2, rest2[1:])
        or rest == rest2[1:]
        or (rest[:2] == rest2[1::-1] and rest[2:] == rest2[2:])
    )


def _cost(wrong: str, right: str) -> float:
    """What the slip from `right` to `wrong` costs."""
    at = next(
        (i for i, (a, b) in enumerate(zip(wrong, right, strict=False)) if a != b), min(len(wrong), len(right))
    )
    first = _FIRST_LETTER if at == 0 else 0.0
    if len(wrong) < len(right):
        lost = right[at]
        return first + (_DOUBLE if lost in right[at - 1 : at] + right[at + 1 : at + 2] else _DROP)
    typed = wrong[at]
    around = wrong[at - 1 : at] + wrong[at + 1 : at + 2]
    if len(wrong) > len(right):
        if typed in around:
            return first + _DOUBLE
        return first + (_NEAR if any(typed in _beside(key) for key in around) else _STRAY)
    meant = right[at]
    if (
        wrong[at + 1 : at + 2] == meant
        and right[at + 1 : at + 2] == typed
        and wrong[at + 2 :] == right[at + 2 :]
    ):
        return first + _SWAP
    if typed in _beside(meant):
        return first + _NEAR
    return first + (_VOWEL if typed in _VOWELS and meant in _VOWELS else _OTHER)
