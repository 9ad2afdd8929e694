"""Addresses that stand for one to come."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Placeholders"]

_LONGEST = 300
_WORD = re.compile(r"[^\W_]+")


class Placeholders:
    """Which addresses lead nowhere on purpose."""

    def __init__(self, rows: Mapping[str, Sequence[str]]) -> None:
        self._whole = frozenset(rows.get("whole", ()))
        self._top = frozenset(rows.get("top", ()))
        self._parts = rows.get("parts", ())

    @cached_property
    def _patterns(self) -> list[re.Pattern[str]]:
        """The parts one by one, which are found sooner so, for addresses that are lines."""
        return [re.compile(part, re.MULTILINE) for part in self._parts]

    def may_have(self, lines: str) -> bool:
        """Whether one of the addresses, a line each, may stand for one to come: a quick first look."""
        plain = [line.strip() for line in lines.lower().split("\n")]
        if not self._whole.isdisjoint(plain):
            return True
        text = "\n".join(plain)
        return any(pattern.search(text) for pattern in self._patterns)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """What an address in lower case holds that stands for one to come."""
        return re.compile("|".join(self._parts) or "(?!)")

    def has(self, url: str, label: str) -> bool:
        """Whether the address stands for one to come; `#` under the words of a way back to the top does not."""
        plain = url.strip().lower()
        if plain in self._whole:
            return plain != "#" or not self._leads_up(label)
        return len(plain) <= _LONGEST and self._pattern.search(plain) is not None

    def _leads_up(self, label: str) -> bool:
        """Whether a link to `#` is what it should be: a way to the top of the page, or an invisible anchor."""
        words = " ".join(_WORD.findall(label.lower()))
        return (
            not words
            or words in self._top
            or any(f" {one} " in f" {words} " for one in self._top if " " in one)
        )
