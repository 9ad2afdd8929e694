"""`moved-link`: links that their host forwards for good."""

from __future__ import annotations

import re
from collections.abc import Iterator  # noqa: TC003 - resolved at run time
from typing import TYPE_CHECKING

from listlint.findings import Effect, Finding, Fix, Safety
from listlint.knowledge.link_hosts import LinkHosts, speakable  # noqa: TC001 - resolved at run time
from listlint.outside import Outside  # noqa: TC001 - resolved at run time
from listlint.papers.model import PaperList
from listlint.rule import rule
from listlint.source import Edit

if TYPE_CHECKING:
    from listlint.source import Span

__all__ = ["moved_link"]

# What may stand in a destination of any form, a table's cell and an HTML attribute included, as it is.
_PLAIN = re.compile(r"https?://[A-Za-z0-9._~:/?#@!$&+,;=%-]+")


@rule("LNK021", "moved-link", on=PaperList, online=True)
def moved_link(papers: PaperList, outside: Outside, hosts: LinkHosts) -> Iterator[Finding]:
    """A link names the address where its page is now, since old addresses are not forwarded for ever."""
    for span, url in sorted(_links(papers).items()):
        verdict = outside.link(url)
        if verdict is None or verdict.moved_to is None:
            continue
        there = verdict.moved_to + "".join(url.partition("#")[1:])
        message = f'link "{speakable(url)}" has moved to "{speakable(there)}"'
        safety = Safety.SAFE if hosts.is_rename(url, verdict.moved_to) else Safety.UNSAFE
        yield Finding(span, message, fix=_fix(span, there, safety))


def _fix(span: Span, there: str, safety: Safety) -> Fix | None:
    if not _PLAIN.fullmatch(there):
        return None
    return Fix((Edit(span, there),), f'write "{speakable(there)}"', safety, Effect(frozenset({"links"})))


def _links(papers: PaperList) -> dict[Span, str]:
    """Each address in the list once, where it is written; pictures are no links."""
    found = {link.url_span: link.url for entry in papers.entries for link in entry.links}
    for node in papers.tree.root.find("link", "autolink", "definition"):
        if node.url_span is not None:
            found[node.url_span] = node.url
    return {span: url for span, url in found.items() if span.end > span.start and url[:4].lower() == "http"}
