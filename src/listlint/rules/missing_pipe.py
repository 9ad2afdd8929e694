"""`missing-pipe`: rows without the outer pipe that their table has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.findings import Finding, Fix
from listlint.markdown.tables import is_pseudo_comment
from listlint.markdown.torn_rows import is_half, torn_rows
from listlint.papers.model import PaperList
from listlint.rule import rule
from listlint.source import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.markdown.tree import Node

__all__ = ["missing_pipe"]


@rule("TBL002", "missing-pipe", on=PaperList)
def missing_pipe(papers: PaperList) -> Iterator[Finding]:
    """A row begins and ends with a pipe where its table's header does, so that the next cell has a place to go."""
    text = papers.source.text
    torn = {line.start for pair in torn_rows(papers.tree) for line in (pair.left, pair.right)}
    for table in papers.tree.find("table"):
        header = papers.source[table.children[0].span]
        for row in table.children:
            edits = _edits(papers, header, row)
            if not edits or row.span.start in torn or is_half(papers.source[row.span]):
                continue
            side = "first" if edits[0].text == "| " else "last"
            place = row.span.start if side == "first" else row.span.end - 1
            yield Finding(
                Span(place, min(place + 1, len(text))),
                f"the row lacks its {side} pipe"
                if len(edits) == 1
                else "the row lacks its first and last pipe",
                fix=Fix(tuple(edits), f"add the {side} pipe" if len(edits) == 1 else "add both pipes"),
            )


def _edits(papers: PaperList, header: str, row: Node) -> list[Edit]:
    """The pipes that a row lacks; none behind a comment, which is no cell, and none around a row that is one."""
    hidden = bool(row.children) and is_pseudo_comment(papers.source[row.children[-1].inner])
    if hidden and len(row.children) == 1:
        return []
    written, (start, end) = papers.source[row.span], row.span
    edits = []
    if written and header.startswith("|") and not written.startswith("|"):
        edits.append(Edit(Span(start, start), "| "))
    closed = not written or (written.endswith("|") and not written.endswith("\\|"))
    if not closed and header.endswith("|") and not hidden:
        edits.append(Edit(Span(end, end), " |"))
    return edits
