"""`dead-link`: links that lead nowhere any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.findings import Finding, Severity
from listlint.markdown.destinations import destinations
from listlint.outside import LinkStatus
from listlint.papers.model import PaperList
from listlint.rule import Option, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.markdown.destinations import Destination
    from listlint.options import Settings
    from listlint.outside import LinkVerdict, Outside

__all__ = ["dead_link"]

UNKNOWN = Option(
    "report-unknown", bool, default=False, help="also report links of which nothing can be told, as info"
)


@rule("LNK020", "dead-link", on=PaperList, severity=Severity.ERROR, online=True, options=(UNKNOWN,))
def dead_link(papers: PaperList, outside: Outside, settings: Settings) -> Iterator[Finding]:
    """A link leads somewhere: a reader who follows it finds what it names."""
    from listlint.knowledge.link_hosts import speakable

    for link in destinations(papers.tree):
        verdict = None if link.kind == "image" else outside.link(link.url)
        if verdict is None or verdict.status is LinkStatus.ALIVE:
            continue
        if verdict.status is LinkStatus.DEAD:
            yield _dead(link, speakable(link.url), verdict)
        elif settings["report-unknown"]:
            message = f'link "{speakable(link.url)}" cannot be checked: {verdict.reason}'
            yield Finding(link.url_span, message, severity=Severity.INFO)


def _dead(link: Destination, said: str, verdict: LinkVerdict) -> Finding:
    if verdict.added or verdict.confirmed:
        return Finding(link.url_span, f'link "{said}" is dead: {verdict.reason}')
    message = f'link "{said}" may be dead, if it still is on another day: {verdict.reason}'
    return Finding(link.url_span, message, severity=Severity.INFO)
