"""Inline content in which hardly anything nests: words, escapes, links of words, bold words. Most lines of most lists are such.

What is read here is what the parser would read, only sooner: whatever could be anything else is left to it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from listlint.expressions import expression
from listlint.markdown.tree import Node
from listlint.source import Span

if TYPE_CHECKING:
    from listlint.markdown.places import Content

__all__ = ["PLAIN_LINK", "flat_lines", "flat_nodes"]

MARKUP = r"\n\\`~*_\[!<&"
# Signs that could be markup, where they cannot: `snake_case`, `A & B`.
_IDLE = r"(?<=[^\W_])_(?=[^\W_])|&(?![#A-Za-z])"
# A label of words and an address, on the web or without a scheme: no rule of Markdown can see anything but a link in it.
_LABEL = r"[^\n\\`~*_\[<&\]]*+"
_NO_ADDRESS = r"\s()<>\\\x00-\x1f\x7f"
_ADDRESS = rf"https?://[^{_NO_ADDRESS}]++|[^{_NO_ADDRESS}:&]++"
LINK = rf"\[(?P<label>{_LABEL}(?:(?:{_IDLE}){_LABEL})*+)\]\((?P<url>{_ADDRESS})\)"
PLAIN_LINK = expression(LINK)
_LINK = re.sub(r"\?P<\w+>", "?:", LINK)
# As `_IDLE`, outside labels: `~5`, `Wow!`, `[[Paper](u)]`.
_WORDS = rf"[^{MARKUP}]++|{_IDLE}|(?<!~)~(?!~)|!(?!\[)|\[(?={_LINK})"
_BRACKETS = rf"\[[^{MARKUP}\]]*+\](?!\()"  # without definitions it is no link
# Bold and slanted words, and a bold link, behind their first star, where no rule of flanking can see anything else.
_BEHIND = r"(?:[ ),.:;|]|\Z)"
_INSIDE = rf"(?=[^\W_])[^{MARKUP}]*+(?:(?<=[^\W_])|(?<=[.?!)])(?=\*{{1,2}}{_BEHIND}))"
_STRONG = rf"(?<!\*\*)\*(?:{_INSIDE}|(?:(?<=^\*\*)|(?<=[ (|:]\*\*)){_LINK}(?=\*\*{_BEHIND}))\*\*(?!\*)"
_SLANTED = rf"(?<!\*\*){_INSIDE}\*(?!\*)"
_CODE = r"`(?<!``)[^`\n]++`(?!`)"
_ESCAPE = r"\\[!-/:-@\[-`{-~]"
SIGN = re.compile(f"[{MARKUP}]")
# Each kind begins with a sign of its own, but for links and other brackets. Those that are tried more often come first.
_PIECE = rf"{LINK}|(?P<words>(?:{_WORDS})++)|\*(?:(?P<strong>{_STRONG})|(?P<emphasis>{_SLANTED}))|(?P<code>{_CODE})|(?P<escape>{_ESCAPE})|!(?P<image>{_LINK})"
PIECE = expression(_PIECE)
PIECE_WITHOUT_DEFINITIONS = re.compile(f"{_PIECE}|{_BRACKETS}")


def flat_nodes(text: str, base: int, *, definitions: bool) -> list[Node] | None:
    """The nodes of a flat content, all of which stands at `base` in the source; None where it is not flat.

    `definitions`: the list has link reference definitions.
    """
    if SIGN.search(text) is None:
        span = Span(base, base + len(text))
        return [Node("text", span, span, [])]
    nodes: list[Node] = []
    words = done = 0  # where the text begins that is no node yet, and where it ends
    for piece in (PIECE if definitions else PIECE_WITHOUT_DEFINITIONS).finditer(text):
        first, last = piece.span()
        if first != done:
            return None
        done = last
        kind = piece.lastgroup
        if kind is None or kind == "words":
            continue
        if words < first:
            span = Span(base + words, base + first)
            nodes.append(Node("text", span, span, []))
        span = Span(base + first, base + last)
        nodes.append(_link(piece, base, span) if kind == "url" else _object(kind, piece, base, span))
        words = last
    if done < len(text):
        return None
    if words < done:
        span = Span(base + words, base + done)
        nodes.append(Node("text", span, span, []))
    return nodes


def flat_lines(content: Content, *, definitions: bool) -> list[Node] | None:
    """The nodes of a content of several lines, each of which is flat; None where one is not."""
    found: list[Node] = []
    for number, (start, place) in enumerate(zip(content.starts, content.places, strict=True), 1):
        is_last = number == len(content.starts)
        line = content.text[start:] if is_last else content.text[start : content.text.index("\n", start)]
        escaped = line.endswith("\\")
        words = line if is_last else line.removesuffix("\\").rstrip(" \t")
        nodes = flat_nodes(words, place, definitions=definitions) if words else []
        if nodes is None:
            return None
        found += nodes
        if not is_last:
            span = Span(place + len(words), content.places[number])
            found.append(Node("break" if escaped or line.endswith("  ") else "softbreak", span, span, []))
    return found


def _link(piece: re.Match[str], base: int, span: Span) -> Node:
    first, last = piece.span("label")
    inner = Span(base + first, base + last)
    node = Node("link", span, inner, [Node("text", inner, inner, [])] if first < last else [])
    node.url = piece["url"]
    first, last = piece.span("url")
    node.url_span = Span(base + first, base + last)
    return node


def _object(kind: str, piece: re.Match[str], base: int, span: Span) -> Node:
    if kind == "escape":
        return Node(kind, span, span, [])
    if kind == "image" and (link := PLAIN_LINK.match(piece.string, piece.start(kind))):
        node = _link(link, base, span)
        node.kind, node.children = kind, []
        return node
    width = 2 if kind == "strong" else 1
    inner = Span(span.start + width, span.end - width)
    if kind == "code":
        return Node(kind, span, inner, [])
    link = PLAIN_LINK.match(piece.string, inner.start - base)
    inside = Node("text", inner, inner, []) if link is None else _link(link, base, inner)
    return Node(kind, span, inner, [inside], marker="*" * width)
