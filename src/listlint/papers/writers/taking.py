"""From an entry to the paper that a writer writes: values, and the Markdown that shows them."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

from listlint.markdown.read import read_tree
from listlint.papers.bibtex import read_bibtex
from listlint.papers.line import Line
from listlint.papers.writers.markdown import are_closed, escape, label
from listlint.papers.writers.paper import TICK, Paper, PaperLink, PaperVenue, Words
from listlint.papers.writers.residue import residue, tail
from listlint.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from listlint.knowledge.fields import Fields
    from listlint.knowledge.knowledge import Knowledge
    from listlint.papers.model import Entry, Link, Mention, PaperList, Piece, Role

__all__ = ["has_key", "take", "tells_role"]

MARKUP = re.compile(r"[\\`*_~<>&$\[\]!^]")
EMPHASIS = "*_~"
OPENS_BEFORE = re.compile(r"(?:<[A-Za-z][^<>\n]*>|[*_~])+\Z")
CLOSES_AFTER = re.compile(r"(?:</[A-Za-z][^<>\n]*>|[*_~])+")
NOTE_KEY = re.compile(r"([^\W\d][\w \-]{1,30})[:：]\s*\S")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def take(entry: Entry, papers: PaperList, knowledge: Knowledge, *, shown: bool = True) -> Paper:
    """The paper that an entry stands for; with `shown=False` its values alone, not how they are to be written."""
    return _Taking(entry, papers, knowledge, shown=shown).paper()


def tells_role(label_text: str, url: str, role: Role, knowledge: Knowledge) -> bool:
    """Whether a link's label, or the address below a label that says nothing, tells this role."""
    fields = knowledge.fields
    named = fields.label(label_text) if label_text else None
    if named is not None and not fields.is_weak(label_text):
        return named == role.value
    return (
        not fields.is_weak(label_text) and (knowledge.hosts.read(url).role or named or "other") == role.value
    )


def has_key(note: str, fields: Fields) -> bool:
    """Whether a note begins with a key that says that it is one, and more: `Problem: …`."""
    match = NOTE_KEY.match(note)
    return match is not None and fields.key(match[1]) in ("notes", "other", "abstract")


class _Taking:
    """One entry's values being taken."""

    def __init__(self, entry: Entry, papers: PaperList, knowledge: Knowledge, *, shown: bool) -> None:
        self.papers, self.shown = papers, shown
        self._shows = _shows if shown else _shows_nothing
        self.entry, self.source, self.knowledge = entry, papers.source, knowledge
        self.images = [node for top in entry.nodes for node in top.find("image")]
        self.notes = [self._note(piece) for piece in entry.notes]
        kept = [
            piece.span
            for piece, words in zip(entry.notes, self.notes, strict=True)
            if words.markdown.strip(EMPHASIS) == self._raw(piece.span).strip(EMPHASIS)
        ]
        reversed_links = [link.span for link in entry.links if self._is_reversed(link)]
        self.holders: list[Span] = [*kept, *reversed_links, *(piece.span for piece in entry.title_pieces)]

    def paper(self) -> Paper:
        entry = self.entry
        ticked = entry.read is None and bool(entry.marks) and entry.marks[0].text.startswith(TICK)
        return Paper(
            title=entry.title,
            title_words=self._title(),
            links=tuple(self._link(link) for link in entry.links),
            venues=self._venues(),
            has_venue=entry.venue is not None,
            institutions=self._all(entry.institutions),
            authors=self._all(entry.authors),
            keywords=tuple(self._pictured(self._held(piece), piece.span) for piece in entry.keywords),
            notes=tuple(self.notes),
            marks=_without_tick(self._all(entry.marks)) if ticked else self._all(entry.marks),
            date=self._held(entry.date) if entry.date is not None else None,
            read=True if ticked else entry.read,
            bibtex=self._bibtex(),
            record=entry.bibtex,
            comments=self._comments(),
            rest=residue(entry, self.papers, self.knowledge.fields) if self.shown else (),
            section=entry.section.path,
            line=entry.line,
        )

    def _raw(self, span: Span) -> str:
        return " ".join(self.source[span].split())

    def _words(self, piece: Piece) -> Words:
        """The text; as its author marked it up, where that can stand alone."""
        raw = self._raw(piece.span)
        if raw == piece.text and not MARKUP.search(raw):
            return Words(piece.text, raw)
        for one in (raw, self._raw(self._with_markup(piece.span))):
            if one and are_closed(one) and self._shows(one) == piece.text:
                return Words(piece.text, one)
        return Words(piece.text, escape(piece.text))

    def _with_markup(self, span: Span) -> Span:
        """The place with the signs of emphasis and the tags around it."""
        line = self.source.line_span(self.source.line_of(span.start))
        before = OPENS_BEFORE.search(self.source.text, line.start, span.start)
        after = CLOSES_AFTER.match(self.source.text, span.end)
        return Span(before.start() if before else span.start, after.end() if after else span.end)

    def _note(self, piece: Piece) -> Words:
        """A note; one that begins with a key, such as `Problem:`, needs no other before it."""
        words = self._words(piece)
        return words._replace(keyed=has_key(words.text, self.knowledge.fields))

    def _held(self, piece: Piece) -> Words:
        return self._words(piece)._replace(held=self._is_held(piece.span))

    def _is_reversed(self, link: Link) -> bool:
        """Whether it is a `(label)[address]`, which stays as it is: to repair it is another command's business."""
        return self.source.text.startswith("(", link.span.start)

    def _is_held(self, span: Span) -> bool:
        return span.start < span.end and any(_within(span, holder) for holder in self.holders)

    def _all(self, pieces: Iterable[Piece]) -> tuple[Words, ...]:
        return tuple(self._held(piece) for piece in pieces)

    def _title(self) -> Words:
        title, pieces = self.entry.title or "", self.entry.title_pieces
        if len(pieces) == 1:
            words = self._words(pieces[0])
            if words.text == title:
                return words
        return Words(title, escape(title))

    def _link(self, link: Link) -> PaperLink:
        raw = self.source[link.span]
        shown = link.label_span is not None and self._raw(link.label_span)
        words = Words(
            link.label, shown if shown and self._shows(f"[{shown}](u)") == link.label else label(link.label)
        )
        tells = tells_role(link.label, link.url, link.role, self.knowledge)
        pictured = ("![" in raw or "<img" in raw) and self._shows(raw) is not None
        whole = raw if pictured or self._is_reversed(link) else ""
        named = any(_within(venue.span, link.span) for venue in self.entry.venues)
        return PaperLink(
            link.role,
            link.url,
            words,
            tells,
            named,
            whole,
            self._is_held(link.span) and not self._is_reversed(link),
        )

    def _venues(self) -> tuple[PaperVenue, ...]:
        chief = self.entry.venue
        mentions = sorted(self.entry.venues, key=lambda one: one != chief)
        links = [link.span for link in self.entry.links]
        return tuple(self._venue(one, links) for one in mentions)

    def _venue(self, one: Mention, links: Sequence[Span]) -> PaperVenue:
        held = self._is_held(one.span) or any(_within(one.span, span) for span in links)
        behind = "" if held or self._holds_a_piece(one.span) else tail(self.source, one.span)
        words = Words(one.text, escape(one.text + behind), held)
        return PaperVenue(self._pictured(words, one.span), one.name, one.year)

    def _pictured(self, words: Words, span: Span) -> Words:
        """The words, shown by the badge that they stand on."""
        for node in self.images if self.shown else ():
            if node.span.start <= span.start and span.end <= node.span.end and not words.held:
                return words._replace(markdown=self._raw(node.span))
        return words

    def _holds_a_piece(self, venue: Span) -> bool:
        """Whether what stands right behind a venue is a field of its own."""
        end = venue.end + len(tail(self.source, venue))
        pieces = (
            *self.entry.institutions,
            *self.entry.authors,
            *self.entry.keywords,
            *self.entry.notes,
            *self.entry.title_pieces,
        )
        return any(venue.end <= piece.span.start < end for piece in pieces)

    def _bibtex(self) -> str | None:
        """The text of the first fence that holds the record."""
        if self.entry.bibtex is None:
            return None
        for node in self.entry.nodes:
            for fence in node.find("fence"):
                if read_bibtex(self.source[fence.inner]):
                    return _block(self.source[fence.inner])
        return _block(self.entry.bibtex.raw)

    def _comments(self) -> tuple[str, ...]:
        texts = [
            self.source[node.span] for top in self.entry.nodes for node in top.find("html", "html_block")
        ]
        found = [" ".join(match[0].split()) for text in texts for match in COMMENT.finditer(text)]
        return tuple(one for one in found if not any(one in words.markdown for words in self.notes))


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _without_tick(marks: tuple[Words, ...]) -> tuple[Words, ...]:
    """The marks without the one that says that the paper has been read."""
    first = marks[0].text.removeprefix(TICK).strip()
    return (Words(first, first), *marks[1:]) if first else marks[1:]


def _block(text: str) -> str:
    return textwrap.dedent(text.replace("\r\n", "\n")).strip("\n").rstrip()


def _shows_nothing(_: str) -> None:
    return None


def _shows(markdown: str) -> str | None:
    """The text that a reader sees of a paragraph; None where it is no single paragraph."""
    source = Source("", markdown)
    blocks = read_tree(source).root.children
    if len(blocks) != 1 or blocks[0].kind != "paragraph":
        return None
    line = Line(source, blocks[0].children)
    return " ".join(line.plain(0, len(line)).split())
