"""`unknown-venue`: names that are nearly a venue's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.findings import Finding, Safety
from listlint.papers.model import Entry
from listlint.rewording import reword
from listlint.rule import rule
from listlint.source import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.knowledge.venues import Venues
    from listlint.papers.model import PaperList

__all__ = ["unknown_venue"]

_FIELDS = frozenset({"venue", "notes", "keywords", "links"})


@rule("VEN002", "unknown-venue", on=Entry, of="venues")
def unknown_venue(entry: Entry, papers: PaperList, venues: Venues) -> Iterator[Finding]:
    """A venue whose name is nearly that of a known one is spelled like it."""
    for mention in entry.venues:
        if mention.kind != "other" or (near := venues.nearest(mention.name)) is None:
            continue
        at = papers.source[mention.span].find(mention.name)
        if at < 0:
            continue
        span = Span(mention.span.start + at, mention.span.start + at + len(mention.name))
        yield Finding(
            span,
            f'venue "{mention.name}" is not known; the nearest is "{near[0].name}"',
            reword(
                papers.tree,
                Edit(span, near[0].name),
                f'write "{near[0].name}"',
                _FIELDS,
                safety=Safety.UNSAFE,
            ),
        )
