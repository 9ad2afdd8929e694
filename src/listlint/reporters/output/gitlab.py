"""For GitLab: a Code Quality report."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from listlint.findings import Severity
from listlint.reporters.places import Fingerprints, slashed
from listlint.reporters.records import write_array

if TYPE_CHECKING:
    from listlint.findings import Diagnostic
    from listlint.reporters.report import Report

__all__ = ["render"]

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report, out: TextIO, *, color: bool) -> None:  # noqa: ARG001 - every format takes it
    """Write one array, one finding a line, each with a fingerprint that no other has."""
    names = Fingerprints()
    write_array(out, (_issue(finding, names.of(finding)) for finding in report.diagnostics))
    out.write("\n")


def _issue(finding: Diagnostic, fingerprint: str) -> dict[str, object]:
    lines = {"begin": finding.start.line, "end": max(finding.start.line, finding.end.line)}
    return {
        "description": finding.message,
        "check_name": f"{finding.code} {finding.rule}",
        "fingerprint": fingerprint,
        "severity": SEVERITIES[finding.severity],
        "location": {"path": slashed(finding.path), "lines": lines},
    }
