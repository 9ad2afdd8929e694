"""For people: file by file, each finding with its line, the place marked, and what `fix` would do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.findings import Severity
from listlint.reporters.excerpt import excerpt
from listlint.reporters.summary import summary
from listlint.reporters.terminal import Style, brief, is_plain, visible, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from listlint.findings import Diagnostic
    from listlint.reporters.report import FileError, Totals

__all__ = ["end", "of_error", "of_list"]

WIDTH = 100
BOLD, DIM, RED, GREEN, YELLOW, BLUE = 1, 2, 31, 32, 33, 34
COLORS = {Severity.ERROR: RED, Severity.WARNING: YELLOW, Severity.INFO: BLUE}


def of_list(diagnostics: Sequence[Diagnostic], *, color: bool) -> str:
    """What is said of one list with findings."""
    style = Style(color=color)
    lines = [style.paint(visible(diagnostics[0].path), BOLD)]
    for finding in diagnostics:
        lines += _finding(finding, style)
        lines.append("")
    return "\n".join(lines) + "\n"


def of_error(error: FileError, *, color: bool) -> str:
    """What is said of a file that could not be checked."""
    place = visible(error.path + (f":{error.line}:" if error.line else ":"))
    return f"{place} {Style(color=color).paint('error', BOLD, RED)} {brief(error.message)}\n"


def end(totals: Totals) -> str:
    """What is said behind all lists."""
    return summary(totals) + "\n"


def _finding(finding: Diagnostic, style: Style) -> list[str]:
    """What is wrong, its line with the place marked, and notes below it."""
    severity, hue = finding.severity.value, COLORS[finding.severity]
    place = f"  {finding.start.line}:{finding.start.column}"
    label = f"{severity} {finding.code}"
    margin = len(place) + len(label) + 2
    first, *rest = _fitted(f"{brief(finding.message)} ({finding.rule})", WIDTH - margin)
    lines = [f"{place} {style.paint(label, BOLD, hue)} {first}"]
    lines += [" " * margin + line for line in rest]
    gutter = len(str(finding.start.line)) + 4
    blank, bar = " " * gutter, style.paint("|", DIM)
    if (shown := excerpt(finding, WIDTH - gutter - 3)) is not None:
        marks = style.paint("^" * shown.length, BOLD, hue)
        lines += (
            f"{finding.start.line:>{gutter}} {bar} {shown.text}",
            f"{blank} {bar} {' ' * shown.indent}{marks}",
        )
    for note in _notes(finding):
        first, *rest = _fitted(note, WIDTH - gutter - 3)
        lines.append(f"{blank} {style.paint('=', DIM)} {first}")
        lines += [f"{blank}   {line}" for line in rest]
    return lines


def _notes(finding: Diagnostic) -> list[str]:
    notes = []
    if finding.fix_safety is not None:
        notes.append(f"fix: {brief(finding.fix_title or 'mend it')} ({finding.fix_safety.value})")
    notes += [
        f"{brief(place.message)}: {visible(place.path or finding.path)}:{place.line}"
        for place in finding.related
    ]
    return notes


def _fitted(text: str, width: int) -> list[str]:
    """`text` wrapped; no line begins as a command of a CI job's log does."""
    if len(text) <= width and text[:1] != " " and is_plain(text):
        return [text]
    return [visible(line) for line in wrap(text, width)]
