"""Pairs of nearly equal titles among many, found without comparing all with all."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from listlint.papers.titles import STOP_WORDS, TAIL_WORDS, alike

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from listlint.papers.titles import TitleForm

__all__ = ["near_titles", "title_keys"]

PARTS = 3  # of a title, in one of which it may be misspelt
LONG = 4  # letters: a shorter word is compared as it is
CROWD = 60  # titles under one key: a series, which is no paper written in many ways


def title_keys(form: TitleForm) -> list[str]:
    """Texts of which two titles that are alike share at least one, misspelt in two parts of the title aside.

    They are the title, the title without its short name, its words run together, and for each third of the words the
    others with this third's first letters. Which other titles there are makes no difference.
    """
    keys = [f"t {form.text}"]
    if 0 < form.name < TAIL_WORDS:
        keys.append(f"t {' '.join(form.words[form.name :])}")
    words = [_stem(word) for word in form.words if word not in STOP_WORDS]
    keys.append(f"w {''.join(words)}")
    if len(words) >= PARTS:
        numbers = " ".join(form.numbers)
        cuts = [len(words) * part // PARTS for part in range(PARTS + 1)]
        for start, end in pairwise(cuts):
            letters = "".join([word[0] for word in words[start:end]])
            keys.append(f"{numbers} {' '.join(words[:start])} {letters} {' '.join(words[end:])}")
    return keys


def _stem(word: str) -> str:
    return word[:-1] if word[-1] == "s" and len(word) > LONG else word


def near_titles(forms: Mapping[str, TitleForm]) -> list[tuple[str, str]]:
    """The pairs of titles that are alike, sorted; `forms` holds each title's form under its text."""
    by_key: defaultdict[str, list[str]] = defaultdict(list)
    for text, form in forms.items():
        for key in title_keys(form):
            by_key[key].append(text)
    return sorted({pair for pair in _pairs(by_key) if alike(forms[pair[0]], forms[pair[1]])})


def _pairs(by_key: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    for texts in by_key.values():
        if 1 < len(texts) <= CROWD:
            for one, other in combinations(texts, 2):
                if one != other:
                    yield min(one, other), max(one, other)
