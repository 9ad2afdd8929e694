"""Plain text of nodes: what a reader sees, without markup."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from listlint.markdown.tree import Node
    from listlint.source import Source

__all__ = ["plain_text"]

BREAK_TAG = re.compile(r"<\s*/?\s*br\b", re.IGNORECASE)


def plain_text(source: Source, node: Node) -> str:
    """The text of `node`: labels without markup, entities and escapes resolved, breaks as spaces."""
    children = node.children
    if len(children) == 1 and children[0].kind == "text":
        return source[children[0].span]
    pieces: list[str] = []
    stack = [node]
    while stack:
        one = stack.pop()
        if one.children:
            stack.extend(reversed(one.children))
        else:
            pieces.append(_leaf_text(source, one))
    return "".join(pieces)


def _leaf_text(source: Source, node: Node) -> str:
    kind = node.kind
    if kind == "text":
        return source[node.span]
    if kind in ("code", "image", "autolink"):
        return source[node.inner]
    if kind in ("break", "softbreak"):
        return " "
    if kind == "escape":
        return source[node.span][1:]
    if kind == "entity":
        return html.unescape(source[node.span])
    if kind == "html":
        return " " if BREAK_TAG.match(source[node.span]) else ""
    return ""
