"""`malformed-link`: addresses that are written wrongly, and links whose brackets are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.findings import Effect, Finding, Fix, Safety, Severity
from listlint.knowledge.url_mends import mend, suspects
from listlint.markdown.broken_links import broken_links
from listlint.markdown.destinations import address_lines, destinations
from listlint.papers.model import PaperList
from listlint.rule import rule
from listlint.source import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.knowledge.hosts import Hosts
    from listlint.markdown.broken_links import BrokenLink
    from listlint.markdown.destinations import Destination

__all__ = ["malformed_link"]

_BLANKS = (" ", "\t")
_FIELDS = frozenset({"authors", "institutions", "keywords", "links", "marks", "notes", "title", "venue"})


@rule("LNK007", "malformed-link", on=PaperList, severity=Severity.ERROR)
def malformed_link(papers: PaperList, hosts: Hosts) -> Iterator[Finding]:
    """A link is closed, and its address is whole and nothing but an address."""
    text = papers.source.text
    odd = frozenset(suspects(address_lines(papers.tree)))
    for number, link in enumerate(destinations(papers.tree)):
        start, end = link.url_span
        finding = _address(link, hosts) if number in odd else None
        if finding is None and (text[start - 1] in _BLANKS or text[end : end + 1] in _BLANKS):
            finding = _padding(text, link)
        if finding is not None:
            yield finding
    for broken in broken_links(papers.tree):
        yield _brackets(broken, hosts)


def _address(link: Destination, hosts: Hosts) -> Finding | None:
    if not link.url or (found := mend(link.url, hosts)) is None:
        return None
    if hosts.is_placeholder(link.url, link.label) or hosts.read(link.url).malformed is not None:
        return None
    fix = None
    if found.url is not None:
        safety = Safety.SAFE if found.sure else Safety.UNSAFE
        fix = Fix(
            (Edit(link.url_span, found.url),), f'write "{found.url}"', safety, Effect(link.fields, reveals=1)
        )
    return Finding(link.url_span, f'address "{link.url}" {found.fault}', fix=fix)


def _padding(text: str, link: Destination) -> Finding | None:
    """Blanks around an address: some renderers take them for the end of the link."""
    if link.kind != "link":
        return None
    start, end = link.url_span
    before, after = (
        len(text[:start].rstrip(" \t")),
        end + len(text[end : link.span.end]) - len(text[end : link.span.end].lstrip(" \t")),
    )
    if text[before - 1 : before] != "(" or text[after : after + 1] != ")" or (before, after) == (start, end):
        return None
    fix = Fix((Edit(Span(before, after), link.url),), "drop the blanks", effect=Effect(frozenset({"links"})))
    return Finding(
        Span(before, after), f'address "{link.url}" is padded with blanks', fix=fix, severity=Severity.WARNING
    )


def _brackets(broken: BrokenLink, hosts: Hosts) -> Finding:
    facts = hosts.read(broken.url)
    joined = len(broken.edits) == 1 and broken.edits[0].text == broken.url
    if joined and (facts.identity is None or facts.malformed is not None):
        return Finding(broken.span, broken.fault)
    fix = Fix(
        broken.edits,
        f'write "{broken.url}" as the link\'s address',
        effect=Effect(_FIELDS, removed=1, reveals=2, repair=True),
    )
    return Finding(broken.span, broken.fault, fix=fix)
