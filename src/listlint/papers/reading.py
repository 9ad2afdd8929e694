"""What the recognisers share while one list is read: its lines, its section, and the entries found so far."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from listlint.papers.asked import Asked
from listlint.papers.bibtex import read_bibtex
from listlint.papers.conventions import writes_subtitles
from listlint.papers.draft import Draft
from listlint.papers.entry_line import LineReader
from listlint.papers.judge import weight
from listlint.papers.line import Line
from listlint.papers.metadata import read_metadata
from listlint.papers.model import Entry, Section
from listlint.papers.preprints import take_preprint, undate_preprints
from listlint.source import Span

if TYPE_CHECKING:
    from listlint.knowledge.knowledge import Knowledge
    from listlint.markdown.tree import Node, Tree
    from listlint.papers.items import Item
    from listlint.papers.paragraphs import Read

__all__ = ["Found", "Reading"]

TEXT_BLOCKS = ("paragraph", "heading")
SUMMARY = 7  # the level of a `<summary>`: below every heading


class Found:
    """An entry that is read, but may still grow by the blocks behind it."""

    def __init__(
        self,
        draft: Draft,
        dialect: str,
        sure: float,
        section: Section,
        nodes: list[Node],
        span: Span | None = None,
    ) -> None:
        self.draft = draft
        self.dialect = dialect
        self.sure = sure
        self.section = section
        self.nodes = nodes
        self.span = span

    def place(self) -> Span:
        """From the first to the last character that belongs to the entry."""
        if self.span is not None:
            return self.span
        if len(self.nodes) == 1:
            return self.nodes[0].span
        return Span(self.nodes[0].span.start, max(node.span.end for node in self.nodes))


class Reading:
    """One list's reading. Recognisers ask it for lines and drafts, and give it what they found."""

    def __init__(self, tree: Tree, knowledge: Knowledge) -> None:
        self.tree = tree
        self.knowledge = knowledge
        self.found: list[Found] = []
        self.section = Section()
        self.kind: str | None = None
        self.source = tree.source
        self.asked = Asked(knowledge)
        self._open: list[tuple[int, Section, str | None]] = []
        self._lines: dict[int, Line] = {}
        self.paragraphs: dict[int, list[Read]] = {}
        self.trials: dict[int, Item] = {}
        self.subtitles = writes_subtitles(self)

    # -- lines ---------------------------------------------------------------------------------------------------

    def line(self, block: Node) -> Line:
        """The inline content of a paragraph, a heading or a cell."""
        line = self._lines.get(id(block))
        if line is None:
            line = self._lines[id(block)] = Line(self.source, block.children)
        return line

    def first_line(self, item: Node) -> Line | None:
        """The line that an item begins with."""
        first = item.children[0] if item.children else None
        return self.line(first) if first is not None and first.kind in TEXT_BLOCKS else None

    def new_draft(self) -> Draft:
        """An empty draft."""
        return Draft(self.asked)

    def read_line(self, line: Line, draft: Draft, *, subtitles: bool | None = None) -> None:
        """Read a line that an entry begins with: what leads up to the title, the title, and what follows."""
        subtitles = self.subtitles if subtitles is None else subtitles
        rows = line.rows[:]
        while (
            len(rows) > 1
            and LineReader(line, self.new_draft(), subtitles=subtitles).lead(*rows[0]) >= rows[0][1]
        ):
            LineReader(line, draft, subtitles=subtitles).lead(*rows.pop(0))
        if not rows:
            return
        LineReader(line, draft, subtitles=subtitles).read_line(*rows[0])
        for row in rows[1:]:
            read_metadata(line, draft, *row)

    def metadata(self, block: Node, draft: Draft) -> int:
        """Read a paragraph or a fence as an entry's further lines; how many of its parts were announced."""
        if block.kind == "fence":
            return self.fence(block, draft)
        return read_metadata(self.line(block), draft) if block.kind in TEXT_BLOCKS else 0

    def fence(self, node: Node, draft: Draft) -> int:
        """Take the first BibTeX record of a fence; whether there is one."""
        records = read_bibtex(self.source[node.inner], node.inner.start)
        if records and draft.bibtex is None:
            draft.bibtex = records[0]
        return len(records)

    def weight(self, draft: Draft) -> float:
        """How surely the draft is a paper in the section that is open."""
        return weight(draft, self.kind)

    # -- sections ------------------------------------------------------------------------------------------------

    def enter(self, level: int, text: str, place: Span) -> None:
        """Open a section."""
        self.leave(level)
        section = Section((*self.section.path, text), (*self.section.spans, place))
        kind = self.asked.sections.kind(text) or self.kind
        self._open.append((level, section, kind))
        self.section, self.kind = section, kind

    def leave(self, level: int) -> None:
        """Close the sections of this level and deeper ones."""
        while self._open and self._open[-1][0] >= level:
            self._open.pop()
        _, self.section, self.kind = self._open[-1] if self._open else (0, Section(), None)

    def enter_heading(self, heading: Node) -> None:
        """Open a heading's section."""
        self.enter(heading.level, " ".join(self.tree.text(heading).split()), heading.inner)

    # -- entries -------------------------------------------------------------------------------------------------

    def add(
        self,
        draft: Draft,
        dialect: str,
        sure: float,
        nodes: list[Node],
        *,
        section: Section | None = None,
        span: Span | None = None,
    ) -> Found:
        """Take an entry; it may still grow until the list is read."""
        found = Found(draft, dialect, sure, section or self.section, nodes, span)
        self.found.append(found)
        return found

    def entries(self) -> list[Entry]:
        """The entries found, in source order."""
        return sorted([self._frozen(one) for one in self.found], key=attrgetter("span"))

    def _frozen(self, one: Found) -> Entry:
        draft, span = one.draft, one.place()
        if draft.notes or draft.keywords:
            take_preprint(draft)
        if draft.venues:
            undate_preprints(draft)
        return Entry(
            span=span,
            line=self.source.line_of(span.start),
            end_line=self.source.line_of(max(span.end - 1, span.start)),
            section=one.section,
            dialect=one.dialect,
            title=draft.title,
            title_pieces=tuple([piece for _, piece in draft.title_parts]),
            links=tuple(
                sorted(draft.told_links(), key=attrgetter("span")) if len(draft.links) > 1 else draft.links
            ),
            venue=draft.venue,
            venues=tuple([mention for _, mention in draft.venues]),
            institutions=tuple(draft.institutions),
            authors=tuple(draft.authors),
            keywords=tuple(draft.keywords),
            notes=tuple(draft.notes),
            marks=tuple(draft.marks),
            date=draft.date,
            read=draft.read,
            bibtex=draft.bibtex,
            confidence=one.sure,
            nodes=tuple(one.nodes),
        )
