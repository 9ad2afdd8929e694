"""For GitHub Actions: one annotation a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from listlint.findings import Severity
from listlint.reporters.places import slashed
from listlint.reporters.terminal import brief, visible

if TYPE_CHECKING:
    from listlint.findings import Diagnostic
    from listlint.reporters.report import FileError, Report

__all__ = ["render"]

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report, out: TextIO, *, color: bool) -> None:  # noqa: ARG001 - every format takes it
    """Write one workflow command a line; files that could not be checked first."""
    out.writelines(_error(error) for error in report.errors)
    out.writelines(_finding(finding) for finding in report.diagnostics)


def _finding(finding: Diagnostic) -> str:
    start, end = finding.start, finding.end
    last = end.line - 1 if end.column == 1 and end.line > start.line else end.line
    places = {"line": start.line, "endLine": last}
    if end.line == start.line:  # columns are refused over several lines
        places |= {"col": start.column, "endColumn": max(start.column, end.column)}
    message = brief(finding.message)
    if finding.fix_safety is not None:
        message += f" (fix: {brief(finding.fix_title or 'mend it')}, {finding.fix_safety.value})"
    title = f"{finding.code} {finding.rule}"
    return _command(LEVELS[finding.severity], finding.path, places, title, message)


def _error(error: FileError) -> str:
    places = {"line": error.line} if error.line else {}
    return _command("error", error.path, places, "listlint", brief(error.message))


def _command(level: str, path: str, places: dict[str, int], title: str, message: str) -> str:
    properties = {"file": slashed(path), **places, "title": title}
    pairs = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{level} {pairs}::{_data(message)}\n"


def _data(text: str) -> str:
    """`text` as a command's message: `%` and line ends escaped; what else a log obeys is made visible."""
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    """`text` as the value of a command's property."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
