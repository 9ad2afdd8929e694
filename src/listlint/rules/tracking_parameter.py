"""`tracking-parameter`: addresses that say where a reader came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.findings import Effect, Finding, Fix
from listlint.markdown.destinations import destinations
from listlint.papers.model import PaperList
from listlint.rule import rule
from listlint.source import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.knowledge.hosts import Hosts

__all__ = ["tracking_parameter"]


@rule("LNK003", "tracking-parameter", on=PaperList)
def tracking_parameter(papers: PaperList, hosts: Hosts) -> Iterator[Finding]:
    """An address carries nothing that only says where its reader came from."""
    for link in destinations(papers.tree):
        clean = hosts.clean(link.url)
        if clean is None:
            continue
        yield Finding(
            link.url_span,
            f'link "{link.url}" carries tracking parameters: "{clean}" leads to the same place',
            fix=Fix((Edit(link.url_span, clean),), f'write "{clean}"', effect=Effect(link.fields)),
        )
