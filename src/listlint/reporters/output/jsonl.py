"""For programs: one finding a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from listlint.reporters.records import encoder, record

if TYPE_CHECKING:
    from listlint.reporters.report import Report

__all__ = ["render"]


def render(report: Report, out: TextIO, *, color: bool) -> None:  # noqa: ARG001 - every format takes it
    """Write one object a line."""
    encode = encoder(out)
    out.writelines(encode(record(finding)) + "\n" for finding in report.diagnostics)
