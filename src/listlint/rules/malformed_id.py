"""`malformed-id`: identifiers that cannot be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from listlint.expressions import expression
from listlint.findings import Effect, Finding, Fix, Severity
from listlint.markdown.destinations import destinations
from listlint.papers.model import PaperList
from listlint.rule import rule
from listlint.source import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.knowledge.hosts import Hosts

__all__ = ["malformed_id"]

_TAIL = expression(r"(?:%5[BD]|%7[BD]|%3[CE]|%2[0289]|[}\])>,;_`*'\"|\\])+\Z", re.IGNORECASE)


@rule("LNK002", "malformed-id", on=PaperList, severity=Severity.ERROR)
def malformed_id(papers: PaperList, hosts: Hosts) -> Iterator[Finding]:
    """An identifier in an address has the form that its registry gives out, else the link leads nowhere."""
    for link in destinations(papers.tree):
        facts = hosts.read(link.url)
        if facts.malformed is None or hosts.is_placeholder(link.url, link.label):
            continue
        shorter = _TAIL.sub("", link.url)
        mended = hosts.read(shorter)
        fix = None
        if shorter != link.url and mended.identity is not None and mended.malformed is None:
            edit = Edit(link.url_span, shorter)
            fix = Fix((edit,), f'write "{shorter}"', effect=Effect(link.fields))
        yield Finding(link.url_span, facts.malformed, fix=fix)
