"""How entries write their venue and their places behind the title: in which order, and what stands between."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from listlint.expressions import expression
from listlint.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from listlint.papers.model import Entry, PaperList
    from listlint.source import Source

__all__ = ["Form", "Part", "between", "form_of", "usual"]

GAP = expression(r"[ \t]*[|,;:·•–—/-]?[ \t]*")
ONE_LINE = frozenset({"bullets", "checklist", "numbered", "nested"})
FEWEST = 5  # entries that make a habit
MOST = 0.8


class Part(NamedTuple):
    """A field of an entry, and its place."""

    kind: str
    span: Span


class Form(NamedTuple):
    """The title, the venue and the places of an entry that nothing but separators keep apart, in source order."""

    entry: Entry
    parts: tuple[Part, ...]
    gaps: tuple[Span, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The fields in their order."""
        return tuple(part.kind for part in self.parts)


def form_of(papers: PaperList, entry: Entry) -> Form | None:
    """The form of an entry that is written on one line; None where other words stand between its fields."""
    if entry.dialect not in ONE_LINE or not entry.title_pieces:
        return None
    title = max(piece.span.end for piece in entry.title_pieces)
    title = max([title, *(link.span.end for link in entry.links if link.span.start < title <= link.span.end)])
    parts = [Part("title", Span(entry.title_pieces[0].span.start, title))]
    fields = [("venue", one.span) for one in entry.venues] + [
        ("institutions", one.span) for one in entry.institutions
    ]
    end = papers.source.line_span(entry.line).end
    for kind, span in sorted(fields, key=lambda one: one[1]):
        if span.start >= title and span.end <= end:
            parts.append(Part(kind, span))
    gaps = [Span(one.span.end, two.span.start) for one, two in pairwise(parts)]
    if len({part.kind for part in parts}) < len(parts) or len(parts) == 1:
        return None
    if not all(gap.start < gap.end and GAP.fullmatch(papers.source[gap]) for gap in gaps):
        return None
    return Form(entry, tuple(parts), tuple(gaps))


def usual(found: Iterable[str]) -> str | None:
    """What nearly all say; None where they are few or differ."""
    counts = Counter(found)
    if sum(counts.values()) < FEWEST:
        return None
    text, count = counts.most_common(1)[0]
    return text if count >= sum(counts.values()) * MOST else None


def between(source: Source, form: Form) -> list[tuple[str, Span]]:
    """The gaps, each with what it stands between: `title` and the rest, or two of the rest."""
    return [("title" if index == 0 else "fields", gap) for index, gap in enumerate(form.gaps) if source[gap]]
