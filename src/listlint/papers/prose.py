"""The plain text of a list, each run with what it is for."""

from __future__ import annotations

import sys
from operator import itemgetter
from typing import TYPE_CHECKING

from listlint.papers.model import Prose, ProseKind
from listlint.source import Span

if TYPE_CHECKING:
    from listlint.papers.model import Entry, PaperList

__all__ = ["read_prose"]

_START = itemgetter(0)
_LABEL, _HEADING = (
    ProseKind.LABEL,
    ProseKind.HEADING,
)  # a look into an enumeration costs as much as a run of text
_PROSE, _NOTE = ProseKind.PROSE, ProseKind.NOTE
_NO_FIELD = (Span(sys.maxsize, sys.maxsize), _PROSE)
# Where fields overlap, the first kind wins: a venue inside a note is a venue.
KINDS = (
    (ProseKind.VENUE, "venues"),
    (ProseKind.TITLE, "title_pieces"),
    (ProseKind.AUTHOR, "authors"),
    (ProseKind.INSTITUTION, "institutions"),
    (ProseKind.KEYWORD, "keywords"),
    (ProseKind.NOTE, "notes"),
)


def read_prose(papers: PaperList) -> list[Prose]:
    """Every run of plain text in source order: no markup, entity, escape, code, URL or tag inside."""
    cutter = _Cutter(papers)
    cut, label_end, heading_end = cutter.cut, 0, 0
    for node in papers.tree.nodes:
        kind = node.kind
        if kind == "text":
            start = node.span.start
            cut(node.span, _LABEL if start < label_end else _HEADING if start < heading_end else _PROSE)
        elif kind in ("link", "image"):
            label_end = max(label_end, node.span.end)
        elif kind == "heading":
            heading_end = node.span.end
    return cutter.found


class _Open:
    """An entry that text may stand in, and its fields as ranges that do not overlap; those before `next` are done with."""

    __slots__ = ("end", "entry", "next", "ranges")

    def __init__(self, entry: Entry) -> None:
        self.entry, self.end, self.next = entry, entry.span.end, 0
        self.ranges = _apart([(field.span, kind) for kind, name in KINDS for field in getattr(entry, name)])


class _Cutter:
    """Cuts runs of text, which come in source order, at the fields of the entries that hold them."""

    def __init__(self, papers: PaperList) -> None:
        self.text = papers.source.text
        self.entries = list(reversed(papers.entries))
        self.open: list[_Open] = []
        self.around: _Open | None = None
        self.until = 0
        self.found: list[Prose] = []

    def cut(self, span: Span, kind: ProseKind) -> None:
        """Add the runs of the text at `span`, which is of this kind where no field is."""
        offset, stop = span
        if offset >= self.until:
            self._go(offset)
        around = self.around
        if around is None:
            self.found.append(Prose(kind, self.text[offset:stop], span, None))
            return
        if kind is _PROSE:
            kind = _NOTE
        ranges = around.ranges
        while around.next < len(ranges) and ranges[around.next][0].end <= offset:
            around.next += 1
        (start, end), field = ranges[around.next] if around.next < len(ranges) else _NO_FIELD
        if start >= stop:
            self.found.append(Prose(kind, self.text[offset:stop], span, around.entry))
        elif start <= offset and stop <= end:
            self.found.append(Prose(field, self.text[offset:stop], span, around.entry))
        else:
            self._cut_at_several(span, kind, around)

    def _cut_at_several(self, span: Span, kind: ProseKind, around: _Open) -> None:
        offset, stop = span
        for number in range(around.next, len(around.ranges)):
            (start, end), field = around.ranges[number]
            if start >= stop:
                break
            if end <= offset:
                continue
            if start > offset:
                self._add(kind, offset, start, around.entry)
                offset = start
            self._add(field, offset, min(end, stop), around.entry)
            offset = end
        if offset < stop:
            self._add(kind, offset, stop, around.entry)

    def _add(self, kind: ProseKind, start: int, end: int, entry: Entry) -> None:
        self.found.append(Prose(kind, self.text[start:end], Span(start, end), entry))

    def _go(self, offset: int) -> None:
        """Go on to the innermost entry that holds `offset`, where there is one; it does so `until` another offset."""
        entries, opened = self.entries, self.open
        while entries and entries[-1].span.start <= offset:
            opened.append(_Open(entries.pop()))
        while opened and opened[-1].end <= offset:
            opened.pop()
        self.around = opened[-1] if opened else None
        self.until = entries[-1].span.start if entries else len(self.text) + 1
        if opened:
            self.until = min(self.until, opened[-1].end)


def _apart(fields: list[tuple[Span, ProseKind]]) -> list[tuple[Span, ProseKind]]:
    """The fields in source order, cut so that none overlaps one that stands before it in `fields`."""
    ordered = sorted(fields, key=_START)
    end = 0
    for span, _ in ordered:
        if span.start < end:
            break
        end = span.end
    else:
        return ordered
    known: list[tuple[Span, ProseKind]] = []
    for span, kind in fields:
        known += [(one, kind) for one in _without(span, [taken for taken, _ in known])]
    return sorted(known, key=_START)


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
