"""What a run found and did."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from listlint.files import FileProblem
    from listlint.findings import Diagnostic

__all__ = ["Outcome"]


class Outcome:
    """What a run found and did. `changed` holds, by path, the bytes before and after of every list that fixes change."""

    def __init__(self) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.problems: list[FileProblem] = []
        self.refused: list[FileProblem] = []
        self.files_checked = 0
        self.suppressed = 0
        self.fixed = 0
        self.changed: dict[str, tuple[bytes, bytes]] = {}

    def add(self, other: Outcome) -> None:
        """What another run found and did joins."""
        self.diagnostics += other.diagnostics
        self.problems += other.problems
        self.refused += other.refused
        self.files_checked += other.files_checked
        self.suppressed += other.suppressed
        self.fixed += other.fixed
        self.changed |= other.changed
