"""`swallowed-cell`: a full-width bar that reads like a pipe and is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.findings import Effect, Finding, Fix
from listlint.papers.model import PaperList
from listlint.rule import rule
from listlint.source import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.markdown.tree import Node
    from listlint.source import Source

__all__ = ["swallowed_cell"]

_EFFECT = Effect(frozenset({"venue", "institutions", "keywords", "notes", "authors", "date", "links"}))


@rule("TBL003", "swallowed-cell", on=PaperList)
def swallowed_cell(papers: PaperList) -> Iterator[Finding]:
    """Cells are kept apart by "|": a full-width "｜" swallows the next cell, and in a line of text it only looks alike."""
    source = papers.source
    if "｜" not in source.text:
        return
    for table in papers.tree.find("table"):
        columns = len(table.children[0].children)
        for row in table.children:
            yield from _in_row(source, row, columns)
    for entry in papers.entries:
        if entry.dialect != "table":
            for node in (one for top in entry.nodes for one in top.find("text")):
                for offset in _bars(source, node.span):
                    if source.text[offset - 1].isspace() or source.text[offset + 1 : offset + 2].isspace():
                        yield Finding(
                            Span(offset, offset + 1),
                            'the separator "｜" is written "|"',
                            fix=Fix((Edit(Span(offset, offset + 1), "|"),), 'write "|"', effect=_EFFECT),
                        )


def _bars(source: Source, span: Span) -> list[int]:
    return [span.start + index for index, char in enumerate(source[span]) if char == "｜"]


def _in_row(source: Source, row: Node, columns: int) -> Iterator[Finding]:
    """The bars of one row: a fix where the row has room for the cells that it swallowed."""
    bars = _bars(source, row.span)
    if not bars or row.kind != "row":
        return
    used = len(row.children)
    while used and not source[row.children[used - 1].inner].strip():
        used -= 1
    message = '"｜" swallows the next cell: cells are kept apart by "|"'
    if used + len(bars) > columns:
        yield Finding(Span(bars[0], bars[0] + 1), message)
        return
    edits = [Edit(Span(bar, bar + 1), "|") for bar in bars]
    surplus = len(row.children) + len(bars) - columns
    if surplus > 0:
        edits.append(
            Edit(Span(row.children[len(row.children) - surplus - 1].span.end, row.children[-1].span.end), "")
        )
    yield Finding(Span(bars[0], bars[0] + 1), message, fix=Fix(tuple(edits), 'write "|"', effect=_EFFECT))
