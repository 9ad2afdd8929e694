"""When two spellings are the same words in other dress."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

__all__ = ["is_slip", "label_core", "same_letters", "word_dress"]

_EDGES = " \t\r\n*_`~\\[]<>|:：「」【】"
_CARRIERS = frozenset({"link", "links", "repo", "repos", "repository", "repositories", "url"})
_SHORT, _LONG = 6, 9


def same_letters(one: str, other: str) -> bool:
    """Whether two texts differ in letter case, spaces and character width at most."""
    return _bare(one) == _bare(other)


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def is_slip(wrong: str, right: str) -> bool:
    """Whether `wrong` is `right` with a letter or, in a long word, two gone wrong; a plural is no slip."""
    one, other = _bare(wrong), _bare(right)
    if len(other) < _SHORT or one[:1] != other[:1] or {one + "s", other + "s"} & {one, other}:
        return False
    from rapidfuzz.distance import OSA

    allowed = 2 if len(other) >= _LONG else 1
    return 0 < OSA.distance(one, other, score_cutoff=allowed) <= allowed


def label_core(text: str) -> tuple[int, int]:
    """Where the words of a label stand in its source text, between brackets and emphasis: start and end, which cross where there are none."""
    return len(text) - len(text.lstrip(_EDGES)), len(text.rstrip(_EDGES))


@lru_cache(maxsize=4096)
def word_dress(label: str) -> str:
    """What labels have in common that differ in letter case, number or a word for the link itself (`Github repo`)."""
    words = unicodedata.normalize("NFKC", label).casefold().split()
    kept = [word for word in words if word not in _CARRIERS] or words
    return " ".join(word.removesuffix("s") for word in kept)
