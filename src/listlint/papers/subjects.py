"""What a place in a list is about: a paper, whatever line it stands on."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from listlint.papers.listed import Listed
    from listlint.source import Source, Span

__all__ = ["Subjects"]

LONGEST = 100
NEAR = 20


class Subjects:
    """The subjects of one list: its entries."""

    def __init__(self, source: Source, entries: Iterable[Listed]) -> None:
        self.source = source
        self._entries = sorted(entries, key=lambda one: one.span)
        self._starts = [one.span.start for one in self._entries]

    def entry_at(self, offset: int) -> Listed | None:
        """The innermost entry that holds the place."""
        last = bisect_right(self._starts, offset) - 1
        for index in range(last, max(last - NEAR, -1), -1):
            if offset <= self._entries[index].span.end:
                return self._entries[index]
        return None

    def about(self, span: Span) -> tuple[str, str]:
        """The paper, by its identity, else its title, and the words of the span; outside entries, the words of its line.

        Spans of several lines have no words: they would change with every edit.
        """
        source = self.source
        entry = self.entry_at(span.start)
        line = source.line_span(source.line_of(span.start))
        if entry is None:
            return "", _short(source[line])
        return _name(entry), _short(source[span]) if span.end <= line.end else ""


def _name(entry: Listed) -> str:
    return str(entry.ids[0]) if entry.links else " ".join(entry.title.casefold().split())


def _short(text: str) -> str:
    return " ".join(text.split())[:LONGEST]
