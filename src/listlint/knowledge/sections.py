"""What sections are for, by their headings."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from listlint.knowledge.rulebook import load

__all__ = ["Sections"]

NUMBER = re.compile(r"[\W\d_]*")


class Sections:
    """Headings that announce no papers."""

    def __init__(self, content: dict[str, Any]) -> None:
        self._kinds = {word: kind for kind in ("guide", "people") for word in content.get(kind, ())}
        self._parts = frozenset(content.get("part", ()))

    @classmethod
    def load(cls) -> Sections:
        """The rulebook's headings."""
        return cls(load("sections"))

    def kind(self, heading: str) -> str | None:
        """`people` or `guide`; None for a heading that may stand over papers, or be one."""
        return self._kinds.get(_words(heading))

    def is_part(self, heading: str) -> bool:
        """Whether the heading is one of a paper's notes."""
        return _words(heading) in self._parts


@lru_cache(maxsize=256)  # a section is asked about again with each one below it
def _words(heading: str) -> str:
    """The heading in lower case, from its first letter to its last letter or digit."""
    words = heading.casefold()
    lead = NUMBER.match(words)
    words = words[lead.end() if lead else 0 :]
    end = len(words)
    while end and not words[end - 1].isalnum():
        end -= 1
    return words[:end]
