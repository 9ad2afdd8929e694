"""From a source to its papers: blocks are walked once, each offered to the recognisers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.markdown.read import read_tree
from listlint.papers.heading_blocks import read_heading
from listlint.papers.items import read_items
from listlint.papers.model import PaperList
from listlint.papers.paragraphs import read_paragraph
from listlint.papers.reading import Reading

if TYPE_CHECKING:
    from listlint.knowledge.knowledge import Knowledge
    from listlint.markdown.tree import Node
    from listlint.source import Source

__all__ = ["read_list"]


def read_list(source: Source, knowledge: Knowledge) -> PaperList:
    """The papers of `source`; a file whose name ends in `.jsonl` is an export, and raises ExportError where it is none."""
    if source.path.endswith(".jsonl"):
        from listlint.papers.exported import read_export

        return read_export(source)
    tree = read_tree(source)
    reading = Reading(tree, knowledge)
    _read_blocks(reading, tree.root.children)
    return PaperList(source, tree, tuple(reading.entries()))


def _read_blocks(reading: Reading, blocks: list[Node]) -> None:
    """Read a run of blocks; each recogniser says how far it came."""
    index = 0
    while index < len(blocks):
        block = blocks[index]
        after = index + 1
        if block.kind == "heading":
            reading.enter_heading(block)
            after = read_heading(reading, blocks, index)
        elif block.kind == "list":
            after = read_items(reading, blocks, index)
        elif block.kind == "table":
            from listlint.papers.rows import read_table

            read_table(reading, block)
        elif block.kind == "paragraph":
            after = read_paragraph(reading, blocks, index)
        elif block.kind == "html_block":
            from listlint.papers.html_blocks import read_html

            after = read_html(reading, blocks, index)
        elif block.kind == "quote":
            _read_blocks(reading, block.children)
        index = after
