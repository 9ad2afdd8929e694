"""Pairs of nearly equal titles among many, found without comparing all with all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.papers.titles import SIMILAR, alike

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from listlint.papers.titles import TitleForm

__all__ = ["near_titles"]

REACH = 2  # titles further on in each order that one is compared with
SKIPPED = 2  # words at the front


def near_titles(forms: Mapping[str, TitleForm]) -> list[tuple[str, str]]:
    """The pairs of titles that are alike, sorted; `forms` holds each title's form under its text.

    The titles are put in order three times: by their beginning, by their end, and by what follows their first
    words; a misspelling leaves the two neighbours in one of the orders. Time grows as n·log n.
    """
    from rapidfuzz.fuzz import ratio

    pairs = {(text, tail) for text, tail in _nameless(forms)}
    orders: tuple[Callable[[str], str], ...] = (
        str,
        lambda text: text[::-1],
        lambda text: " ".join(forms[text].words[SKIPPED:]),
    )
    for order in orders:
        texts = sorted(sorted(forms), key=order)
        for step in range(1, REACH + 1):
            for one, other in zip(texts, texts[step:], strict=False):
                if ratio(one, other, score_cutoff=SIMILAR) and alike(forms[one], forms[other]):
                    pairs.add((one, other))
    return sorted({(min(pair), max(pair)) for pair in pairs})


def _nameless(forms: Mapping[str, TitleForm]) -> list[tuple[str, str]]:
    """The titles that are there a second time without the short name before their colon."""
    tails = ((text, " ".join(form.words[form.name :])) for text, form in forms.items() if form.name)
    return [(text, tail) for text, tail in tails if tail in forms and alike(forms[text], forms[tail])]
