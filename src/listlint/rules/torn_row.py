"""`torn-row`: rows of tables over two lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.findings import Effect, Finding, Fix
from listlint.markdown.torn_rows import torn_rows
from listlint.papers.model import PaperList
from listlint.rule import rule
from listlint.source import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["torn_row"]


@rule("TBL005", "torn-row", on=PaperList)
def torn_row(papers: PaperList) -> Iterator[Finding]:
    """A row stands on one line: a line ending within makes two rows of it, each with too few cells."""
    for torn in torn_rows(papers.tree):
        place = Span(torn.left.start, torn.right.end)
        if not torn.sure:
            yield Finding(place, "one row over two lines, or two rows that both lack cells")
            continue
        spoilt = Span(torn.left.start, torn.end)
        lost = [entry for entry in papers.entries if entry.span.touches(spoilt)]
        edit = Edit(torn.gap, torn.text)
        if lost and torn.end > torn.right.end:
            edit = Edit(
                Span(torn.gap.start, torn.end), torn.text + papers.source[Span(torn.gap.end, torn.end)]
            )
        rows = papers.source[spoilt].count("\n")
        effect = Effect(removed=len(lost), reveals=max(len(lost), rows, 1), repair=True)
        yield Finding(
            place, "a line ending tears the row in two", fix=Fix((edit,), "join the two lines", effect=effect)
        )
