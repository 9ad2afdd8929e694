"""Tables: rows as their lines, and the compact way of writing them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.rules_block import table as stock_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.rules_block import StateBlock

__all__ = ["compact", "table_rule"]

_CELL_END = re.compile(r"(?<!\\)\|")


def table_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A table is one token whose `meta["rows"]` are its lines; it starts and ends where the stock rule says so."""
    if not stock_table(state, start, end, True):
        return False
    if silent:
        return True
    terminators = state.md.block.ruler.getRules("blockquote")
    line = start + 2
    while (
        line < end and state.blkIndent <= state.sCount[line] < state.blkIndent + 4 and not state.isEmpty(line)
    ):
        if any(rule(state, line, end, True) for rule in terminators):
            break
        line += 1
    token = state.push("table", "table", 0)
    token.map = [start, line]
    token.meta = {
        "rows": [
            state.src[state.bMarks[row] + state.tShift[row] : state.eMarks[row]] for row in range(start, line)
        ]
    }
    state.line = line
    return True


def cells(row: str) -> list[str]:
    """The cells of a row as written, without padding: a `|` ends a cell unless a backslash stands before it."""
    pieces = _CELL_END.split(row.strip(" \t"))
    if pieces[0] == "":
        pieces.pop(0)
    if pieces and pieces[-1] == "":
        pieces.pop()
    return [piece.strip(" \t") for piece in pieces]


def compact(rows: Sequence[str]) -> list[str] | str:
    """The rows without padding, or the reason why they stay: a row that does not fit the header is not ours to mend."""
    split = [cells(row) for row in rows]
    width = len(split[0])
    for row in split:
        if len(row) != width:
            return f"a row of a table has {len(row)} cells where its header has {width}"
    split[1] = [_delimiter(cell) for cell in split[1]]
    return ["|" + "".join(f" {cell} |" if cell else " |" for cell in row) for row in split]


def _delimiter(cell: str) -> str:
    left, right = cell.startswith(":"), cell.endswith(":")
    return f"{':' if left else '-'}-{':' if right else '-'}"
