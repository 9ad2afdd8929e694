"""Habits that a list keeps throughout, found before its entries are read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from listlint.papers.entry_line import begins_with_link

if TYPE_CHECKING:
    from listlint.papers.reading import Reading

__all__ = ["writes_subtitles"]

COLON = re.compile(r"\s*:")
NAME_WORDS = 4  # a linked name before its subtitle is seldom longer


def writes_subtitles(reading: Reading) -> bool:
    """Whether this list writes `[Name](url): the rest of the title` rather than `[The title](url): a note`.

    Where most of the linked texts that a colon follows are short names, the rest is a subtitle.
    """
    short = long = 0
    for item in reading.tree.find("item"):
        line = reading.first_line(item)
        offset = begins_with_link(line) if line else -1
        if line is None or offset < 0:
            continue
        label = line.label(line.objects[offset]).strip()
        if label.endswith(":") or COLON.match(line.text, offset + 1):
            named = len(label.split()) <= NAME_WORDS and ": " not in label
            short, long = short + named, long + (not named)
    return short > long
