"""The venue that a misspelt name means."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from listlint.expressions import expression
from listlint.knowledge.venue_forms import compact

if TYPE_CHECKING:
    from listlint.knowledge.venue_forms import Forms

__all__ = ["nearest"]

# Short acronyms differ in one letter from too many others: only swapped or doubled letters tell.
SHORT = 5
LONG = 10
# `IEEE GCC` is as short as `GCC`.
SPONSOR = expression(r"^(?:(?:ACM|IEEE|CVF|USENIX|IFIP|SIAM)[ /-]{1,3})+")


def nearest(text: str, forms: Forms) -> tuple[int, float] | None:
    """The row that `text` most likely misspells, and the likeness of the two; None where none or several are near."""
    from rapidfuzz.distance import OSA

    name = compact(SPONSOR.sub("", re.sub(r"\W?(?:19|20)?\d\d$", "", text.strip()).strip(" '’.,")))
    if len(name) < SHORT - 1 or not name.isascii() or forms.row_of(name) is not None or _is_kin(name, forms):
        return None
    best: dict[int, float] = {}
    for word, row in forms.plain_names:
        if abs(len(word) - len(name)) > 2 or word[0] != name[0]:  # noqa: PLR2004 - two letters at most
            continue
        distance = OSA.distance(name, word, score_cutoff=2)
        if distance <= _allowed(name, word):
            likeness = 1 - distance / max(len(name), len(word))
            best[row] = max(best.get(row, 0.0), likeness)
    if not best:
        return None
    row, likeness = max(best.items(), key=lambda item: item[1])
    rivals = [other for other, value in best.items() if other != row and value >= likeness]
    return None if rivals else (row, likeness)


def _allowed(name: str, word: str) -> int:
    if min(len(word), len(name)) <= SHORT:
        return 1 if sorted(name) == sorted(word) or _undoubled(name) == _undoubled(word) else 0
    return 2 if len(word) >= LONG else 1


def _is_kin(name: str, forms: Forms) -> bool:
    """Whether the name is a known one with a workshop's `W` or `-W`, which is no misspelling."""
    return (
        name.endswith(("w", "ws"))
        and forms.row_of(name.rstrip("s").removesuffix("w").rstrip("-")) is not None
    )


def _undoubled(name: str) -> str:
    return re.sub(r"(.)\1", r"\1", name)
