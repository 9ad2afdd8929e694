"""One finding a line: `path:line:column: CODE [*] message (rule-name)`; `[*]` marks a safe fix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.findings import Safety, Severity
from listlint.reporters.summary import summary
from listlint.reporters.terminal import Style, brief, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from listlint.findings import Diagnostic
    from listlint.reporters.report import FileError, Totals

__all__ = ["end", "of_error", "of_list"]

BOLD, CYAN = 1, 36
COLORS = {Severity.ERROR: 31, Severity.WARNING: 33, Severity.INFO: 34}


def of_list(diagnostics: Sequence[Diagnostic], *, color: bool) -> str:
    """What is said of one list, or of several."""
    style, lines = Style(color=color), []
    for finding in diagnostics:
        path = visible(f"{finding.path}:").removesuffix(":")  # no path and colon say `::` to a job's log
        place = f"{style.paint(path, BOLD)}:{finding.start.line}:{finding.start.column}:"
        code = style.paint(finding.code, BOLD, COLORS[finding.severity])
        mark = style.paint("[*]", CYAN) + " " if finding.fix_safety is Safety.SAFE else ""
        lines.append(f"{place} {code} {mark}{brief(finding.message)} ({finding.rule})\n")
    return "".join(lines)


def of_error(error: FileError, *, color: bool) -> str:
    """What is said of a file that could not be checked."""
    place = visible(error.path + (f":{error.line}:" if error.line else ":"))
    return f"{place} {Style(color=color).paint('error', BOLD, 31)} {brief(error.message)}\n"


def end(totals: Totals) -> str:
    """What is said behind all lists."""
    return summary(totals) + "\n"
