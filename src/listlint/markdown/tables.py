"""Rows and cells of tables, those beyond the header included."""

from __future__ import annotations

import re
from typing import NamedTuple

from listlint.markdown.places import Content
from listlint.source import Span

__all__ = ["CellText", "is_pseudo_comment", "split_row"]

PIPE = re.compile(r"(?<!\\)\|")
PSEUDO_COMMENT = re.compile(r"\s*\[//\]:")


class CellText(NamedTuple):
    """One cell: its place with padding, its place without, and its content as the inline pass reads it."""

    span: Span
    inner: Span
    content: Content


def is_pseudo_comment(text: str) -> bool:
    """Whether a cell's text is meant for editors alone, as the end of `| a | b |[//]: #05/20`."""
    return PSEUDO_COMMENT.match(text) is not None


def split_row(text: str, place: int) -> list[CellText]:
    """The cells of the row `text`, whose first character stands at `place`.

    Cells are what stands between pipes that no backslash precedes; a pipe before the first or after the last cell
    begins no cell.
    """
    text = text.rstrip(" \t")
    cuts = [match.start() for match in PIPE.finditer(text)]
    bounds = list(zip([-1, *cuts], [*cuts, len(text)], strict=True))
    if bounds and bounds[0] == (-1, 0):
        bounds.pop(0)
    if bounds and bounds[-1][0] + 1 == len(text) and cuts:
        bounds.pop()
    return [_cell(text, place, left + 1, right) for left, right in bounds]


def _cell(text: str, place: int, start: int, end: int) -> CellText:
    raw = text[start:end]
    core = raw.strip(" \t")
    first = start + (len(raw) - len(raw.lstrip(" \t")) if core else len(raw) // 2)
    inner = Span(place + first, place + first + len(core))
    span = Span(place + start, place + end)
    if "\\|" not in core:
        return CellText(span, inner, Content(core, (0,), (inner.start,)))
    starts, places, pieces, offset = [], [], [], 0
    done = 0
    for match in re.finditer(r"\\\|", core):
        pieces.append(core[done : match.start()])
        starts.append(offset)
        places.append(inner.start + done)
        offset += match.start() - done
        done = match.start() + 1
    starts.append(offset)
    places.append(inner.start + done)
    pieces.append(core[done:])
    return CellText(span, inner, Content("".join(pieces), tuple(starts), tuple(places), tuple(starts[1:])))
