"""Where the parser's text comes from: offsets of its lines and contents in the source."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from listlint.source import Span

if TYPE_CHECKING:
    from listlint.source import Source

__all__ = ["Content", "Lines"]


class Content(NamedTuple):
    """A block's inline content and the source offset of each of its stretches.

    `starts[i]` is an offset in `text`, `places[i]` the same character's offset in the source; stretches are
    contiguous in both. A stretch begins at each line, and in a table cell at each escaped pipe; `pipes` are those.
    """

    text: str
    starts: tuple[int, ...]
    places: tuple[int, ...]
    pipes: tuple[int, ...] = ()

    def place(self, offset: int) -> int:
        """The source offset of the character at `offset`."""
        if len(self.starts) == 1:
            return self.places[0] + offset - self.starts[0]
        index = max(bisect_right(self.starts, offset) - 1, 0)
        return self.places[index] + offset - self.starts[index]

    def span(self, start: int, end: int) -> Span:
        """The source span of the characters from `start` to `end`."""
        if len(self.starts) == 1:
            base = self.places[0] - self.starts[0]
            return Span(base + start, base + max(start, end))
        first = self.place(start)
        return Span(first, self.place(end - 1) + 1 if end > start else first)

    def stretches(self, start: int, end: int) -> list[tuple[int, int]]:
        """The pieces of `start` to `end` that are contiguous in the source."""
        if len(self.starts) == 1:
            return [(start, end)]
        cuts = [cut for cut in self.starts if start < cut < end]
        return list(zip([start, *cuts], [*cuts, end], strict=True))


class Lines:
    r"""A source as the parser gets it: `\n` line ends only, each line at a known offset."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.starts = source.line_starts
        text = source.text
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", " ")
        self.text = text
        self.lines = text.split("\n")
        self.ends = [start + len(line) for start, line in zip(self.starts, self.lines, strict=True)]

    def content(self, text: str, first: int) -> Content:
        """The places of inline content whose first line is line `first` (from 0).

        The parser removes a line's indentation and container markers, and blanks around the whole; what is left is
        the end of the source line, or, in a heading, its middle.
        """
        if "\n" not in text:
            return Content(text, (0,), (self.place(text, first),))
        starts, places, offset = [], [], 0
        for index, line in enumerate(text.split("\n")):
            core = line.lstrip(" \t")
            starts.append(offset + len(line) - len(core))
            places.append(self.place(core, first + index))
            offset += len(line) + 1
        return Content(text, tuple(starts), tuple(places))

    def place(self, core: str, index: int) -> int:
        """Where `core`, the end or else a part of line `index` (from 0), begins in the source."""
        line = self.lines[index]
        if line.endswith(core):
            return self.ends[index] - len(core)
        return self.starts[index] + max(line.rfind(core.rstrip(" \t")), 0)

    def block_end(self, first: int, after: int, *, quoted: bool) -> int:
        """The end of the last line from `first` to before `after` that is not blank, but for a quote's markers."""
        last = min(after, len(self.lines)) - 1
        blank = " \t>" if quoted else " \t"
        while last > first and not self.lines[last].strip(blank):
            last -= 1
        return self.ends[last]
