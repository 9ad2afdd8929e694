"""Which entries of the lists of a collection are compared: those that share a key with another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.papers.outline import ALONE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from listlint.papers.listed import Listed
    from listlint.papers.outline import Outline

__all__ = ["compared", "meeting", "shared_keys"]

KEYS = 1 << 32  # and below
PARTS = 8
FEW = 100_000  # keys that are compared all at once


def compared(outlines: Sequence[Outline]) -> list[Listed]:
    """The entries that were chosen, else those that share a key with another or speak for themselves, in order."""
    whole = [one for one in outlines if one.chosen is None]
    chosen = dict(zip(map(id, whole), meeting(whole), strict=True))
    found: list[Listed] = []
    for one in outlines:
        numbers = chosen[id(one)] | one.within() if one.chosen is None else one.chosen
        found += one.some(numbers)
    found.sort(key=lambda one: one.order)
    return found


def meeting(outlines: Sequence[Outline]) -> list[set[int]]:
    """For each list the numbers of the entries that share a key with one of another list, or with such an entry.

    What the others come to does not depend on which other lists there are.
    """
    shared = shared_keys(outlines)
    return [one.closed(one.sharing(shared)) for one in outlines]


def shared_keys(outlines: Sequence[Outline]) -> set[int]:
    """The keys by which entries of different lists meet."""
    return set().union(*_shared(outlines)) if len(outlines) > 1 else set()


def _shared(outlines: Sequence[Outline]) -> Iterator[set[int]]:
    """The odd keys that two lists have, and each even key whose odd neighbour is there, with that.

    They are looked for part by part, since all keys at once would fill the memory.
    """
    parts = PARTS if sum(len(one.keys) for one in outlines) > FEW else 1
    for first in range(0, KEYS, KEYS // parts):
        some = [one.keys if parts == 1 else one.part(first, first + KEYS // parts) for one in outlines]
        seen: set[int] = set()
        twice: set[int] = set()
        for keys in some:
            own = set(keys)
            twice |= seen & own
            seen |= own
        yield {key for key in twice if key & 1 and key != ALONE}
        for key in [key for key in seen if not key & 1 and key + 1 in seen]:
            yield {key, key + 1}
