"""The lines of one list that a change touched, and where they are after further edits."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Touched"]


class Touched(NamedTuple):
    """Ranges of lines, from 1; an empty one stands where lines were removed, before the line that it names."""

    ranges: Sequence[range] = ()

    def has(self, first: int, last: int) -> bool:
        """Whether one of these lines is among them, or lines were removed between these."""
        return any(lines.start <= last and first < lines.stop for lines in self.ranges)

    def has_all(self, first: int, last: int) -> bool:
        """Whether all of these lines are among them."""
        line = first
        for lines in sorted(self.ranges, key=lambda one: one.start):
            if lines.start <= line < lines.stop:
                line = lines.stop
        return line > last

    def after(self, before: str, after: str) -> Touched:
        """The same lines once the text `before` has become `after`, together with those in which the two differ."""
        if before == after:
            return self
        from difflib import SequenceMatcher

        one, other = before.split("\n"), after.split("\n")
        found: list[range] = []
        for kind, start, end, new_start, new_end in SequenceMatcher(None, one, other).get_opcodes():
            if kind != "equal":
                found.append(range(new_start + 1, new_end + 1))
                continue
            shift = new_start - start
            for lines in self.ranges:
                first, stop = max(lines.start, start + 1), min(lines.stop, end + 1)
                if first < stop or (first == stop == lines.start == lines.stop):
                    found.append(range(first + shift, stop + shift))
        return Touched(found)
