"""Pieces put together again: each run of papers as one block of the dialect."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from listlint.convert.pieces import Between
from listlint.papers.writers import write_papers
from listlint.papers.writers.paper import Order, Paper

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from listlint.papers.writers.paper import Effort

__all__ = ["assemble"]

DEEPEST = 6
HIGHEST = 2  # a page's own title is level 1


@dataclass(eq=False)
class _Assembly:
    """Lines so far, and the lines of each paper by its number; lines count from 1."""

    dialect: str
    lines: list[str] = field(default_factory=list)
    places: dict[int, range] = field(default_factory=dict)
    level: int = 0
    after_headings: bool = False
    after_item: bool = False

    def between(self, piece: Between) -> None:
        if not (self.after_item and piece.item):
            self._blank()
        if self.after_headings and not piece.level:
            self.lines += ["---", ""]  # else the text would belong to the paper above it
        self.after_headings = False
        self.level = piece.opens or self.level
        self.lines += piece.markdown.split("\n")
        self.after_item = piece.item

    def papers(self, group: Sequence[tuple[int, Order]], following: int) -> None:
        self._blank()
        level = max(self.level + 1, following, HIGHEST)
        foreign = group[0][1].effort.foreign or (self.dialect == "headings" and level > DEEPEST)
        dialect = "nested" if foreign else self.dialect
        if self.after_headings and foreign:
            self.lines += ["---", ""]
        written = write_papers(dialect, [order for _, order in group], level)
        start = len(self.lines) + 1
        for (number, _), place in zip(group, written.places, strict=True):
            self.places[number] = range(start + place.start, start + place.stop)
        self.lines += written.lines
        self.after_headings = dialect == "headings"
        self.after_item = False

    def _blank(self) -> None:
        if self.lines and self.lines[-1]:
            self.lines.append("")


def assemble(
    pieces: Mapping[int, Between | Paper], dialect: str, efforts: Mapping[int, Effort]
) -> tuple[str, dict[int, range]]:
    """The numbered pieces as one text, and the lines of each paper by its number."""
    assembly = _Assembly(dialect)
    left = list(pieces.items())
    for is_paper, run in groupby(pieces.items(), key=lambda one: isinstance(one[1], Paper)):
        orders = []
        for number, piece in run:
            if isinstance(piece, Paper):
                orders.append((number, Order(piece, efforts[number])))
            else:
                assembly.between(piece)
        if is_paper:
            _papers(assembly, orders, _next_level(left, orders[-1][0]))
    return "\n".join(assembly.lines).rstrip("\n") + "\n", assembly.places


def _papers(assembly: _Assembly, orders: list[tuple[int, Order]], following: int) -> None:
    """Write a run of papers; below headings, bullets would stand in the section of the paper before them."""
    if assembly.dialect == "headings":
        orders.sort(key=lambda one: not one[1].effort.foreign)
    for _, group in groupby(orders, key=lambda one: one[1].effort.foreign):
        assembly.papers(list(group), following)


def _next_level(pieces: Sequence[tuple[int, Between | Paper]], after: int) -> int:
    """The level of the next section: papers above it must not stand higher, or it would be theirs."""
    for number, piece in pieces[bisect_right(pieces, after, key=lambda one: one[0]) :]:
        if number > after and isinstance(piece, Between) and piece.opens:
            return piece.opens
    return 0
