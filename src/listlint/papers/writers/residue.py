"""What an entry says beside its fields: words, pictures and code that no field holds."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import islice
from typing import TYPE_CHECKING

from listlint.papers.writers.markdown import code, escape
from listlint.papers.writers.paper import Words
from listlint.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.knowledge.fields import Fields
    from listlint.markdown.tree import Node
    from listlint.papers.model import Entry, PaperList
    from listlint.source import Source

__all__ = ["residue", "tail"]

WORD = re.compile(r"[^\W\d_]{2,}")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
NOTES = ("notes", "abstract")
SHOWN = re.compile(r"\w")
TAG = re.compile(r"<[^<>]*>")
EDGES = " \t\r\n|[](){}<>.,;:/·•*_`'\"–—-"
# Words that only lead to a field.
SMALL = frozenset(
    (
        "accepted",
        "and",
        "appeared",
        "appears",
        "arxiv",
        "as",
        "at",
        "by",
        "et",
        "al",
        "etal",
        "from",
        "in",
        "of",
        "on",
        "published",
        "the",
        "to",
        "with",
    )
)
TAIL = re.compile(
    r"[./,\-]\d{1,2}(?!\w)"  # the month
    r"|[ \t]+[^\W\d_]{2,12}(?:[ \t]+[^\W\d_]{2,12})?(?=[ \t]*(?:[|)\]<\n*]|\Z))"
)
JOINED = 40  # characters between runs of one sentence, at most


def residue(entry: Entry, papers: PaperList, fields: Fields) -> tuple[Words, ...]:
    """The pieces in source order; keys, labels and words that lead to a field are none."""
    taken = _Taken(entry, papers.source, list(_beside(entry, papers)))
    found = [*_words(entry, papers, taken, fields), *_objects(entry, papers, taken)]
    return tuple(words for _, words in sorted(found))


def _beside(entry: Entry, papers: PaperList) -> Iterator[Span]:
    """The titles and links of other entries that are written in the same row or item."""
    if not entry.nodes:
        return
    first = entry.nodes[0]
    index = bisect_left(papers.entries, first.span.start, key=lambda one: one.span.start)
    for one in islice(papers.entries, index, None):
        if not one.nodes or one.nodes[0].span.start > first.span.start:
            return
        if one is not entry and one.nodes[0] is first:
            yield from (piece.span for piece in one.title_pieces)
            yield from (link.span for link in one.links)


def tail(source: Source, venue: Span) -> str:
    """What stands right behind a venue and belongs to it: `oral`, `Best Paper`; empty where another field begins."""
    match = TAIL.match(source.text, venue.end)
    return match[0] if match else ""


class _Taken:
    """The places that fields hold."""

    def __init__(self, entry: Entry, source: Source, others: list[Span]) -> None:
        pieces = [
            *entry.title_pieces,
            *entry.institutions,
            *entry.authors,
            *entry.keywords,
            *entry.notes,
            *entry.marks,
        ]
        spans = [one.span for one in pieces]
        self.links = sorted(one.span for one in entry.links)
        spans += self.links
        spans += [Span(one.span.start, one.span.end + len(tail(source, one.span))) for one in entry.venues]
        spans += [one.span for one in (entry.date, entry.bibtex) if one is not None]
        self.spans = sorted([*spans, *others])

    def beside_links(self, run: Span) -> Iterator[Span]:
        """What of a run no field holds; an address in the midst of text leaves what stands on both sides."""
        inside = [link for link in self.links if link.start < run.end and run.start < link.end]
        starts = [run.start, *(link.end for link in inside)]
        ends = [*(link.start for link in inside), run.end]
        for start, end in zip(starts, ends, strict=True):
            if start < end and not self.touches(Span(start, end)):
                yield Span(start, end)

    def touches(self, span: Span) -> bool:
        """Whether a field holds any of it."""
        return any(
            one.start < span.end and span.start < one.end
            for one in self.spans[: bisect_left(self.spans, Span(span.end, 0))]
        )


def _words(entry: Entry, papers: PaperList, taken: _Taken, fields: Fields) -> Iterator[tuple[int, Words]]:
    runs: list[Span] = []
    outside = (one for prose in _prose(entry, papers) for one in taken.beside_links(prose))
    for prose in outside:
        if not _says_something(papers.source[prose], fields):
            continue
        between = Span(runs[-1].end, prose.start) if runs else prose
        if (
            runs
            and between.end - between.start < JOINED
            and "\n" not in papers.source[between]
            and not taken.touches(between)
        ):
            runs[-1] = Span(runs[-1].start, prose.end)
        else:
            runs.append(prose)
    for run in runs:
        text = " ".join(papers.source[run].strip(EDGES).split())
        yield run.start, Words(text, escape(text))


def _prose(entry: Entry, papers: PaperList) -> Iterator[Span]:
    """The runs of text in an entry."""
    prose = papers.prose
    first = bisect_left(prose, entry.span.start, key=lambda one: one.span.start)
    for one in prose[first:]:
        if one.span.start >= entry.span.end:
            return
        if one.entry is entry:
            yield one.span


def _says_something(text: str, fields: Fields) -> bool:
    plain = text.strip(EDGES)
    words = [word.lower() for word in WORD.findall(plain)]
    if not words or all(word in SMALL for word in words):
        return False
    key = fields.key(plain)
    if key is not None:
        return key in NOTES and plain.casefold() not in ("note", "notes")
    return not fields.is_label(plain)


def _objects(entry: Entry, papers: PaperList, taken: _Taken) -> Iterator[tuple[int, Words]]:
    """Pictures, code and HTML."""
    stack: list[Node] = list(entry.nodes)
    while stack:
        node = stack.pop()
        if (
            node.kind == "image"
            and entry.span.start <= node.span.start < entry.span.end
            and not taken.touches(node.span)
        ):
            yield node.span.start, Words("", " ".join(papers.source[node.span].split()))
        elif (
            node.kind in ("fence", "code_block")
            and not taken.touches(node.span)
            and papers.source[node.inner].strip()
        ):
            yield node.span.start, Words("", code(papers.source[node.inner]))
        elif node.kind == "html_block" and not taken.touches(node.span):
            shown = COMMENT.sub("", papers.source[node.span])
            if SHOWN.search(TAG.sub("", shown)) or "<img" in shown:
                yield node.span.start, Words("", " ".join(shown.split()))
        elif node.kind not in ("link", "image"):
            stack.extend(reversed(node.children))
