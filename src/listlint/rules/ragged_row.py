"""`ragged-row`: rows with more or fewer cells than their table has columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.findings import Effect, Finding, Fix, Severity
from listlint.markdown.tables import is_pseudo_comment
from listlint.markdown.torn_rows import is_half, torn_rows
from listlint.papers.model import PaperList
from listlint.rule import rule
from listlint.source import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.knowledge.knowledge import Knowledge
    from listlint.markdown.tree import Node
    from listlint.papers.cell_kinds import Columns, Fit
    from listlint.source import Source

__all__ = ["ragged_row"]

# A cell too many or too few shifts every cell behind it, so a repair may show fields that were hidden.
_SHIFTED = Effect(
    frozenset({"title", "links", "venue", "institutions", "authors", "keywords", "notes", "date", "marks"}),
    reveals=1,
)


@rule("TBL001", "ragged-row", on=PaperList)
def ragged_row(papers: PaperList, knowledge: Knowledge) -> Iterator[Finding]:
    """A row has as many cells as its table has columns: what is too much is not shown."""
    for table in papers.tree.find("table"):
        columns = len(table.children[0].children)
        rows = (row for row in table.children if row.kind == "row" and len(row.children) != columns)
        ragged = [row for row in rows if not _hides_last(papers.source, row, columns)]
        if ragged:
            torn = {line.start for pair in torn_rows(papers.tree) for line in (pair.left, pair.right)}
            fitting = _fitting(papers, table, knowledge)
            for row in ragged:
                if row.span.start not in torn and "｜" not in papers.source[row.span]:
                    yield _finding(papers.source, row, columns, fitting.fits(row))


def _hides_last(source: Source, row: Node, columns: int) -> bool:
    """Whether the one cell too many is a pseudo-comment, which nobody is meant to see."""
    return len(row.children) == columns + 1 and is_pseudo_comment(source[row.children[-1].inner])


def _finding(source: Source, row: Node, columns: int, fits: list[tuple[float, Fit]]) -> Finding:
    from listlint.papers.cell_kinds import CLEAR

    count = len(row.children)
    message = f"the row has {_cells(count)}, its table {columns} columns"
    if count == 1 and is_pseudo_comment(source[row.children[0].inner]):
        return Finding(row.span, "a comment in a table is shown as a row; put it above or below the table")
    joined = _torn_cells(source, row)
    if joined and len(joined) == count - columns:
        edits = tuple(Edit(Span(pipe, pipe), "\\") for pipe in joined)
        return Finding(row.span, message, fix=Fix(edits, "escape the pipe inside a cell", effect=_SHIFTED))
    plain = next((score for score, fit in fits if _at_end(fit, row)), None)
    if fits and (plain is None or fits[0][0] - plain > CLEAR) and (count < columns or fits[0][1].dropped):
        if len(fits) > 1 and fits[0][0] - fits[1][0] < CLEAR:
            one, two = (" | ".join(fit.texts[1:]) for _, fit in fits[:2])
            return Finding(row.span, f'{message}: behind its first cell, "{one}" or "{two}"')
        return Finding(row.span, message, fix=_fitted(row, fits[0][1]))
    if is_half(source[row.span]):
        return Finding(row.span, f"{message}, and the rest of its link may stand in another line")
    if count < columns:
        return Finding(row.span, message, fix=_filled(source, row, columns - count))
    extra = row.children[columns:]
    if not any(source[cell.inner].strip() for cell in extra):
        span = Span(row.children[columns - 1].span.end, extra[-1].span.end)
        return Finding(
            row.span, message, fix=Fix((Edit(span, ""),), f"remove {_cells(len(extra), 'empty ')}")
        )
    hidden = source[extra[0].inner].strip()
    text = f'{message}: "{hidden}" is not shown; a pipe inside a cell is written "\\|", or the header lacks a column'
    return Finding(row.span, text, severity=Severity.ERROR)


def _fitting(papers: PaperList, table: Node, knowledge: Knowledge) -> Columns:
    from listlint.papers.asked import Asked
    from listlint.papers.cell_kinds import Columns

    tables = tuple(papers.tree.find("table"))
    return Columns(papers.source, Asked(knowledge), table, tables)


def _at_end(fit: Fit, row: Node) -> bool:
    """Whether the fit only adds or drops cells at the row's end, which changes nothing that readers see."""
    count = len(row.children)
    if fit.split is not None:
        return False
    return all(place == count for place in fit.empty) and fit.dropped == tuple(
        range(count - len(fit.dropped), count)
    )


def _fitted(row: Node, fit: Fit) -> Fix:
    """The row as its columns would have it."""
    cells, edits = row.children, []
    if fit.split is not None:
        return Fix((Edit(Span(*fit.split), " | "),), "add the missing pipe", effect=_SHIFTED)
    for place in sorted(set(fit.empty)):
        count = fit.empty.count(place)
        if place < len(cells):
            edits.append(Edit(Span(cells[place].span.start, cells[place].span.start), "  |" * count))
        else:
            edits.append(Edit(Span(cells[-1].span.end, cells[-1].span.end), " |" + "  |" * (count - 1) + " "))
    for gone in fit.dropped:
        last = gone + 1 == len(cells)
        start = cells[gone - 1].span.end if last else cells[gone].span.start
        edits.append(Edit(Span(start, cells[gone].span.end if last else cells[gone + 1].span.start), ""))
    verb = "remove" if fit.dropped else "add"
    count = len(fit.empty) + len(fit.dropped)
    return Fix(
        tuple(edits), f"{verb} {_cells(count, 'empty ')} where the other rows have them", effect=_SHIFTED
    )


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
