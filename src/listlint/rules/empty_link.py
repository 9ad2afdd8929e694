"""`empty-link`: links without an address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.findings import Finding
from listlint.markdown.destinations import destinations
from listlint.papers.model import PaperList
from listlint.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["empty_link"]


@rule("LNK006", "empty-link", on=PaperList)
def empty_link(papers: PaperList) -> Iterator[Finding]:
    """A link has an address; a badge may do without, for it is a picture and no promise."""
    for link in destinations(papers.tree):
        if link.url.strip() or link.badge or link.kind == "definition":
            continue
        if link.kind == "image":
            yield Finding(link.span, f'image "{link.label}" has no address')
        else:
            yield Finding(link.span, f'link "{link.label}" has no address')
