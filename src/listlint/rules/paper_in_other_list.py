"""`paper-in-other-list`: two lists hold the same papers."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from listlint.findings import Finding, Related, Severity
from listlint.papers.model import Collection
from listlint.papers.same_paper import same_papers
from listlint.papers.translations import are_translations
from listlint.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from listlint.knowledge.hosts import Hosts
    from listlint.papers.listed import Listed

__all__ = ["paper_in_other_list"]

SHOWN = 3


@rule("DUP002", "paper-in-other-list", on=Collection, severity=Severity.INFO)
def paper_in_other_list(collection: Collection, hosts: Hosts) -> Iterator[Finding]:
    """A paper has its place in one list of a collection; one finding a pair of lists says how many they share."""
    shared: defaultdict[tuple[str, str], list[tuple[Listed, Listed]]] = defaultdict(list)
    for group in same_papers(collection, hosts).groups:
        firsts: dict[str, Listed] = {}
        for one in group:
            firsts.setdefault(one.path, one)
        paths = sorted(firsts)
        for number, path in enumerate(paths):
            for later in paths[number + 1 :]:
                here, there = (later, path) if later in collection.targets else (path, later)
                if here in collection.targets:
                    shared[here, there].append((firsts[here], firsts[there]))
    for _, pairs in sorted(shared.items()):
        if not are_translations(pairs):
            yield _finding(pairs)


def _finding(pairs: Sequence[tuple[Listed, Listed]]) -> Finding:
    pairs = sorted(pairs, key=lambda pair: pair[0].order)
    here, there = pairs[0]
    first = f'paper "{here.title}" is in "{there.path}" on line {there.line} too'
    more = len(pairs) - 1
    return Finding(
        here.place,
        first if not more else f"{first}, and so {'is another' if more == 1 else f'are {more} others'}",
        related=tuple(Related(other.place, f'"{other.title}"', other.path) for _, other in pairs[:SHOWN]),
        path=here.path,
        entry=here.number,
    )
