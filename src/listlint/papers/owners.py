"""Which lists have the keys that entries of several lists share, kept up as lists change."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from listlint.papers.outline import ALONE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from listlint.papers.outline import Outline

__all__ = ["Owners", "Shares", "owners_of", "reached", "updated"]

Owners = dict[int, tuple[str, ...]]
Shares = dict[str, set[int]]


def owners_of(outlines: Iterable[Outline], shared: set[int]) -> Owners:
    """The paths of the lists that have each of the shared keys."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for one in outlines:
        for key in shared.intersection(one.keys):
            found[key].append(one.path)
    return {key: tuple(paths) for key, paths in found.items()}


def updated(
    owners: Owners, before: Shares, after: Shares, others: Iterable[tuple[str, Iterable[int]]]
) -> Owners:
    """The owners once some lists, with the keys `before`, have the keys `after`; `others` are all other lists with theirs.

    They are looked through only where a list has a key that it did not have.
    """
    found = dict(owners)
    fresh = {key for path, keys in after.items() for key in keys - before.get(path, set())}
    wanted = {either for key in fresh for either in _pair(key)}
    having: defaultdict[int, list[str]] = defaultdict(list)
    if wanted:
        for path, theirs in others:
            for key in wanted.intersection(theirs):
                having[key].append(path)
    touched = {key | 1 for keys in (*before.values(), *after.values()) for key in keys} - {ALONE}
    for key in touched:
        odd, even = (
            (
                *(
                    having[one]
                    if one in wanted
                    else (path for path in owners.get(one, ()) if path not in before)
                ),
                *(path for path, keys in after.items() if one in keys),
            )
            for one in (key, key - 1)
        )
        for one, paths in ((key, odd), (key - 1, even)):
            found.pop(one, None)
            if paths and (len(odd) > 1 or (odd and even)):
                found[one] = paths
    return found


def reached(keys: Iterable[int], owners: Owners, outline_of: Callable[[str], Outline | None]) -> Shares:
    """By list, the entries that have one of these shared keys or meet one, those that share one with them, and so on."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    seen: set[int] = set()
    following = _met(keys, owners)
    while following:
        seen |= following
        more: set[int] = set()
        for path in {path for key in following for path in owners[key]}:
            outline = outline_of(path)
            if outline is not None:
                numbers = outline.closed(outline.sharing(following)) - found[path]
                found[path] |= numbers
                more |= outline.keys_of(numbers) if numbers else set()
        following = _met(more, owners) - seen
    return found


def _met(keys: Iterable[int], owners: Owners) -> set[int]:
    """The shared keys that these are or meet."""
    return {either for key in keys for either in _pair(key) if either in owners}


def _pair(key: int) -> tuple[int, int]:
    """The key and the one that it may meet as well."""
    return key, key ^ 1
