"""Words: known misspellings, and what a user's own words add to them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from listlint.expressions import expression
from listlint.knowledge.rulebook import KnowledgeError, load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["WORD", "Slip", "Words", "is_whole", "like"]

# A word that is part of no identifier, path, file name, tag or handle. Other scripts may touch it.
WORD = re.compile(r"(?<![A-Za-z0-9_À-ɏ@#\\$.])[A-Za-z]{3,}+(?![0-9_À-ɏ@\\])(?!\.[A-Za-z0-9])")
# Markup inside a word, as in `**R**etrieval`: what stands before or after it is no whole word.
_BEFORE_INSIDE = expression(r"[A-Za-z0-9](?:[*_~`]{1,3}|\$ ?|</\w{1,9}>)$")
_AFTER_INSIDE = expression(r"(?:[*_~`$]{1,3}|<\w{1,9}>)[A-Za-z0-9]")
_MARKUP = 13
_SURNAME = 4  # short slips with a capital are names: Teh, Adn


class Slip(NamedTuple):
    """A misspelled word at `start` to `end` of a text, and the word that was meant, in the same case."""

    start: int
    end: int
    wrong: str
    right: str


class Words:
    """What is known about words. All keys and values are lower case; `allowed` words are never wrong."""

    def __init__(self, misspellings: Mapping[str, str], allowed: frozenset[str] = frozenset()) -> None:
        self.misspellings = misspellings
        self.allowed = allowed

    @classmethod
    def load(cls, extra: Iterable[object] = ()) -> Words:
        """The shipped words and a user's own: a string is an allowed word, a mapping says `wrong: right`.

        Raises KnowledgeError with the row's number for anything else.
        """
        misspellings: dict[str, str] = dict(load("words"))
        allowed: set[str] = set()
        for number, row in enumerate(extra):
            if isinstance(row, str) and row.strip():
                allowed.add(row.strip().lower())
            elif (
                isinstance(row, dict)
                and row
                and all(isinstance(word, str) for pair in row.items() for word in pair)
            ):
                misspellings |= {wrong.lower(): right for wrong, right in row.items()}
            else:
                message = f"a word is text (allowed) or `wrong: right`, not {row!r}"
                raise KnowledgeError(message, number)
        return cls(
            {wrong: right for wrong, right in misspellings.items() if wrong not in allowed},
            frozenset(allowed),
        )

    def slips(self, text: str) -> Iterator[Slip]:
        """The known misspellings in a run of prose.

        Words in mixed case are names; words in capitals are acronyms unless the whole run is in capitals.
        """
        for match in WORD.finditer(text):
            wrong = match[0]
            lower = wrong.lower()
            if lower not in self.misspellings or (len(wrong) <= _SURNAME and wrong != lower):
                continue
            if wrong[1:].islower() or (wrong.isupper() and text.isupper() and text != wrong):
                right = like(wrong, self.misspellings[lower])
                hyphened = "-" in text[max(0, match.start() - 1) : match.end() + 1]
                yield Slip(*match.span(), wrong, right.replace(" ", "-") if hyphened else right)


def like(model: str, word: str) -> str:
    """`word` in the case of `model`: lower, capitalised or capitals."""
    if model.islower():
        return word
    return word.upper() if model.isupper() and len(model) > 1 else word[:1].upper() + word[1:]


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether the word at `start` to `end` of a source goes on behind no markup."""
    return not (
        _BEFORE_INSIDE.search(text, max(0, start - _MARKUP), start)
        or _AFTER_INSIDE.match(text, end, end + _MARKUP)
    )
