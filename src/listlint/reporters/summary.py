"""The line that ends a report for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from listlint.reporters.report import Report

__all__ = ["count", "fixable", "summary"]


def count(number: int, noun: str) -> str:
    """`1 file`, `2 files`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def fixable(report: Report) -> str:
    """What `fix` would settle, as a clause; empty if nothing."""
    safe, unsafe = report.fixable_safe, report.fixable_unsafe
    if safe and unsafe:
        return f"{safe} fixable with `listlint fix`, {unsafe} more with `--unsafe-fixes`"
    if safe:
        return f"{safe} fixable with `listlint fix`"
    return f"{unsafe} fixable with `listlint fix --unsafe-fixes`" if unsafe else ""


def summary(report: Report) -> str:
    """`Found 12 problems in 3 files (7 fixable with …)`; on lines of their own, what was held back."""
    found = len(report.diagnostics)
    if found:
        text = f"Found {count(found, 'problem')} in {count(report.files_with_findings, 'file')}"
        if clause := fixable(report):
            text += f" ({clause})"
    else:
        text = f"No problems in {count(report.files_checked, 'file')}"
    held = ((report.baselined, "in the baseline"), (report.suppressed, "suppressed"))
    if left_out := ", ".join(f"{number} {reason}" for number, reason in held if number):
        text += f"\nLeft out: {left_out}"
    if report.errors:
        text += f"\n{count(len(report.errors), 'file')} could not be checked"
    return text
