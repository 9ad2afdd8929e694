"""`unused-suppression`: comments that silence nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.findings import Finding, Fix, Severity, Suppression
from listlint.rule import rule
from listlint.source import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.papers.model import PaperList

__all__ = ["unused_suppression"]


@rule("SUP001", "unused-suppression", on=Suppression, severity=Severity.INFO)
def unused_suppression(suppression: Suppression, papers: PaperList) -> Iterator[Finding]:
    """A comment that silences a rule silences something, else the next fault there passes unseen."""
    named = ", ".join(f'"{word}"' for word in suppression.idle)
    message = f"the comment silences nothing of {named}" if named else "the comment silences nothing"
    fix = None
    if not named or set(suppression.idle) == set(suppression.rules):
        start, text = suppression.span.start, papers.source.text
        while start and text[start - 1] in " \t":
            start -= 1
        alone = (start == 0 or text[start - 1] == "\n") and text[
            suppression.span.end : suppression.span.end + 1
        ] in "\r\n"
        if not alone and "ignore-start" not in papers.source[suppression.span]:
            fix = Fix((Edit(Span(start, suppression.span.end), ""),), "remove the comment")
    yield Finding(suppression.span, message, fix=fix)
