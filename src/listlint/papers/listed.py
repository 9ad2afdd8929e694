"""An entry as it is compared with those of other lists, without the list that it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from listlint.expressions import expression
from listlint.knowledge.hosts import Identity
from listlint.papers.identity import paper_links
from listlint.papers.model import Role
from listlint.papers.titles import form_again, form_of
from listlint.papers.venue_claims import Claim, preprint_label, said, told_by
from listlint.source import Span

if TYPE_CHECKING:
    from listlint.knowledge.hosts import Hosts
    from listlint.papers.model import Entry, Mention, PaperList
    from listlint.papers.titles import TitleForm

__all__ = ["Label", "Listed", "Row", "Said", "Stated", "row_of"]

Row = tuple[Any, ...]

AUTHORS = expression(r"[,;&*<\d]| and | et ")
ARXIV_ID = expression(r"[ \t]*+:?+[ \t]*+\d{4}\.\d{4,5}(?:v\d+)?(?![\w.]\w)")


class Stated(NamedTuple):
    """An identity, and the link that states it."""

    identity: Identity
    url: str
    span: Span


class Said(NamedTuple):
    """Where the entry says that its paper appeared; `is_plain` where the source has the very `text` at `span`."""

    claim: Claim
    text: str
    span: Span
    is_plain: bool


class Label(NamedTuple):
    """The words by which an entry calls its paper a preprint, as `Said`; `end` is behind the number that follows them."""

    text: str
    span: Span
    year: int | None
    is_plain: bool
    end: int


@dataclass(eq=False, slots=True)
class Listed:
    """An entry in its list.

    `number` counts the list's entries from 0; `title` is empty where there is none, `words` are those of the title as it is
    compared, the first `name` of them its short name; `place` is where a finding about
    the whole entry points; `section` are the places of the headings above it. `links` are its paper links with their
    identities, `works` the identities of its code and project, `author` is the first, as written but for case.
    `is_linked` is whether it has any link. `told` is what the addresses of its paper links tell of its venue.
    """

    path: str
    number: int
    line: int
    title: str
    words: str
    name: int
    span: Span
    place: Span
    section: tuple[int, ...]
    is_linked: bool
    author: str
    links: tuple[Stated, ...]
    works: tuple[Identity, ...]
    said: tuple[Said, ...]
    told: tuple[tuple[Claim, Span], ...]
    label: Label | None

    @property
    def form(self) -> TitleForm:
        """The title as it is compared."""
        return form_again(self.words, self.name)

    @property
    def ids(self) -> tuple[Identity, ...]:
        """The identities that its links state."""
        return tuple(one.identity for one in self.links)

    @property
    def order(self) -> tuple[str, int, int]:
        """By path, then by place: the same whatever the order in which lists were read."""
        return (self.path, self.span.start, self.number)

    def link_of(self, identity: Identity) -> Stated:
        """The link that states the identity; raises KeyError where none does."""
        for one in self.links:
            if one.identity == identity:
                return one
        raise KeyError(identity)

    def shares_section(self, other: Listed) -> bool:
        """Whether the two stand under the same heading of the same list."""
        return self.path == other.path and self.section == other.section

    @classmethod
    def of(cls, papers: PaperList, entry: Entry, number: int, hosts: Hosts) -> Listed:
        """An entry as it is compared."""
        form = form_of(entry.title or "")
        return cls.of_row(papers.path, row_of(papers.source.text, entry, number, hosts, form))

    @classmethod
    def of_row(cls, path: str, row: Row) -> Listed:
        """The entry of which `row_of` made the row."""
        *plain, links, works, said_, told, label = row
        number, line, title, words, name, start, end, first, last, section, is_linked, author = plain
        return cls(
            path,
            number,
            line,
            title,
            words,
            name,
            Span(start, end),
            Span(first, last),
            section,
            is_linked,
            author,
            tuple(Stated(Identity(*one), url, Span(*span)) for one, url, span in links),
            tuple(Identity(*one) for one in works),
            tuple(Said(Claim(*claim), text, Span(*span), is_plain) for claim, text, span, is_plain in said_),
            tuple((Claim(*claim), Span(*span)) for claim, span in told),
            label and Label(label[0], Span(*label[1]), *label[2:]),
        )


def row_of(text: str, entry: Entry, number: int, hosts: Hosts, form: TitleForm) -> Row:
    """An entry of a list with this text, all but the path, in plain tuples: kept and read back faster than objects.

    `form` is the title's, the form of no words where it has none.
    """
    place = entry.place
    links = paper_links(entry, hosts) if entry.links else []
    told = told_by([link for link, _ in links], hosts) if links else ()
    label = preprint_label(entry) if entry.venues else None
    return (
        number,
        entry.line,
        entry.title or "",
        form.text,
        form.name,
        entry.span.start,
        entry.span.end,
        place.start,
        place.end,
        tuple([span.start for span in entry.section.spans]),
        bool(entry.links),
        _author(entry) if entry.authors else "",
        tuple([(tuple(identity), link.url, tuple(link.span)) for link, identity in links]),
        tuple(map(tuple, _works(entry, hosts))) if len(entry.links) > 1 else (),
        _said(text, entry) if entry.venues else (),
        tuple([(tuple(claim), tuple(link.span)) for link, claim in told]),
        label and _label(text, label),
    )


def _author(entry: Entry) -> str:
    return " ".join(AUTHORS.split(entry.authors[0].text.casefold())[0].split())


def _works(entry: Entry, hosts: Hosts) -> set[Identity]:
    found = set()
    for link in entry.links:
        if link.role in (Role.CODE, Role.PROJECT):
            identity = hosts.read(link.url).identity
            if identity is not None:
                found.add(identity)
    return found


def _said(text: str, entry: Entry) -> Row:
    return tuple(
        [
            (tuple(claim), mention.text, tuple(mention.span), _is_plain(text, mention))
            for mention, claim in said(entry)
        ]
    )


def _is_plain(text: str, mention: Mention) -> bool:
    return text[mention.span.start : mention.span.end] == mention.text


def _label(text: str, mention: Mention) -> Row:
    number = ARXIV_ID.match(text, mention.span.end)
    end = mention.span.end if number is None else number.end()
    return mention.text, tuple(mention.span), mention.year, _is_plain(text, mention), end
