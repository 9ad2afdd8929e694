"""Link reference definitions, read from the paragraphs that hold them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from markdown_it.common.utils import normalizeReference, unescapeAll

from listlint.expressions import expression

if TYPE_CHECKING:
    from listlint.source import Span

__all__ = ["Definition", "normalised", "read_definitions"]

DEFINITION = expression(
    r"""[ ]{0,3}\[((?:[^\[\]\\]|\\.)+)\]:       # label
        [ \t]*\n?[ \t]*
        (?:<([^<>\n]*)>|([^\s<]\S*))            # destination
        (?:(?:[ \t]+|[ \t]*\n[ \t]*)            # title
           ("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))?
        [ \t]*(?:\n|$)""",
    re.VERBOSE,
)


class Definition(NamedTuple):
    """`[label]: url "title"`; `end` is its end in the paragraph's content, `span` its place in the source."""

    label: str
    url: str
    title: str
    start: int
    end: int
    url_start: int
    url_end: int
    span: Span | None = None


def normalised(label: str) -> str:
    """The form in which labels are compared."""
    return normalizeReference(label)


def read_definitions(content: str) -> list[Definition]:
    """The definitions at the start of a paragraph; what follows them is text."""
    found: list[Definition] = []
    offset = 0
    while content.startswith("[", offset) and (match := DEFINITION.match(content, offset)) is not None:
        label, bracketed, bare, title = match.groups()
        if not label.strip():
            break
        group = 3 if bracketed is None else 2
        url = bare if bracketed is None else bracketed
        words = unescapeAll(title[1:-1]) if title else ""
        found.append(
            Definition(label, url, words, match.start(), match.end(), match.start(group), match.end(group))
        )
        offset = match.end()
    return found
