"""What a run found, as the output formats read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from listlint.figures import Figures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from listlint.findings import Diagnostic, Severity

__all__ = ["FileError", "Report", "RuleInfo", "Totals"]


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


class Totals(NamedTuple):
    """What a report says of all files together."""

    figures: Figures
    files_checked: int
    errors: Sequence[FileError] = ()
    baselined: int = 0


class Report(NamedTuple):
    """All that a run found. `diagnostics` stand in the order in which they are shown: file by file."""

    diagnostics: Sequence[Diagnostic]
    files_checked: int
    version: str
    rules: Sequence[RuleInfo] = ()
    errors: Sequence[FileError] = ()
    baselined: int = 0
    suppressed: int = 0

    @property
    def totals(self) -> Totals:
        """What is said of all files together."""
        figures = Figures.of(self.diagnostics, self.suppressed)
        return Totals(figures, self.files_checked, self.errors, self.baselined)
