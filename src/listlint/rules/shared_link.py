"""`shared-link`: one paper's link under another paper's title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.findings import Finding, Related
from listlint.papers.model import Collection
from listlint.papers.same_paper import same_papers
from listlint.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.knowledge.hosts import Hosts

__all__ = ["shared_link"]


@rule("DUP003", "shared-link", on=Collection)
def shared_link(collection: Collection, hosts: Hosts) -> Iterator[Finding]:
    """Two papers do not share one link: a link copied from another entry hides the paper that it should lead to."""
    for identity, entry, origin in same_papers(collection, hosts).copied:
        if entry.path in collection.targets:
            link = entry.link_of(identity)
            yield Finding(
                link.span,
                f'"{entry.title}" and "{origin.title}" on line {origin.line} share one link: "{link.url}"',
                related=(Related(origin.link_of(identity).span, "the same link"),),
                path=entry.path,
                entry=entry.number,
            )
