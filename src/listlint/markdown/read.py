"""From a source to its syntax tree."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from listlint.expressions import expression
from listlint.markdown.build_inline import InlineBuilder
from listlint.markdown.definitions import normalised, read_definitions
from listlint.markdown.parser import block_parser
from listlint.markdown.places import Content, Lines
from listlint.markdown.tables import split_row
from listlint.markdown.tree import Node, Tree
from listlint.source import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.token import Token

    from listlint.markdown.definitions import Definition
    from listlint.markdown.tables import CellText
    from listlint.source import Source

__all__ = ["read_tree"]

CLOSING = ("bullet_list_close", "ordered_list_close", "list_item_close", "blockquote_close")
LEAVES = {
    "fence": "fence",
    "code_block": "code_block",
    "html_block": "html_block",
    "hr": "rule",
    "front_matter": "front_matter",
}
ITEM_MARKER = expression(r"([-*+]|\d{1,9}[.)])([ \t]*)")
BLANKS = re.compile(r"[ \t]+")


@cache
def _quoted(depth: int) -> re.Pattern[str]:
    """What a line within so many quotes may begin with: their signs, and no sign of one that begins there."""
    return re.compile(rf"(?:[ \t]*>){{0,{depth}}}[ \t]*")


def read_tree(source: Source) -> Tree:
    """The syntax tree of `source`; every node's span is exact."""
    return _Builder(source).build()


class _Builder:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.lines = Lines(source)
        self.tokens = block_parser(self.lines.text.startswith("---")).parse(self.lines.text)
        self.found: dict[int, tuple[Content, list[Definition]]] = {}
        definitions = self._gather_definitions()
        self.inline = InlineBuilder(definitions)
        self.root = Node("root", Span(0, len(source.text)), Span(0, len(source.text)))
        self.stack = [self.root]
        self.quotes = 0

    def _gather_definitions(self) -> dict[str, Definition]:
        """Definitions count from anywhere in the file, so they are read before any inline content."""
        known: dict[str, Definition] = {}
        if "]:" not in self.lines.text:
            return known
        for index, token in enumerate(self.tokens):
            if token.type != "inline" or token.content[:1] != "[" or not token.map:
                continue
            holder = self.tokens[index - 1]
            if holder.type == "paragraph_open" or (holder.type == "heading_open" and holder.markup in "=-"):
                definitions = read_definitions(token.content)
                if definitions:
                    self.found[index] = (self.lines.content(token.content, token.map[0]), definitions)
                    for one in definitions:
                        known.setdefault(normalised(one.label), one)
        return known

    def build(self) -> Tree:
        acts: dict[str, Callable[[Token], None]] = {
            "bullet_list_open": self._list,
            "ordered_list_open": self._list,
            "list_item_open": self._item,
            "blockquote_open": self._quote,
            "table": self._table,
            **dict.fromkeys(LEAVES, self._leaf),
            **dict.fromkeys(CLOSING, self._close),
        }
        for index, token in enumerate(self.tokens):
            kind = token.type
            if kind == "inline":
                self._words(index, token)
            elif kind in acts:
                acts[kind](token)
        return Tree(self.source, self.root)

    def _start(self, line: int) -> int:
        """Where the block that begins on `line` (from 0) begins, behind the markers of what it stands in."""
        begin, start = self.lines.starts[line], self.stack[-1].inner.start
        skip = BLANKS
        if start <= begin:
            start, skip = begin, _quoted(self.quotes) if self.quotes else BLANKS
        match = skip.match(self.source.text, start)
        return match.end() if match else start

    def _place(self, token: Token) -> tuple[int, int]:
        """Where a block begins and ends."""
        first, after = token.map or (0, 0)
        start, lines = self._start(first), self.lines
        one_line = after - first == 1
        end = lines.ends[first] if one_line else lines.block_end(first, after, quoted=self.quotes > 0)
        return start, max(start, end)

    def _open(self, node: Node) -> None:
        self.stack[-1].children.append(node)
        self.stack.append(node)

    def _close(self, _: Token) -> None:
        self.quotes -= self.stack.pop().kind == "quote"

    def _list(self, token: Token) -> None:
        span = Span(*self._place(token))
        ordered, start = token.type == "ordered_list_open", int(token.attrs.get("start", 1))
        self._open(Node("list", span, span, ordered=ordered, start=start))

    def _quote(self, token: Token) -> None:
        start, end = self._place(token)
        self._open(Node("quote", Span(start, end), Span(start + 1, end)))
        self.quotes += 1

    def _item(self, token: Token) -> None:
        """An item's marker is `-`, `2.` …; its content begins after the blanks that follow."""
        start, end = self._place(token)
        marker, inner = "", start
        match = ITEM_MARKER.match(self.source.text, start)
        if match:
            marker, inner = match[1], match.end()
            end = max(end, start + len(marker))
        self._open(Node("item", Span(start, end), Span(min(inner, end), end), marker=marker, info=token.info))

    def _leaf(self, token: Token) -> None:
        kind = LEAVES[token.type]
        first, after = token.map or (0, 0)
        start = self.lines.starts[first] if kind in ("code_block", "front_matter") else self._start(first)
        span = Span(start, max(self.lines.block_end(first, after, quoted=self.quotes > 0), start))
        node = Node(kind, span, span, info=token.info.strip(), marker=token.markup)
        if kind in ("fence", "front_matter") and after - first > 1:
            node.inner = Span(
                min(self.lines.starts[first + 1], span.end), max(self._fence_end(first, after), 0)
            )
            node.inner = Span(node.inner.start, max(node.inner.start, node.inner.end))
        self.stack[-1].children.append(node)

    def _fence_end(self, first: int, after: int) -> int:
        """The end of a fence's content: before its closing line, where it has one."""
        last = after - 1
        closing = self.lines.lines[last].strip(" \t>")
        if last > first and closing and set(closing) <= set("`~-"):
            return self.lines.starts[last]
        return self.lines.starts[last] + len(self.lines.lines[last])

    def _words(self, index: int, token: Token) -> None:
        """A paragraph or a heading: the token of its words stands between two that say which."""
        holder = self.tokens[index - 1]
        span = Span(*self._place(holder))
        node = Node("paragraph", span, span)
        if holder.type == "heading_open":
            node.kind, node.level, node.marker = "heading", int(holder.tag[1]), holder.markup
        first = token.map[0] if token.map else 0
        text = token.content
        if index in self.found:
            content = self._definitions(node, *self.found[index])
            if content is None:
                return
        elif "\n" in text:
            content = self.lines.content(text, first)
        else:
            place = self.lines.place(text, first)
            node.inner = Span(place, place + len(text))
            node.children = self.inline.in_line(text, place)
            self.stack[-1].children.append(node)
            return
        node.inner = content.span(0, len(content.text))
        node.children = self.inline.in_lines(content)
        self.stack[-1].children.append(node)

    def _definitions(self, node: Node, content: Content, definitions: list[Definition]) -> Content | None:
        """Put definition nodes where the paragraph that holds them would be; it keeps what follows, if anything."""
        for one in definitions:
            span = content.span(one.start, one.end - content.text[one.start : one.end].endswith("\n"))
            definition = Node("definition", span, span, info=one.label, url=one.url, title=one.title)
            definition.url_span = content.span(one.url_start, one.url_end)
            self.stack[-1].children.append(definition)
        end = definitions[-1].end
        if end >= len(content.text):
            return None
        node.span = Span(content.place(end), node.span.end)
        keep = [
            (start - end, place)
            for start, place in zip(content.starts, content.places, strict=True)
            if start >= end
        ]
        return Content(
            content.text[end:], tuple(start for start, _ in keep), tuple(place for _, place in keep)
        )

    def _table(self, token: Token) -> None:
        """Read a table's rows from its lines: the parser's own cells lack some."""
        first, after = token.map or (0, 0)
        start = self._start(first)
        span = Span(start, self.lines.block_end(first, after, quoted=self.quotes > 0))
        table = Node("table", span, span)
        self.stack[-1].children.append(table)
        for line in range(first, after):
            table.children.append(self._row(line, "delimiter" if line == first + 1 else "row"))

    def _row(self, line: int, kind: str) -> Node:
        start = self._start(line)
        text = self.source.text[start : self.lines.ends[line]].rstrip(" \t")
        place = Span(start, start + len(text))
        cells = split_row(text, start)
        if kind == "row":
            cell_nodes = [Node("cell", cell.span, cell.inner, self._cell(cell)) for cell in cells]
        else:
            cell_nodes = [Node("cell", cell.span, cell.inner, []) for cell in cells]
        return Node(kind, place, place, cell_nodes)

    def _cell(self, cell: CellText) -> list[Node]:
        text = cell.text
        if not text:
            return []
        if "\\|" in text:
            return self.inline.nodes(cell.content())
        return self.inline.in_line(text, cell.inner.start)
