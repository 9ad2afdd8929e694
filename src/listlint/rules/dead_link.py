"""`dead-link`: links that lead nowhere any more."""

from __future__ import annotations

from collections.abc import Iterator  # noqa: TC003 - resolved at run time
from typing import TYPE_CHECKING

from listlint.findings import Finding, Severity
from listlint.knowledge.link_hosts import speakable
from listlint.options import Settings  # noqa: TC001 - resolved at run time
from listlint.outside import LinkStatus, Outside  # noqa: TC001 - resolved at run time
from listlint.papers.model import PaperList
from listlint.rule import Option, rule

if TYPE_CHECKING:
    from listlint.outside import LinkVerdict
    from listlint.source import Span

__all__ = ["dead_link"]

UNKNOWN = Option(
    "report-unknown", bool, default=False, help="also report links of which nothing can be told, as info"
)


@rule("LNK020", "dead-link", on=PaperList, severity=Severity.ERROR, online=True, options=(UNKNOWN,))
def dead_link(papers: PaperList, outside: Outside, settings: Settings) -> Iterator[Finding]:
    """A link leads somewhere: a reader who follows it finds what it names."""
    for span, url in sorted(_links(papers).items()):
        verdict = outside.link(url)
        if verdict is None or verdict.status is LinkStatus.ALIVE:
            continue
        if verdict.status is LinkStatus.DEAD:
            yield _dead(span, url, verdict)
        elif settings["report-unknown"]:
            message = f'link "{speakable(url)}" cannot be checked: {verdict.reason}'
            yield Finding(span, message, severity=Severity.INFO)


def _dead(span: Span, url: str, verdict: LinkVerdict) -> Finding:
    if verdict.added or verdict.confirmed:
        return Finding(span, f'link "{speakable(url)}" is dead: {verdict.reason}')
    message = f'link "{speakable(url)}" may be dead, if it still is on another day: {verdict.reason}'
    return Finding(span, message, severity=Severity.INFO)


def _links(papers: PaperList) -> dict[Span, str]:
    """Each address in the list once, where it is written; pictures are no links."""
    found = {link.url_span: link.url for entry in papers.entries for link in entry.links}
    for node in papers.tree.root.find("link", "autolink", "definition"):
        if node.url_span is not None:
            found[node.url_span] = node.url
    return {span: url for span, url in found.items() if span.end > span.start and url[:4].lower() == "http"}
