"""`ragged-row`: rows with more or fewer cells than their table has columns."""

from __future__ import annotations

from collections.abc import Iterator  # noqa: TC003 - resolved at run time
from typing import TYPE_CHECKING

from listlint.findings import Effect, Finding, Fix, Severity
from listlint.markdown.torn_rows import torn_rows
from listlint.papers.model import PaperList
from listlint.rule import rule
from listlint.source import Edit, Span

if TYPE_CHECKING:
    from listlint.markdown.tree import Node
    from listlint.source import Source

__all__ = ["ragged_row"]

# A pipe that should have been escaped shifts every cell behind it, so a repair may show fields that were hidden.
_SHIFTED = Effect(
    frozenset({"title", "links", "venue", "institutions", "authors", "keywords", "notes", "date", "marks"}),
    reveals=1,
)


@rule("TBL001", "ragged-row", on=PaperList)
def ragged_row(papers: PaperList) -> Iterator[Finding]:
    """A row has as many cells as its table has columns: what is too much is not shown."""
    torn = {line.start for pair in torn_rows(papers.tree) for line in (pair.left, pair.right)}
    for table in papers.tree.root.find("table"):
        columns = len(table.children[0].children)
        for row in table.children:
            count = len(row.children)
            if (
                row.kind == "row"
                and count != columns
                and row.span.start not in torn
                and "｜" not in papers.source[row.span]
            ):
                yield _finding(papers.source, row, count, columns)


def _finding(source: Source, row: Node, count: int, columns: int) -> Finding:
    message = f"the row has {_cells(count)}, its table {columns} columns"
    if count < columns:
        return Finding(row.span, message, fix=_filled(source, row, columns - count))
    extra = row.children[columns:]
    if not any(source[cell.inner].strip() for cell in extra):
        span = Span(row.children[columns - 1].span.end, extra[-1].span.end)
        return Finding(
            row.span, message, fix=Fix((Edit(span, ""),), f"remove {_cells(len(extra), 'empty ')}")
        )
    joined = _torn_cells(source, row)
    if len(joined) == count - columns:
        edits = tuple(Edit(Span(pipe, pipe), "\\") for pipe in joined)
        return Finding(row.span, message, fix=Fix(edits, "escape the pipe inside a cell", effect=_SHIFTED))
    hidden = source[extra[0].inner].strip()
    text = f'{message}: "{hidden}" is not shown; a pipe inside a cell is written "\\|", or the header lacks a column'
    return Finding(row.span, text, severity=Severity.ERROR)


def _cells(count: int, kind: str = "") -> str:
    return f"{count} {kind}cell{'s' * (count != 1)}"


def _filled(source: Source, row: Node, missing: int) -> Fix:
    """Empty cells at the row's end, which is what readers see already."""
    end = row.span.end
    closed = source.text[end - 1] == "|" and source.text[end - 2 : end - 1] != "\\"
    return Fix(
        (Edit(Span(end, end), ("" if closed else " |") + "  |" * missing),),
        f"add {_cells(missing, 'empty ')}",
    )


def _torn_cells(source: Source, row: Node) -> list[int]:
    """The pipes that tear a link or a code span: each stands behind a cell whose bracket or backtick it leaves open."""
    found = []
    for cell, following in zip(row.children, row.children[1:], strict=False):
        text, after = source[cell.span], source[following.span]
        open_label = (
            text.rfind("[") > text.rfind("]") and "](" in after and "[" not in after.partition("](")[0]
        )
        open_code = text.count("`") % 2 == 1 and after.count("`") % 2 == 1
        if open_label or open_code:
            found.append(cell.span.end)
    return found
