"""Rows of tables that a line ending has torn in two."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from listlint.expressions import expression
from listlint.markdown.table_lines import is_delimiter, joined_cells, table_line
from listlint.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.markdown.table_lines import TableLine
    from listlint.markdown.tree import Node, Tree
    from listlint.source import Source

__all__ = ["TornRow", "is_half", "torn_rows"]

OPEN_ADDRESS = expression(r"\]\([^\s()]*$|(?:https?://|www\.)[^\s()]*[/\-_.=]$")

ESCAPED = re.compile(r"\\[\[\]]")
OPEN_LINK = expression(r"\[[^\[\]|]*\|?\s*$|^\s*\|?[^\[\]|]*\]\(")
BAR = "｜"  # reads like a pipe
TITLE = re.compile(r"[^\w\s|]{0,20}\s{0,3}\[[^\]]")
FEW, MOST = 2, 0.8  # rows that begin with a title


class TornRow(NamedTuple):
    """The two lines of one row. `gap` is what lies between their characters, `text` what belongs there.

    `sure` says that nothing but a torn row looks so: a pipe is missing at the tear, or the second line lacks the title that
    the table's other rows begin with. Else they may be two rows with too few cells. `end` is where what the tear spoils
    ends: with the second line, but with the whole table where its head is torn.
    """

    left: Span
    right: Span
    gap: Span
    text: str
    sure: bool
    end: int


def is_half(row: str) -> bool:
    """Whether a link begins in the row and does not end there, or the other way round: the rest stands in another line."""
    plain = ESCAPED.sub("", row)
    return plain.count("[") != plain.count("]") and OPEN_LINK.search(plain) is not None


@lru_cache(maxsize=4)
def torn_rows(tree: Tree) -> tuple[TornRow, ...]:
    """The torn rows of the list's tables, a header's and a row of dashes among them."""
    return tuple(_torn_rows(tree)) if "|" in tree.source.text else ()


def _torn_rows(tree: Tree) -> Iterator[TornRow]:
    for table in tree.find("table"):
        yield from _in_table(tree.source, table)
    for block in tree.root.children:
        if block.kind == "paragraph" and "|" in tree.source[block.span] and "--" in tree.source[block.span]:
            yield from _in_head(tree.source, block)


def _in_table(source: Source, table: Node) -> Iterator[TornRow]:
    header, _, *rows = table.children
    if all(_is_full(source, row, len(header.children)) for row in rows[:-1]):
        return
    if not table_line(source[header.span], header.span.start).whole:
        return
    lines = [table_line(source[row.span], row.span.start) for row in rows]
    titled = [bool(line.cells) and TITLE.match(source[line.cells[0].inner]) is not None for line in lines]
    index = 0
    while index + 1 < len(lines):
        found = _torn(source, lines[index], lines[index + 1], len(header.children))
        if found is not None and not found.sure and index + 2 < len(lines):
            following = _torn(source, lines[index + 1], lines[index + 2], len(header.children))
            found = None if following is not None and following.sure else found
        if found is not None:
            others = titled[:index] + titled[index + 2 :]
            headless = titled[index] and not titled[index + 1] and sum(others) >= max(FEW, len(others) * MOST)
            yield found._replace(sure=found.sure or headless)
        index += 1 if found is None else 2


def _is_full(source: Source, row: Node, columns: int) -> bool:
    """Whether a row has all its cells and ends with a pipe, so that no line ending has cut it short."""
    start, end = row.span
    return (
        len(row.children) == columns
        and end - start > 1
        and source.text.endswith("|", start, end)
        and not source.text.endswith("\\|", start, end)
    )


def _in_head(source: Source, block: Node) -> Iterator[TornRow]:
    """A torn header, or a torn row of dashes, makes a paragraph of the whole table."""
    numbers = range(source.line_of(block.span.start), source.line_of(max(block.span.end - 1, 0)) + 1)
    lines = [table_line(source[span], span.start) for span in map(source.line_span, numbers)]
    dashes = [is_delimiter(source[line.span]) for line in lines]
    if True not in dashes:
        return
    first = dashes.index(True)
    if dashes[first : first + 2] == [True, True] and first:
        pair, columns = lines[first : first + 2], len(lines[first - 1].cells)
    elif first > 1:
        pair, columns = lines[first - 2 : first], len(lines[first].cells)
    else:
        return
    found = _torn(source, pair[0], pair[1], columns)
    if found is not None and found.sure and pair[0].opened and pair[1].closed:
        yield found._replace(end=lines[-1].span.end)


def _torn(source: Source, left: TableLine, right: TableLine, columns: int) -> TornRow | None:
    """The two lines as one row, if they have its cells together."""
    if not left.opened or not (right.closed or right.opened) or (len(left.cells) == columns and left.closed):
        return None
    start, end, count = left.span.end, right.span.start, joined_cells(left, right)
    swallowed = source[left.span].count(BAR) + source[right.span].count(BAR)
    if swallowed and count + swallowed == columns:
        count = columns  # a cell that such a bar swallows counts, or the halves would be mended as rows of their own
    if left.closed and right.opened:
        # The line ends in an empty cell, or its ending has been given pipes of its own.
        if count not in (columns - 1, columns) or len(right.cells) == columns:
            return None
        return TornRow(
            left.span, right.span, Span(start, end + (count == columns)), " ", not right.cells, right.span.end
        )
    if count != columns or (right.opened and right.cells and not right.closed):
        return None
    apart = left.closed or right.opened or OPEN_ADDRESS.search(source[left.span]) is None
    return TornRow(
        left.span, right.span, Span(start, end), " " if apart else "", sure=True, end=right.span.end
    )
