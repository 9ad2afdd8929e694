"""Pairs of nearly equal titles among many, found without comparing all with all."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from listlint.papers.titles import STOP_WORDS, TAIL_WORDS, alike, form_again

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from listlint.papers.titles import TitleForm

__all__ = ["near_titles", "title_keys"]

LONG = 4  # letters: a shorter word has no plural
CROWD = 20  # titles under one key: a series, which is no paper written in many ways


def title_keys(form: TitleForm) -> tuple[list[str], str]:
    """Texts of which two titles that are alike share one, unless one lacks its short name or is misspelt all over.

    They are the title's words run together, and for each third of the words the others with this third's first
    letters; of short names, which are all alike otherwise, the last letters too. Which other titles there are makes no
    difference. Then what the first of them would be without the short name; empty where there is none.
    """
    words = [
        word[:-1] if word[-1] == "s" and len(word) > LONG else word
        for word in form.words
        if word not in STOP_WORDS
    ]
    letters = [word[0] for word in words]
    rest = ""
    if 0 < form.name < TAIL_WORDS:
        name = form.name - sum([word in STOP_WORDS for word in form.words[: form.name]])
        letters[:name] = [word[0] + word[-1] for word in words[:name]]
        rest = "".join(words[name:])
    one, two = len(words) // 3, len(words) * 2 // 3
    first, second, third = " ".join(words[:one]), " ".join(words[one:two]), " ".join(words[two:])
    keys = [
        "".join(words),
        f"{''.join(letters[:one])}\n{second}\n{third}",
        f"{first}\n{''.join(letters[one:two])}\n{third}",
        f"{first}\n{second}\n{''.join(letters[two:])}",
    ]
    return keys, rest


def near_titles(names: Mapping[str, int]) -> list[tuple[str, str]]:
    """The pairs of titles that are alike, sorted; `names` holds, for each title's text, how many words its name has."""
    pairs = {pair for texts in _sharing(names) for pair in combinations(sorted(texts), 2)}
    for text, name in names.items():
        if 0 < name < TAIL_WORDS and (tail := " ".join(text.split()[name:])) in names:
            pairs.add((min(text, tail), max(text, tail)))
    return sorted(pair for pair in pairs if alike(*(form_again(text, names[text]) for text in pair)))


def _sharing(names: Mapping[str, int]) -> Iterator[set[str]]:
    """The titles that share a key, in groups; keys are hashed, since those of many titles are long."""
    first: dict[int, str] = {}
    groups: dict[int, set[str]] = {}
    for text, name in names.items():
        for key in map(hash, title_keys(form_again(text, name))[0]):
            other = first.setdefault(key, text)
            if other is not text:
                groups.setdefault(key, {other}).add(text)
    return (texts for texts in groups.values() if len(texts) <= CROWD)
