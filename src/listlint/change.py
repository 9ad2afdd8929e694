"""The change that a run is about: the lines that it touched; everything where the run is about no change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.check import WHOLE
from listlint.touched import Touched

if TYPE_CHECKING:
    from collections.abc import Iterable

    from listlint.findings import Diagnostic

__all__ = ["Change"]

NOTHING = Touched()


class Change:
    """What differs from `revision` in the lists, once `look` has asked git. Without a revision, all is in the change."""

    def __init__(self, revision: str | None = None) -> None:
        self.revision = revision
        self.lists: dict[str, Touched] = {}

    @property
    def is_all(self) -> bool:
        """Whether the run is about no change."""
        return self.revision is None

    def look(self, paths: Iterable[str]) -> None:
        """Ask git what the change touched; raises GitError."""
        if self.revision is not None:
            from listlint.git import changed_lines

            found = changed_lines(self.revision, sorted(paths))
            self.lists = {path: Touched(ranges) for path, ranges in found.items()}

    def of(self, path: str) -> Touched | None:
        """The lines of a list that it touched; None where the run is about no change."""
        return None if self.is_all else self.lists.get(path, NOTHING)

    def reaches(self, path: str) -> bool:
        """Whether it touched anything of a list."""
        return self.is_all or bool(self.lists.get(path, NOTHING).ranges)

    def has(self, path: str, first: int, last: int) -> bool:
        """Whether it touched one of these lines."""
        return self.is_all or self.lists.get(path, NOTHING).has(first, last)

    def concerns(self, one: Diagnostic) -> bool:
        """Whether it touched what the finding marks, or another place that the finding speaks of.

        Rules that speak of a list as a whole have asked for the change, and speak of what it touched alone.
        """
        if one.code.startswith(WHOLE):
            return True
        last = one.end.line - (one.end.column == 1 and one.end.line > one.start.line)
        return self.has(one.path, one.start.line, last) or any(
            self.has(other.path, other.line, other.line) for other in one.related
        )
