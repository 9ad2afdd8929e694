"""`impossible-edition`: years in which a conference did not meet."""

from __future__ import annotations

from collections.abc import Iterator  # noqa: TC003 - resolved at run time

from listlint.findings import Finding
from listlint.knowledge.venues import Venues  # noqa: TC001 - resolved at run time
from listlint.papers.model import Entry
from listlint.rule import rule

__all__ = ["impossible_edition"]


@rule("VEN003", "impossible-edition", on=Entry)
def impossible_edition(entry: Entry, venues: Venues) -> Iterator[Finding]:
    """A venue's year is one in which it met."""
    for mention in entry.venues:
        venue = venues.find(mention.name)
        if mention.year is None or venue is None or venue.held(mention.year):
            continue
        yield Finding(
            mention.span,
            f'venue "{mention.text}" cannot be: {venue.name} {venue.reason(mention.year)}',
        )
