"""Text that was UTF-8 and was read as something else, and the text it was."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from listlint.expressions import expression

__all__ = ["Garble", "find_mojibake"]

# Windows-1252 comes first: where both readings make sense, it is the commoner accident. Its five holes are taken
# as Latin-1, which is what browsers and most converters do.
_CODECS = ("cp1252", "mac_roman", "latin-1")
_HIGH = re.compile(r"[^\x00-\x7f]+")
_HEADS, _TAILS = range(0xC2, 0xF5), range(0x80, 0xC0)
_LOST = re.compile("\ufffd+")

# Blocks whose characters turn up in paper lists. Elsewhere (Syriac, IPA, Armenian …) a decodable run is chance.
_COMMON = expression(
    "[\u00a0-\u017f\u0391-\u03c9\u0410-\u044f\u0401\u0451\u1e00-\u1eff\u200b\u200d\u2010-\u2027\u202f-\u205e\u2070-\u209f"
    "\u20a0-\u20bf\u2100-\u23ff\u2460-\u27bf\u27e0-\u27ff\u2900-\u297f\u2b00-\u2bff\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7a3"
    "\ufb00-\ufb06\ufe0f\uff00-\uffef\U0001d400-\U0001d7ff\U0001f000-\U0001faff]*"
)
_CYRILLIC = expression("[\u0400-\u04ff]")
_MATHS = frozenset("√≈¬ƒ∆") | frozenset("°¢£§•¶®©™´¨≠∞±≤≥¥µ∂∑∏π∫ªºΩ²³·")


class Garble(NamedTuple):
    """A run of garbled text from `start` to `end`, and what it was; `repaired` is None where that is lost."""

    start: int
    end: int
    repaired: str | None


def find_mojibake(text: str) -> list[Garble]:
    """The garbled runs of `text`, in order.

    A run counts only if all of it, taken as bytes of the wrong encoding, is valid UTF-8 for fewer characters that
    are in common use. What was read wrongly twice is read back twice.
    """
    if text.isascii():
        return []
    found: list[Garble] = []
    offset = 0
    for line in text.split("\n"):
        if not line.isascii():
            for run in _HIGH.finditer(line):
                found += _garbles(line, offset, *run.span())
        offset += len(line) + 1
    return found


def _garbles(line: str, offset: int, first: int, last: int) -> list[Garble]:
    """The garbled parts of the run of characters above ASCII from `first` to `last` in `line`."""
    found = [
        Garble(offset + lost.start(), offset + lost.end(), None) for lost in _LOST.finditer(line, first, last)
    ]
    if last - first == 1 or not _hint().search(line, first, last):
        return found
    shapes = [
        (match.span(), codec) for codec in _CODECS for match in _shape(codec).finditer(line, first, last)
    ]
    done: set[int] = set()
    for (start, end), codec in sorted(shapes, key=lambda shape: shape[0][0] - shape[0][1]):
        repaired = None if done.intersection(range(start, end)) else _read_back(line, start, end, codec)
        if repaired is not None:
            done.update(range(start, end))
            found.append(Garble(offset + start, offset + end, repaired))
    return sorted(found, key=itemgetter(0))


def _read_back(line: str, start: int, end: int, codec: str) -> str | None:
    """What the characters from `start` to `end` were before they were misread, perhaps more than once."""
    table = _bytes_of(codec)
    try:
        repaired = bytes(table[char] for char in line[start:end]).decode("utf-8")
    except UnicodeDecodeError:
        return None
    nearer = f"{line[:start]}{repaired}{line[end:]}"
    for again in _CODECS:
        if _shape(again).fullmatch(repaired):
            deeper = _read_back(nearer, start, start + len(repaired), again)
            if deeper is not None:
                return deeper
    return repaired if _COMMON.fullmatch(repaired) and _credible(line, start, end, repaired) else None


@cache
def _bytes_of(codec: str) -> dict[str, int]:
    """Each character above ASCII that `codec` reads from one byte, with that byte."""
    table: dict[str, int] = {}
    for byte in range(0x80, 0x100):
        try:
            table[bytes([byte]).decode(codec)] = byte
        except UnicodeDecodeError:
            table[chr(byte)] = byte
    return table


@cache
def _hint() -> re.Pattern[str]:
    """Two characters that may begin a garbled run: cheaper to look for than the run itself."""
    pairs = [(char, byte) for codec in _CODECS for char, byte in _bytes_of(codec).items()]
    head = "".join({re.escape(char) for char, byte in pairs if byte in _HEADS})
    tail = "".join({re.escape(char) for char, byte in pairs if byte in _TAILS})
    return re.compile(f"[{head}][{tail}]")


@cache
def _shape(codec: str) -> re.Pattern[str]:
    """Maximal runs of `codec`'s upper half that have the shape of UTF-8."""
    table = _bytes_of(codec)

    def of(low: int, high: int) -> str:
        return "[" + "".join(re.escape(char) for char, byte in table.items() if low <= byte <= high) + "]"

    tail, every = of(0x80, 0xBF), of(0x80, 0xFF)
    one = f"{of(0xC2, 0xDF)}{tail}|{of(0xE0, 0xEF)}{tail}{{2}}|{of(0xF0, 0xF4)}{tail}{{3}}"
    return re.compile(f"(?<!{every})(?:{one})++(?!{every})")


def _credible(text: str, start: int, end: int, repaired: str) -> bool:
    """Whether the place speaks for an accident rather than for odd but meant characters."""
    before, after = text[start - 1 : start], text[end : end + 1]
    in_word = (before.isalpha() and before.isascii()) or (after.isalpha() and after.isascii())
    if _CYRILLIC.search(repaired) and len(repaired) < 3:  # noqa: PLR2004 - a dash and an accented letter look like one
        return False
    if len(repaired) > 1 or unicodedata.category(repaired)[0] != "L":
        return True
    run = text[start:end]
    if len(run) == 2:  # noqa: PLR2004 - a root sign and a Greek letter, or square angstroms, stand alone
        greek = "\u0391" <= repaired <= "\u03c9"
        return in_word or (greek and not _MATHS.issuperset(run))
    return repaired < "\u0250" or not (before.isalpha() and before.isascii())
