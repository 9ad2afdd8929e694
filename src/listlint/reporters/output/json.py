"""For programs: an array of findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from listlint.reporters.records import record, write_array

if TYPE_CHECKING:
    from listlint.reporters.report import Report

__all__ = ["render"]


def render(report: Report, out: TextIO, *, color: bool) -> None:  # noqa: ARG001 - every format takes it
    """Write one array, one finding a line."""
    write_array(out, map(record, report.diagnostics))
    out.write("\n")
