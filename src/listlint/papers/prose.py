"""The plain text of a list, each run with what it is for."""

from __future__ import annotations

import sys
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING

from listlint.papers.model import Entry, Prose, ProseKind
from listlint.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from listlint.papers.model import PaperList
    from listlint.source import Source

    Range = tuple[Span, ProseKind]
    # A text of the tree: its place, what it is for where no field is, and the innermost entry around it.
    Text = tuple[Span, ProseKind, Entry | None]

__all__ = ["Texts", "read_prose", "without_names"]

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


class Texts:
    """The texts of a list: `spans` are their places, in order. What one is for is found where it is asked."""

    def __init__(self, papers: PaperList) -> None:
        # Not the list, which holds this: it is dropped when nobody looks at it any more.
        self._tree, self._entries = papers.tree, papers.entries
        self.spans = [node.span for node in papers.tree.find("text")]

    @cached_property
    def _labels(self) -> tuple[list[int], list[int]]:
        """Where links and pictures begin, and how far those until then reach."""
        spans = sorted([node.span for node in (*self._tree.find("link"), *self._tree.find("image"))])
        return [start for start, _ in spans], list(accumulate([end for _, end in spans], max))

    @cached_property
    def _headings(self) -> tuple[list[int], list[int]]:
        """Where headings begin and end."""
        spans = [node.span for node in self._tree.find("heading")]
        return [start for start, _ in spans], [end for _, end in spans]

    def some(self, numbers: Iterable[int]) -> Iterator[Text]:
        """The texts with these numbers, which are in order."""
        to_come, opened = list(self._entries), list[Entry]()
        to_come.reverse()
        entry, until = None, 0
        for number in numbers:
            span = self.spans[number]
            start = span[0]
            if start >= until:
                entry, until = _around(start, to_come, opened)
            if _reaches(self._labels, start):
                yield span, _LABEL, entry
            elif _reaches(self._headings, start):
                yield span, _HEADING, entry
            else:
                yield span, _PROSE if entry is None else _NOTE, entry


def _reaches(spans: tuple[list[int], list[int]], offset: int) -> bool:
    """Whether the last that begins at `offset` or before it, or one before that, goes on behind it."""
    starts, ends = spans
    index = bisect_right(starts, offset)
    return index > 0 and offset < ends[index - 1]


def _around(offset: int, to_come: list[Entry], opened: list[Entry]) -> tuple[Entry | None, int]:
    """The innermost entry that holds `offset`, where there is one, and up to where it is so; offsets come in order."""
    while to_come and to_come[-1].span[0] <= offset:
        opened.append(to_come.pop())
    while opened and opened[-1].span[1] <= offset:
        opened.pop()
    until = to_come[-1].span[0] if to_come else sys.maxsize
    return (opened[-1], min(until, opened[-1].span[1])) if opened else (None, until)


def read_prose(source: Source, texts: Iterable[Text]) -> Iterator[Prose]:
    """The runs of plain text that make up some of a list's texts: no markup, entity, escape, code, URL or tag inside."""
    around: Entry | None = None
    ranges: list[Range] = []
    for span, kind, entry in texts:
        if entry is not around:
            around, ranges = entry, [] if entry is None else _ranges(entry)
        start, end = span
        for number in range(bisect_right(ranges, start, key=_end), len(ranges)):
            (first, last), field = ranges[number]
            if first >= end:
                break
            if first > start:
                yield Prose(kind, source.text[start:first], Span(start, first), entry)
                start = first
            if last >= end:
                kind = field  # noqa: PLW2901 - all that is left of the text
                break
            yield Prose(field, source.text[start:last], Span(start, last), entry)
            start = last
        yield Prose(kind, source.text[start:end], Span(start, end), entry)


def without_names(source: Source, entries: Sequence[Entry], texts: Iterable[Span]) -> str:
    """The texts in ASCII, a line each, with blanks where the names of people and venues stand."""
    whole = source.text.encode("ascii", "replace")
    left = bytearray(whole)
    for start, end in [one.span for entry in entries for one in entry.authors]:
        left[start:end] = b" " * (end - start)
    for start, end in [one.span for entry in entries if entry.authors for one in entry.title_pieces]:
        left[start:end] = whole[start:end]
    for start, end in [one.span for entry in entries for one in entry.venues]:
        left[start:end] = b" " * (end - start)
    shown = left.decode()
    return "\n".join([shown[start:end] for start, end in texts])


def _ranges(entry: Entry) -> list[Range]:
    """The fields of an entry in source order, cut so that none overlaps one of a kind that wins over it."""
    kinds = zip(KINDS.values(), _FIELDS(entry), strict=True)
    fields = [(field.span, kind) for kind, some in kinds for field in some]
    ordered = sorted(fields, key=_START)
    end = 0
    for span, _ in ordered:
        if span.start < end:
            break
        end = span.end
    else:
        return ordered
    known: list[Range] = []
    for span, kind in fields:
        known += [(one, kind) for one in _without(span, [taken for taken, _ in known])]
    return sorted(known, key=_START)


def _end(field: Range) -> int:
    return field[0].end


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
