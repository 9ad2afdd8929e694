"""The change that a run is about: the lines that it touched; everything where the run is about no change."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from listlint.findings import Diagnostic, Finding
    from listlint.papers.model import PaperList

__all__ = ["Change"]


class Change:
    """What differs from `revision` in the lists, once `look` has asked git. Without a revision, all is in the change."""

    def __init__(self, revision: str | None = None) -> None:
        self.revision = revision
        self._lines: Mapping[str, list[range]] = {}

    @property
    def is_all(self) -> bool:
        """Whether the run is about no change."""
        return self.revision is None

    def look(self, paths: Iterable[str]) -> None:
        """Ask git what the change touched; raises GitError."""
        if self.revision is not None:
            from listlint.git import changed_lines

            self._lines = changed_lines(self.revision, sorted(paths))

    def has(self, path: str, first: int, last: int) -> bool:
        """Whether it touched one of these lines."""
        return self.is_all or any(
            lines.start <= last and first < lines.stop for lines in self._lines.get(path, ())
        )

    def concerns(self, one: Diagnostic) -> bool:
        """Whether it touched what the finding marks, or another place that the finding speaks of."""
        last = one.end.line - (one.end.column == 1 and one.end.line > one.start.line)
        return self.has(one.path, one.start.line, last) or any(
            self.has(other.path, other.line, other.line) for other in one.related
        )

    def marks(self, papers: PaperList, finding: Finding) -> bool:
        """Whether it touched what the finding marks, and so what its fix would edit."""
        span, source = finding.span, papers.source
        return self.has(
            papers.path, source.line_of(span.start), source.line_of(max(span.end - 1, span.start))
        )
