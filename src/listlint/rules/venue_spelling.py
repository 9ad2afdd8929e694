"""`venue-spelling`: one way to write a venue."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from listlint.expressions import expression
from listlint.findings import Finding, Safety
from listlint.papers.model import Entry
from listlint.rewording import reword
from listlint.rule import Option, rule
from listlint.source import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.knowledge.venue_mentions import VenueMention
    from listlint.knowledge.venues import Venues
    from listlint.options import Settings
    from listlint.papers.model import PaperList

__all__ = ["venue_spelling"]

# A label may name a venue, as in `[OSDI '24](…)`.
_FIELDS = frozenset({"venue", "notes", "keywords", "links"})
_ASIDE = expression(r"\s?[(\[]([^()\[\]\s]{2,20})[)\]]")
STYLE = Option(
    "venue-style",
    str,
    "{name} {year}",
    "how a venue and its year are written; {name}, {year} (2024) and {yy} (24) stand for the parts",
)


@rule("VEN001", "venue-spelling", on=Entry, of="venues", options=(STYLE,))
def venue_spelling(entry: Entry, papers: PaperList, venues: Venues, settings: Settings) -> Iterator[Finding]:
    """A venue is written one way, so that lists can be searched and merged."""
    style = str(settings["venue-style"])
    for mention in entry.venues:
        respelt = _respelt(mention.text, venues, style)
        if respelt is None or papers.source[mention.span] != mention.text:
            continue
        (read, text), start = respelt, mention.span.start
        if papers.source.text[max(0, start - 2) : start] == "![":
            continue  # a badge's text says what its picture shows
        if read.year is None and any(link.label == mention.text for link in entry.links):
            continue  # `[aaai](…)` is a label, and `link-label`'s
        aside = _ASIDE.match(papers.source.text, mention.span.end)
        if aside and read.venue is not None and venues.find(aside[1]) is read.venue:
            continue  # a full name with its short one behind it
        spelt_out = len(mention.text.split()) > len(text.split()) + 1
        fix = reword(
            papers.tree,
            Edit(mention.span, text),
            f'write "{text}"',
            _FIELDS,
            safety=Safety.UNSAFE if spelt_out or read.month else Safety.SAFE,
        )
        yield Finding(mention.span, f'venue "{mention.text}" is written "{text}"', fix)


@lru_cache(maxsize=8192)
def _respelt(text: str, venues: Venues, style: str) -> tuple[VenueMention, str] | None:
    """The venue that a text names, and how it is written; None where it is written so, or nobody knows it."""
    read = venues.read(text, sure=True)
    if read is None or not read.known:
        return None
    right = text[: read.start] + venues.write(read, style) + text[read.end :]
    return None if right == text else (read, right)
