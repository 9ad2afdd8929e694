"""Inline content in which hardly anything nests: words, escapes, links of words, bold words. Most lines of most lists are such.

What is read here is what the parser would read, only sooner: whatever could be anything else is left to it.
"""

from __future__ import annotations

import re

from listlint.expressions import expression
from listlint.markdown.tree import Node
from listlint.source import Span

__all__ = ["PLAIN_LINK", "flat_nodes"]

MARKUP = r"\n\\`~*_\[!<&"
# A label of words and a web address: no rule of Markdown can see anything but a link in it.
LINK = rf"\[(?P<label>[^{MARKUP}\]]*+)\]\((?P<url>https?://[^\s()<>\\\x00-\x1f\x7f]++)\)"
PLAIN_LINK = re.compile(LINK)
ESCAPE = r"\\[!-/:-@\[-`{-~]"
_LINK = re.sub(r"\?P<\w+>", "?:", LINK)
# Signs that could be markup, where they cannot: `snake_case`, `A & B`, `~5`, `Wow!`, `[[Paper](u)]`.
_WORDS = rf"[^{MARKUP}]++|(?<=[^\W_])_(?=[^\W_])|&(?![#A-Za-z])|(?<!~)~(?!~)|!(?!\[)|\[(?={_LINK})"
# Bold and slanted words, and a bold link, behind their first star, where no rule of flanking can see anything else.
_BEHIND = r"(?:[ ),.:;|]|\Z)"
_INSIDE = rf"(?=[^\W_])[^{MARKUP}]*+(?:(?<=[^\W_])|(?<=[.?!)])(?=\*{{1,2}}{_BEHIND}))"
_STRONG = rf"(?<!\*\*)\*(?:{_INSIDE}|(?:(?<=^\*\*)|(?<=[ (|:]\*\*)){_LINK}(?=\*\*{_BEHIND}))\*\*(?!\*)"
_SLANTED = rf"(?<!\*\*){_INSIDE}\*(?!\*)"
_BRACKETS = rf"\[[^{MARKUP}\]]*+\](?!\()"  # without definitions it is no link
_ANY = rf"{_WORDS}|{ESCAPE}|{_LINK}|\*(?:{_STRONG}|{_SLANTED})"
SIGN = re.compile(f"[{MARKUP}]")
FLAT = expression(f"(?:{_ANY})*+")
FLAT_WITHOUT_DEFINITIONS = re.compile(f"(?:{_ANY}|{_BRACKETS})*+")
# Each kind begins with a sign of its own, so that a search finds it without a try at every letter.
OBJECT = re.compile(rf"{LINK}|\*(?:(?P<strong>{_STRONG})|(?P<emphasis>{_SLANTED}))|{ESCAPE}")


def flat_nodes(text: str, base: int, *, definitions: bool) -> list[Node] | None:
    """The nodes of a flat content, all of which stands at `base` in the source; None where it is not flat.

    `definitions`: the list has link reference definitions.
    """
    if SIGN.search(text) is None:
        return [_text(base, base + len(text))]
    if not (FLAT if definitions else FLAT_WITHOUT_DEFINITIONS).fullmatch(text):
        return None
    return _nodes(text, 0, len(text), base)


def _nodes(text: str, start: int, end: int, base: int) -> list[Node]:
    """The nodes of `text[start:end]`, where offset 0 stands at `base` in the source."""
    nodes: list[Node] = []
    done = start
    for match in OBJECT.finditer(text, start, end):
        first, last = match.span()
        if first > done:
            nodes.append(_text(base + done, base + first))
        nodes.append(_object(match, base, Span(base + first, base + last)))
        done = last
    if done < end:
        nodes.append(_text(base + done, base + end))
    return nodes


def _object(match: re.Match[str], base: int, span: Span) -> Node:
    kind = match.lastgroup
    if kind == "url":
        return _link(match, base, span)
    if kind is None:
        return Node("escape", span, span, [])
    width = 2 if kind == "strong" else 1
    inner = Span(span.start + width, span.end - width)
    inside = _nodes(match.string, inner.start - base, inner.end - base, base)
    return Node(kind, span, inner, inside, marker="*" * width)


def _text(start: int, end: int) -> Node:
    span = Span(start, end)
    return Node("text", span, span, [])


def _link(match: re.Match[str], base: int, span: Span) -> Node:
    first, last = match.span("label")
    inner = Span(base + first, base + last)
    node = Node("link", span, inner, [Node("text", inner, inner, [])] if first < last else [])
    node.url = match["url"]
    first, last = match.span("url")
    node.url_span = Span(base + first, base + last)
    return node
