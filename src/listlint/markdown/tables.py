"""Rows and cells of tables, those beyond the header included."""

from __future__ import annotations

import re
from typing import NamedTuple

from listlint.markdown.places import Content
from listlint.source import Span

__all__ = ["CellText", "is_pseudo_comment", "split_row"]

PIPE = re.compile(r"(?<!\\)\|")
ESCAPED_PIPE = re.compile(r"\\\|")
PSEUDO_COMMENT = re.compile(r"\s*\[//\]:")


class CellText(NamedTuple):
    """One cell: its place with padding, its place without, and the text there."""

    span: Span
    inner: Span
    text: str

    def content(self) -> Content:
        """The text as the inline pass reads it: an escaped pipe is a pipe."""
        starts, places, pieces, offset = [], [], [], 0
        done = 0
        for match in ESCAPED_PIPE.finditer(self.text):
            pieces.append(self.text[done : match.start()])
            starts.append(offset)
            places.append(self.inner.start + done)
            offset += match.start() - done
            done = match.start() + 1
        starts.append(offset)
        places.append(self.inner.start + done)
        pieces.append(self.text[done:])
        return Content("".join(pieces), tuple(starts), tuple(places), tuple(starts[1:]))


def is_pseudo_comment(text: str) -> bool:
    """Whether a cell's text is meant for editors alone, as the end of `| a | b |[//]: #05/20`."""
    return PSEUDO_COMMENT.match(text) is not None


def split_row(text: str, place: int) -> list[CellText]:
    """The cells of the row `text`, whose first character stands at `place`.

    Cells are what stands between pipes that no backslash precedes; a pipe before the first or after the last cell
    begins no cell.
    """
    text = text.rstrip(" \t")
    pieces = PIPE.split(text) if "\\|" in text else text.split("|")
    if len(pieces) > 1 and not pieces[-1]:
        pieces.pop()
    if not pieces[0]:
        pieces.pop(0)
        place += 1
    cells = []
    for piece in pieces:
        core = piece.strip(" \t")
        end = place + len(piece)
        first = place + piece.index(core) if core else place + len(piece) // 2
        cells.append(CellText(Span(place, end), Span(first, first + len(core)), core))
        place = end + 1
    return cells
