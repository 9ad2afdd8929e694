"""`link-form`: one address for a paper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from listlint.findings import Effect, Finding, Fix
from listlint.markdown.destinations import destinations
from listlint.papers.model import PaperList
from listlint.rule import Option, rule
from listlint.source import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.knowledge.hosts import Hosts, LinkFacts
    from listlint.markdown.destinations import Destination
    from listlint.options import Settings

__all__ = ["link_form"]

_SAYS_FILE = re.compile(r"\b(?:pdf|html)\b")
_SAYS_VERSION = re.compile(r"\bv\d|\bversion\b", re.IGNORECASE)
_STYLE = Option(
    "arxiv-links",
    str,
    "abs",
    "how arXiv links are written; `keep` mends mirrors and slips only",
    ("abs", "pdf", "keep"),
)


@rule("LNK001", "link-form", on=PaperList, options=(_STYLE,))
def link_form(papers: PaperList, hosts: Hosts, settings: Settings) -> Iterator[Finding]:
    """A paper's address is written one way, so that lists can be searched and compared."""
    links = [one for one in destinations(papers.tree) if one.kind != "image"]
    known = [(one, facts) for one in links if (facts := hosts.read(one.url)).identity is not None]
    versions, style = _versions(known), settings["arxiv-links"]
    if style == "abs":  # what is written so is right in any style
        known = [(link, facts) for link, facts in known if facts.canonical is not None]
    found = [
        (link, written)
        for link, facts in known
        if (written := hosts.canonical(link.url, _style(link, facts, style, versions)))
    ]
    line_of = papers.source.line_of
    taken = {(line_of(one.span.start), one.url) for one in links} if found else set()
    for link, written in found:
        if written == hosts.secure(link.url) == hosts.canonical(link.url):
            continue  # `insecure-link` says it where only the scheme differs
        if (line_of(link.span.start), written) in taken:
            continue
        edits = [Edit(link.url_span, written)]
        if (
            link.kind == "link"
            and link.label == link.url
            and (at := papers.source.text.find(link.url, *link.span)) >= 0
        ):
            edits.insert(0, Edit(link.url_span._replace(start=at, end=at + len(link.url)), written))
        yield Finding(
            link.url_span,
            f'link "{link.url}" is written "{written}"',
            fix=Fix(tuple(edits), f'write "{written}"', effect=Effect(link.fields)),
        )


def _versions(links: list[tuple[Destination, LinkFacts]]) -> dict[str, set[str | None]]:
    """The versions of each paper that the list tells apart."""
    found: dict[str, set[str | None]] = {}
    for _, facts in links:
        if facts.version is not None and facts.identity is not None:
            found.setdefault(facts.identity.id, set()).add(facts.version)
    return found


def _style(link: Destination, facts: LinkFacts, style: str, versions: dict[str, set[str | None]]) -> str:
    """The list's style, but for a label that speaks of the PDF, the HTML or of a version: then the address stays what it is."""
    if facts.identity is None or style == "keep":
        return style
    if facts.version is not None and (
        _SAYS_VERSION.search(link.label) or len(versions[facts.identity.id]) > 1
    ):
        return "keep"
    return "keep" if style == "abs" and link.label != link.url and _says_file(link.label) else style


def _says_file(label: str) -> bool:
    lower = label.lower()
    return ("pdf" in lower or "html" in lower) and _SAYS_FILE.search(lower) is not None
