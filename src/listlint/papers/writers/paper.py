"""A paper on its way from one dialect to another: the values of its fields, and the Markdown they were written in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from listlint.papers.model import BibTeX, Role

__all__ = ["TICK", "Effort", "Order", "Paper", "PaperLink", "PaperVenue", "Words", "difference"]

ENDS = " .,;:|"  # what a reader may or may not take for a part of a note
TICK = "✅"  # says outside checklists that a paper has been read


class Words(NamedTuple):
    """A text without markup, and the Markdown that shows it.

    `held` says that it stands inside a note or a link, `keyed` that it begins with a key of its own.
    """

    text: str
    markdown: str
    held: bool = False
    keyed: bool = False


class PaperLink(NamedTuple):
    """A link. `tells` says that its label alone tells its role, `names_venue` that it is a venue's.

    `markdown` is all of it where its label and address are not.
    """

    role: Role
    url: str
    label: Words
    tells: bool = True
    names_venue: bool = False
    markdown: str = ""
    held: bool = False


class PaperVenue(NamedTuple):
    """A venue as written, and what it is read as."""

    words: Words
    name: str
    year: int | None


@dataclass(frozen=True, slots=True)
class Paper:
    """The values of an entry's fields. `rest` is what the entry says beside its fields, as Markdown.

    `venues` are all that it names, the chief one first; `bibtex` is the whole text of its BibTeX block, `record` the
    first record in it. `comments` are HTML comments, which are written back where they silence what they silenced.
    """

    title: str | None
    title_words: Words
    links: tuple[PaperLink, ...] = ()
    venues: tuple[PaperVenue, ...] = ()
    has_venue: bool = False
    institutions: tuple[Words, ...] = ()
    authors: tuple[Words, ...] = ()
    keywords: tuple[Words, ...] = ()
    notes: tuple[Words, ...] = ()
    marks: tuple[Words, ...] = ()
    date: Words | None = None
    read: bool | None = None
    bibtex: str | None = None
    record: BibTeX | None = None
    comments: tuple[str, ...] = ()
    rest: tuple[Words, ...] = ()
    section: tuple[str, ...] = ()
    line: int = 0

    def with_bibtex(self, block: str | None) -> Paper:
        """The same paper with another BibTeX block."""
        return replace(self, bibtex=block)


class Effort(NamedTuple):
    """How explicitly a paper is written: what reads well is tried first, then what cannot be misread.

    `plain` unlinks the title, `whole` links all of it, `bold` marks it; `keyed` gives each field a key, `bare` takes
    it from places and notes; `together` gives links no columns of their own, which would order them; `foreign` falls
    back on bullets with fields below them.
    """

    plain: bool = False
    bold: bool = False
    keyed: bool = False
    whole: bool = False
    bare: bool = False
    together: bool = False
    foreign: bool = False


class Order(NamedTuple):
    """A paper to be written, and how."""

    paper: Paper
    effort: Effort


def difference(old: Paper, new: Paper) -> tuple[str, ...]:
    """The names of the fields in which two papers differ; the order of notes does not count."""
    return tuple(name for name, value in _values(old).items() if value != _values(new)[name])


def _values(paper: Paper) -> Mapping[str, object]:
    venue = paper.venues[0] if paper.has_venue else None
    return {
        "section": paper.section,
        "title": paper.title,
        "links": sorted((link.role.value, link.url) for link in paper.links),
        "order": [link.url for link in paper.links],
        "labels": sorted((link.url, link.label.text) for link in paper.links),
        "venue": venue and (venue.name, venue.year),
        "institutions": [one.text for one in paper.institutions],
        "authors": ", ".join(one.text for one in paper.authors),
        "keywords": sorted(one.text for one in paper.keywords),
        "notes": sorted(text for one in (*paper.notes, *paper.rest) if (text := one.text.strip(ENDS))),
        "marks": "".join("".join(one.text.split()) for one in paper.marks),
        "date": paper.date and paper.date.text,
        "read": bool(paper.read),
    }
