"""`insecure-link`: http where the host speaks https."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.findings import Effect, Finding, Fix, Severity
from listlint.markdown.destinations import destinations
from listlint.papers.model import PaperList
from listlint.rule import rule
from listlint.source import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.knowledge.hosts import Hosts

__all__ = ["insecure_link"]


@rule("LNK004", "insecure-link", on=PaperList, severity=Severity.INFO)
def insecure_link(papers: PaperList, hosts: Hosts) -> Iterator[Finding]:
    """A link uses https where its host is known to speak it."""
    for link in destinations(papers.tree):
        secure = hosts.secure(link.url)
        if secure is None or hosts.is_placeholder(link.url, link.label):
            continue
        if hosts.canonical(link.url) not in (None, secure):
            continue  # `link-form` writes all of it anew
        scheme = link.url_span._replace(end=link.url_span.start + len("http"))
        yield Finding(
            link.url_span,
            f'link "{link.url}" is written with "https"',
            fix=Fix((Edit(scheme, "https"),), 'write "https"', effect=Effect(link.fields)),
        )
