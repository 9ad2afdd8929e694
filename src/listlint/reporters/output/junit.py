"""For dashboards of test results: JUnit XML, a suite for each file and a case for each finding."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, TextIO

from listlint.findings import Severity
from listlint.reporters.places import slashed
from listlint.reporters.summary import summary
from listlint.reporters.terminal import brief

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.findings import Diagnostic
    from listlint.reporters.report import FileError, Report

__all__ = ["render"]

ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"})


def render(report: Report, out: TextIO, *, color: bool) -> None:  # noqa: ARG001 - every format takes it
    """Write warnings and errors as failures, infos as cases that pass, unreadable files as errors."""
    failures = sum(one.severity is not Severity.INFO for one in report.diagnostics)
    cases = len(report.diagnostics) + len(report.errors)
    attributes = _counts(cases or 1, failures, len(report.errors))
    out.write(f'<?xml version="1.0" encoding="utf-8"?>\n<testsuites name="listlint" {attributes}>\n')
    if not cases:
        out.writelines(_suite("listlint", [_case("listlint", summary(report.totals), "")]))
    for path, findings in groupby(report.diagnostics, key=lambda one: one.path):
        out.writelines(_file(path, list(findings)))
    for error in report.errors:
        out.writelines(_suite(error.path, [_error(error)], errors=1))
    out.write("</testsuites>\n")


def _file(path: str, findings: list[Diagnostic]) -> Iterator[str]:
    failures = sum(one.severity is not Severity.INFO for one in findings)
    return _suite(path, [_finding(one) for one in findings], failures=failures)


def _suite(name: str, cases: list[str], failures: int = 0, errors: int = 0) -> Iterator[str]:
    yield f'  <testsuite name="{_text(slashed(name))}" {_counts(len(cases), failures, errors)}>\n'
    yield from cases
    yield "  </testsuite>\n"


def _counts(tests: int, failures: int, errors: int) -> str:
    return f'tests="{tests}" failures="{failures}" errors="{errors}"'


def _finding(finding: Diagnostic) -> str:
    message = _text(finding.message)
    if finding.severity is Severity.INFO:
        content = f"<system-out>{message}</system-out>"
    else:
        text = _text(finding.excerpt[:1000].strip())
        content = f'<failure type="{finding.severity.value}" message="{message}">{text}</failure>'
    name = f"{finding.code} {finding.rule} at line {finding.start.line}, column {finding.start.column}"
    return _case(finding.path, name, content)


def _error(error: FileError) -> str:
    name = f"read, line {error.line}" if error.line else "read"
    return _case(error.path, name, f'<error type="error" message="{_text(error.message)}"/>')


def _case(path: str, name: str, content: str) -> str:
    return f'    <testcase name="{_text(name)}" classname="{_text(slashed(path))}">{content}</testcase>\n'


def _text(text: str) -> str:
    """`text` for an attribute or element: no markup, and no character that XML forbids."""
    return brief(text).translate(ENTITIES)
