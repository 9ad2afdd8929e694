"""A list's text as it was, and places in it. Knows no Markdown."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Edit", "OverlapError", "Position", "Source", "Span", "apply_edits"]

BOM = "\ufeff"


class Span(NamedTuple):
    """A piece of a source's text: offsets in Unicode code points from 0, `end` exclusive."""

    start: int
    end: int

    def __contains__(self, other: object) -> bool:
        """Whether an offset, or a whole span, lies within."""
        if isinstance(other, Span):
            return self.start <= other.start and other.end <= self.end
        return isinstance(other, int) and self.start <= other < self.end

    def touches(self, other: Span) -> bool:
        """Whether the two share a character, or one is empty and lies inside or at an end of the other."""
        if self.start == self.end or other.start == other.end:
            return self.start <= other.end and other.start <= self.end
        return self.start < other.end and other.start < self.end


class Position(NamedTuple):
    """A line and a column as people count them: from 1, columns in Unicode code points."""

    line: int
    column: int


class Edit(NamedTuple):
    """The characters of `span` are replaced by `text`; an empty span inserts."""

    span: Span
    text: str


class OverlapError(ValueError):
    """Two edits want the same characters."""


class Source:
    r"""One file's text, exactly as it was.

    `text` holds every character, a byte order mark excepted: `bom` says whether there was one. Line endings
    stay as they are; a line ends at `\n` and nowhere else, so that `\x0b` or `\u2028` do not shift the count.
    """

    def __init__(self, path: str, text: str, bom: bool = False, encoding: str = "utf-8") -> None:
        self.path = path
        self.text = text
        self.bom = bom
        self.encoding = encoding
        self._line = (0, "")

    @classmethod
    def decode(cls, path: str, data: bytes, encoding: str = "utf-8") -> Source:
        """Read `data`; raises UnicodeDecodeError, whose `start` is the first bad byte, if it is not `encoding`."""
        text = data.decode(encoding)
        bom = text.startswith(BOM)
        return cls(path, text[1:] if bom else text, bom, encoding)

    def encode(self) -> bytes:
        """The file's bytes; `Source.decode(path, data).encode() == data` for every file that decodes."""
        return ((BOM if self.bom else "") + self.text).encode(self.encoding)

    def replaced(self, text: str) -> Source:
        """The same file with another text; one that begins with a mark of its own is read as it will be next time."""
        bom = not self.bom and text.startswith(BOM)
        return Source(self.path, text[1:] if bom else text, self.bom or bom, self.encoding)

    @cached_property
    def line_starts(self) -> list[int]:
        """Offsets of the lines' first characters; the last one may be the end of the text."""
        starts = [0]
        find, offset = self.text.find, 0
        while (offset := find("\n", offset) + 1) > 0:
            starts.append(offset)
        return starts

    def line_of(self, offset: int) -> int:
        """The line, from 1, on which the character at `offset` stands."""
        return bisect_right(self.line_starts, offset)

    def position(self, offset: int) -> Position:
        """Where `offset` is, as a person would say it."""
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def offset(self, position: Position) -> int:
        """The inverse of `position`."""
        return self.line_starts[position.line - 1] + position.column - 1

    def line_span(self, line: int) -> Span:
        """The characters of line `line` (from 1) without its ending."""
        start = self.line_starts[line - 1]
        end = self.line_starts[line] - 1 if line < len(self.line_starts) else len(self.text)
        if end > start and self.text[end - 1] == "\r":
            end -= 1
        return Span(start, end)

    def line_text(self, line: int) -> str:
        """The characters of line `line` without its ending; the same string as long as the same line is asked for."""
        if self._line[0] != line:
            self._line = (line, self[self.line_span(line)])
        return self._line[1]

    def __getitem__(self, span: Span) -> str:
        """The characters of `span`."""
        return self.text[span.start : span.end]

    @cached_property
    def newline(self) -> str:
        r"""The line ending that the file uses first; `\n` where it has none."""
        first = self.text.find("\n")
        return "\r\n" if first > 0 and self.text[first - 1] == "\r" else "\n"


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """`text` with all edits made; raises OverlapError where two of them want the same characters."""
    pieces: list[str] = []
    done = 0
    for span, new in sorted(edits):
        if span.start < done:
            raise OverlapError(f"two edits meet at offset {span.start}")
        pieces += (text[done : span.start], new)
        done = span.end
    pieces.append(text[done:])
    return "".join(pieces)
