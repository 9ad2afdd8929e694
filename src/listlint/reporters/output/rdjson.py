"""For reviewdog: its diagnostic format, with suggestions that a reviewer can accept."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from listlint.findings import Severity
from listlint.reporters.places import slashed
from listlint.reporters.records import write_array

if TYPE_CHECKING:
    from listlint.findings import Diagnostic
    from listlint.reporters.report import Report
    from listlint.source import Position

__all__ = ["render"]

SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def render(report: Report, out: TextIO, *, color: bool) -> None:  # noqa: ARG001 - every format takes it
    """Write one result, one diagnostic a line."""
    out.write('{"source": {"name": "listlint"},\n"diagnostics": ')
    write_array(out, map(_diagnostic, report.diagnostics))
    out.write("}\n")


def _diagnostic(finding: Diagnostic) -> dict[str, object]:
    message = [finding.message]
    message += (
        f"{one.message}: {slashed(one.path or finding.path)}:{one.line}" for one in finding.related
    )  # related places have a field of their own only in recent versions, and older ones refuse what they do not know
    diagnostic: dict[str, object] = {
        "message": "\n".join(message),
        "location": {"path": slashed(finding.path), "range": _range(finding)},
        "severity": SEVERITIES[finding.severity],
        "code": {"value": finding.code},
    }
    if suggestion := _suggestion(finding):
        diagnostic["suggestions"] = [suggestion]
    return diagnostic


def _range(finding: Diagnostic) -> dict[str, object]:
    """The finding's place; whole lines where its end cannot be counted in bytes."""
    start, end = _position(finding, finding.start), _position(finding, finding.end)
    if start and end:
        return {"start": start, "end": end}
    return {"start": {"line": finding.start.line}, "end": {"line": finding.end.line}}


def _suggestion(finding: Diagnostic) -> dict[str, object] | None:
    """The whole fix as one replacement; None where it is on other lines than the finding.

    Each suggestion of a diagnostic is offered by itself, so edits that belong together become one.
    """
    edits = sorted(finding.edits, key=lambda edit: (edit.start, edit.end))
    if not edits:
        return None
    first, last = edits[0].start, edits[-1].end
    start, end = _position(finding, first), _position(finding, last)
    if start is None or end is None:
        return None
    if len(edits) > 1 and not first.line == last.line == finding.start.line:
        return None
    text, done = "", first.column
    for edit in edits:
        text += (finding.excerpt[done - 1 : edit.start.column - 1] if len(edits) > 1 else "") + edit.text
        done = edit.end.column
    return {"range": {"start": start, "end": end}, "text": text}


def _position(finding: Diagnostic, position: Position) -> dict[str, int] | None:
    """A position with its column in bytes; None where the line's text is not at hand."""
    if position.column == 1:
        return {"line": position.line, "column": 1}
    if position.line != finding.start.line:
        return None
    before = finding.excerpt[: position.column - 1].encode("utf-8", "surrogatepass")
    return {"line": position.line, "column": len(before) + 1}
