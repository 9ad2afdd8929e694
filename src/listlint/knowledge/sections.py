"""What sections are for, by their headings."""

from __future__ import annotations

import re
from typing import Any

from listlint.knowledge.rulebook import load

__all__ = ["Sections"]

EDGES = re.compile(r"^[\W\d_]+|[\W_]+$")


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
        return self._kinds.get(EDGES.sub("", heading.casefold()))

    def is_part(self, heading: str) -> bool:
        """Whether the heading is one of a paper's notes."""
        return EDGES.sub("", heading.casefold()) in self._parts
