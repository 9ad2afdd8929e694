"""A block of lines, and where in it each paper stands."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Written"]


@dataclass(slots=True)
class Written:
    """`places[i]` are the lines of paper i, counted from 0, the end exclusive."""

    lines: list[str] = field(default_factory=list)
    places: list[range] = field(default_factory=list)

    def add(self, lines: list[str]) -> None:
        """Append a paper's lines."""
        self.places.append(range(len(self.lines), len(self.lines) + len(lines)))
        self.lines += lines
