"""What a run found, as the output formats read it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from listlint.findings import Safety

if TYPE_CHECKING:
    from collections.abc import Sequence

    from listlint.findings import Diagnostic, Severity

__all__ = ["FileError", "Report", "RuleInfo"]


class RuleInfo(NamedTuple):
    """A rule as formats with a table of rules show it; `summary` is one sentence."""

    code: str
    name: str
    summary: str
    severity: Severity


class FileError(NamedTuple):
    """A file that could not be checked, and why; `line` is None where no line is to blame."""

    path: str
    line: int | None
    message: str


@dataclass(frozen=True, eq=False)
class Report:
    """All that a run found. `diagnostics` stand in the order in which they are shown: file by file."""

    diagnostics: Sequence[Diagnostic]
    files_checked: int
    version: str
    rules: Sequence[RuleInfo] = ()
    errors: Sequence[FileError] = ()
    baselined: int = 0
    suppressed: int = 0

    @cached_property
    def fixable_safe(self) -> int:
        """How many findings `listlint fix` would settle."""
        return sum(one.fix_safety is Safety.SAFE for one in self.diagnostics)

    @cached_property
    def fixable_unsafe(self) -> int:
        """How many more it would settle with `--unsafe-fixes`."""
        return sum(one.fix_safety is Safety.UNSAFE for one in self.diagnostics)

    @cached_property
    def files_with_findings(self) -> int:
        """How many files have a finding."""
        return len({one.path for one in self.diagnostics})
