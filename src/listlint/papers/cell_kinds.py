"""What the cells of a table's columns hold, and how a row of too few or too many cells fits them best."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import combinations, combinations_with_replacement
from math import log
from typing import TYPE_CHECKING, NamedTuple

from listlint.markdown.plain import plain_text
from listlint.papers.shapes import is_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.markdown.tree import Node
    from listlint.papers.asked import Asked
    from listlint.source import Source

__all__ = ["Columns", "Fit"]

EXPECTED = {
    "title": ("title",),
    "paper": ("title", "labels"),
    "venue": ("venue", "date"),
    "institutions": ("place",),
    "date": ("date",),
    "year": ("date",),
    "keywords": ("words",),
    "notes": ("words",),
    "authors": ("words",),
}
ROLES = frozenset({"code", "project", "data", "demo", "slides", "video", "blog", "links"})
KINDS = ("empty", "title", "title and words", "labels", "labels and words", "venue", "date", "place", "words")
FEWEST = 3  # whole rows, before a table says anything of its columns
MOST_GAPS = 3
KNOWN = frozenset({"title", "labels", "place", "date"})  # what is whole as it is
SEPARATORS = " \t,;/|·、"
CLEAR = log(6)  # a fit is the only one where it is so much likelier than the next
UNUSUAL = log(20)  # two blanks within a cell
SELDOM = log(4)  # of many single blanks, one stands where a pipe was


class Fit(NamedTuple):
    """A row's cells as its columns would have them.

    `texts` are its cells. `empty` are the places (indices of cells) before which empty cells go, `dropped` the indices
    of empty cells that go, `split` the source offsets between which a pipe belongs.
    """

    texts: tuple[str, ...]
    empty: tuple[int, ...] = ()
    dropped: tuple[int, ...] = ()
    split: tuple[int, int] | None = None


@dataclass(eq=False)
class Columns:
    """The columns of one table: what whole rows hold in each, those of the list's other columns of that name too."""

    source: Source
    asked: Asked
    table: Node
    tables: tuple[Node, ...]
    counts: list[Counter[str]] = field(default_factory=list)
    rows: int = 0

    def __post_init__(self) -> None:
        self.names = self._names(self.table)
        known = {name: self._expected(name) for name in self.names}
        for table in self.tables:
            names = self._names(table)
            if not set(names).isdisjoint(known):
                self._count(table, names, known)
        self.counts = [known[name] for name in self.names]

    def _names(self, table: Node) -> list[str]:
        return [self.source[cell.inner].casefold() for cell in table.children[0].children]

    def _count(self, table: Node, names: list[str], known: dict[str, Counter[str]]) -> None:
        for row in table.children[2:]:
            if len(row.children) == len(names):
                self.rows += 1
                for name, cell in zip(names, row.children, strict=True):
                    if name in known:
                        known[name][self.kind_of(cell)] += 1

    def _expected(self, name: str) -> Counter[str]:
        """What the header promises; it counts as much as one row."""
        known = self.asked.fields.column(name)
        kinds = ("labels",) if known in ROLES else EXPECTED.get(known or "", ())
        return Counter(dict.fromkeys(kinds, 1 / len(kinds)) if kinds else {})

    def kind_of(self, cell: Node) -> str:
        """What a cell holds."""
        links = [child for child in cell.children if child.kind in ("link", "autolink")]
        if links:
            title = links[0].kind == "link" and not self.asked.fields.is_label(
                plain_text(self.source, links[0])
            )
            rest = "".join(self.source[child.span] for child in cell.children if child not in links).strip(
                SEPARATORS
            )
            return ("title" if title else "labels") + (" and words" if rest else "")
        return self.kind(plain_text(self.source, cell) if cell.children else "")

    def kind(self, text: str) -> str:
        """What a text without links is."""
        text = text.strip()
        if not any(char.isalnum() for char in text):
            return "empty"
        if is_date(text):
            return "date"
        if self.asked.venue(text) is not None:
            return "venue"
        return "place" if self.asked.is_place(text) else "words"

    def likelihood(self, kinds: tuple[str, ...]) -> float:
        """The logarithm of how likely a row of these kinds is."""
        total = 0.0
        for count, kind in zip(self.counts, kinds, strict=True):
            total += log((count[kind] + 0.05) / (sum(count.values()) + 0.05 * len(KINDS)))
        return total

    def fits(self, row: Node) -> list[tuple[float, Fit]]:
        """The ways to give the row as many cells as there are columns, the likeliest first; each text once."""
        missing = len(self.names) - len(row.children)
        if self.rows < FEWEST or not 0 < abs(missing) <= MOST_GAPS:
            return []
        found: dict[tuple[str, ...], tuple[float, Fit]] = {}
        kinds = [self.kind_of(cell) for cell in row.children]
        texts = [self.source[cell.inner] for cell in row.children]
        for score, fit in (
            *self._moved(kinds, texts, missing),
            *(self._split(row, kinds, texts) if missing == 1 else ()),
        ):
            if fit.texts not in found or found[fit.texts][0] < score:
                found[fit.texts] = (score, fit)
        return sorted(found.values(), key=lambda one: -one[0])

    def _moved(self, kinds: list[str], texts: list[str], missing: int) -> Iterator[tuple[float, Fit]]:
        """Empty cells added or dropped, at the end first."""
        if missing > 0:
            for places in reversed(list(combinations_with_replacement(range(len(texts) + 1), missing))):
                new, said = list(kinds), list(texts)
                for place in reversed(places):
                    new.insert(place, "empty")
                    said.insert(place, "")
                yield self.likelihood(tuple(new)), Fit(tuple(said), empty=places)
            return
        bare = [index for index, kind in enumerate(kinds) if kind == "empty" and not texts[index]]
        for gone in reversed(list(combinations(bare, -missing))):
            keep = [index for index in range(len(texts)) if index not in gone]
            score = self.likelihood(tuple(kinds[index] for index in keep))
            yield score, Fit(tuple(texts[index] for index in keep), dropped=gone)

    def _split(self, row: Node, kinds: list[str], texts: list[str]) -> Iterator[tuple[float, Fit]]:
        """One cell cut in two at a blank outside its links."""
        for index, cell in enumerate(row.children):
            for start, end in self._blanks(cell):
                left = self._part(cell, cell.inner.start, start)
                right = self._part(cell, end, cell.inner.end)
                if end - start == 1 and (
                    kinds[index] in KNOWN or {left, right} <= {"words", "empty"} or left == right
                ):
                    continue
                new = (*kinds[:index], left, right, *kinds[index + 1 :])
                first, last = (
                    self.source.text[cell.inner.start : start],
                    self.source.text[end : cell.inner.end],
                )
                said = (*texts[:index], first, last, *texts[index + 1 :])
                score = self.likelihood(new) + (UNUSUAL if end - start > 1 else -SELDOM)
                yield score, Fit(said, split=(start, end))

    def _blanks(self, cell: Node) -> Iterator[tuple[int, int]]:
        taken = [child.span for child in cell.children if child.kind != "text"]
        offset, text = cell.inner.start, self.source.text
        while offset < cell.inner.end:
            end = offset
            while end < cell.inner.end and text[end] in " \t":
                end += 1
            if end > offset and not any(span.start < end and offset < span.end for span in taken):
                yield offset, end
            offset = end + 1

    def _part(self, cell: Node, start: int, end: int) -> str:
        inside = [
            child
            for child in cell.children
            if start <= child.span.start and child.span.end <= end and child.kind in ("link", "autolink")
        ]
        if not inside:
            return self.kind(self.source.text[start:end])
        title = inside[0].kind == "link" and not self.asked.fields.is_label(
            plain_text(self.source, inside[0])
        )
        rest = self.source.text[start : inside[0].span.start] + self.source.text[inside[-1].span.end : end]
        return ("title" if title else "labels") + (" and words" if rest.strip(SEPARATORS) else "")
