"""The same papers in another dialect: written, read back, and written more plainly where that is not the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from listlint.convert.assembly import assemble
from listlint.convert.pieces import Between
from listlint.papers.read import read_list
from listlint.papers.writers.paper import Effort, Paper, difference
from listlint.papers.writers.taking import take
from listlint.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from listlint.knowledge.knowledge import Knowledge
    from listlint.papers.model import Entry, PaperList

__all__ = ["Conversion", "Moved", "convert"]

ITEMS = (
    Effort(),
    Effort(keyed=True),
    Effort(bold=True),
    Effort(bold=True, keyed=True),
    Effort(plain=True, keyed=True),
    Effort(plain=True, bold=True, keyed=True),
    Effort(whole=True),
    Effort(whole=True, keyed=True),
)
FOREIGN = (
    Effort(foreign=True),
    Effort(foreign=True, keyed=True),
    Effort(foreign=True, keyed=True, bold=True),
    Effort(foreign=True, keyed=True, whole=True),
)
# What is tried, one after the other. A bullet without its box would be no item of a checklist.
LADDERS = {
    "bullets": ITEMS + FOREIGN[:1],
    "checklist": ITEMS,
    "nested": ITEMS,
    "headings": (
        ITEMS[0],
        Effort(bare=True),
        *ITEMS[1:2],
        *ITEMS[4:6],
        Effort(plain=True, keyed=True, bare=True),
        *ITEMS[6:],
        *FOREIGN,
    ),
    "table": (
        ITEMS[0],
        Effort(bare=True),
        *ITEMS[1:4],
        Effort(together=True),
        Effort(together=True, keyed=True),
        Effort(together=True, bold=True, keyed=True),
        Effort(plain=True),
        *ITEMS[6:],
        *FOREIGN,
    ),
}
WEIGHTS = {
    "title": 50,
    "links": 30,
    "venue": 10,
    "section": 10,
    "labels": 1,
    "order": 1,
    "notes": 4,
    "marks": 4,
}
MISSING = 1000
ROUNDS = 3  # papers written another way may change how those beside them are read


@dataclass(frozen=True, slots=True)
class Moved:
    """A paper that the result does not say in the same fields: `fields` are what is read differently there."""

    paper: Paper
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conversion:
    """The converted list. `blocks` are the papers with BibTeX that its dialect has no place for.

    `ticked` papers had a ticked box and got a mark, `unread` ones had no box and got one; `rest` counts those with
    words that are no field.
    """

    source: Source
    papers: int
    moved: tuple[Moved, ...] = ()
    blocks: tuple[Paper, ...] = ()
    ticked: int = 0
    unread: int = 0
    rest: int = 0


@dataclass(eq=False)
class _Converting:
    dialect: str
    knowledge: Knowledge
    pieces: list[Between | Paper]
    best: dict[int, tuple[int, Effort, tuple[str, ...]]] = field(default_factory=dict)

    @property
    def numbered(self) -> list[tuple[int, Paper]]:
        """The papers with their numbers among the pieces."""
        return [(number, piece) for number, piece in enumerate(self.pieces) if isinstance(piece, Paper)]

    def climb(self) -> None:
        """Try one way of writing after the other, until every paper is read as it was."""
        first, *more = LADDERS[self.dialect]
        self._note(self.read({number: first for number, _ in self.numbered}), {})
        for effort in more:
            self._try(effort, self._left(), alone=True)
        for _ in range(ROUNDS):
            unlike = {
                number for number, fields in self.read(self.efforts).items() if fields != self.best[number][2]
            }
            for number in unlike:  # how a list is read as a whole has changed with it
                self.best[number] = (MISSING + 1, first, ("entry",))
            for effort in (first, *more) if unlike else ():
                self._try(effort, self._left() & unlike, alone=False)

    @property
    def efforts(self) -> dict[int, Effort]:
        """The best way found for each paper."""
        return {number: effort for number, (_, effort, _) in self.best.items()}

    def _left(self) -> set[int]:
        return {number for number, (cost, _, _) in self.best.items() if cost > 0}

    def _try(self, effort: Effort, left: set[int], *, alone: bool) -> None:
        """Write the papers that are left another way: in a list of their own, which is quick, or in the whole one."""
        if left:
            tried = self.efforts | dict.fromkeys(left, effort)
            self._note(self.read(tried, left if alone else None), tried)

    def _note(self, found: dict[int, tuple[str, ...]], tried: Mapping[int, Effort]) -> None:
        for number, fields in found.items():
            cost = sum(WEIGHTS.get(name, 5) for name in fields) if "entry" not in fields else MISSING
            if number not in self.best or cost < self.best[number][0]:
                self.best[number] = (cost, tried.get(number, Effort()), fields)

    def read(self, efforts: Mapping[int, Effort], only: set[int] | None = None) -> dict[int, tuple[str, ...]]:
        """What is read differently of each paper, or of some, when the list is written with these efforts."""
        pieces = {
            number: piece
            for number, piece in enumerate(self.pieces)
            if only is None or number in only or (isinstance(piece, Between) and piece.opens)
        }
        text, places = assemble(pieces, self.dialect, efforts)
        papers = read_list(Source("converted.md", text), self.knowledge)
        found: dict[int, list[Entry]] = {number: [] for number in places}
        lines = {line: number for number, place in places.items() for line in place}
        for entry in papers.entries:
            if entry.line in lines:
                found[lines[entry.line]].append(entry)
        return {number: self._differs(number, entries, papers) for number, entries in found.items()}

    def _differs(self, number: int, entries: Sequence[Entry], papers: PaperList) -> tuple[str, ...]:
        paper = self.pieces[number]
        if len(entries) != 1 or not isinstance(paper, Paper):
            return ("entry",)
        return difference(paper, take(entries[0], papers, self.knowledge, shown=False))


def convert(
    pieces: Sequence[Between | Paper],
    source: Source,
    dialect: str,
    knowledge: Knowledge,
    canonical: Callable[[str], str],
) -> Conversion:
    """The papers among the pieces in another dialect, all else as it was; `canonical` lays the result out.

    `source` is the file that the pieces come from: the result has its line endings and encoding.
    """
    pieces = list(pieces)
    work = _Converting(dialect, knowledge, pieces)
    work.climb()
    efforts = work.efforts
    text, _ = assemble(dict(enumerate(pieces)), dialect, efforts)
    final = work.read(efforts)
    moved = tuple(Moved(paper, final[number]) for number, paper in work.numbered if final[number])
    beside = [
        paper
        for number, paper in work.numbered
        if paper.bibtex is not None and (dialect != "headings" or efforts[number].foreign)
    ]
    all_papers = [paper for _, paper in work.numbered]
    boxes = dialect == "checklist"
    return Conversion(
        source=source.replaced(canonical(text).replace("\n", source.newline)),
        papers=len(all_papers),
        moved=moved,
        blocks=tuple(beside),
        ticked=0 if boxes else sum(paper.read is True for paper in all_papers),
        unread=sum(paper.read is None for paper in all_papers) if boxes else 0,
        rest=sum(bool(paper.rest) for paper in all_papers),
    )
