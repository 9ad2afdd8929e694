"""Which entries of a collection are the same paper."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from listlint.papers.copied_links import copied_link, one_paper
from listlint.papers.identity import is_preprint
from listlint.papers.meeting import compared
from listlint.papers.near_titles import near_titles
from listlint.papers.outline import WITHOUT_LINK, Outline
from listlint.papers.related_titles import RelatedTitles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from listlint.knowledge.hosts import Hosts, Identity
    from listlint.papers.copied_links import CopiedLink
    from listlint.papers.listed import Listed
    from listlint.papers.model import Collection

__all__ = ["SamePapers", "join", "same_papers"]

MOST_TIMES = 2  # that a title comes back in a section: what comes oftener is a label
CROWD = 40  # titles under one identity: more than that is a container, and only equal titles are joined


class SamePapers:
    """`papers` are the entries that were compared, those of one paper together; `copied` the links under unrelated titles.

    All are in order of path and place, whatever the order in which the lists were read.
    """

    def __init__(self, papers: tuple[tuple[Listed, ...], ...], copied: tuple[CopiedLink, ...]) -> None:
        self.papers = papers
        self.copied = copied

    @cached_property
    def groups(self) -> tuple[tuple[Listed, ...], ...]:
        """The papers with two entries or more."""
        return tuple(group for group in self.papers if len(group) > 1)


_known: WeakKeyDictionary[Collection, SamePapers] = WeakKeyDictionary()


def same_papers(collection: Collection, hosts: Hosts) -> SamePapers:
    """The papers that the collection holds more than once; compared once, however many rules ask."""
    if collection not in _known:
        outlines = {
            one.path: collection.outlines.get(one.path) or Outline.of(one, hosts) for one in collection.lists
        }
        titles = RelatedTitles(lambda path: outlines[path].titles())
        _known[collection] = join(compared(list(outlines.values())), titles)
    return _known[collection]


def join(entries: Sequence[Listed], titles: RelatedTitles) -> SamePapers:
    """The same papers among `entries`, which are in order: joined by identity, then by title.

    Time grows as n·log n with the number of entries.
    """
    sets = _Sets(entries)
    copied = _join_ids(entries, sets, titles)
    _join_titles(entries, sets)
    groups: defaultdict[int, list[Listed]] = defaultdict(list)
    for number, one in enumerate(entries):
        groups[sets.root(number)].append(one)
    return SamePapers(
        tuple(tuple(group) for group in groups.values()),
        tuple(sorted(copied, key=lambda one: (one.entry.order, one.identity))),
    )


class _Sets:
    """Entries in disjoint sets, with the identities of each set that tell papers apart."""

    def __init__(self, entries: Sequence[Listed]) -> None:
        self._parents = list(range(len(entries)))
        self._ids: list[dict[str, str] | None] = [
            {space: text for space, text in one.ids if not is_preprint_doi(space, text)} for one in entries
        ]

    def root(self, number: int) -> int:
        parents = self._parents
        while parents[number] != number:
            parents[number] = parents[parents[number]]
            number = parents[number]
        return number

    def join(self, one: int, other: int) -> None:
        """Join two sets; the first entry stands for both."""
        one, other = sorted((self.root(one), self.root(other)))
        if one != other:
            self._parents[other] = one
            self._ids[one] = (self._ids[other] or {}) | (self._ids[one] or {})
            self._ids[other] = None

    def conflict(self, one: int, other: int) -> bool:
        """Whether the two sets have different ids of one namespace."""
        ours, theirs = self._ids[self.root(one)] or {}, self._ids[self.root(other)] or {}
        return any(theirs.get(space, text) != text for space, text in ours.items())


def is_preprint_doi(space: str, text: str) -> bool:
    """Whether this is the DOI of a preprint, which a published paper has besides its own."""
    from listlint.knowledge.hosts import Identity

    return space == "doi" and is_preprint(Identity(space, text))


def _join_ids(entries: Sequence[Listed], sets: _Sets, titles: RelatedTitles) -> list[CopiedLink]:
    by_id: defaultdict[Identity, list[int]] = defaultdict(list)
    for number, one in enumerate(entries):
        for identity in one.ids:
            by_id[identity].append(number)
    copied: dict[tuple[Listed, Listed], CopiedLink] = {}
    for identity in sorted(one for one, numbers in by_id.items() if len(numbers) > 1):
        groups = _related(by_id[identity], entries, titles)
        for group in groups:
            for number in group[1:]:
                sets.join(group[0], number)
        if len(groups) > 1:
            listings = [[entries[number] for number in group] for group in groups]
            found = copied_link(identity, listings)
            if found is not None:
                copied.setdefault((found.entry, found.origin), found)
            elif one_paper(listings):
                sets.join(groups[0][0], groups[1][0])
    return list(copied.values())


def _related(numbers: list[int], entries: Sequence[Listed], titles: RelatedTitles) -> list[list[int]]:
    """The entries in groups of related titles."""
    by_text: dict[str, list[int]] = {}
    for number in numbers:
        by_text.setdefault(entries[number].words, []).append(number)
    if len(by_text) == 1 or len(by_text) > CROWD:
        return list(by_text.values())
    groups: list[list[int]] = []
    for same in by_text.values():
        ours = [
            group
            for group in groups
            if any(titles.related(entries[number], entries[same[0]]) for number in group)
        ]
        groups = [group for group in groups if group not in ours]
        groups.append(sorted([number for group in ours for number in group] + same))
    return sorted(groups)


def _join_titles(entries: Sequence[Listed], sets: _Sets) -> None:
    by_text: defaultdict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(entries):
        if one.form.is_telling and (one.is_linked or len(one.form.words) >= WITHOUT_LINK):
            by_text[one.words].append(number)
    clear = {}
    for text in sorted(by_text):
        numbers = by_text[text]
        if len(numbers) == 1 or _is_title(numbers, entries, sets):
            clear[text] = numbers[0]
            for number in numbers[1:]:
                sets.join(numbers[0], number)
    for text, near in near_titles({text: entries[number].name for text, number in clear.items()}):
        if not sets.conflict(clear[text], clear[near]):
            sets.join(clear[text], clear[near])


def _is_title(numbers: list[int], entries: Sequence[Listed], sets: _Sets) -> bool:
    """Whether the same words name one paper: no two ids contradict that, and no section says them again and again."""
    roots = sorted({sets.root(number) for number in numbers})
    if len(roots) > CROWD or any(sets.conflict(one, other) for one, other in combinations(roots, 2)):
        return False
    sections = Counter((entries[root].path, entries[root].section) for root in roots)
    return max(sections.values()) <= MOST_TIMES
