"""Papers as lists write them: entries, their fields, and the lists that hold them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from listlint.markdown.tree import Node, Tree
    from listlint.papers.outline import Outline
    from listlint.papers.wording import Wording
    from listlint.source import Source, Span

__all__ = [
    "ROLES",
    "BibTeX",
    "Collection",
    "Entry",
    "Link",
    "Mention",
    "PaperList",
    "Piece",
    "Prose",
    "ProseKind",
    "Role",
    "Section",
]


HEAD = 12  # lines in which a list says what it is


class Role(Enum):
    """What a link of an entry leads to."""

    PAPER = "paper"
    CODE = "code"
    PROJECT = "project"
    SLIDES = "slides"
    VIDEO = "video"
    BLOG = "blog"
    DATA = "data"
    DEMO = "demo"
    NOTES = "notes"
    FOLLOWUP = "followup"
    OTHER = "other"


ROLES = {role.value: role for role in Role}


class Piece(NamedTuple):
    """A field's text as written, without markup, and its place (its first to last character in the source)."""

    text: str
    span: Span


class Link(NamedTuple):
    """A link of an entry. `span` is the whole construct, `url_span` its destination; `url` is as written."""

    role: Role
    url: str
    label: str
    span: Span
    url_span: Span
    label_span: Span | None = None


class Mention(NamedTuple):
    """A venue as an entry names it.

    `name` is canonical (`OSDI`), or as written where the venue is unknown; `year` is four digits; `kind` is
    `conference`, `journal`, `workshop`, `preprint` or `other` (unknown).
    """

    text: str
    span: Span
    name: str
    year: int | None
    kind: str


class BibTeX(NamedTuple):
    """A BibTeX record of an entry: `fields` are lower-case names with values as written, outer braces removed."""

    type: str
    key: str
    fields: dict[str, str]
    span: Span
    raw: str


class Section(NamedTuple):
    """The headings above an entry, outermost first; `spans` are the headings' inline content."""

    path: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()


# Not frozen, though nobody changes it: making one, of which there are thousands, would take three times as long.
@dataclass(slots=True, eq=False)
class Entry:
    """One paper (or project, blog, talk) as one list writes it.

    `span` covers everything that belongs to it, `line` and `end_line` count from 1 and are both inside.
    `title` is the whole title as one would cite it; `title_pieces` are its parts where the list splits it, as in
    `[Orca](url): A Distributed …`. `read` is the checkbox. `confidence` is 0 to 1: how sure the reader is.
    """

    span: Span
    line: int
    end_line: int
    section: Section
    dialect: str
    title: str | None = None
    title_pieces: tuple[Piece, ...] = ()
    links: tuple[Link, ...] = ()
    venue: Mention | None = None
    venues: tuple[Mention, ...] = ()
    institutions: tuple[Piece, ...] = ()
    authors: tuple[Piece, ...] = ()
    keywords: tuple[Piece, ...] = ()
    notes: tuple[Piece, ...] = ()
    marks: tuple[Piece, ...] = ()
    date: Piece | None = None
    read: bool | None = None
    bibtex: BibTeX | None = None
    confidence: float = 1.0
    nodes: tuple[Node, ...] = field(default=(), repr=False)

    @property
    def primary(self) -> Link | None:
        """The link that names the paper: the first with the role `paper`, else the one on the title, else the first."""
        for link in self.links:
            if link.role is Role.PAPER:
                return link
        return self.links[0] if self.links else None

    @property
    def place(self) -> Span:
        """Where a finding about the whole entry points: its title, else all of it."""
        return self.title_pieces[0].span if self.title_pieces else self.span


class ProseKind(Enum):
    """What a run of words is for."""

    TITLE = "title"
    HEADING = "heading"
    KEYWORD = "keyword"
    NOTE = "note"
    INSTITUTION = "institution"
    AUTHOR = "author"
    VENUE = "venue"
    LABEL = "label"
    PROSE = "prose"


class Prose(NamedTuple):
    """A run of plain text: `text` is the source's characters at `span`, with no markup, entity or escape inside.

    `entry` is None outside entries. Code, URLs and HTML tags are not prose.
    """

    kind: ProseKind
    text: str
    span: Span
    entry: Entry | None


@dataclass(frozen=True, eq=False)
class PaperList:
    """One Markdown file that holds papers."""

    source: Source
    tree: Tree
    entries: tuple[Entry, ...]

    @property
    def path(self) -> str:
        """The path as the user gave it."""
        return self.source.path

    @cached_property
    def prose(self) -> tuple[Prose, ...]:
        """Every run of plain text in source order, each said once."""
        return self.wording.prose

    @cached_property
    def generated(self) -> tuple[Span, ...]:
        """The stretches that a script writes."""
        text = self.source.text
        if "<!--" not in text and "[//]" not in text:
            head = "\n".join(text.split("\n", HEAD)[:HEAD]).lower()
            if "auto" not in head and "updat" not in head:
                return ()
        from listlint.papers.generated import generated_spans

        return generated_spans(self.tree)

    @cached_property
    def wording(self) -> Wording:
        """All of that plain text as one."""
        from listlint.papers.wording import Wording

        return Wording(self)


class Collection:
    """The lists that are compared with each other. `targets` are the paths that findings may speak of.

    `outlines` are those of the lists, by path, where an earlier run or another process has made them.
    """

    def __init__(
        self,
        lists: tuple[PaperList, ...],
        targets: frozenset[str],
        outlines: Mapping[str, Outline] | None = None,
    ) -> None:
        self.lists = lists
        self.targets = targets
        self.outlines = outlines or {}

    @cached_property
    def by_path(self) -> dict[str, PaperList]:
        """Each list under its path."""
        return {one.path: one for one in self.lists}
