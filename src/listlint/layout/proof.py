"""The proof that a layout changed no rendered HTML and dropped no character."""

from __future__ import annotations

import re

from listlint.expressions import expression

__all__ = ["prove"]

_MARKERS_ONLY = re.compile(r"^[-=_*:| \t>`~]+$", re.MULTILINE)
_LEADING = expression(
    r"^(?:[ \t>]+|(?:[-+*]|\d{1,9}[.)])(?=[ \t]|$))*+(?:#{1,6}(?=[ \t]|$)|`{3,}|~{3,})?", re.MULTILINE
)
_CLOSING = re.compile(r"[ \t]#+[ \t]*$", re.MULTILINE)


def prove(before: str, after: str, *, first_line: int = 1) -> str | None:
    """None where `after` renders as `before` does and keeps its characters, else one clause that says what differs.

    Characters are compared without white space, block markers, and the pipes and lines that frame a table.
    `first_line` is the number of the texts' first line in their file.
    """
    if before == after:
        return None
    one, other = _characters(before), _characters(after)
    if one != other:
        return f'characters would change near "{_first_change(one, other)}"'
    from listlint.markdown.rendering import difference

    found = difference(before, after)
    if found is None:
        return None
    return f"the {found.kind} on line {found.line + first_line - 1} would render otherwise"


def _characters(text: str) -> str:
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    text = _LEADING.sub("", text)
    text = _MARKERS_ONLY.sub("", text)
    text = _CLOSING.sub("", text)
    for frame in " \t\n|":
        text = text.replace(frame, "")
    return text


def _first_change(one: str, other: str) -> str:
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle - 1
    return one[low : low + 20] or other[low : low + 20]
