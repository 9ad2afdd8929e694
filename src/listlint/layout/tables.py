"""The compact way of writing a table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["compact"]

_CELL_END = re.compile(r"(?<!\\)\|")


def compact(rows: Sequence[str]) -> list[str] | str:
    """The rows without padding, or the reason why they stay: a row that does not fit the header is not ours to mend."""
    split = [_cells(row) for row in rows]
    width = len(split[0])
    for row in split:
        if len(row) != width:
            return f"a row of a table has {len(row)} cells where its header has {width}"
    split[1] = [_delimiter(cell) for cell in split[1]]
    return ["|" + "".join(f" {cell} |" if cell else " |" for cell in row) for row in split]


def _cells(row: str) -> list[str]:
    """The cells of a row as written, without padding: a `|` ends a cell unless a backslash stands before it."""
    pieces = _CELL_END.split(row.strip(" \t"))
    if pieces[0] == "":
        pieces.pop(0)
    if pieces and pieces[-1] == "":
        pieces.pop()
    return [piece.strip(" \t") for piece in pieces]


def _delimiter(cell: str) -> str:
    return f"{':' if cell.startswith(':') else '-'}-{':' if cell.endswith(':') else '-'}"
