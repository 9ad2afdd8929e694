"""A list cut into papers and what stands between them."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from listlint.papers.reading import SUMMARY
from listlint.papers.writers.taking import take

if TYPE_CHECKING:
    from collections.abc import Sequence

    from listlint.knowledge.knowledge import Knowledge
    from listlint.markdown.tree import Node
    from listlint.papers.model import Entry, PaperList
    from listlint.papers.writers.paper import Paper
    from listlint.source import Source, Span

__all__ = ["Between", "Cut", "cut"]

DETAILS_END = "</details"
ABOVE = 1  # the level of what stands under no heading
TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Between:
    """Markdown that is no paper's.

    `level` is a heading's, else 0; `opens` is the level of the section that what follows stands in, 0 where that is the
    same as before; `item` says that it was an item of a list.
    """

    markdown: str
    level: int = 0
    opens: int = 0
    item: bool = False


@dataclass(eq=False)
class Cut:
    """A list's pieces in source order."""

    papers: PaperList
    knowledge: Knowledge
    pieces: list[Between | Paper] = field(default_factory=list)
    left: list[Entry] = field(default_factory=list)
    heading: int = 0

    def __post_init__(self) -> None:
        self.source = self.papers.source
        self.sections = {span for entry in self.papers.entries for span in entry.section.spans}
        self.left = [entry for entry in self.papers.entries if not _is_section(entry, self.sections)]
        self._owners = {id(node): entry for entry in self.left for node in entry.nodes}

    def blocks(self, blocks: Sequence[Node]) -> None:
        """Take a run of blocks."""
        for block in blocks:
            self._papers_before(block.span.start)
            if not self._has_papers(block):
                if not self._belongs(block):
                    self._between(block)
            elif block.kind == "list":
                self._items(block)
            elif block.kind == "table":
                self._rows(block)
            elif block.kind == "quote":
                self.blocks(block.children)
            elif block.kind == "heading" or self._belongs(block):
                self._papers_before(block.span.end)
            else:
                self._text(block)
        self._papers_before(len(self.source.text) + 1 if not blocks else blocks[-1].span.end)

    def _papers_before(self, offset: int) -> None:
        """Take the papers that begin before `offset`."""
        while self.left and self.left[0].span.start < offset:
            self.pieces.append(take(self.left.pop(0), self.papers, self.knowledge))

    def _has_papers(self, block: Node) -> bool:
        return bool(self.left) and self.left[0].span.start < block.span.end

    def _belongs(self, block: Node) -> bool:
        """Whether the block is part of an entry that covers it whole."""
        owner = self._owners.get(id(block))
        return owner is not None and owner.span.start <= block.span.start and block.span.end <= owner.span.end

    def _between(self, block: Node) -> None:
        level = block.level if block.kind == "heading" else 0
        text = _dedented(self.source, block)
        if text.strip():
            self.pieces.append(Between(text, level, self._opens(block)))

    def _opens(self, block: Node) -> int:
        """The level of the section that the block leaves open: that of a heading in it, or of a `<summary>`."""
        if levels := [node.level for node in block.find("heading")]:
            self.heading = levels[-1]
            return self.heading
        if block.kind != "html_block":
            return 0
        text = self.source[block.span]
        summaries = [span.start for span in self.sections if block.span.start <= span.start < block.span.end]
        closed = text.rfind(DETAILS_END)
        if summaries and closed < max(summaries) - block.span.start:
            return SUMMARY
        return 0 if closed < 0 else self.heading or ABOVE

    def _items(self, block: Node) -> None:
        """Take a list: its papers, the words above papers of a topic, and other items."""
        for item in block.children:
            if id(item) in self._owners:
                self._papers_before(item.span.end)
            elif not self._has_papers(item):
                if self.source[item.inner].strip():
                    self.pieces.append(Between(_dedented(self.source, item), item=True))
            else:
                for child in item.children:
                    if child.kind == "list":
                        self._items(child)
                    elif not self._belongs(child):
                        self._papers_before(child.span.start)
                        if child.span.start < item.span.end and not self._has_papers(child):
                            self.pieces.append(
                                Between(f"- {_dedented(self.source, child, hang=2)}", item=True)
                            )
                        else:
                            self._text(child)

    def _rows(self, block: Node) -> None:
        for row in [child for child in block.children if child.kind == "row"][1:]:
            if self._has_papers(row):
                self._papers_before(row.span.end)
            elif any(self.source[cell.inner].strip() for cell in row.children):
                cells = [self.source[cell.inner].strip() for cell in row.children]
                self.pieces.append(Between("- " + " — ".join(one for one in cells if one), item=True))

    def _text(self, block: Node) -> None:
        """Take a block of text in which papers stand, and what stands between them."""
        offset = block.span.start
        while self._has_papers(block):
            entry = self.left[0]
            self._words(offset, entry.span.start)
            self._papers_before(entry.span.start + 1)
            offset = max(offset, min(entry.span.end, block.span.end))
        self._words(offset, block.span.end)

    def _words(self, start: int, end: int) -> None:
        text = self.source.text[start:end].strip()
        if any(char.isalnum() for char in TAG.sub("", text)):
            self.pieces.append(Between(text))


def _is_section(entry: Entry, sections: set[Span]) -> bool:
    """Whether the heading that is read as a paper holds others: a page that is itself about one stays as it is."""
    return bool(entry.nodes) and entry.nodes[0].kind == "heading" and entry.nodes[0].inner in sections


def _dedented(source: Source, block: Node, hang: int = 0) -> str:
    """The block's lines as they would stand at the margin; all but the first indented by `hang`."""
    start = source.line_starts[source.line_of(block.span.start) - 1]
    indent = block.span.start - start
    lines = source[block.span].replace("\r\n", "\n").split("\n")
    rest = [line[indent:] if not line[:indent].strip(" \t>") else line.lstrip() for line in lines[1:]]
    text = "\n".join([lines[0], *rest]).rstrip()
    return textwrap.indent(text, " " * hang).lstrip() if hang else text


def cut(papers: PaperList, knowledge: Knowledge) -> list[Between | Paper]:
    """The pieces of a list in source order: every paper, and all other Markdown."""
    cutting = Cut(papers, knowledge)
    cutting.blocks(papers.tree.root.children)
    return cutting.pieces
