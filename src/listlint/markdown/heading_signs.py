"""Headings that Markdown does not see, because no blank stands behind their signs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from listlint.expressions import expression
from listlint.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.markdown.tree import Node, Tree

__all__ = ["UnreadHeading", "unread_headings"]

LINE = expression(r" {0,3}(#{1,6})(?=[^\s#!])([^\n]{1,200})")
ANYWHERE = re.compile(r"\n {0,3}#{1,6}[^\s#!]")
TAG = re.compile(r"(?<!\S)#\w")
ENTITY = re.compile(r"&#?\w{1,10};$")
TITLE = re.compile(r"[\W_]*[^\W_]")
CODE = expression(
    r"(?:include|define|ifn?def|if|else|endif|pragma|import|region|endregion)\b|[0-9a-fA-F]{3,8}\s*$|\{"
)


class UnreadHeading(NamedTuple):
    """`signs` are the heading's signs, `text` what follows them. `sure` says that it can be nothing else."""

    signs: Span
    text: str
    level: int
    sure: bool


def unread_headings(tree: Tree) -> Iterator[UnreadHeading]:
    """Lines such as `##Serving`. A single sign begins a tag too, so it is sure only in the first line."""
    if ANYWHERE.search(f"\n{tree.source.text}") is None:
        return
    first = next(
        (node for node in tree.root.children if node.kind not in ("front_matter", "html_block")), None
    )
    for block in _paragraphs(tree.root):
        for line in range(
            tree.source.line_of(block.span.start),
            tree.source.line_of(max(block.span.end - 1, block.span.start)) + 1,
        ):
            found = _read(tree, line, block)
            if found is not None:
                alone = block is first and line == tree.source.line_of(block.span.start)
                yield found._replace(sure=found.sure and (found.level > 1 or alone))


def _paragraphs(root: Node) -> Iterator[Node]:
    """The paragraphs that a heading could stand in: of the page itself, and of its lists, which take in the next line."""
    stack = list(reversed(root.children))
    while stack:
        node = stack.pop()
        if node.kind == "paragraph":
            yield node
        elif node.kind in ("list", "item"):
            stack.extend(reversed(node.children))


def _read(tree: Tree, line: int, block: Node) -> UnreadHeading | None:
    place = tree.source.line_span(line)
    if block.span.start > place.start and tree.source[Span(place.start, block.span.start)].strip():
        return None  # the first line of an item
    match = LINE.match(tree.source[place])
    if match is None or TITLE.match(match[2]) is None or match[2].strip().isdigit() or CODE.match(match[2]):
        return None
    level, words = len(match[1]), match[2].strip()
    if TAG.search(words) or (
        level == 1 and (" " not in words or words[0].islower() or words[0].isdigit()) and not _titles(block)
    ):
        return None
    signs = Span(place.start + match.start(1), place.start + match.end(1))
    return UnreadHeading(signs, words, level, sure=not ENTITY.sub("", words).endswith((".", ",", ";")))


def _titles(block: Node) -> bool:
    """Whether the block is the page's first line, where one word may be its title."""
    return block.span.start == 0 and not any(child.kind == "softbreak" for child in block.children)
