"""One finding a line: `path:line:column: CODE [*] message (rule-name)`; `[*]` marks a safe fix."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from listlint.findings import Safety, Severity
from listlint.reporters.summary import summary
from listlint.reporters.terminal import Style, brief, visible

if TYPE_CHECKING:
    from listlint.reporters.report import Report

__all__ = ["render"]

BOLD, CYAN = 1, 36
COLORS = {Severity.ERROR: 31, Severity.WARNING: 33, Severity.INFO: 34}


def render(report: Report, out: TextIO, *, color: bool) -> None:
    """Write one line a finding, then a summary."""
    style = Style(color=color)
    for finding in report.diagnostics:
        place = f"{style.paint(visible(finding.path), BOLD)}:{finding.start.line}:{finding.start.column}:"
        code = style.paint(finding.code, BOLD, COLORS[finding.severity])
        mark = style.paint("[*]", CYAN) + " " if finding.fix_safety is Safety.SAFE else ""
        out.write(f"{place} {code} {mark}{brief(finding.message)} ({finding.rule})\n")
    for error in report.errors:
        place = visible(error.path) + (f":{error.line}" if error.line else "")
        out.write(f"{place}: {style.paint('error', BOLD, 31)} {brief(error.message)}\n")
    out.write(summary(report) + "\n")
