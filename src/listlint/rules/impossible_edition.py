"""`impossible-edition`: years in which a conference did not meet."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from listlint.findings import Finding
from listlint.papers.model import Entry
from listlint.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.knowledge.venues import Venues

__all__ = ["impossible_edition"]


@rule("VEN003", "impossible-edition", on=Entry, of="venues")
def impossible_edition(entry: Entry, venues: Venues) -> Iterator[Finding]:
    """A venue's year is one in which it met."""
    for mention in entry.venues:
        fault = None if mention.year is None else _fault(mention.name, mention.year, venues)
        if fault is not None:
            yield Finding(mention.span, f'venue "{mention.text}" cannot be: {fault}')


@lru_cache(maxsize=4096)
def _fault(name: str, year: int, venues: Venues) -> str | None:
    venue = venues.find(name)
    return None if venue is None or venue.held(year) else f"{venue.name} {venue.reason(year)}"
