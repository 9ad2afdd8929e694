"""Tables that Markdown does not see, because the row of dashes below their header is missing or too short."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from listlint.expressions import expression
from listlint.markdown.tables import split_row
from listlint.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.markdown.tables import CellText
    from listlint.markdown.tree import Node, Tree

__all__ = ["TableLine", "UnreadTable", "is_delimiter", "joined_cells", "table_line", "unread_tables"]

DELIMITER = expression(r"[|:\-—–‐‑―\s]*[-—–‐‑―][|:\-—–‐‑―\s]*")
EXACT = expression(r"[ \t]*:?-+:?[ \t]*")
FEWEST = 2  # columns, and rows
TAB = 4  # columns, and the indentation of code


class TableLine(NamedTuple):
    """A line that could be a table's row: its place, its cells, and whether a pipe opens and closes it."""

    span: Span
    cells: list[CellText]
    opened: bool
    closed: bool

    @property
    def whole(self) -> bool:
        """Whether both outer pipes are there."""
        return self.opened and self.closed and len(self.cells) > 0


class UnreadTable(NamedTuple):
    """The lines of a table, header first. `dashes` is the row that should tell that it is one, if there is any.

    `model` is the row of dashes that the list's other tables of so many columns have. `indent` is what stands before
    `dashes`, where it is so much that no row can begin there.
    """

    header: TableLine
    dashes: TableLine | None
    rows: tuple[TableLine, ...]
    model: str
    indent: Span | None = None

    @property
    def is_only_indented(self) -> bool:
        """Whether the row of dashes is right but for its indentation."""
        dashes = self.dashes
        return (
            dashes is not None
            and self.indent is not None
            and len(dashes.cells) == len(self.header.cells)
            and all(EXACT.fullmatch(cell.text) for cell in dashes.cells)
        )


def table_line(text: str, place: int) -> TableLine:
    """The line `text`, whose first character stands at `place`."""
    start = place + len(text) - len(text.lstrip(" \t"))
    core = text.strip(" \t")
    closed = core.endswith("|") and not core.endswith("\\|") and len(core) > 1
    return TableLine(Span(start, start + len(core)), split_row(core, start), core.startswith("|"), closed)


def is_delimiter(text: str) -> bool:
    """Whether the line can only be meant as a header's row of dashes."""
    return "|" in text and text.count("-") + text.count("—") > 1 and DELIMITER.fullmatch(text) is not None


def unread_tables(tree: Tree) -> Iterator[UnreadTable]:
    """Runs of lines between pipes that Markdown takes for a paragraph; a first row that holds links is no header."""
    if "|" not in tree.source.text:
        return
    for block in tree.root.children:
        if block.kind == "paragraph" and "|" in tree.source[block.span]:
            yield from _in_paragraph(tree, block)


def _in_paragraph(tree: Tree, block: Node) -> Iterator[UnreadTable]:
    source = tree.source
    numbers = range(source.line_of(block.span.start), source.line_of(max(block.span.end - 1, 0)) + 1)
    lines = [table_line(source[span], span.start) for span in map(source.line_span, numbers)]
    first = next((index for index, line in enumerate(lines) if line.whole), len(lines))
    if len(lines) - first < FEWEST or not all(line.whole for line in lines[first:]):
        return
    header, *rows = lines[first:]
    columns = len(header.cells)
    dashes = rows.pop(0) if is_delimiter(source[rows[0].span]) else None
    near = [row for row in rows if abs(len(row.cells) - columns) <= 1]
    same = sum(len(row.cells) == columns for row in rows)
    if columns < FEWEST or (dashes is None and not rows) or len(near) < len(rows) or same * 2 < len(rows):
        return
    if is_delimiter(source[header.span]) or any(is_delimiter(source[row.span]) for row in rows):
        return
    yield UnreadTable(header, dashes, tuple(rows), _model(tree, header), _indent(tree, dashes))


def _indent(tree: Tree, dashes: TableLine | None) -> Span | None:
    if dashes is None:
        return None
    source, end = tree.source, dashes.span.start
    before = Span(source.line_span(source.line_of(end)).start, end)
    return before if len(source[before].expandtabs(TAB)) >= TAB else None


def _model(tree: Tree, header: TableLine) -> str:
    """The row of dashes of the table with the same header, else of the nearest with as many columns, else a plain one."""
    source, best = tree.source, ""
    for table in tree.find("table"):
        head, dashes = table.children[0], table.children[1]
        if len(head.children) != len(header.cells) or len(dashes.children) != len(header.cells):
            continue
        if [source[cell.inner] for cell in head.children] == [source[cell.inner] for cell in header.cells]:
            return source[dashes.span]
        best = best or source[dashes.span]
    return best or "|" + " --- |" * len(header.cells)


def joined_cells(left: TableLine, right: TableLine) -> int:
    """How many cells the two lines have when they are one; what the line ending has torn is one cell."""
    return len(left.cells) + len(right.cells) - (not left.closed and not right.opened)
