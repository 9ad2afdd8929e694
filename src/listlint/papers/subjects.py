"""What a place in a list is about: a paper, whatever line it stands on."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from listlint.papers.identity import paper_links

if TYPE_CHECKING:
    from listlint.knowledge.hosts import Hosts
    from listlint.papers.model import Entry, PaperList
    from listlint.source import Span

__all__ = ["Subjects"]

LONGEST = 100
NEAR = 20


class Subjects:
    """The subjects of one list."""

    def __init__(self, papers: PaperList, hosts: Hosts) -> None:
        self.papers = papers
        self._hosts = hosts
        self._entries = sorted(papers.entries, key=lambda one: one.span)
        self._starts = [one.span.start for one in self._entries]
        self._names: dict[int, str] = {}

    def entry_at(self, offset: int) -> Entry | None:
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
        source = self.papers.source
        entry = self.entry_at(span.start)
        line = source.line_span(source.line_of(span.start))
        if entry is None:
            return "", _short(source[line])
        return self._name(entry), _short(source[span]) if span.end <= line.end else ""

    def _name(self, entry: Entry) -> str:
        if id(entry) not in self._names:
            found = next((identity for _, identity in paper_links(entry, self._hosts)), None)
            title = " ".join((entry.title or "").casefold().split())
            self._names[id(entry)] = f"{found.namespace}:{found.id}" if found else title
        return self._names[id(entry)]


def _short(text: str) -> str:
    return " ".join(text.split())[:LONGEST]
