"""Characters that do not belong where they stand: unseen ones, control characters, full-width punctuation."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from listlint.expressions import expression

__all__ = [
    "Stray",
    "find_controls",
    "find_fullwidth",
    "find_invisible",
    "find_tabs",
    "has_fullwidth",
    "is_east_asian",
]

_COMMON = bytes((*b"\t\n\r", *range(0x20, 0x7F)))


class Stray(NamedTuple):
    """A character, or a run of them, at `start` to `end` of a text; `written` is what belongs there, if `sure`."""

    start: int
    end: int
    written: str
    name: str
    sure: bool = True


_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u0085\u2028\u2029]+")
_WORD_END, _WORD_START = re.compile("[A-Za-z]{1,30}$"), re.compile("[A-Za-z]{1,30}")
_REACH = 31  # characters that hold all that `_WORD_END` finds: a word, and the end of its line
# What TeX's old fonts keep at these places.
_LIGATURES = {"\x0b": "ff", "\x0c": "fi", "\x0e": "ffi", "\x0f": "ffl"}
_INVISIBLE = re.compile(
    "[\u00a0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u2000-\u200a\u200b-\u200f\u202a-\u202f\u205f\u2060-\u2064"
    "\u2066-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]+"
)
_SPACES = frozenset("\u00a0\u202f\u205f\u115f\u1160\u3164\uffa0") | {
    chr(code) for code in range(0x2000, 0x200B)
}
_NAMES = {
    "\u00a0": "a no-break space",
    "\u00ad": "a soft hyphen",
    "\u200b": "a zero-width space",
    "\u200c": "a zero-width non-joiner",
    "\u200d": "a zero-width joiner",
    "\u200e": "a left-to-right mark",
    "\u200f": "a right-to-left mark",
    "\u202f": "a narrow no-break space",
    "\u2060": "a word joiner",
    "\ufe0f": "an emoji selector",
    "\ufeff": "a byte order mark",
}
# Scripts that shape their letters with joiners: Arabic and its relatives, and those of South Asia.
_JOINED = expression(
    "[\u0590-\u08ff\u0900-\u0dff\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u1800-\u18af\ufb1d-\ufdff\ufe70-\ufefc]"
)
_RIGHT_TO_LEFT = expression("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_PICTURE = expression(
    "[\u00a9\u00ae\u203c\u2049\u20e3\u2122\u2139\u2190-\u21ff\u2300-\u27bf\u2900-\u297f\u2b00-\u2bff\u3030\u303d\u3297\u3299"
    "#*0-9\U0001f000-\U0001faff\U000e0020-\U000e007f]"
)
_IDEOGRAPH = expression("[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_FRENCH, _AFTER_FRENCH = frozenset("\u00a0\u202f"), frozenset(":;!?»%€")
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SELECTORS = frozenset(chr(code) for code in range(0xFE00, 0xFE10))

# Full-width forms and what they are outside East Asian text. Those that Markdown would read as markup are left out, and so
# is the bar, which is a matter of tables.
_FULLWIDTH = {
    "，": ", ",
    "。": ". ",
    "：": ": ",
    "；": "; ",
    "！": "! ",
    "？": "? ",
    "（": " (",
    "）": ") ",
    "、": ", ",
    "％": "%",
    "．": ".",
    "／": "/",
    "\u3000": " ",
}
_WIDE = re.compile("[" + re.escape("".join(_FULLWIDTH)) + "]+")
_WIDE_LINK = re.compile("\\]（[^（）]*）?")  # narrow brackets would make it a link
_EAST_ASIAN = expression(
    "[\u1100-\u11ff\u2e80-\u2fff\u3005-\u3007\u3021-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc\U00020000-\U0003ffff]"
)
_OPENING = frozenset("([（")
_CLOSING = frozenset(",.:;!?)]|，。：；！？）、")
_MANY = 0.2


@lru_cache(maxsize=4)
def _uncommon(text: str) -> str:
    """The characters of a text that are not printable ASCII: few enough to look first for what is rare."""
    return text.encode(errors="surrogatepass").translate(None, _COMMON).decode(errors="surrogatepass")


def find_controls(text: str) -> list[Stray]:
    """Control characters and line separators, which are dropped.

    One within a word may be a ligature that a PDF lost: it is written out where that makes a word, else nothing is sure.
    """
    if _CONTROL.search(_uncommon(text)) is None:
        return []
    return [_control(text, match) for match in _CONTROL.finditer(text)]


def _control(text: str, match: re.Match[str]) -> Stray:
    start, end = match.span()
    codes = ", ".join(dict.fromkeys(f"U+{ord(char):04X}" for char in match[0]))
    before, after = _WORD_END.search(text, max(0, start - _REACH), start), _WORD_START.match(text, end)
    if before is None or after is None:
        return Stray(start, end, "", codes)
    from listlint.knowledge.english import english

    ligature = _LIGATURES.get(match[0], "")
    if ligature and f"{before[0]}{ligature}{after[0]}".lower() in english():
        return Stray(start, end, ligature, codes)
    return Stray(start, end, " ", codes, sure=False)


def find_invisible(text: str) -> list[Stray]:
    """Characters that cannot be seen and that neither an emoji nor a script needs where they stand."""
    if _INVISIBLE.search(_uncommon(text)) is None:
        return []
    found = []
    for match in _INVISIBLE.finditer(text):
        start, end = match.span()
        kept = "".join(
            char for place, char in enumerate(match[0], start) if _is_needed(text, place, start, end)
        )
        if not text[text.rfind("\n", 0, start) + 1 : start].strip(" \t"):
            continue  # blanks that begin a line may keep it from being a list
        written = kept or _space(text, match[0], start, end)
        if written != match[0]:
            char = next(char for char in match[0] if char not in kept)
            name = _NAMES.get(char, "a blank" if char in _SPACES else "an invisible character")
            found.append(Stray(start, end, written, f"{name} (U+{ord(char):04X})"))
    return found


def is_east_asian(text: str) -> bool:
    """Whether a fifth of the lines that are not blank hold East Asian letters: full-width forms are then the style."""
    if text.isascii():
        return False
    lines = [line for line in text.split("\n") if line.strip()]
    return (
        sum(_EAST_ASIAN.search(line) is not None for line in lines if not line.isascii()) > len(lines) * _MANY
    )


def has_fullwidth(text: str) -> bool:
    """Whether there is full-width punctuation anywhere in a text: a quick first look."""
    return _WIDE.search(_uncommon(text)) is not None


def find_fullwidth(text: str) -> list[Stray]:
    """Full-width punctuation in a run of text without East Asian letters, and the narrow form with its spaces."""
    if text.isascii() or _EAST_ASIAN.search(text):
        return []
    kept = [match.span() for match in _WIDE_LINK.finditer(text)]
    return [
        Stray(*match.span(), _narrow(text, match), match[0])
        for match in _WIDE.finditer(text)
        if text[: match.start()].strip()
        and not any(start < match.end() and match.start() < end for start, end in kept)
    ]


def _is_needed(text: str, place: int, start: int, end: int) -> bool:
    """Whether the invisible character at `place`, in a run from `start` to `end`, does something there."""
    char, before, after = text[place], text[start - 1 : start], text[end : end + 1]
    if char in _FRENCH and (after in _AFTER_FRENCH or before == "«"):
        return True
    if char in _SELECTORS:
        return bool(_PICTURE.match(before) or _IDEOGRAPH.match(before)) and place == start
    if char == "\u200d":
        return bool((_PICTURE.match(before) and _PICTURE.match(after)) or _JOINED.match(before))
    if char == "\u200c":
        return bool(_JOINED.match(before))
    if char in _BIDI:
        return _RIGHT_TO_LEFT.search(text[max(0, start - 80) : end + 80]) is not None
    return "\u180b" <= char <= "\u180e" and bool(_JOINED.match(before))


def _space(text: str, run: str, start: int, end: int) -> str:
    """A plain space where `run` holds a blank that parts two words, else nothing."""
    if _SPACES.isdisjoint(run):
        return ""
    outer = text[start - 1 : start] + text[end : end + 1]
    return "" if " " in outer or "\n" in outer or len(outer) < 2 else " "  # noqa: PLR2004 - an end of the text


def _narrow(text: str, match: re.Match[str]) -> str:
    """The narrow forms, with a space where East Asian type carries it in the character."""
    narrow = "".join(_FULLWIDTH[char] for char in match[0])
    narrow = narrow.replace("  ", " ")
    narrow = re.sub(r" +(?=[,.:;!?)\]])", "", re.sub(r"(?<=[(\[]) +", "", narrow))
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    if before in _OPENING or before.isspace() or not before:
        narrow = narrow.lstrip() if narrow.strip() else narrow
    if after.isspace() or not after or after in _CLOSING:
        narrow = narrow.rstrip()
    digits = before.isdigit() and after.isdigit() and narrow.strip() in {":", ",", "."}
    return narrow.strip() if digits else narrow


def find_tabs(text: str, offset: int) -> list[Stray]:
    """Tabs between the words of a title that begins at `offset` of a source."""
    return [
        Stray(offset + match.start(), offset + match.end(), " ", "a tab")
        for match in re.finditer(r"(?<=[^\s]) *\t[ \t]*(?=\S)", text)
    ]
