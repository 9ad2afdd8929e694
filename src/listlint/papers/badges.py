"""What a badge's picture shows: its words stand in the picture's address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from listlint.expressions import expression
from listlint.knowledge.url_parts import unquoted

if TYPE_CHECKING:
    from listlint.knowledge.venues import VenueMention
    from listlint.papers.asked import Asked

__all__ = ["badge_venue"]

WORDS = expression(r"/badge/([^?#\s]{1,120})-[^-?#]*")
HYPHEN = re.compile(r"(?<!-)-(?!-)")


def badge_venue(url: str, asked: Asked) -> VenueMention | None:
    """The known venue, with its year, that a badge such as `…/badge/Conference-OSDI'24-blue` shows."""
    found = WORDS.search(url) if "/badge/" in url else None
    if found is None or not any(char.isdigit() for char in found[1]):
        return None
    parts = [unquoted(part).replace("--", "-").replace("_", " ").strip() for part in HYPHEN.split(found[1])]
    for text in (*parts, " ".join(parts)):
        venue = asked.venue(text)
        if venue is not None and venue.known and venue.year is not None:
            return venue
    return None
