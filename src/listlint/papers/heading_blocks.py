"""Entries that are a heading with the block below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.papers.items import announces, tried
from listlint.papers.judge import SURE, holds_several, names_paper, weight
from listlint.papers.line import LINK
from listlint.papers.model import Section
from listlint.papers.paragraphs import is_entry
from listlint.source import Span

if TYPE_CHECKING:
    from listlint.markdown.tree import Node
    from listlint.papers.draft import Draft
    from listlint.papers.reading import Reading

__all__ = ["read_below", "read_heading"]

OTHERS = -1  # the blocks hold papers of their own
LIKELY = 0.7
SHORT_LINE = 60  # characters
TITLE_WORDS = 3
LONG_TITLE = 5  # words: a topic is shorter
NOT_TITLES = 1  # the level of a page's own title


def read_heading(reading: Reading, blocks: list[Node], index: int) -> int:
    """Read a heading and the blocks below it as one entry; the index behind it, or behind the heading alone."""
    heading = blocks[index]
    if reading.kind is not None or reading.asked.sections.is_part(reading.section.path[-1]):
        return index + 1
    first = index + 1 + _opens_notes(reading, blocks, index)
    end = _end(blocks, first - 1)
    below = blocks[first:end]
    if below and _opens_section(reading, heading, below[0]):
        return index + 1
    draft = reading.new_draft()
    reading.read_line(reading.line(heading), draft, subtitles=True)
    if draft.title is None or not _may_hold(reading, draft, below):
        return index + 1
    linked = names_paper(draft)
    announced = read_below(reading, below, draft)
    if announced == OTHERS or holds_several(draft) or not (announced or linked):
        return _alone(reading, blocks, index) if linked else index + 1
    if draft.bibtex is None and weight(draft) < LIKELY:
        return index + 1
    if heading.level == NOT_TITLES and not linked and draft.bibtex is None and weight(draft) < SURE:
        return index + 1
    last = below[-1].span.end if below else heading.span.end
    outer = Section(reading.section.path[:-1], reading.section.spans[:-1])
    span = Span(heading.span.start, max(last, heading.span.end))
    reading.add(draft, "headings", 1.0, [heading, *below], section=outer, span=span)
    return end


def _alone(reading: Reading, blocks: list[Node], index: int) -> int:
    """Read a heading that links its paper as an entry by itself, with a line of fields below: the other blocks hold others."""
    heading, draft = blocks[index], reading.new_draft()
    reading.read_line(reading.line(heading), draft, subtitles=True)
    words = len((draft.title or "").split())
    if words < (TITLE_WORDS if draft.title_linked else LONG_TITLE) or weight(draft) < SURE:
        return index + 1
    outer = Section(reading.section.path[:-1], reading.section.spans[:-1])
    nodes = [heading]
    if index + 1 < len(blocks) and _is_fields(reading, blocks[index + 1]):
        nodes.append(blocks[index + 1])
        reading.metadata(nodes[1], draft)
    span = Span(heading.span.start, nodes[-1].span.end)
    reading.add(draft, "headings", 1.0, nodes, section=outer, span=span)
    return index + len(nodes)


def _is_fields(reading: Reading, block: Node) -> bool:
    """Whether a block is a line of people, a venue, a date, and few other words."""
    if block.kind != "paragraph" or LINK in reading.line(block).text:
        return False
    draft = reading.new_draft()
    reading.metadata(block, draft)
    short = len(reading.line(block)) < SHORT_LINE
    return bool(draft.venues or draft.authors) and not draft.links and (short or not draft.notes)


def _opens_notes(reading: Reading, blocks: list[Node], index: int) -> bool:
    """Whether a page's title is a paper's, because a section on the paper itself follows at once."""
    if index + 1 >= len(blocks) or blocks[index + 1].kind != "heading":
        return False
    return reading.asked.sections.is_part(reading.tree.text(blocks[index + 1]))


def _end(blocks: list[Node], index: int) -> int:
    """The index of the next heading, or of a rule between entries."""
    end = index + 1
    while end < len(blocks) and blocks[end].kind not in ("heading", "rule"):
        end += 1
    return end


def _opens_section(reading: Reading, heading: Node, first: Node) -> bool:
    """Whether the block below a heading is a table, or a list that begins with a paper: a heading without links is no title then."""
    if first.kind != "list" or not first.children:
        return first.kind == "table"
    text = reading.line(heading).text
    if LINK in text or "://" in text or "www." in text.lower():
        return False
    return tried(reading, first.children[0]).is_paper


def _may_hold(reading: Reading, draft: Draft, below: list[Node]) -> bool:
    """Whether a heading can be a title at all: cheap, for sections of thousands of entries."""
    if not below:
        return names_paper(draft)
    first = below[0]
    if first.kind == "list" and not any(announces(reading, item) for item in first.children[:4]):
        return names_paper(draft) or any(block.kind == "fence" for block in below)
    return True


def read_below(reading: Reading, blocks: list[Node], draft: Draft) -> int:
    """Read the blocks below a title; how many of their parts are announced as a paper's, `OTHERS` for other papers."""
    announced = 0
    for block in blocks:
        if block.kind == "table" or (block.kind == "paragraph" and _opens_other(reading, block)):
            return OTHERS
        if block.kind == "list":
            if not _only_parts(reading, block):
                return OTHERS
            for item in block.children:
                announced += sum(reading.metadata(child, draft) for child in item.children)
        else:
            announced += reading.metadata(block, draft)
    return announced


def _opens_other(reading: Reading, block: Node) -> bool:
    """Whether a paragraph is a paper, or a bold title by itself."""
    if is_entry(reading, block):
        return True
    line = reading.line(block)
    strong = line.styled(line.strong, 0)
    words = line.text.split()
    return (
        strong is not None
        and strong[1] >= len(line)
        and len(words) >= TITLE_WORDS
        and reading.asked.fields.key(line.text) is None
    )


def _only_parts(reading: Reading, block: Node) -> bool:
    """Whether no item of a list is a paper, or a topic with papers below it."""
    for node in block.children:
        item = tried(reading, node)
        if item.is_paper:
            return False
        nested = [child for child in node.children if child.kind == "list"]
        if (
            nested
            and not item.keyed
            and any(announces(reading, one) for child in nested for one in child.children)
        ):
            return False
    return True
