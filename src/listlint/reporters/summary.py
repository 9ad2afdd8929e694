"""The line that ends a report for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from listlint.figures import Figures
    from listlint.reporters.report import Totals

__all__ = ["count", "fixable", "summary"]


def count(number: int, noun: str) -> str:
    """`1 file`, `2 files`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def fixable(figures: Figures) -> str:
    """What `fix` would settle, as a clause; empty if nothing."""
    safe, unsafe = figures.safe, figures.unsafe
    if safe and unsafe:
        return f"{safe} fixable with `listlint fix`, {unsafe} more with `--unsafe-fixes`"
    if safe:
        return f"{safe} fixable with `listlint fix`"
    return f"{unsafe} fixable with `listlint fix --unsafe-fixes`" if unsafe else ""


def summary(totals: Totals) -> str:
    """`Found 12 problems in 3 files (7 fixable with …)`; on lines of their own, what was held back."""
    figures = totals.figures
    if figures.found:
        text = f"Found {count(figures.found, 'problem')} in {count(figures.files, 'file')}"
        if clause := fixable(figures):
            text += f" ({clause})"
    else:
        text = f"No problems in {count(totals.files_checked, 'file')}"
    held = ((totals.baselined, "in the baseline"), (figures.suppressed, "suppressed"))
    if left_out := ", ".join(f"{number} {reason}" for number, reason in held if number):
        text += f"\nLeft out: {left_out}"
    if totals.errors:
        text += f"\n{count(len(totals.errors), 'file')} could not be checked"
    return text
