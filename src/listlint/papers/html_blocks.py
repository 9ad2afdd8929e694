"""Entries in HTML: rows of tables, items, paragraphs, and details below their summaries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from listlint.markdown.tree import Node
from listlint.papers.html import flat_nodes, tag_of
from listlint.papers.judge import SURE, names_paper
from listlint.papers.line import LINK, Line
from listlint.papers.metadata import read_metadata
from listlint.papers.reading import SUMMARY
from listlint.papers.rows import read_table
from listlint.source import Span

if TYPE_CHECKING:
    from listlint.papers.reading import Reading

__all__ = ["read_html"]

PARTS = frozenset(
    {"p", "li", "div", "center", "h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt", "dd", "ul", "ol"}
)
ROW = frozenset({"tr", "td", "th", "thead", "tbody", "table"})
ROWS = re.compile(r"\browspan\s*=\s*[\"']?(\d{1,3})\b", re.IGNORECASE)
KEPT = frozenset({"br"})


def read_html(reading: Reading, blocks: list[Node], index: int) -> int:
    """Read an HTML block, and the blocks behind it up to where its table ends; the index behind them."""
    block = blocks[index]
    if block.info:
        return index + 1
    nodes = flat_nodes(reading.source, block.span)
    after = index + 1
    tables = _opened(reading, nodes, "table")
    while tables > 0 and after < len(blocks):
        if blocks[after].kind == "html_block":
            more = flat_nodes(reading.source, blocks[after].span)
            tables += _opened(reading, more, "table")
            nodes += more
        elif blocks[after].kind in ("paragraph", "heading"):
            nodes += blocks[after].children
        else:
            return index + 1
        after += 1
    _Html(reading, block).read(nodes)
    return after


def _fill(rows: list[Node]) -> None:
    """Give each row an empty cell where one of a row above reaches down into it."""
    above: dict[int, int] = {}
    for row in rows:
        place = Span(row.span.start, row.span.start)
        cells, own = list[Node](), list(row.children)
        while own or above.get(len(cells), 0):
            if above.get(len(cells), 0):
                above[len(cells)] -= 1
                cells.append(Node("cell", place, place))
            else:
                above[len(cells)] = own[0].level - 1
                cells.append(own.pop(0))
        row.children = cells


def _opened(reading: Reading, nodes: list[Node], name: str) -> int:
    """How many tags of this name open, less those that close."""
    tags = (tag_of(reading.source, node) for node in nodes if node.kind == "html")
    return sum(-1 if tag.closes else 1 for tag in tags if tag is not None and tag.name == name)


class _Html:
    """Gathers inline nodes into parts and rows, and reads each when it is whole."""

    def __init__(self, reading: Reading, block: Node) -> None:
        self.reading = reading
        self.block = block
        self.part: list[Node] = []
        self.parts: list[tuple[str, list[Node]]] = []
        self.name = ""
        self.rows: list[Node] = []
        self.cell: Node | None = None
        self.head = False

    def read(self, nodes: list[Node]) -> None:
        for node in nodes:
            tag = tag_of(self.reading.source, node) if node.kind == "html" else None
            if tag is None:
                self.part.append(node)
            elif tag.name in ROW:
                self._row_tag(tag.name, tag.closes, node)
            elif tag.name == "details" and self.cell is None:
                self._part("")
                if tag.closes:
                    self._details()
                    self.reading.leave(SUMMARY)
            elif tag.name in PARTS and self.cell is None:
                self._part("" if tag.closes else tag.name)
            else:
                self.part.append(node)
        self._table()
        self._part("")
        self._details()

    # -- parts ---------------------------------------------------------------------------------------------------

    def _part(self, name: str) -> None:
        """A new part begins: the one before is whole."""
        if any(node.kind != "text" or self.reading.source[node.span].strip() for node in self.part):
            if self.name in ("li", "dt"):
                self._entry([self.part])
            else:
                self.parts.append((self.name, self.part))
        self.part, self.name = [], name

    def _details(self) -> None:
        """Read the parts since the last `<details>`: a summary with what is below it, or each part alone."""
        parts, self.parts = self.parts, []
        heads = [index for index, (name, _) in enumerate(parts) if name == "summary"]
        if not heads:
            for _, nodes in parts:
                self._entry([nodes])
            return
        for first, last in zip(heads, [*heads[1:], len(parts)], strict=True):
            if not self._entry([nodes for _, nodes in parts[first:last]]):
                self._summary(parts[first][1])

    def _summary(self, nodes: list[Node]) -> None:
        """A summary that is no entry is a section."""
        line = Line(self.reading.source, nodes)
        text = " ".join(line.plain(0, len(line)).split())
        if text and len(text) < 120:  # noqa: PLR2004 - more is a sentence
            self.reading.enter(SUMMARY, text, line.span(*line.trimmed(0, len(line))))

    def _entry(self, contents: list[list[Node]]) -> bool:
        """Read parts as one entry, if they surely are one."""
        first, *more = [Line(self.reading.source, nodes) for nodes in contents]
        rows = first.rows
        if not rows or (LINK not in first.text and not any(LINK in line.text for line in more)):
            return False
        draft = self.reading.new_draft()
        self.reading.read_line(first, draft, subtitles=False)
        for line in more:
            read_metadata(line, draft)
        sure = self.reading.weight(draft)
        if sure < SURE or not names_paper(draft) or len(draft.title or "") < 8:  # noqa: PLR2004 - pages hold much else
            return False
        spans = [node.span for nodes in contents for node in nodes if self.reading.source[node.span].strip()]
        span = Span(spans[0].start, spans[-1].end)
        self.reading.add(draft, "html", sure, [self.block], span=span)
        return True

    # -- rows ----------------------------------------------------------------------------------------------------

    def _row_tag(self, name: str, closes: bool, node: Node) -> None:
        self._cell_end(node)
        if name == "thead":
            self.head = not closes
        elif name == "table":
            self._table() if closes else self._part("")
        elif name == "tr" and not closes:
            self.rows.append(Node("row", node.span, node.span, level=int(self.head)))
        elif name in ("td", "th") and not closes:
            if not self.rows:
                self.rows.append(Node("row", node.span, node.span))
            rows = ROWS.search(self.reading.source[node.span])
            inner = Span(node.span.end, node.span.end)
            self.cell = Node("cell", node.span, inner, marker=name, level=int(rows[1]) if rows else 1)
        if self.rows:
            row = self.rows[-1]
            row.span = Span(row.span.start, max(row.span.end, node.span.end))

    def _cell_end(self, node: Node) -> None:
        if self.cell is None:
            return
        self.cell.children, self.part = self.part, []
        self.cell.inner = Span(self.cell.inner.start, node.span.start)
        self.cell.span = Span(self.cell.span.start, node.span.end)
        if self.rows:
            self.rows[-1].children.append(self.cell)
        self.cell = None

    def _names_columns(self, rows: list[Node]) -> bool:
        """Whether the first row names columns: two known ones at least, and no links, as in the rows below."""
        cells = [Line(self.reading.source, cell.children) for cell in rows[0].children]
        if any(LINK in line.text for line in cells):
            return False
        names = [self.reading.asked.fields.column(line.plain(0, len(line))) for line in cells]
        return len([name for name in names if name is not None]) > 1 and bool({"title", "paper"} & set(names))

    def _table(self) -> None:
        """Read the rows so far as a table."""
        rows, self.rows = [row for row in self.rows if row.children], []
        _fill(rows)
        if not rows:
            return
        headed = (
            rows[0].level
            or all(cell.marker == "th" for cell in rows[0].children)
            or self._names_columns(rows)
        )
        if not headed or len(rows) == 1:
            place = Span(rows[0].span.start, rows[0].span.start)
            empty = [Node("cell", place, place) for _ in range(max(len(row.children) for row in rows))]
            rows.insert(0, Node("row", place, place, children=empty))
        span = Span(rows[0].span.start, rows[-1].span.end)
        read_table(self.reading, Node("table", span, span, children=rows), dialect="html", nodes=[self.block])
