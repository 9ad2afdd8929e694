"""A cheap look at a text that tells whether it is surely canonical: no parser, one pass, block by block.

The expressions describe canonical blocks that nobody could read otherwise. What they do not know is not wrong, it
is unsure. Loops are possessive, so that no text makes them try twice.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from listlint.layout.options import LayoutOptions

__all__ = ["sieve"]

_DEEPEST = 4

# The start of a line with which only a paragraph can begin or go on.
_START = (
    r"(?:[^\s#>\-+*=<|:{$~`_\d]|\*{1,3}[^\s*]|_{1,2}[^\s_]|`{1,2}[^`\s]|:\w|\$[^$\s]|\{[^%{\s]"
    r"|\d++(?![.)][ \t\n])|</?(?:a|b|br|code|em|font|i|img|kbd|mark|s|span|strong|sub|sup|u)(?=[ />]))"
)
_END = r"(?<![ \t])\n"
_BREAK = r"(?<=  )\n"
_LINES = r"(?:[^\n]*+(?<=[^ \t\n])\n)++"
_TAGS = "address|article|center|dd|details|div|dl|dt|figure|h[1-6]|li|ol|p|section|summary|table|tbody|td|th|thead|tr|ul"
_CELL = r" (?:[^ \t|\n](?:[^|\n]++|(?<=\\)\|)*+(?<=[^ \t] ))?\|"
_ROW = rf"\|(?:{_CELL})++\n"
_FRONT_MATTER = re.compile(r"---\n(?:(?![ \t]*(?:---|\.\.\.))[^\n]*+\n)*+---\n")
_NUMBER = re.compile(r"^(\d+)\. ", re.MULTILINE)


def sieve(text: str, options: LayoutOptions) -> bool:
    """Whether `text` is surely canonical, so that laying it out would change nothing; False says nothing."""
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    length, match = len(text), _blocks(options.bullet).match
    front = _FRONT_MATTER.match(text)
    position, apart = (front.end(), False) if front else (0, True)
    if front and text.startswith("\n", position):
        position, apart = position + 1, True
    while position < length:
        found = match(text, position)
        if found is None:
            return False
        html, start, position = found.lastgroup == "html", position, found.end()
        if not (apart or html) or not _fits(found, start, options):
            return False
        if position == length:
            return True
        blank = text[position] == "\n"
        position, apart = position + blank, blank or html
    return not text or (front is not None and front.end() == length)


def _fits(block: re.Match[str], start: int, options: LayoutOptions) -> bool:
    """What an expression cannot say: a first line of dashes opens front matter, numbers count up."""
    if block.lastgroup == "rule":
        return start > 0
    if block.lastgroup not in ("numbered", "numbered_loose") or options.ordered == "keep":
        return True
    numbers = [int(number) for number in _NUMBER.findall(block[0])]
    step = options.ordered == "count"
    return numbers == [numbers[0] + step * index for index in range(len(numbers))]


def _text(indent: str) -> str:
    """A paragraph's lines from the first one's text on: each ends without spaces, or with two where more follows."""
    more = f"{indent}{_START}"
    return rf"{_START}[^\n]*+(?:{_END}|{_BREAK}(?={more}))(?:{more}[^\n]*+(?:{_END}|{_BREAK}(?={more})))*+"


def _item(bullet: str, indent: str = "", depth: int = 0) -> str:
    """A list item: its paragraph, and lists of the same kind below it without blank lines."""
    below = "" if depth == _DEEPEST else f"(?:{_item(bullet, indent + '  ', depth + 1)})*+"
    return rf"{indent}{bullet} {_text(indent + '  ')}{below}"


def _numbered(bullet: str) -> str:
    widths = {3: r"\d", 4: r"[1-9]\d", 5: r"[1-9]\d\d"}
    indents = ((number, " " * width) for width, number in widths.items())
    return "|".join(
        rf"{number}\. {_text(indent)}(?:{_item(bullet, indent, 1)})*+" for number, indent in indents
    )


@cache
def _blocks(bullet: str) -> re.Pattern[str]:
    bullet = re.escape(bullet)
    item, numbered = _item(bullet), f"(?:{_numbered(bullet)})"
    comment = r"<!--(?!-?>)(?>(?:(?!-->)[\s\S])*+-->)[^\n]*+\n"
    template = r"\{%[^\n]*+(?<=%\})\n"
    element = rf"</?(?:{_TAGS})(?=[ >]){_LINES}"
    raw = r"(?:script|pre|style|textarea)"
    raw_element = rf"<{raw}(?=[ >])(?>(?:(?!</{raw}>)[^\n])*+</{raw}>)[^\n]*+\n"
    lone_tag = rf"<(?!{raw}\b)[a-z][a-z0-9-]*+(?: [a-z][a-z-]*+=\"[^\"\n]*+\")*+ ?/?>(?=\n){_LINES}"
    other_element = rf"<(?=[a-z/])(?!/?{raw}\b)[^\n]*+{_END}(?:{_text('')})?"
    closing = r" {0,3}(?P=mark)`*+[ \t]*+\n"
    kinds = {
        "lone_tag": lone_tag,
        "paragraph": _text(""),
        "heading": r"#{1,6} [^\s#](?:[^\n]*+(?<![ \t#]))?\n",
        "loose": rf"{item}(?:\n{item})*+(?!\n?{bullet}[ \t\n])",
        "tight": rf"(?:{item})++(?!\n{bullet}[ \t\n])",
        "numbered_loose": rf"{numbered}(?:\n{numbered})*+(?!\n?\d++[.)][ \t\n])",
        "numbered": rf"(?:{numbered})++(?!\n\d++[.)][ \t\n])",
        "table": rf"{_ROW}\|(?: (?:---|:--|:-:|--:) \|)++\n(?:(?!\|[-:| \t]*+\n){_ROW})*+",
        "fence": rf"(?P<mark>`{{3,}})(?:[^`\s](?:[^`\n]*+(?<![ \t]))?)?\n(?:(?!{closing})[^\n]*+\n)*+(?P=mark)\n",
        "html": f"{comment}|{template}|{element}|{raw_element}",
        "other_element": other_element,
        "quote": rf"(?:> {_START}[^\n]*+(?:{_END}|{_BREAK}(?=> {_START})))++",
        "rule": r"---\n",
    }
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in kinds.items()), re.IGNORECASE)
