"""Links that follow their heading when its words change."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from listlint.knowledge.url_parts import unquoted
from listlint.markdown.anchors import anchors, heading_slugs
from listlint.source import Edit, Source, Span

if TYPE_CHECKING:
    from listlint.markdown.tree import Tree

__all__ = ["follow_heading"]


class _Headings(NamedTuple):
    """The headings' spans, the fragments that links of the same file name, each with its place, and its anchors."""

    spans: tuple[Span, ...]
    links: tuple[tuple[str, Span], ...]
    known: frozenset[str]


def follow_heading(tree: Tree, edit: Edit) -> tuple[Edit, ...] | None:
    """What must be edited along with a heading's words, so that the file's own links still lead there.

    Empty where the words stand in no heading or nothing leads to it; None where the links could not follow,
    because headings alike are told apart by numbers, or another heading has the new anchor already.
    """
    headings = _read(tree)
    if not headings.links:
        return ()
    heading = headings.spans[bisect_right(headings.spans, edit.span.start, key=lambda span: span.start) - 1]
    if not heading.start <= edit.span.start <= edit.span.end <= heading.end:
        return ()
    line = tree.source[heading]
    start, end = edit.span.start - heading.start, edit.span.end - heading.start
    old, new = _slugs(line), _slugs(line[:start] + edit.text + line[end:])
    if len(old) != len(new):
        return None
    moved = {before: after for before, after in zip(old, new, strict=True) if before != after}
    led = [(fragment, span) for fragment, span in headings.links if fragment.lower() in moved]
    if not led:
        return ()
    for fragment, _ in led:
        if f"{fragment.lower()}-1" in headings.known or moved[fragment.lower()] in headings.known:
            return None
    return tuple(Edit(span, moved[fragment.lower()]) for fragment, span in led)


def _slugs(line: str) -> tuple[str, ...]:
    """The anchors of a heading's source, one for each way of making them."""
    from listlint.markdown.read import read_tree

    return heading_slugs(read_tree(Source("", line)))


@lru_cache(maxsize=4)
def _read(tree: Tree) -> _Headings:
    spans = tuple(node.span for node in tree.find("heading"))
    links = [
        (unquoted(url[1:]), Span(node.url_span.start + 1, node.url_span.end))
        for node in tree.find("link", "definition")
        if node.url_span is not None and (url := tree.source[node.url_span]).startswith("#") and len(url) > 1
    ]
    return _Headings(spans, tuple(links) if spans else (), anchors(tree) if links else frozenset())
