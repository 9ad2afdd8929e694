"""`placeholder-link`: addresses that stand for one to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.findings import Finding
from listlint.markdown.destinations import address_lines, destinations
from listlint.papers.model import PaperList
from listlint.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.knowledge.hosts import Hosts

__all__ = ["placeholder_link"]


@rule("LNK008", "placeholder-link", on=PaperList)
def placeholder_link(papers: PaperList, hosts: Hosts) -> Iterator[Finding]:
    """A link leads somewhere; `#`, `TODO` or `XXXX.XXXXX` only promise to."""
    if not hosts.may_have_placeholders(address_lines(papers.tree)):
        return
    for link in destinations(papers.tree):
        if link.kind in ("image", "bare") or link.badge or not link.url.strip():
            continue
        if hosts.is_placeholder(link.url, link.label):
            yield Finding(
                link.url_span, f'link "{link.label}" has the placeholder "{link.url}" for an address'
            )
