"""Words that no dictionary lists but that are built from ones it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.expressions import expression

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["is_derived"]

_PREFIX = expression(
    "anti|auto|bio|counter|cross|cyber|de|geo|hetero|homo|hyper|infra|intra|macro|mega|meta|micro|mini|mis|mono|multi|"
    "nano|neuro|non|omni|over|photo|poly|post|pre|pseudo|quasi|re|retro|semi|spatio|sub|super|tele|ultra|under|un"
)
# Suffixes that make new words; inflections are left out, because the English list has those that are right.
_SUFFIXES = (
    ("ization", ("", "e", "ic", "y")),
    ("isation", ("", "e", "ic", "y")),
    ("ability", ("able",)),
    ("izing", ("", "ic")),
    ("ising", ("", "ic")),
    ("ized", ("", "ic")),
    ("ised", ("", "ic")),
    ("izer", ("", "ic")),
    ("iser", ("", "ic")),
    ("ize", ("", "ic")),
    ("iness", ("y",)),
    ("ness", ("",)),
    ("less", ("",)),
    ("wise", ("",)),
    ("like", ("",)),
    ("free", ("",)),
    ("able", ("e",)),
)
_INFLECTIONS = ("s", "es", "ed", "d", "ing", "er", "ers", "ly")
_SHORTEST = 4


def is_derived(word: str, common: Callable[[str], bool], coined: Callable[[str], bool]) -> bool:
    """Whether `word`, lower case, is a common word with a prefix or a suffix, two common words, or a coined one's form.

    `coined` words are those of the field, whose inflections no dictionary has.
    """
    bare = word.removesuffix("s")
    for suffix, endings in _SUFFIXES:
        if bare.endswith(suffix) and len(bare) - len(suffix) >= _SHORTEST - 1:
            stem = bare.removesuffix(suffix)
            if any(common(stem + ending) for ending in endings):
                return True
    if any(word.endswith(suffix) and coined(word.removesuffix(suffix)) for suffix in _INFLECTIONS):
        return True
    prefix = _PREFIX.match(word)
    if prefix is not None and len(word) - prefix.end() > _SHORTEST and common(word[prefix.end() :]):
        return True
    return any(
        common(word[:cut]) and common(word[cut:]) for cut in range(_SHORTEST, len(word) - _SHORTEST + 1)
    )
