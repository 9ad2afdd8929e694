"""`moved-link`: links that their host forwards for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.expressions import expression
from listlint.findings import Effect, Finding, Fix, Safety
from listlint.markdown.destinations import destinations
from listlint.papers.model import PaperList
from listlint.rule import rule
from listlint.source import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.knowledge.link_hosts import LinkHosts
    from listlint.markdown.destinations import Destination
    from listlint.outside import Outside

__all__ = ["moved_link"]

# What may stand in a destination of any form, a table's cell and an HTML attribute included, as it is.
_PLAIN = expression(r"https?://[A-Za-z0-9._~:/?#@!&+,=%-]+")


@rule("LNK021", "moved-link", on=PaperList, online=True)
def moved_link(papers: PaperList, outside: Outside, hosts: LinkHosts) -> Iterator[Finding]:
    """A link names the address where its page is now, since old addresses are not forwarded for ever."""
    from listlint.knowledge.link_hosts import speakable

    for link in destinations(papers.tree):
        verdict = None if link.kind == "image" else outside.link(link.url)
        if verdict is None or verdict.moved_to is None:
            continue
        there = verdict.moved_to + "".join(link.url.partition("#")[1:])
        said = speakable(there)
        message = f'link "{speakable(link.url)}" has moved to "{said}"'
        safety = Safety.SAFE if hosts.is_rename(link.url, verdict.moved_to) else Safety.UNSAFE
        yield Finding(link.url_span, message, fix=_fix(link, there, said, safety))


def _fix(link: Destination, there: str, said: str, safety: Safety) -> Fix | None:
    if not _PLAIN.fullmatch(there):
        return None
    return Fix((Edit(link.url_span, there),), f'write "{said}"', safety, Effect(link.fields))
