"""For people: file by file, each finding with its line, the place marked, and what `fix` would do."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from listlint.findings import Severity
from listlint.reporters.excerpt import excerpt
from listlint.reporters.summary import summary
from listlint.reporters.terminal import Style, brief, visible, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.findings import Diagnostic
    from listlint.reporters.report import Report

__all__ = ["render"]

WIDTH = 100
BOLD, DIM, RED, GREEN, YELLOW, BLUE = 1, 2, 31, 32, 33, 34
COLORS = {Severity.ERROR: RED, Severity.WARNING: YELLOW, Severity.INFO: BLUE}


def render(report: Report, out: TextIO, *, color: bool) -> None:
    """Write the findings grouped by file, then a summary."""
    style = Style(color=color)
    path = None
    for finding in report.diagnostics:
        if finding.path != path:
            path = finding.path
            out.write(style.paint(visible(path), BOLD) + "\n")
        out.writelines(line + "\n" for line in _finding(finding, style))
        out.write("\n")
    for error in report.errors:
        place = visible(error.path) + (f":{error.line}" if error.line else "")
        out.write(f"{place}: {style.paint('error', BOLD, RED)} {brief(error.message)}\n")
    out.write(summary(report) + "\n")


def _finding(finding: Diagnostic, style: Style) -> Iterator[str]:
    """What is wrong, its line with the place marked, and notes below it."""
    severity = finding.severity.value
    head = f"  {finding.start.line}:{finding.start.column} {severity} {finding.code} "
    first, *rest = _lines(f"{brief(finding.message)} ({finding.rule})", "", WIDTH - len(head))
    hue = COLORS[finding.severity]
    place, _, label = head.rstrip().rpartition(f" {severity} ")
    yield f"{place} {style.paint(f'{severity} {label}', BOLD, hue)} {first}"
    for line in rest:
        yield " " * len(head) + line
    gutter = len(str(finding.start.line)) + 4
    bar = style.paint("|", DIM)
    if (shown := excerpt(finding, WIDTH - gutter - 3)) is not None:
        yield f"{finding.start.line:>{gutter}} {bar} {shown.text}"
        marks = style.paint("^" * shown.length, BOLD, hue)
        yield f"{'':>{gutter}} {bar} {' ' * shown.indent}{marks}"
    for note in _notes(finding):
        for at, line in enumerate(_lines(note, "", WIDTH - gutter - 3)):
            yield f"{'':>{gutter}} {style.paint('=', DIM) if at == 0 else ' '} {line}"


def _notes(finding: Diagnostic) -> Iterator[str]:
    if finding.fix_safety is not None:
        yield f"fix: {brief(finding.fix_title or 'mend it')} ({finding.fix_safety.value})"
    for place in finding.related:
        yield f"{brief(place.message)}: {visible(place.path or finding.path)}:{place.line}"


def _lines(text: str, indent: str, width: int) -> Iterator[str]:
    """`text` wrapped; no line begins as a command of a CI job's log does."""
    for line in wrap(text, width):
        yield indent + visible(line)
