"""From a source to its syntax tree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from listlint.markdown.build_inline import InlineBuilder
from listlint.markdown.definitions import normalised, read_definitions
from listlint.markdown.parser import block_parser
from listlint.markdown.places import Content, Lines
from listlint.markdown.tables import split_row
from listlint.markdown.tree import Node, Tree
from listlint.source import Span

if TYPE_CHECKING:
    from markdown_it.token import Token

    from listlint.markdown.definitions import Definition
    from listlint.markdown.tables import CellText
    from listlint.source import Source

__all__ = ["read_tree"]

CONTAINERS = {
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "list_item_open": "item",
    "blockquote_open": "quote",
    "heading_open": "heading",
    "paragraph_open": "paragraph",
}
LEAVES = {
    "fence": "fence",
    "code_block": "code_block",
    "html_block": "html_block",
    "hr": "rule",
    "front_matter": "front_matter",
}
ITEM_MARKER = re.compile(r"([-*+]|\d{1,9}[.)])([ \t]*)")
BLANKS = re.compile(r"[ \t]+")
BLANKS_OR_QUOTE = re.compile(r"[ \t>]+")


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
        for index, token in enumerate(self.tokens):
            kind = token.type
            if kind in CONTAINERS:
                self._open(token, CONTAINERS[kind])
            elif kind == "inline":
                self._inline(index, token)
            elif token.nesting < 0:
                closed = self.stack.pop()
                self.quotes -= closed.kind == "quote"
            elif kind == "table":
                self._table(token)
            elif kind in LEAVES:
                self._leaf(token, LEAVES[kind])
        return Tree(self.source, self.root)

    def _start(self, line: int) -> int:
        """Where the block that begins on `line` (from 0) begins, behind the markers of what it stands in."""
        begin = self.lines.starts[line]
        start = max(begin, self.stack[-1].inner.start)
        skip = BLANKS_OR_QUOTE if self.quotes and start == begin else BLANKS
        match = skip.match(self.source.text, start)
        return match.end() if match else start

    def _open(self, token: Token, kind: str) -> None:
        first, after = token.map or (0, 0)
        start = self._start(first)
        span = Span(start, max(self.lines.block_end(first, after, quoted=self.quotes > 0), start))
        node = Node(kind, span, span)
        if kind == "list":
            node.ordered = token.type == "ordered_list_open"
            node.start = int(token.attrs.get("start", 1))
        elif kind == "item":
            self._item(node, token)
        elif kind == "quote":
            node.inner = Span(start + 1, span.end)
            self.quotes += 1
        elif kind == "heading":
            node.level = int(token.tag[1])
            node.marker = token.markup
        self.stack[-1].children.append(node)
        self.stack.append(node)

    def _item(self, node: Node, token: Token) -> None:
        """An item's marker is `-`, `2.` …; its content begins after the blanks that follow."""
        start, end = node.span
        match = ITEM_MARKER.match(self.source.text, start)
        if match:
            node.marker = match[1]
            end = max(end, start + len(node.marker))
            node.inner = Span(min(match.end(), end), end)
            node.span = Span(start, end)
        node.info = token.info

    def _leaf(self, token: Token, kind: str) -> None:
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

    def _inline(self, index: int, token: Token) -> None:
        first = token.map[0] if token.map else 0
        parent = self.stack[-1]
        if index in self.found:
            content = self._definitions(*self.found[index])
            if content is None:
                return
        elif "\n" in token.content:
            content = self.lines.content(token.content, first)
        else:
            place = self.lines.place(token.content, first)
            parent.inner = Span(place, place + len(token.content))
            parent.children = self.inline.in_line(token.content, place)
            return
        parent.inner = content.span(0, len(content.text))
        parent.children = self.inline.nodes(content)

    def _definitions(self, content: Content, definitions: list[Definition]) -> Content | None:
        """Put definition nodes beside the paragraph that holds them; the paragraph keeps what follows, if anything."""
        paragraph, siblings = self.stack[-1], self.stack[-2].children
        siblings.pop()
        for one in definitions:
            span = content.span(one.start, one.end - content.text[one.start : one.end].endswith("\n"))
            node = Node("definition", span, span, info=one.label, url=one.url, title=one.title)
            node.url_span = content.span(one.url_start, one.url_end)
            siblings.append(node)
        end = definitions[-1].end
        if end >= len(content.text):
            return None
        siblings.append(paragraph)
        rest = content.text[end:]
        paragraph.span = Span(content.place(end), paragraph.span.end)
        keep = [
            (start - end, place)
            for start, place in zip(content.starts, content.places, strict=True)
            if start >= end
        ]
        return Content(rest, tuple(start for start, _ in keep), tuple(place for _, place in keep))

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
        end = max(self.lines.starts[line] + len(self.lines.lines[line]), start)
        text = self.source.text[start:end].rstrip(" \t")
        place = Span(start, start + len(text))
        row = Node(kind, place, place, [])
        for cell in split_row(text, start):
            children = self._cell(cell) if kind == "row" and cell.text else []
            row.children.append(Node("cell", cell.span, cell.inner, children))
        return row

    def _cell(self, cell: CellText) -> list[Node]:
        if "\\|" in cell.text:
            return self.inline.nodes(cell.content())
        return self.inline.in_line(cell.text, cell.inner.start)
