"""The line that a finding speaks of, cut to the terminal's width, with marks below its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from listlint.reporters.terminal import cell_widths, visible_pieces

if TYPE_CHECKING:
    from listlint.findings import Diagnostic

__all__ = ["Excerpt", "excerpt"]

CUT = "…"
TAB = "    "


class Excerpt(NamedTuple):
    """`text` as shown; the marks begin `indent` cells from its left and are `length` cells long."""

    text: str
    indent: int
    length: int


def excerpt(finding: Diagnostic, width: int) -> Excerpt | None:
    """The finding's place in at most `width` cells; None where its line is blank.

    Only the neighbourhood of the place is looked at: a line may be as long as a file.
    """
    line = finding.excerpt
    if not line.strip():
        return None
    start = min(finding.start.column - 1, len(line))
    end = min(finding.end.column - 1, len(line)) if finding.end.line == finding.start.line else len(line)
    end = max(end, start)
    low, high = max(0, start - 2 * width), min(len(line), start + 2 * width)
    cells = _cells(line[low:high])
    edges = [0]
    for _, size in cells:
        edges.append(edges[-1] + size)
    first = _cell_at(cells, start - low)
    last = max(first + 1, min(end, high) - low)
    while last < len(cells) and cells[last][1] == 0:
        last += 1
    return _window(cells, edges, (first, last), (low > 0, high < len(line)), width)


def _cells(text: str) -> list[tuple[str, int]]:
    """How each character is shown and its cells; 0 cells where it joins the one before it."""
    tabs = text.replace("\t", " ")
    pieces = zip(text, visible_pieces(tabs), cell_widths(tabs), strict=True)
    return [
        (TAB, len(TAB)) if char == "\t" else (piece, width if len(piece) == 1 else len(piece))
        for char, piece, width in pieces
    ]


def _cell_at(cells: list[tuple[str, int]], index: int) -> int:
    """`index`, moved back to the character that it joins."""
    while 0 < index < len(cells) and cells[index][1] == 0:
        index -= 1
    return index


def _window(
    cells: list[tuple[str, int]],
    edges: list[int],
    place: tuple[int, int],
    cut: tuple[bool, bool],
    width: int,
) -> Excerpt:
    """The part of `cells` around `place` that fits `width`, with an ellipsis where something is cut off."""
    first, last = place
    total = len(cells)
    left, right = 0, total
    if cut[0] or cut[1] or edges[-1] > width:
        room = width - 2
        wanted = min(edges[min(last, total)] - edges[min(first, total)], room)
        before = max(0, min((room - wanted) // 2, room // 3))
        if cut[0] or edges[min(last, total)] > room:
            left = min(first, total)
            while left > 0 and edges[min(first, total)] - edges[left - 1] <= before:
                left -= 1
        right = left
        while right < total and edges[right + 1] - edges[left] <= room:
            right += 1
    lead = CUT if left > 0 or cut[0] else ""
    tail = CUT if right < total or cut[1] else ""
    text = lead + "".join(piece for piece, _ in cells[left:right]) + tail
    indent = edges[min(first, total)] - edges[left] + len(lead)
    length = edges[min(last, right)] - edges[min(first, right)]
    return Excerpt(text.rstrip(), indent, max(1, length))
