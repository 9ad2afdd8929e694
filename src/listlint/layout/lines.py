"""A text as lines without their endings, free of the characters that a parser would swallow."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Lines"]

# Parsers trim these, turn them into something else or split lines at them; all are text to us.
_ODD = "\0\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
_STAND_INS = "".join(chr(0xF0000 + number) for number in range(len(_ODD)))
_HIDE = str.maketrans(_ODD, _STAND_INS)
_SHOW = str.maketrans(_STAND_INS, _ODD)


class Lines(NamedTuple):
    """The lines of a text: `content[i] + endings[i]`, joined, is the text with stand-ins for odd characters.

    `starts[i]` is the offset of line `i`; one more entry is the length of the text.
    """

    content: list[str]
    endings: list[str]
    starts: list[int]
    odd: bool

    @classmethod
    def split(cls, text: str) -> Lines:
        """Read `text`; raises ValueError where it uses the stand-ins itself."""
        if _holds_any(text, _STAND_INS):
            raise ValueError("it uses private-use characters")
        pieces = text.split("\n")
        last = pieces.pop()
        content = [piece.removesuffix("\r") for piece in pieces] if "\r" in text else pieces
        endings = [
            "\n" if len(line) == len(piece) else "\r\n" for line, piece in zip(content, pieces, strict=True)
        ]
        if last:
            content, endings = [*content, last], [*endings, ""]
        odd = _holds_any(text.replace("\r\n", "\n"), _ODD)
        starts = [0]
        for line, ending in zip(content, endings, strict=True):
            starts.append(starts[-1] + len(line) + len(ending))
        if odd:
            content = [line.translate(_HIDE) for line in content]
        return cls(content, endings, starts, odd)

    @property
    def newline(self) -> str:
        """The ending that the text uses first."""
        return self.endings[0] if self.endings and self.endings[0] else "\n"

    def show(self, text: str) -> str:
        """`text` with the odd characters back in their places."""
        return text.translate(_SHOW) if self.odd else text

    def is_blank(self, line: int) -> bool:
        """Whether line `line` (from 0) holds nothing but spaces, tabs and quote markers."""
        return not self.content[line].strip(" \t>")


def _holds_any(text: str, characters: str) -> bool:
    return any(character in text for character in characters)
