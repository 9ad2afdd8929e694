"""Inline nodes from stamped tokens; plain text is what lies between the stamps."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from listlint.markdown.flat import flat_lines, flat_nodes
from listlint.markdown.inline import StampingInline, stamp_of
from listlint.markdown.parser import new_parser
from listlint.markdown.places import Content
from listlint.markdown.tree import Node
from listlint.source import Span

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from listlint.markdown.definitions import Definition
    from listlint.markdown.inline import Stamp

__all__ = ["InlineBuilder"]

LEAVES = {
    "code_inline": "code",
    "html_inline": "html",
    "hardbreak": "break",
    "softbreak": "softbreak",
}
PAIRS = {"em": "emphasis", "strong": "strong", "s": "strikethrough"}


@cache
def _stamping() -> tuple[StampingInline, MarkdownIt]:
    """One inline pass for the whole run: it keeps nothing between contents."""
    md = new_parser()
    return StampingInline(md), md


class InlineBuilder:
    """Reads inline contents of one list."""

    def __init__(self, definitions: dict[str, Definition]) -> None:
        self.inline, self.md = _stamping()
        self.definitions = definitions
        self.env = {"references": {key: {"href": "#", "title": ""} for key in definitions}}

    def in_line(self, text: str, base: int) -> list[Node]:
        """As `nodes`, of a content that is one stretch, which stands at `base` in the source."""
        flat = flat_nodes(text, base, definitions=bool(self.definitions))
        return self.nodes(Content(text, (0,), (base,))) if flat is None else flat

    def in_lines(self, content: Content) -> list[Node]:
        """As `nodes`, of a content that is likely to be flat in each of its lines."""
        flat = flat_lines(content, definitions=bool(self.definitions))
        return self.nodes(content) if flat is None else flat

    def nodes(self, content: Content) -> list[Node]:
        """The content's constructs with their places in the source, gaps filled with `text` nodes."""
        tokens = self.inline.parse(content.text, self.md, self.env, [])
        cursor = _Cursor(content)
        skip = 0
        for token in tokens:
            if skip:
                skip -= 1
            elif token.type == "link_open" and token.markup == "autolink":
                skip = self._autolink(cursor, token)
            elif (stamp := stamp_of(token)) is not None:
                self._take(cursor, token, stamp)
            elif token.type == "link_close":
                cursor.close()
        self.inline.forget()
        cursor.text_until(len(content.text))
        return cursor.root

    def _take(self, cursor: _Cursor, token: Token, stamp: Stamp) -> None:
        kind = token.type
        if kind == "link_open":
            cursor.open(self._link(cursor.content, token, stamp), stamp.label_end, stamp.end, stamp.start + 1)
        elif kind == "image":
            cursor.leaf(self._link(cursor.content, token, stamp), stamp)
        elif kind == "text_special":
            cursor.leaf(_leaf(cursor.content, token.info, stamp, 1), stamp)
        elif kind in LEAVES:
            cursor.leaf(_leaf(cursor.content, LEAVES[kind], stamp, len(token.markup)), stamp)
        elif kind.endswith("_open"):
            width = len(token.markup)
            start = stamp.end - width
            node = Node(
                PAIRS[token.tag], cursor.content.span(start, stamp.end), Span(0, 0), marker=token.markup
            )
            cursor.open(node, -1, -1, stamp.end, at=start)
        elif kind.endswith("_close"):
            cursor.close(stamp.start, stamp.start + len(token.markup))

    def _autolink(self, cursor: _Cursor, token: Token) -> int:
        """Add `<https://…>`, whose label and closing token, both to be skipped, tell nothing more."""
        stamp = stamp_of(token)
        if stamp is not None:
            node = _leaf(cursor.content, "autolink", stamp, 1)
            node.url_span = node.inner
            node.url = cursor.content.text[stamp.start + 1 : stamp.end - 1]
            cursor.leaf(node, stamp)
        return 2

    def _link(self, content: Content, token: Token, stamp: Stamp) -> Node:
        """A link or image: its destination is kept as written, without angle brackets."""
        image = token.type == "image"
        inner = content.span(stamp.start + 1 + image, stamp.label_end)
        node = Node("image" if image else "link", content.span(stamp.start, stamp.end), inner)
        node.title = str(token.attrs.get("title", ""))
        start, end = stamp.url_start, stamp.url_end
        if start >= 0:
            if end > start and content.text[start] == "<":
                start, end = start + 1, end - 1
            node.url = content.text[start:end]
            node.url_span = content.span(start, end)
        else:
            self._resolve(node, content, stamp)
        return node

    def _resolve(self, node: Node, content: Content, stamp: Stamp) -> None:
        """Give a reference link the URL of its definition."""
        from listlint.markdown.definitions import normalised

        rest = content.text[stamp.label_end + 1 : stamp.end]
        label = rest[1:-1] or content.text[stamp.start + 1 + (node.kind == "image") : stamp.label_end]
        definition = self.definitions.get(normalised(label))
        if definition is not None:
            node.url, node.title = definition.url, definition.title


class _Cursor:
    """Nodes read so far, the open ones, and how far the content has been used."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.root: list[Node] = []
        self.done = 0
        self.stack: list[tuple[Node, int, int]] = []

    @property
    def children(self) -> list[Node]:
        return self.stack[-1][0].children if self.stack else self.root

    def text_until(self, end: int) -> None:
        """Fill the gap up to `end`; an escaped pipe of a table cell, where a stretch begins, is an escape."""
        if end <= self.done:
            return
        content = self.content
        for start, stop in content.stretches(self.done, end):
            begin = start
            if start in content.pipes:
                place = content.place(start)
                self.children.append(Node("escape", Span(place - 1, place + 1), Span(place, place + 1)))
                begin += 1
            if begin < stop:
                self.children.append(_text(content, begin, stop))
        self.done = end

    def leaf(self, node: Node, stamp: Stamp) -> None:
        start = stamp.start
        if node.kind in ("break", "softbreak"):
            while start > self.done and self.content.text[start - 1] in " \t":
                start -= 1
            after = self.content.place(stamp.end) if stamp.end < len(self.content.text) else node.span.end
            node.span = node.inner = Span(self.content.place(start), after)
        self.text_until(start)
        self.children.append(node)
        self.done = stamp.end

    def open(self, node: Node, label_end: int, end: int, inner: int, *, at: int | None = None) -> None:
        self.text_until(inner - 1 if at is None else at)
        self.children.append(node)
        self.stack.append((node, label_end, end))
        self.done = inner

    def close(self, inner_end: int = -1, end: int = -1) -> None:
        node, label_end, link_end = self.stack[-1]
        inner_end, end = (inner_end, end) if end >= 0 else (label_end, link_end)
        first = self.done
        self.text_until(inner_end)
        self.stack.pop()
        if node.inner == Span(0, 0):
            start = node.span.end
            stop = (
                self.content.place(inner_end - 1) + 1
                if inner_end > first
                else max(start, self._last_end(node))
            )
            node.inner = Span(start, stop)
            node.span = Span(node.span.start, self.content.place(end - 1) + 1)
        self.done = end

    @staticmethod
    def _last_end(node: Node) -> int:
        return node.children[-1].span.end if node.children else 0


def _text(content: Content, start: int, end: int) -> Node:
    span = content.span(start, end)
    return Node("text", span, span)


def _leaf(content: Content, kind: str, stamp: Stamp, marker: int) -> Node:
    """A node without children; `marker` is the width of what stands on either side of its content."""
    span = content.span(stamp.start, stamp.end)
    if kind in ("html", "break", "softbreak", "escape", "entity"):
        return Node(kind, span, span)
    return Node(kind, span, content.span(stamp.start + marker, stamp.end - marker))
