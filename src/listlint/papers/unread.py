"""Blocks that name papers by their links, and hold papers that no entry holds."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from listlint.expressions import expression
from listlint.markdown.destinations import destinations
from listlint.papers.untitled import untitled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.knowledge.hosts import Hosts
    from listlint.knowledge.knowledge import Knowledge
    from listlint.knowledge.sections import Sections
    from listlint.markdown.destinations import Destination
    from listlint.markdown.tree import Node
    from listlint.papers.model import PaperList
    from listlint.source import Span

__all__ = ["Unread", "unread"]

NO_PAPERS = frozenset({"github", "gitlab", "hf", "hf-dataset", "hf-space", "youtube", "zenodo", "zhihu"})
KINDS = {"list": "list", "table": "table", "paragraph": "paragraph", "html_block": "HTML"}
LEAVES = frozenset({"paragraph", "row", "html_block"})
NO_LINKS = frozenset({"definition", "image"})
# What stands right before or behind a link within a sentence, and what a sentence begins with that cites.
BEFORE = expression(
    r"\b(?:a|an|and|as|at|by|called|cf\.?|e\.g\.?,?|following|from|in|is|of|on|or|our|see|see also|that|the|this|through|to|using|via|"
    r"with|\d|fig(?:ure)?s?\.?)[\s(\[*_\"“]*$",
    re.IGNORECASE,
)
NEAR = 60  # characters before a link
BEHIND = expression(r"[\s)\]*_\"”,]*\s[a-z]{2,}")
OPENS = expression(
    r"[\W\d_]*+\b(?:we|you|our|your|this|these|see|please|if|for|here|also|note|thanks?|check|refer|read|images?|figures?|"
    r"inspired|based|credits?|source|adapted|citation|cite|news)\b",
    re.IGNORECASE,
)


class Unread(NamedTuple):
    """A block with papers that no entry holds: where the first stands, its address, the block's kind, how many there are."""

    span: Span
    url: str
    kind: str
    papers: int


def unread(papers: PaperList, knowledge: Knowledge) -> Iterator[Unread]:
    """The blocks that hold papers which no entry holds; one for each list, table, run of paragraphs or of HTML.

    Left out are sections that hold no papers, sentences that cite one, and what lacks nothing but its title.
    """
    links = list(_links(papers, knowledge.hosts))
    if not links:
        return
    line_of = papers.source.line_of
    bare = {line_of(span.start) for span, _ in untitled(papers, knowledge)}
    links = [one for one in links if line_of(one.span.start) not in bare]
    starts = [one.span.start for one in links]
    found = []
    for number, block in _blocks(papers, knowledge.sections):
        inside = links[bisect_left(starts, block.span.start) : bisect_left(starts, block.span.end)]
        found += [(number, block, leaf, one) for leaf, one in _apart(papers, block, inside)]
    for _, group in groupby(found, key=lambda one: one[0]):
        _, block, leaf, first = (several := list(group))[0]
        yield Unread(leaf.span, first.url, KINDS[block.kind], len({one.url for *_, one in several}))


def _links(papers: PaperList, hosts: Hosts) -> Iterator[Destination]:
    """The links outside entries that name a paper which no entry holds."""
    entries = iter(papers.entries)
    entry, end, held = next(entries, None), 0, None
    for one in destinations(papers.tree):
        start = one.span.start
        while entry is not None and entry.span.start <= start:
            end, entry = max(end, entry.span.end), next(entries, None)
        if start < end or one.kind in NO_LINKS:
            continue
        facts = hosts.read(one.url)
        if facts.role != "paper" or facts.identity is None or facts.malformed:
            continue
        if facts.identity.namespace in NO_PAPERS or hosts.is_placeholder(one.url):
            continue
        if held is None:
            held = {
                i for other in papers.entries for link in other.links for i in hosts.read(link.url).identities
            }
        if held.isdisjoint(facts.identities):
            yield one


def _blocks(papers: PaperList, sections: Sections) -> Iterator[tuple[int, Node]]:
    """The blocks of sections that may hold papers, numbered: adjacent ones of the same kind share a number."""
    number, before, headings = 0, "", list[tuple[int, str | None]]()
    for block in papers.tree.root.children:
        number += block.kind != before or block.kind not in ("paragraph", "html_block")
        before = block.kind
        if block.kind == "heading":
            headings = [one for one in headings if one[0] < block.level]
            headings.append((block.level, sections.kind(" ".join(papers.tree.text(block).split()))))
        elif block.kind in KINDS and not any(kind for _, kind in headings):
            yield number, block


def _apart(papers: PaperList, block: Node, links: list[Destination]) -> Iterator[tuple[Node, Destination]]:
    """The links that no sentence cites, each with the paragraph, row or HTML that it stands in."""
    if not links:
        return
    leaves = [node for node in block.walk() if node.kind in LEAVES]
    starts = [node.span.start for node in leaves]
    for one in links:
        leaf = leaves[max(bisect_right(starts, one.span.start) - 1, 0)] if leaves else block
        if not _is_cited(papers.source.text, leaf.span, one.span):
            yield leaf, one


def _is_cited(text: str, leaf: Span, link: Span) -> bool:
    """Whether the link stands within a sentence."""
    before = text[max(leaf.start, link.start - NEAR) : link.start]
    opens, behind = OPENS.match(text, leaf.start, link.start), BEHIND.match(text, link.end, leaf.end)
    return bool(opens or behind or BEFORE.search(before))
