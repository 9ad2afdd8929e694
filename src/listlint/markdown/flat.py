"""Inline content in which nothing nests: words, escapes, and links of words. Most lines of most lists are such.

What is read here is what the parser would read, only sooner: whatever could be anything else is left to it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from listlint.markdown.tree import Node
from listlint.source import Span

if TYPE_CHECKING:
    from listlint.markdown.places import Content

__all__ = ["PLAIN_LINK", "flat_nodes"]

MARKUP = r"\n\\`~*_\[!<&"
# A label of words and a web address: no rule of Markdown can see anything but a link in it.
LINK = rf"\[(?P<label>[^{MARKUP}\]]*+)\]\((?P<url>https?://[^\s()<>\\\x00-\x1f\x7f]++)\)"
PLAIN_LINK = re.compile(LINK)
ESCAPE = r"\\[!-/:-@\[-`{-~]"
_LINK = re.sub(r"\?P<\w+>", "?:", LINK)
# Signs that could be markup, where they cannot: `snake_case`, `A & B`, `~5`, `Wow!`, `[[Paper](u)]`.
_WORDS = rf"[^{MARKUP}]++|(?<=[^\W_])_(?=[^\W_])|&(?![#A-Za-z])|(?<!~)~(?!~)|!(?!\[)|\[(?={_LINK})"
_BRACKETS = rf"\[[^{MARKUP}\]]*+\](?!\()"  # without definitions it is no link
FLAT = re.compile(rf"(?:{_WORDS}|{ESCAPE}|{_LINK})*+")
FLAT_WITHOUT_DEFINITIONS = re.compile(rf"(?:{_WORDS}|{ESCAPE}|{_LINK}|{_BRACKETS})*+")
OBJECT = re.compile(rf"{LINK}|{ESCAPE}")


def flat_nodes(content: Content, *, definitions: bool) -> list[Node] | None:
    """The nodes of a flat content; None where it is not flat. `definitions`: the list has link reference definitions."""
    text = content.text
    if len(content.starts) > 1:
        return None
    if not (FLAT if definitions else FLAT_WITHOUT_DEFINITIONS).fullmatch(text):
        return None
    base = content.places[0] - content.starts[0]
    nodes: list[Node] = []
    done = 0
    for match in OBJECT.finditer(text):
        start, end = match.span()
        if start > done:
            nodes.append(_text(base + done, base + start))
        span = Span(base + start, base + end)
        nodes.append(Node("escape", span, span) if match["url"] is None else _link(match, base, span))
        done = end
    if done < len(text):
        nodes.append(_text(base + done, base + len(text)))
    return nodes


def _text(start: int, end: int) -> Node:
    span = Span(start, end)
    return Node("text", span, span)


def _link(match: re.Match[str], base: int, span: Span) -> Node:
    first, last = match.span("label")
    inner = Span(base + first, base + last)
    node = Node("link", span, inner, [Node("text", inner, inner)] if first < last else [])
    node.url = match["url"]
    node.url_span = Span(base + match.start("url"), base + match.end("url"))
    return node
