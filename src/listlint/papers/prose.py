"""The plain text of a list, each run with what it is for."""

from __future__ import annotations

import sys
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING

from listlint.papers.model import Prose, ProseKind
from listlint.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from listlint.papers.model import Entry, PaperList

__all__ = ["read_prose"]

_START = itemgetter(0)
# A look into an enumeration costs as much as a run of text.
_LABEL, _HEADING = ProseKind.LABEL, ProseKind.HEADING
_PROSE, _NOTE = ProseKind.PROSE, ProseKind.NOTE
# Where fields overlap, the first kind wins: a venue inside a note is a venue.
KINDS = {
    "venues": ProseKind.VENUE,
    "title_pieces": ProseKind.TITLE,
    "authors": ProseKind.AUTHOR,
    "institutions": ProseKind.INSTITUTION,
    "keywords": ProseKind.KEYWORD,
    "notes": ProseKind.NOTE,
}
_FIELDS = attrgetter(*KINDS)


def read_prose(papers: PaperList) -> list[Prose]:
    """Every run of plain text in source order: no markup, entity, escape, code, URL or tag inside."""
    text, found = papers.source.text, list[Prose]()
    entries, around = _Entries(papers.entries), None
    until = label_end = heading_end = 0
    for node in papers.tree.nodes:
        kind = node.kind
        if kind == "text":
            span = node.span
            start = span.start
            if start >= until:
                around = entries.around(start)
                until = entries.until
            of = _LABEL if start < label_end else _HEADING if start < heading_end else _PROSE
            if around is None:
                found.append(Prose(of, text[start : span.end], span, None))
            else:
                around.cut(text, span, _NOTE if of is _PROSE else of, found)
        elif kind in ("link", "image"):
            label_end = max(label_end, node.span.end)
        elif kind == "heading":
            heading_end = node.span.end
    return found


class _Open:
    """An entry that text may stand in, and its fields as ranges that do not overlap, the next one last."""

    __slots__ = ("end", "entry", "ranges")

    def __init__(self, entry: Entry) -> None:
        self.entry, self.end = entry, entry.span.end
        fields = zip(KINDS.values(), _FIELDS(entry), strict=True)
        self.ranges = _apart([(field.span, kind) for kind, some in fields for field in some])
        self.ranges.reverse()

    def cut(self, text: str, span: Span, kind: ProseKind, found: list[Prose]) -> None:
        """Add the runs of the text at `span`, which is of this kind where no field is; spans come in source order."""
        start, end = span
        entry, ranges = self.entry, self.ranges
        while ranges:
            (first, last), field = ranges[-1]
            if first >= end:
                break
            if last > start:
                if first > start:
                    found.append(Prose(kind, text[start:first], Span(start, first), entry))
                    start = first
                if last >= end:
                    kind = field
                    break
                found.append(Prose(field, text[start:last], Span(start, last), entry))
                start = last
            ranges.pop()
        if start > span.start:
            span = Span(start, end)
        found.append(Prose(kind, text[start:end], span, entry))


class _Entries:
    """The entries of a list, gone through in source order; what is found around a place is so `until` another one."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.to_come = list(entries)
        self.to_come.reverse()
        self.opened: list[_Open] = []
        self.until = 0

    def around(self, offset: int) -> _Open | None:
        """The innermost entry that holds `offset`, where there is one."""
        to_come, opened = self.to_come, self.opened
        while to_come and to_come[-1].span.start <= offset:
            opened.append(_Open(to_come.pop()))
        while opened and opened[-1].end <= offset:
            opened.pop()
        self.until = to_come[-1].span.start if to_come else sys.maxsize
        if not opened:
            return None
        self.until = min(self.until, opened[-1].end)
        return opened[-1]


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
