"""Links that stand under two unrelated titles: copied from another entry, mostly from the line above."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from listlint.papers.identity import is_preprint
from listlint.papers.related_titles import are_versions, is_whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from listlint.knowledge.hosts import Identity
    from listlint.papers.listed import Listed

__all__ = ["CopiedLink", "copied_link", "one_paper"]

FEWEST_SLUG_WORDS = 3


class CopiedLink(NamedTuple):
    """Two entries with unrelated titles and one identity; `entry` is the one whose link is more likely wrong."""

    identity: Identity
    entry: Listed
    origin: Listed


def copied_link(identity: Identity, groups: Sequence[Sequence[Listed]]) -> CopiedLink | None:
    """The copied link among the `groups` of related titles that share an identity, if that explains them best.

    Exactly two whole titles in one list: what three share is a container (a book, proceedings), a short title is a
    model or a data set of the paper, and another list may hold a translation. Entries with the same authors or the
    same code are one paper under its early and its later title.
    """
    whole = [[one for one in group if is_whole(one.form)] for group in groups]
    if len(groups) != 2 or not all(whole):  # noqa: PLR2004 - two titles
        return None
    pairs = [(one, other) for one in whole[0] for other in whole[1] if one.path == other.path]
    if not pairs:
        return None
    if any(_explained(one, other) for one in groups[0] for other in groups[1]):
        return None
    one, other = min(
        pairs, key=lambda pair: (abs(pair[0].number - pair[1].number), pair[0].order, pair[1].order)
    )
    first, second = sorted((one, other), key=lambda each: each.order)
    if _names(identity, second) and not _names(identity, first):
        first, second = second, first
    elif len(groups[0]) != len(groups[1]) and is_preprint(identity):
        many = groups[0] if len(groups[0]) > len(groups[1]) else groups[1]
        first, second = (first, second) if first in many else (second, first)
    return CopiedLink(identity, second, first)


def one_paper(groups: Sequence[Sequence[Listed]]) -> bool:
    """Whether two titles with nothing in common are surely one paper's: renamed by its authors, or translated."""
    if len(groups) != 2 or not all(is_whole(one.form) for group in groups for one in group):  # noqa: PLR2004 - two titles
        return False
    foreign = [any(not one.form.text.isascii() for one in group) for group in groups]
    pairs = [(one, other) for one in groups[0] for other in groups[1]]
    return foreign[0] != foreign[1] or any(
        _explained(one, other) and not _are_neighbours(one, other) for one, other in pairs
    )


def _are_neighbours(one: Listed, other: Listed) -> bool:
    """Whether one may be a copy of the other, authors and all, with a new title."""
    return one.path == other.path and abs(one.number - other.number) == 1


def _explained(one: Listed, other: Listed) -> bool:
    """Whether something says that the two are one paper after all."""
    authors = one.author and one.author == other.author
    same = authors or not set(one.works).isdisjoint(other.works)
    return bool(same) and not are_versions(one.form, other.form)


def _names(identity: Identity, one: Listed) -> bool:
    """Whether the words of the entry's title stand in the identity, as in some publishers' addresses."""
    slug = set(identity.id.lower().replace("_", "-").split("-"))
    return len(slug & one.form.telling) >= min(FEWEST_SLUG_WORDS, len(one.form.telling))
