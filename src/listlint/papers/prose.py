"""The plain text of a list, each run with what it is for."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from listlint.papers.model import Prose, ProseKind
from listlint.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.markdown.tree import Node
    from listlint.papers.model import Entry, PaperList

__all__ = ["read_prose"]

# Where fields overlap, the first kind wins: a venue inside a note is a venue.
KINDS = (
    (ProseKind.VENUE, "venues"),
    (ProseKind.TITLE, "title_pieces"),
    (ProseKind.AUTHOR, "authors"),
    (ProseKind.INSTITUTION, "institutions"),
    (ProseKind.KEYWORD, "keywords"),
    (ProseKind.NOTE, "notes"),
)


def read_prose(papers: PaperList) -> Iterator[Prose]:
    """Every run of plain text in source order: no markup, entity, escape, code, URL or tag inside."""
    fields = _Fields(papers)
    stack = [(papers.tree.root, ProseKind.PROSE)]
    while stack:
        node, kind = stack.pop()
        if node.kind == "text":
            yield from fields.cut(papers.source.text, node.span, kind)
            continue
        kind = _kind_below(node, kind)
        stack.extend((child, kind) for child in reversed(node.children))


def _kind_below(node: Node, kind: ProseKind) -> ProseKind:
    if node.kind == "heading":
        return ProseKind.HEADING
    if node.kind in ("link", "image"):
        return ProseKind.LABEL
    return kind


class _Fields:
    """The fields of all entries as ranges in source order, walked once along with the text."""

    def __init__(self, papers: PaperList) -> None:
        self.entries = papers.entries
        self.next = 0
        self.open: list[Entry] = []
        self.ranges: dict[int, list[tuple[Span, ProseKind]]] = {}

    def cut(self, text: str, span: Span, kind: ProseKind) -> Iterator[Prose]:
        entry = self._entry_at(span.start)
        if entry is None:
            yield Prose(kind, text[span.start : span.end], span, None)
            return
        outside = ProseKind.NOTE if kind is ProseKind.PROSE else kind
        offset = span.start
        for one, field_kind in self._ranges(entry):
            if one.end <= offset or one.start >= span.end:
                continue
            if one.start > offset:
                yield Prose(outside, text[offset : one.start], Span(offset, one.start), entry)
            end = min(one.end, span.end)
            start = max(one.start, offset)
            yield Prose(field_kind, text[start:end], Span(start, end), entry)
            offset = end
        if offset < span.end:
            yield Prose(outside, text[offset : span.end], Span(offset, span.end), entry)

    def _entry_at(self, offset: int) -> Entry | None:
        """The innermost entry that holds `offset`; offsets only grow."""
        while self.next < len(self.entries) and self.entries[self.next].span.start <= offset:
            self.open.append(self.entries[self.next])
            self.next += 1
        while self.open and self.open[-1].span.end <= offset:
            self.ranges.pop(id(self.open.pop()), None)
        return self.open[-1] if self.open else None

    def _ranges(self, entry: Entry) -> list[tuple[Span, ProseKind]]:
        """The entry's fields as ranges that do not overlap."""
        known = self.ranges.get(id(entry))
        if known is None:
            known = self.ranges[id(entry)] = _apart(
                [(field.span, kind) for kind, name in KINDS for field in getattr(entry, name)]
            )
        return known


def _apart(fields: list[tuple[Span, ProseKind]]) -> list[tuple[Span, ProseKind]]:
    """The fields in source order, cut so that none overlaps one that stands before it in `fields`."""
    ordered = sorted(fields, key=_start)
    if all(one[0].end <= other[0].start for one, other in pairwise(ordered)):
        return ordered
    known: list[tuple[Span, ProseKind]] = []
    for span, kind in fields:
        known += [(one, kind) for one in _without(span, [taken for taken, _ in known])]
    return sorted(known, key=_start)


def _start(one: tuple[Span, ProseKind]) -> Span:
    return one[0]


def _without(span: Span, taken: list[Span]) -> list[Span]:
    """What is left of `span` when all of `taken` is cut out."""
    left = [span]
    for other in taken:
        cut = []
        for one in left:
            if other.start >= one.end or other.end <= one.start:
                cut.append(one)
                continue
            if one.start < other.start:
                cut.append(Span(one.start, other.start))
            if other.end < one.end:
                cut.append(Span(other.end, one.end))
        left = cut
    return left
