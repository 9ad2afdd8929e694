"""From a source to its papers: blocks are walked once, each offered to the recognisers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.markdown.read import read_tree
from listlint.papers.bibtex import read_bibtex
from listlint.papers.draft import Draft
from listlint.papers.entry_line import LineReader, begins_with_link
from listlint.papers.judge import SURE, names_paper, weight
from listlint.papers.line import LINK, Line
from listlint.papers.metadata import read_metadata
from listlint.papers.model import Entry, PaperList, Section
from listlint.papers.rows import Columns, read_row
from listlint.source import Span

if TYPE_CHECKING:
    from listlint.knowledge.knowledge import Knowledge
    from listlint.markdown.tree import Node, Tree
    from listlint.source import Source

__all__ = ["read_list"]

NAME_WORDS = 4  # a linked name before its subtitle is seldom longer


def read_list(source: Source, knowledge: Knowledge) -> PaperList:
    """The papers of `source`."""
    tree = read_tree(source)
    return PaperList(source, tree, tuple(_Reader(tree, knowledge).read()))


class _Item:
    """A list item, read as an entry on trial."""

    def __init__(self, node: Node, draft: Draft, weight: float) -> None:
        self.node = node
        self.draft = draft
        self.weight = weight

    @property
    def stands_alone(self) -> bool:
        """Whether the item is a paper even below another one: it names a paper by a link that is its title."""
        return self.weight > 0 and self.draft.title_linked and self.draft.links[0].role.value != "other"


class _Reader:
    def __init__(self, tree: Tree, knowledge: Knowledge) -> None:
        self.tree = tree
        self.source = tree.source
        self.knowledge = knowledge
        self.headings: list[tuple[int, str, Span]] = []
        self.section = Section()
        self.kind: str | None = None
        self.entries: list[Entry] = []
        self.lines: dict[int, Line] = {}
        self.subtitles = self._subtitles()

    def read(self) -> list[Entry]:
        self._blocks(self.tree.root.children)
        return sorted(self.entries, key=lambda entry: entry.span)

    # -- conventions of the list ---------------------------------------------------------------------------------

    def _subtitles(self) -> bool:
        """Whether this list writes `[Name](url): the rest of the title` rather than `[The title](url): a note`.

        Where most of the linked texts that a colon follows are short names, the rest is a subtitle.
        """
        short = long = 0
        for item in self.tree.root.find("item"):
            line = self._line(item)
            offset = begins_with_link(line) if line else -1
            if line is None or offset < 0:
                continue
            label = line.label(line.objects[offset]).strip()
            if line.text[offset + 1 :].lstrip().startswith(":") or label.endswith(":"):
                named = len(label.split()) <= NAME_WORDS and ": " not in label
                short, long = short + named, long + (not named)
        return short > long

    def _line(self, item: Node) -> Line | None:
        """The line that an item, or a paragraph, begins with."""
        paragraph = item if item.kind in ("paragraph", "heading") else next(iter(item.children), None)
        if paragraph is None or paragraph.kind not in ("paragraph", "heading"):
            return None
        key = id(paragraph)
        if key not in self.lines:
            self.lines[key] = Line.read(self.source, [paragraph.children])
        return self.lines[key]

    # -- blocks --------------------------------------------------------------------------------------------------

    def _blocks(self, blocks: list[Node]) -> None:
        index = 0
        while index < len(blocks):
            block = blocks[index]
            after = index + 1
            if block.kind == "heading":
                self._enter(block)
                after = self._heading_entry(blocks, index) or after
            elif block.kind == "list":
                self._list(block)
            elif block.kind == "table":
                self._table(block)
            elif block.kind == "paragraph":
                after = self._paragraph(blocks, index)
            elif block.kind == "quote":
                self._blocks(block.children)
            index = after

    def _enter(self, heading: Node) -> None:
        """Keep the path of headings."""
        while self.headings and self.headings[-1][0] >= heading.level:
            self.headings.pop()
        text = " ".join(self.tree.text(heading).split())
        self.headings.append((heading.level, text, heading.inner))
        self.section = Section(tuple(one[1] for one in self.headings), tuple(one[2] for one in self.headings))
        self.kind = next((kind for _, one, _ in reversed(self.headings) if (kind := self.knowledge.sections.kind(one))), None)

    # -- lists ---------------------------------------------------------------------------------------------------

    def _list(self, node: Node) -> None:
        items = [self._trial(item) for item in node.children]
        found: list[tuple[_Item, bool]] = []
        for item in items:
            nested = [child for child in item.node.children if child.kind == "list"]
            below = [self._trial(one) for child in nested for one in child.children]
            apart = [one for one in below if one.stands_alone]
            if item.weight > 0 and (len(apart) * 2 <= len(below) or not nested):
                own = [one.node for one in below if not one.stands_alone]
                self._metadata(item, own)
                found.append((item, bool(own)))
                self._apart(apart)
            elif nested:
                for child in nested:
                    self._list(child)
            elif item.weight > 0:
                found.append((item, False))
        dialect = "nested" if any(children for _, children in found) else "bullets"
        for item, _ in found:
            self._add(item.node, item.draft, "checklist" if item.draft.read is not None else dialect, item.weight)

    def _apart(self, items: list[_Item]) -> None:
        """Papers that stand below another one are entries of their own."""
        for item in items:
            self._metadata(item, [one for child in item.node.children if child.kind == "list" for one in child.children])
            self._add(item.node, item.draft, "bullets", item.weight)

    def _trial(self, item: Node) -> _Item:
        draft = Draft(self.knowledge)
        line = self._line(item)
        if line is None or not line.text.strip():
            return _Item(item, draft, 0.0)
        LineReader(line, draft, subtitles=self.subtitles).read()
        for child in item.children[1:]:
            if child.kind == "paragraph":
                read_metadata(Line.read(self.source, [child.children]), draft)
            elif child.kind == "fence":
                self._fence(child, draft)
        return _Item(item, draft, self._weight(draft))

    def _weight(self, draft: Draft) -> float:
        return weight(draft, self.kind)

    def _metadata(self, item: _Item, nodes: list[Node]) -> None:
        """Take nested items as the entry's further lines, deeper ones as notes."""
        for node in nodes:
            for child in node.children:
                if child.kind in ("paragraph", "heading"):
                    read_metadata(Line.read(self.source, [child.children]), item.draft)
                elif child.kind == "list":
                    self._metadata(item, child.children)
                elif child.kind == "fence":
                    self._fence(child, item.draft)

    def _fence(self, node: Node, draft: Draft) -> None:
        records = read_bibtex(self.source[node.inner], node.inner.start)
        if records and draft.bibtex is None:
            draft.bibtex = records[0]

    # -- tables --------------------------------------------------------------------------------------------------

    def _table(self, table: Node) -> None:
        columns = Columns(self.source, table, self.knowledge)
        if not columns.hold_papers:
            return
        for row in [child for child in table.children if child.kind == "row"][1:]:
            draft = read_row(self.source, row, columns, self.knowledge)
            sure = weight(draft, self.kind)
            if sure > 0 or (draft.title and draft.institutions):
                self._add(row, draft, "table", sure or 0.5)

    # -- headings and paragraphs ---------------------------------------------------------------------------------

    def _heading_entry(self, blocks: list[Node], index: int) -> int:
        """Read a heading and the block below it as one entry; the index behind it, 0 where it is a section."""
        end = index + 1
        while end < len(blocks) and blocks[end].kind != "heading":
            end += 1
        below = blocks[index + 1 : end]
        heading = blocks[index]
        line = self._line(heading)
        if line is None or not below or self.kind is not None or self.knowledge.sections.is_part(self.section.path[-1]):
            return 0
        draft = Draft(self.knowledge)
        reader = LineReader(line, draft, subtitles=True)
        reader.read()
        announced = self._below_heading(below, draft)
        if announced < 1 and not (draft.title_linked and names_paper(draft)):
            return 0
        if draft.bibtex is None and weight(draft) < 0.7:  # noqa: PLR2004 - a link or a venue
            return 0
        span = Span(heading.span.start, max(below[-1].span.end, heading.span.end))
        outer = Section(self.section.path[:-1], self.section.spans[:-1])
        self._add(heading, draft, "headings", 1.0, span=span, section=outer, nodes=(heading, *below))
        return end

    def _below_heading(self, blocks: list[Node], draft: Draft) -> int:
        """Read the blocks below a heading; how many of their parts are announced as a paper's, -1000 for other papers."""
        announced = 0
        for block in blocks:
            if block.kind == "paragraph":
                announced += read_metadata(Line.read(self.source, [block.children]), draft)
            elif block.kind == "fence":
                self._fence(block, draft)
                announced += draft.bibtex is not None
            elif block.kind == "list":
                if any(self._trial(item).weight > 0 for item in block.children):
                    return -1000
                for item in block.children:
                    for child in item.children:
                        if child.kind == "paragraph":
                            announced += read_metadata(Line.read(self.source, [child.children]), draft)
            elif block.kind == "table":
                return -1000
        return announced

    def _paragraph(self, blocks: list[Node], index: int) -> int:
        """Read a paragraph as an entry if it is surely one; a paragraph of names right behind it belongs to it."""
        block = blocks[index]
        line = self._line(block)
        if line is None or LINK not in line.text:
            return index + 1
        draft = Draft(self.knowledge)
        reader = LineReader(line, draft, subtitles=False)
        offset = reader.lead(0)
        opens = offset < len(line) and (
            line.text[offset] in (LINK, '"', "“", "[") or line.styled(line.strong, offset) is not None
        )
        if not opens:
            return index + 1
        draft = Draft(self.knowledge)
        LineReader(line, draft, subtitles=False).read()
        sure = weight(draft, self.kind)
        bold = line.styled(line.strong, offset) is not None
        if sure < SURE and not (bold and sure > 0):
            return index + 1
        self._add(block, draft, "paragraphs", sure)
        return index + 1

    # -- the sum -------------------------------------------------------------------------------------------------

    def _add(
        self,
        node: Node,
        draft: Draft,
        dialect: str,
        sure: float,
        *,
        span: Span | None = None,
        section: Section | None = None,
        nodes: tuple[Node, ...] = (),
    ) -> None:
        span = span or node.span
        self.entries.append(
            Entry(
                span=span,
                line=self.source.line_of(span.start),
                end_line=self.source.line_of(max(span.end - 1, span.start)),
                section=section or self.section,
                dialect=dialect,
                title=draft.title,
                title_pieces=tuple(piece for _, piece in draft.title_parts),
                links=tuple(draft.links),
                venue=draft.venue,
                venues=tuple(mention for _, mention in draft.venues),
                institutions=tuple(draft.institutions),
                authors=tuple(draft.authors),
                keywords=tuple(draft.keywords),
                notes=tuple(draft.notes),
                marks=tuple(draft.marks),
                date=draft.date,
                read=draft.read,
                bibtex=draft.bibtex,
                confidence=sure,
                nodes=nodes or (node,),
            )
        )
