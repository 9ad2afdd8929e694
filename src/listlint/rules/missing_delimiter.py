"""`missing-delimiter`: tables without the row of dashes that makes them one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.findings import Effect, Finding, Fix
from listlint.markdown.table_lines import unread_tables
from listlint.papers.model import PaperList
from listlint.rule import rule
from listlint.source import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.knowledge.fields import Fields
    from listlint.markdown.table_lines import UnreadTable

__all__ = ["missing_delimiter"]


@rule("TBL006", "missing-delimiter", on=PaperList)
def missing_delimiter(papers: PaperList, fields: Fields) -> Iterator[Finding]:
    """A row of dashes, with as many cells, follows a table's header: without it the table is shown as its characters."""
    for table in unread_tables(papers.tree):
        columns = len(table.header.cells)
        if table.dashes is not None:
            count = len(table.dashes.cells)
            fault = (
                "is indented like code"
                if table.is_only_indented
                else f"has {count} cells, the header {columns}"
            )
            message = f"the row of dashes {fault}: no table is shown"
            yield Finding(table.dashes.span, message, fix=_fix(papers, table))
            continue
        message = f"no row of dashes follows the header of {columns} columns: no table is shown"
        if _is_header(papers, table, fields):
            yield Finding(table.header.span, message, fix=_fix(papers, table))
        elif len(table.rows) > 1:
            message = f"lines of {columns} cells without a row of dashes: the first is the header, or the header is missing"
            yield Finding(table.header.span, message)


def _is_header(papers: PaperList, table: UnreadTable, fields: Fields) -> bool:
    """Whether the first line names columns: words without addresses, one of them known or all known from another table."""
    names = [papers.source[cell.inner] for cell in table.header.cells]
    if any("](" in name or "://" in name for name in names):
        return False
    for other in papers.tree.find("table"):
        if [papers.source[cell.inner] for cell in other.children[0].children] == names:
            return True
    known = sum(fields.column(name) is not None for name in names if name)
    return known * 2 >= len([name for name in names if name]) and known > 0


def _fix(papers: PaperList, table: UnreadTable) -> Fix:
    """The dashes alone; where the lines were read as entries, the lines too, since these will not be what they were."""
    source, newline = papers.source, papers.source.newline
    last = table.rows[-1] if table.rows else table.dashes or table.header
    lost = [one for one in papers.entries if one.span.touches(Span(table.header.span.start, last.span.end))]
    effect = Effect(removed=len(lost), reveals=len(table.rows) + len(lost), repair=True)
    end = table.header.span.end
    if table.indent is not None and table.is_only_indented:
        edit, end = Edit(table.indent, ""), table.indent.end
    elif table.dashes is not None:
        start = table.dashes.span.start if table.indent is None else table.indent.start
        edit, end = Edit(Span(start, table.dashes.span.end), table.model), table.dashes.span.end
    else:
        edit = Edit(Span(end, end), newline + table.model)
    if lost:
        edit = Edit(Span(edit.span.start, last.span.end), edit.text + source[Span(end, last.span.end)])
    title = (
        "move the row of dashes to the left"
        if table.is_only_indented
        else f'write "{table.model}" below the header'
    )
    return Fix((edit,), title, effect=effect)
