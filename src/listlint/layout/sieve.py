"""A cheap look at a text that tells whether it is surely canonical: no parser, one pass, block by block.

The expressions describe canonical blocks that nobody could read otherwise. What they do not know is not wrong, it
is unsure. Loops are possessive, so that no text makes them try twice, and each is compiled when first needed.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from listlint.layout.options import LayoutOptions

__all__ = ["halt", "sieve"]

_DEEPEST = 4

# The start of a line with which only a paragraph can begin or go on.
_START = (
    r"(?:[^\s#>\-+*=<|:{$~`_\d]|\*{1,3}[^\s*]|_{1,2}[^\s_]|`{1,2}[^`\s]|:\w|\$[^$\s]|\{[^%{\s]"
    r"|\d++(?![.)][ \t\n])|</?(?i:a|b|br|code|em|font|i|img|kbd|mark|s|span|strong|sub|sup|u)(?=[ />]))"
)
# The rest of a line, which one space or a tab must not end; the last one of a paragraph ends in no space at all.
_REST = r"[^\n]*+(?<![^ ] )(?<!\t)\n"
_LAST = r"(?<![ \t]\n)"
# The rest of an HTML block: up to a blank line, whatever its lines end with.
_LINES = r"[^\n]*+\n(?:[ \t]*+\S[^\n]*+\n)*+"
_TAGS = "address|article|center|dd|details|div|dl|dt|figure|h[1-6]|li|ol|p|section|summary|table|tbody|td|th|thead|tr|ul"
_RAW = "(?i:script|pre|style|textarea)"
_CELL = r" (?:[^ \t|\n](?:[^|\n]++|(?<=\\)\|)*+(?<=[^ \t] ))?\|"
_ROW = rf"\|(?:{_CELL})++\n"

_BY_START = {
    "#": ("heading",),
    "|": ("table",),
    ">": ("quote",),
    "`": ("fence", "paragraph"),
    "{": ("html", "paragraph"),
    "<": ("html", "element", "lone_tag", "paragraph", "other_element"),
    "-": ("items", "rule"),
    "*": ("items", "paragraph"),
    "+": ("items",),
    **dict.fromkeys("0123456789", ("numbered", "paragraph")),
}


def _text(indent: str) -> str:
    """A paragraph's lines from the first one's text on."""
    return rf"{_START}{_REST}(?:{indent}{_START}{_REST})*+{_LAST}"


_COMMENT = r"<!--(?!-?>)(?>(?:(?!-->)[\s\S])*+-->)[^\n]*+\n"
_ELEMENT = rf"</?(?i:{_TAGS})(?=[ >]){_LINES}"
_RAW_ELEMENT = rf"<{_RAW}(?=[ >])(?>(?:(?!</{_RAW}>)[^\n])*+</{_RAW}>)[^\n]*+\n"
_CLOSING = r" {0,3}(?P=mark)`*+[ \t]*+\n"

_PLAIN = {
    "paragraph": _text(""),
    "heading": r"#{1,6} [^\s#](?:[^\n]*+(?<![ \t#]))?\n",
    "table": rf"{_ROW}\|(?: (?:---|:--|:-:|--:) \|)++\n(?:(?!\|[-:| \t]*+\n){_ROW})*+",
    "fence": rf"(?P<mark>`{{3,}})(?:[^`\s](?:[^`\n]*+(?<![ \t]))?)?\n(?:(?!{_CLOSING})[^\n]*+\n)*+(?P=mark)\n",
    "html": rf"{_COMMENT}|\{{%[^\n]*+(?<=%\}})\n|{_RAW_ELEMENT}",
    "element": _ELEMENT,
    "lone_tag": rf"<(?!{_RAW}\b)(?i:[a-z][a-z0-9-]*+(?: [a-z][a-z-]*+=\"[^\"\n]*+\")*+) ?/?>(?=\n){_LINES}",
    "other_element": rf"<(?=[A-Za-z/])(?!/?{_RAW}\b)[^\n]*+(?<![ \t])\n(?:{_text('')})?",
    "quote": rf"(?:> {_START}{_REST})++{_LAST}",
    "rule": r"---\n",
    "front_matter": r"---\n(?:(?![ \t]*(?:---|\.\.\.))[^\n]*+\n)*+---\n",
}


class Halt(NamedTuple):
    """A top-level block at which a sieve stops being sure: its offset, and whether a list stands right before it."""

    offset: int
    behind_list: bool


def sieve(text: str, options: LayoutOptions) -> bool:
    """Whether `text` is surely canonical, so that laying it out would change nothing; False says nothing."""
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    return halt(text, options) is None


def halt(text: str, options: LayoutOptions, start: int = 0) -> Halt | None:
    """The first top-level block from `start` on that, with what touches it, is not surely canonical; None where all are."""
    length, position, apart, kind = len(text), start, True, ""
    if not start and text.startswith("---\n") and (front := _expression("front_matter", "").match(text)):
        position = front.end()
        apart = text.startswith("\n", position)
        position += apart
        if position == length:
            return None if not apart else Halt(0, False)
    before, halted = "", Halt(start, False)
    while position < length:
        begin = position
        if apart and not text[begin].isspace():
            halted = Halt(begin, before in ("items", "numbered"))
        found, kind = _block(text, begin, options)
        html = kind == "html"
        if found is None or not (apart or html) or (kind == "rule" and not begin):
            return halted
        position, before = found.end(), kind
        if position == length:
            return None
        blank = text[position] == "\n"
        position, apart = position + blank, blank or html
    return halted if text else None


def _block(text: str, start: int, options: LayoutOptions) -> tuple[re.Match[str] | None, str]:
    """The block at `start`, if it is surely canonical, and its kind."""
    for kind in _BY_START.get(text[start], ("paragraph",)):
        if found := _expression(kind, options.bullet).match(text, start):
            fits = _counts(found[0], options) if kind == "numbered" else kind != "items" or _nests(found[0])
            return found if fits else None, kind
    return None, ""


def _counts(block: str, options: LayoutOptions) -> bool:
    """Whether the numbers of a list are the ones that layout would give its items."""
    numbers = [int(number) for number in re.findall(r"^(\d+)\. ", block, re.MULTILINE)]
    step = options.ordered == "count"
    return options.ordered == "keep" or numbers == [
        numbers[0] + step * index for index in range(len(numbers))
    ]


def _nests(block: str) -> bool:
    """Whether every item of a list stands at most one step deeper than the one before it."""
    if "\n  " not in block:
        return True
    indents = [len(indent) for indent in re.findall(r"^( *)[-*+] ", block, re.MULTILINE)]
    return all(after <= before + 2 for before, after in pairwise(indents))


@cache
def _expression(kind: str, bullet: str) -> re.Pattern[str]:
    return re.compile(_describe(kind, re.escape(bullet)))


def _describe(kind: str, bullet: str) -> str:
    if kind == "items":
        return rf"(?:\n?(?P<indent>(?:  ){{0,{_DEEPEST}}}){_item(bullet, '(?P=indent)')})++"
    if kind == "numbered":
        return rf"(?:\n?(?:{_numbered(bullet)}))++"
    return _PLAIN[kind]


def _item(bullet: str, indent: str) -> str:
    """A list item from its marker on, without the lists below it."""
    return rf"{bullet} {_text(indent + '  ')}"


def _numbered(bullet: str) -> str:
    widths = {3: r"\d", 4: r"[1-9]\d", 5: r"[1-9]\d\d"}
    indents = ((number, " " * width) for width, number in widths.items())
    return "|".join(
        rf"{number}\. {_text(indent)}(?:\n?{indent}{_item(bullet, indent)})*+" for number, indent in indents
    )
