"""What a run found and did."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from listlint.files import FileProblem
    from listlint.findings import Diagnostic

__all__ = ["Outcome"]


@dataclass(eq=False)
class Outcome:
    """What a run found and did. `texts` holds, by path, the bytes before and after of every list that fixes change."""

    diagnostics: list[Diagnostic] = field(default_factory=list)
    problems: list[FileProblem] = field(default_factory=list)
    refused: list[FileProblem] = field(default_factory=list)
    files_checked: int = 0
    suppressed: int = 0
    fixed: int = 0
    changed: dict[str, tuple[bytes, bytes]] = field(default_factory=dict)

    def add(self, other: Outcome) -> None:
        """What another run found and did joins."""
        self.diagnostics += other.diagnostics
        self.problems += other.problems
        self.refused += other.refused
        self.files_checked += other.files_checked
        self.suppressed += other.suppressed
        self.fixed += other.fixed
        self.changed |= other.changed
