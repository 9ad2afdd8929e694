"""How often each rule was broken."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TextIO

from listlint.findings import Safety

if TYPE_CHECKING:
    from listlint.reporters.report import Report

__all__ = ["write_counts"]


def write_counts(report: Report, out: TextIO) -> None:
    """Write a line a rule, the most frequent first; `[*]` stands where a safe fix is at hand."""
    found: Counter[tuple[str, str]] = Counter()
    fixes: Counter[tuple[str, Safety | None]] = Counter()
    for finding in report.diagnostics:
        found[finding.code, finding.rule] += 1
        fixes[finding.code, finding.fix_safety] += 1
    if not found:
        return
    figures = len(str(max(found.values())))
    names = max(len(rule) for _, rule in found)
    for (code, rule), number in sorted(found.items(), key=lambda item: (-item[1], item[0])):
        kinds = ((safety, fixes[code, safety]) for safety in Safety)
        parts = ", ".join(f"{fixed} {safety.value}" for safety, fixed in kinds if fixed)
        mark = "[*]" if fixes[code, Safety.SAFE] else "   "
        out.write(f"{number:>{figures}}  {code:<6}  {rule:<{names}}  {mark} {parts}".rstrip() + "\n")
