"""For job summaries, issues and comments: a Markdown table in which text from lists is only ever text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TextIO

from listlint.reporters.places import slashed
from listlint.reporters.summary import summary
from listlint.reporters.terminal import brief

if TYPE_CHECKING:
    from listlint.findings import Diagnostic
    from listlint.reporters.report import Report

__all__ = ["render"]

# As an entity a character is text and no markup.
_MARKUP = re.compile(r"[^\w\s,.;'\"()/=-]|_|(?<=\bwww)\.", re.ASCII)
# What a forge turns into links after Markdown is done: names and issues. A word joiner, which nobody sees, parts them.
_REFERENCE = re.compile(r"(?<=@)(?=\w)|(?<=#)(?=\w)|(?<=\bGH-)(?=\d)|(?<=[!~^$%&])(?=\w)", re.IGNORECASE)
JOINER = "\u2060"


def render(report: Report, out: TextIO, *, color: bool) -> None:  # noqa: ARG001 - every format takes it
    """Write the summary, then one row a finding."""
    out.write(summary(report.totals).replace("\n", "\n\n") + "\n")
    if report.errors:
        out.write("\n| File | Error |\n| --- | --- |\n")
    for error in report.errors:
        place = slashed(error.path) + (f":{error.line}" if error.line else "")
        out.write(f"| {_text(place)} | {_text(error.message)} |\n")
    if report.diagnostics:
        out.write("\n| Place | Severity | Rule | What | Fix |\n| --- | --- | --- | --- | --- |\n")
    out.writelines(_row(finding) for finding in report.diagnostics)


def _row(finding: Diagnostic) -> str:
    place = f"{_text(slashed(finding.path))}:{finding.start.line}:{finding.start.column}"
    fix = ""
    if finding.fix_safety is not None:
        fix = f"{_text(finding.fix_title or 'mend it')} ({finding.fix_safety.value})"
    rule = f"`{finding.code}` {finding.rule}"
    return f"| {place} | {finding.severity.value} | {rule} | {_text(finding.message)} | {fix} |\n"


def _text(text: str) -> str:
    """`text` on one line, with no markup, link, mention or HTML in it."""
    parted = _REFERENCE.sub(JOINER, brief(text))
    return _MARKUP.sub(lambda match: f"&#{ord(match[0])};" if match[0].isascii() else match[0], parted)
