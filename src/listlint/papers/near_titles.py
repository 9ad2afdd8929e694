"""Pairs of nearly equal titles among many, found without comparing all with all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.papers.titles import alike

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from listlint.papers.titles import TitleForm

__all__ = ["near_titles"]

REACH = 4  # titles further on in each order that one is compared with
SKIPPED = 2  # words at the front


def near_titles(forms: Mapping[str, TitleForm]) -> list[tuple[str, str]]:
    """The pairs of titles that are alike, sorted.

    The titles are put in order three times: by their beginning, by their end, and by what follows their first
    words; a misspelling or a missing name leaves the two neighbours in one of the orders. Time grows as n·log n.
    """
    orders: tuple[Callable[[str], object], ...] = (
        lambda text: text,
        lambda text: text[::-1],
        lambda text: (forms[text].words[SKIPPED:], text),
    )
    pairs: set[tuple[str, str]] = set()
    for order in orders:
        texts = sorted(forms, key=order)  # type: ignore[arg-type]
        for step in range(1, REACH + 1):
            for one, other in zip(texts, texts[step:], strict=False):
                _compare(one, other, forms, pairs)
    return sorted(pairs)


def _compare(one: str, other: str, forms: Mapping[str, TitleForm], pairs: set[tuple[str, str]]) -> None:
    pair = (one, other) if one < other else (other, one)
    if pair not in pairs and alike(forms[one], forms[other]):
        pairs.add(pair)
