"""For people: file by file, each finding with its line, the place marked, and what `fix` would do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.findings import Severity
from listlint.reporters.excerpt import excerpt
from listlint.reporters.summary import summary
from listlint.reporters.terminal import Style, brief, visible, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
