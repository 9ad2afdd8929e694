"""The line that a finding speaks of, cut to the terminal's width, with marks below its place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from listlint.reporters.terminal import cell_widths, is_plain, visible_pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    shown, edges = _cells(line[low:high])
    first = start - low
    while 0 < first < len(shown) and edges[first + 1] == edges[first]:
        first -= 1
    last = max(first + 1, min(end, high) - low)
    while last < len(shown) and edges[last + 1] == edges[last]:
        last += 1
    return _window(shown, edges, (first, last), (low > 0, high < len(line)), width)


def _cells(text: str) -> tuple[Sequence[str], Sequence[int]]:
    """How each character is shown, and where its cells begin: at those of the next where it joins the one before it."""
    if is_plain(text):
        return text, range(len(text) + 1)
    tabs = text.replace("\t", " ")
    shown, edges = [], [0]
    for char, piece, width in zip(text, visible_pieces(tabs), cell_widths(tabs), strict=True):
        shown.append(TAB if char == "\t" else piece)
        edges.append(edges[-1] + (width if len(shown[-1]) == 1 else len(shown[-1])))
    return shown, edges


def _first_from(edges: Sequence[int], cells: int, last: int) -> int:
    """The first character, up to `last`, that begins `cells` cells from the left or later."""
    return min(max(cells, 0), last) if isinstance(edges, range) else bisect_left(edges, cells, 0, last)


def _last_until(edges: Sequence[int], cells: int, first: int) -> int:
    """The last edge, from `first`, that is at most `cells` cells from the left."""
    if isinstance(edges, range):
        return min(cells, len(edges) - 1)
    return bisect_right(edges, cells, first) - 1


def _window(
    shown: Sequence[str],
    edges: Sequence[int],
    place: tuple[int, int],
    cut: tuple[bool, bool],
    width: int,
) -> Excerpt:
    """The part of what is `shown` around `place` that fits `width`, with an ellipsis where something is cut off."""
    total = len(shown)
    first, last = min(place[0], total), min(place[1], total)
    left, right = 0, total
    if cut[0] or cut[1] or edges[-1] > width:
        room = width - 2
        wanted = min(edges[last] - edges[first], room)
        before = max(0, min((room - wanted) // 2, room // 3))
        if cut[0] or edges[last] > room:
            left = _first_from(edges, edges[first] - before, first)
        right = max(left, _last_until(edges, edges[left] + room, left))
    lead = CUT if left > 0 or cut[0] else ""
    tail = CUT if right < total or cut[1] else ""
    text = lead + "".join(shown[left:right]) + tail
    indent = edges[first] - edges[left] + len(lead)
    length = edges[min(last, right)] - edges[min(first, right)]
    return Excerpt(text.rstrip(), indent, max(1, length))
