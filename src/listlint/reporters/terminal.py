"""Text from strangers on a terminal: made harmless, measured, wrapped, coloured."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import category, east_asian_width

from listlint.expressions import expression

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

__all__ = [
    "Style",
    "brief",
    "cell_widths",
    "is_plain",
    "visible",
    "visible_character",
    "visible_pieces",
    "wrap",
]

LONGEST = 1000

# C0, DEL, C1; marks that reorder, hide or end a line of text; halves of surrogate pairs (undecodable file names).
HIDDEN = "\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
_HOSTILE = expression(
    f"[{HIDDEN}\U000e0000-\U000e007f]"
    # The log of a CI job obeys lines that begin with `::name`, and `##[name]` or `##vso[name]` anywhere in one.
    rf"|^(?P<blank>(?:(?![{HIDDEN}])\s)*):(?=:)|#(?=#(?:vso)?\[)"
)
_ZERO_WIDTH = frozenset(("Mn", "Me", "Cf"))
_JOINER, _EMOJI_FORM = "\u200d", "\ufe0f"


def visible_character(char: str) -> str:
    r"""A character as an escape that can be read: `\x1b`, `\u202e`."""
    point = ord(char)
    if point < 0x100:  # noqa: PLR2004 - the largest two hexadecimal digits
        return f"\\x{point:02x}"
    return f"\\u{point:04x}" if point < 0x10000 else f"\\U{point:08x}"  # noqa: PLR2004 - four digits


def _escape(match: re.Match[str]) -> str:
    return (match["blank"] or "") + visible_character(match[0][-1])


def is_plain(text: str) -> bool:
    """Whether a text is shown as it is, each character in one cell."""
    return text.isascii() and text.isprintable() and "##" not in text and "::" not in text


def visible(text: str) -> str:
    """`text` on one line, with everything that a terminal or a job's log would obey written as an escape."""
    return text if is_plain(text) else _HOSTILE.sub(_escape, text)


def visible_pieces(text: str) -> list[str]:
    """`visible(text)`, character by character."""
    pieces = list(text)
    if not is_plain(text):
        for match in _HOSTILE.finditer(text):
            pieces[match.end() - 1] = visible_character(text[match.end() - 1])
    return pieces


def cell_widths(text: str) -> list[int]:
    """How many terminal cells each character takes: 2 if wide, 0 if it joins the one before it."""
    if text.isascii():
        return [1] * len(text)
    widths: list[int] = []
    before, flags = "", 0
    for char in text:
        wide = 2 if east_asian_width(char) in "WF" else 1
        flags = flags + 1 if "\U0001f1e6" <= char <= "\U0001f1ff" else 0
        if before == _JOINER or category(char) in _ZERO_WIDTH or "\u1160" <= char <= "\u11ff":
            wide = 0
        elif "\U0001f3fb" <= char <= "\U0001f3ff" and widths and east_asian_width(before) == "W":
            wide = 0  # a skin tone colours the emoji before it
        elif flags:
            wide = flags % 2 * 2  # two letters make one flag of two cells
        if char == _EMOJI_FORM and widths and widths[-1] == 1:
            widths[-1] = 2
        widths.append(wide)
        before = char
    return widths


def brief(text: str) -> str:
    """`visible(text)`; the middle of a text that nobody would read to its end is left out."""
    if len(text) > LONGEST:
        text = f"{text[: LONGEST // 2]} … {text[-LONGEST // 2 :]}"
    return visible(text)


def wrap(text: str, width: int) -> Iterator[str]:
    """`text` in lines of at most `width` cells, broken at blanks, inside a word only where it is longer than a line."""
    if len(text) <= width and text.isascii() and text[:1] != " ":
        yield text
        return
    line, used = "", 0
    for word in text.split(" "):
        size = len(word) if word.isascii() else sum(cell_widths(word))
        if used and used + 1 + size > width:
            yield line
            line, used = "", 0
        if size > width:
            *whole, word = _chunks(word, width)  # noqa: PLW2901 - what is left of it
            yield from whole
            size = sum(cell_widths(word))
        line = f"{line} {word}" if used else word
        used += size + bool(used)
    yield line


def _chunks(word: str, width: int) -> list[str]:
    """A word in pieces of at most `width` cells."""
    edges, used = [0], 0
    for at, size in enumerate(cell_widths(word)):
        if used + size > width and used:
            edges.append(at)
            used = 0
        used += size
    return [word[start:end] for start, end in zip(edges, [*edges[1:], len(word)], strict=True)]


class Style:
    """Colours, or none."""

    def __init__(self, *, color: bool) -> None:
        self.color = color

    def paint(self, text: str, *codes: int) -> str:
        """`text` in the given SGR codes."""
        if not self.color:
            return text
        return f"\x1b[{';'.join(map(str, codes))}m{text}\x1b[0m"
