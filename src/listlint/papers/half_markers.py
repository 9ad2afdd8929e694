"""Markers of items that have lost their blank: `-Title`, `4.Title`. Markdown takes them for words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from listlint.expressions import expression

if TYPE_CHECKING:
    from listlint.papers.siblings import Level

__all__ = ["BARE", "BEGINS", "is_marker", "is_surely_marker"]

BARE = expression(r"([-*+]|\d{1,9}[.)])(?=\S)")
# What no option, negative number or compound begins with: `-v`, `-5`, `-based`.
BEGINS = expression(r"[a-z]{0,3}[A-Z]|[\"\[]|\*\*\w|[^\x00-\x7f]")
NUMBER = re.compile(r"\d+")
ITALIC = re.compile(r"[^*]*\*")


def is_marker(bare: re.Match[str], level: Level) -> bool:
    """Whether the sign is the one that begins the level's items, and opens no emphasis."""
    sign = bare[1]
    if sign[-1] != level.prefixes[0].strip()[-1:]:
        return False
    return sign != "*" or ITALIC.match(bare.string, bare.end()) is None


def is_surely_marker(bare: re.Match[str], level: Level, before: str) -> bool:
    """Whether nothing but a marker looks so: with the words of an item behind it, or the next number of all.

    `before` is the prefix of the item before, empty where the line comes first.
    """
    if not is_marker(bare, level) or BEGINS.match(bare.string, bare.end()) is None:
        return False
    last, number = NUMBER.search(before), NUMBER.match(bare[1])
    if number is None:
        return True
    return last is not None and int(number[0]) == int(last[0]) + 1
