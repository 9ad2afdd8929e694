"""An entry while it is being read: fields gather here until they are frozen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from listlint.expressions import expression
from listlint.papers.badges import badge_venue
from listlint.papers.line import CODE, IMAGE, LINK
from listlint.papers.model import ROLES, Link, Mention, Piece, Role
from listlint.papers.shapes import MONTH, are_people, are_surnames, is_date, is_initialed, is_person
from listlint.source import Span

if TYPE_CHECKING:
    from listlint.knowledge.venues import VenueMention
    from listlint.markdown.tree import Node
    from listlint.papers.asked import Asked
    from listlint.papers.line import Line
    from listlint.papers.model import BibTeX

__all__ = ["EDGES", "Draft"]

EDGES = " \t\n,;:|｜/·•–—-.\u200b"
OTHER_VERSION = expression(
    r"\b(?:extended|extension|journal|long|full|short|workshop|v\d|version)\b", re.IGNORECASE
)
DATED_NAME = expression(
    r"([A-Za-z][A-Za-z \-]{1,30}?)[\s,]+(\d{1,2}(?:st|nd|rd|th)?\s+[A-Za-z]{3,9}\.?,?\s+(?:19|20)\d\d)"
)
NOTE_LEAD = re.compile(r"[-–—]+\s+(?:notes?[:：]\s*)?|notes?[:：]\s*", re.IGNORECASE)
NAME_YEAR = expression(r"(.*[^\W\d])[\s,]+((?:19|20)\d\d)")
YEAR_BEHIND = expression(rf"[\s,.(]+(?:{MONTH}\s+)?((?:19|20)\d\d)[\s.)]*", re.IGNORECASE)
YEAR = re.compile(r"(?:19|20)\d\d")
BY = re.compile(r"\s*[Bb]y\s+")
AUTHORS_YEAR = expression(r",?\s*(?:19|20)\d\d\W*$")
ACCEPTED = expression(
    r"(?:\b(?:ac+e?p+t?(?:ed|ance|ted)?|publish\w*|appear\w*|present\w*|in|at|to|by|on|from)\b|[@(\[{,;|｜:]|^)[\s(\[]*(?:the\s+)?$",
    re.IGNORECASE,
)
REJECTED = expression(
    r"\b(?:review\w*|submit\w*|submission|similar|follow\w*|extends?|extension|version|baseline|since|until|before|after|winner|inspired|based)\b[^.;,]*$",
    re.IGNORECASE,
)


class Draft:
    """Fields found so far. `title_parts` are joined into one title; everything else keeps source order."""

    __slots__ = (
        "asked", "asked_links", "authors", "bibtex", "date", "institutions", "keywords", "links", "marks", "notes", "paper_ids",
        "read", "title_linked", "title_parts", "venues",
    )  # fmt: skip

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.title_parts: list[tuple[str, Piece]] = []
        self.links: list[Link] = []
        self.asked_links, self.paper_ids = 0, dict[str, set[str]]()
        self.venues: list[tuple[int, Mention]] = []
        self.institutions: list[Piece] = []
        self.authors: list[Piece] = []
        self.keywords: list[Piece] = []
        self.notes: list[Piece] = []
        self.marks: list[Piece] = []
        self.date: Piece | None = None
        self.read: bool | None = None
        self.bibtex: BibTeX | None = None
        self.title_linked = False

    # -- links ---------------------------------------------------------------------------------------------------

    def add_link(self, line: Line, node: Node, role: str | None = None, label: str | None = None) -> Link:
        """Take a link; its role is what is said before it, else what its label says, else what its host tells."""
        label = " ".join((line.label(node) if label is None else label).split())
        url_span = node.url_span or Span(node.span.end, node.span.end)
        label_span = node.inner if node.kind == "link" else None
        told = self._versioned(ROLES[self.role_of(node.url, label, role)], node.url, label)
        link = Link(told, node.url, label, node.span, url_span, label_span)
        self.links.append(link)
        return link

    def _versioned(self, role: Role, url: str, label: str) -> Role:
        """The role `followup` for a paper link that says it leads to another version, under an identifier of its own."""
        if role is not Role.PAPER or not self.links or OTHER_VERSION.search(label) is None:
            return role
        identity = self.asked.hosts.read(url).identity
        if identity is None:
            return role
        ids = self._paper_ids().get(identity.namespace, set())
        return Role.FOLLOWUP if len(ids) > (identity.id in ids) else role

    def _paper_ids(self) -> dict[str, set[str]]:
        """What the paper links so far identify, by namespace; each link is asked once, however many there are."""
        for link in self.links[self.asked_links :]:
            if link.role is Role.PAPER and (identity := self.asked.hosts.read(link.url).identity) is not None:
                self.paper_ids.setdefault(identity.namespace, set()).add(identity.id)
        self.asked_links = len(self.links)
        return self.paper_ids

    def told_links(self) -> list[Link]:
        """The links; a linked title that may lead anywhere leads to no paper where another link says that it does."""
        if not self.title_linked or len(self.links) < 2 or self.links[0].role is not Role.PAPER:  # noqa: PLR2004 - title and another
            return self.links
        first, *others = self.links
        said = any(one.role is Role.PAPER and self.asked.fields.label(one.label) == "paper" for one in others)
        if not said or first.label != self.title or self.asked.hosts.read(first.url).role is not None:
            return self.links
        return [first._replace(role=Role.OTHER), *others]

    def role_of(self, url: str, label: str, said: str | None) -> str:
        """The role of a link: said before it, then by its label, then by its host."""
        fields = self.asked.fields
        said = said if said in ROLES else None
        if said is not None and said != "other":
            return said
        named = fields.label(label) if label else None
        if named is not None and not fields.is_weak(label):
            first = named == "project" and not any(link.role is Role.PAPER for link in self.links)
            return "paper" if first and self.asked.hosts.read(url).role == "paper" else named
        return self.asked.hosts.read(url).role or said or named or "other"

    # -- fields told by their text -------------------------------------------------------------------------------

    def add_venue(self, line: Line, start: int, end: int, *, sure: bool = False, rank: int = 2) -> bool:
        """Take the range as venues, if it is nothing else."""
        start, end = line.trimmed(start, end, "[]")
        plain = "" if LINK in line.text[start:end] else line.plain(start, end)
        found = self.asked.venues(plain, sure=sure) if plain else []
        if not found:
            return False
        dated = DATED_NAME.fullmatch(plain) if len(plain.split()) > 2 else None  # noqa: PLR2004 - a date is several
        if dated is not None and is_date(dated[2]):
            return self._dated_name(line, start, dated, rank)
        if rank < 2 and not found[0].known:  # noqa: PLR2004 - 2 is a place of its own
            return False
        if len(found) == 1 and found[0].year is None:
            found = [_with_year_behind(found[0], plain)]
        for mention in found:
            self.add_mention(line, start, mention, rank)
        behind = line.trimmed(start + found[-1].end, end, " ,;.|")
        if behind[0] < behind[1] and line.text[behind[0]].isupper():
            self.add_place(line, *behind)
        return True

    def _dated_name(self, line: Line, start: int, dated: re.Match[str], rank: int) -> bool:
        """Take `arXiv 26 May 2020`: the name is the venue, the year is the date's."""
        found = self.asked.venues(dated[1])
        year = YEAR.findall(dated[2])
        for mention in found:
            self.add_mention(line, start, mention._replace(year=int(year[-1]) if year else None), rank)
        return bool(found)

    def add_mention(self, line: Line, start: int, mention: VenueMention, rank: int) -> None:
        if (
            len(line.plain(start, start + mention.start)) != mention.start
            or len(line.text) < start + mention.end
        ):
            return
        span = line.span(start + mention.start, start + mention.end)
        rank = 0 if mention.doubtful else rank
        rank = min(rank, 1) if mention.kind == "preprint" and mention.year is None and rank > 1 else rank
        kind = "other" if not mention.known else mention.kind
        name, year = mention.name, mention.year
        if not mention.known and year is None and (dated := NAME_YEAR.fullmatch(name)) is not None:
            name, year = dated[1], int(dated[2])
        self.venues.append((rank, Mention(mention.text, span, name, year, kind)))

    def add_place(self, line: Line, start: int, end: int) -> bool:
        """Take the range as institutions, if it is nothing else."""
        pieces: list[Piece] = []
        for one in line.level_ranges(start, end):
            first, last = line.trimmed(*one, ",;.")
            if first >= last:
                continue
            text = line.plain(first, last)
            if len(text) != last - first or not self.asked.is_place(text):
                return False
            found = self.asked.institutions.read(text)
            pieces += [line.piece(first + one.start, first + one.end) for one in found] or [
                line.piece(first, last, EDGES)
            ]
        self.institutions += pieces
        return bool(pieces)

    def add_people(self, line: Line, start: int, end: int) -> bool:
        """Take the range as authors, if it is names."""
        if LINK in line.text[start:end]:
            return False
        by = BY.match(line.text, start, end)
        start = by.end() if by else start
        names = line.level(start, end)
        plain = names.strip(EDGES)
        named = are_surnames(plain) or is_initialed(plain) or (by is not None and is_person(plain))
        surnames = bool(self.title_parts) and not self.authors and named
        if not surnames and (not are_people(plain) or self._holds_place(plain)):
            return False
        piece = line.piece(start, end, EDGES)
        year = AUTHORS_YEAR.search(names)
        if year is not None and not line.raised:
            piece = line.piece(start, start + year.start(), EDGES)
        self.authors.append(
            Piece(" ".join(names.split()).strip(EDGES) if line.raised else piece.text, piece.span)
        )
        return True

    def _holds_place(self, names: str) -> bool:
        """Whether one of several names is a known place: `CMU, Tsinghua IIIS, MIT CSAIL`."""
        return any(self.asked.is_place(name) for name in names.split(", ")[:2])

    def add_date(self, line: Line, start: int, end: int) -> bool:
        """Take the range as the date, if it is one."""
        if end - start > 40 or LINK in line.text[start:end] or not is_date(line.plain(start, end)):  # noqa: PLR2004 - dates are short
            return False
        if self.date is None:
            self.date = line.piece(start, end, EDGES + "[]()")
        return True

    def add_tag(self, line: Line, start: int, end: int) -> None:
        """Take the range as a tag: a venue, a place, else a keyword."""
        if not (self.add_venue(line, start, end) or self.add_place(line, start, end)):
            piece = line.piece(start, end, EDGES)
            if piece.text:
                self.keywords.append(piece)

    def add_note(self, line: Line, start: int, end: int, rank: int = 1) -> None:
        """Take the range as a note; its objects become links and tags, and the venues it names are looked at."""
        for offset in line.objects_in(start, end):
            self.add_object(line, offset)
        if piece := self.note(line, start, end):
            self.notes.append(piece)
        self.mentions(line, start, end, rank)

    @staticmethod
    def note(line: Line, start: int, end: int, edges: str = EDGES) -> Piece | None:
        """The range as a note, without what only leads to it: a dash, or the key `Note:`; its full stop is its own."""
        first, last = line.trimmed(start, end, edges)
        last += first < last and line.text.startswith(".", last) and not line.text.startswith("..", last)
        before = NOTE_LEAD.match(line.text, first, last)
        piece = line.piece(before.end() if before else first, last)
        return piece if piece.text else None

    def mentions(self, line: Line, start: int, end: int, rank: int = 1) -> None:
        """Take the venues that running text names; one that is not where the paper appeared ranks last."""
        text = line.text[start:end]
        for mention in self.asked.mentions(text):
            before = text[: mention.start]
            at_end = mention.year is not None and not text[mention.end :].strip(" .)]\n")
            said = (at_end or ACCEPTED.search(before)) and not REJECTED.search(before)
            self.add_mention(line, start, mention, rank if said else 0)

    def add_object(self, line: Line, offset: int, role: str | None = None) -> None:
        """Take a link, a badge or a code span that stands alone."""
        node = line.objects[offset]
        char = line.text[offset]
        if char == LINK:
            label = line.label(node)
            images = [child for child in node.children if child.kind == "image"]
            image = images[0] if images else None
            if node.url.strip():
                shown = image is not None and not label.strip()
                self.add_link(line, node, role, line.source[image.inner] if image and shown else label)
            if image is not None:
                self._badge_venue(image)
        elif char == IMAGE:
            self._badge(line, node)
        elif char == CODE and not self._code_tag(line, node):
            self.keywords.append(Piece(line.source[node.inner], node.inner))

    def _badge_venue(self, image: Node) -> bool:
        """Take the venue that a badge's picture shows, if it does."""
        shown = badge_venue(image.url, self.asked)
        if shown is not None:
            self.venues.append((1, Mention(shown.text, image.span, shown.name, shown.year, shown.kind)))
        return shown is not None

    def _badge(self, line: Line, node: Node) -> None:
        text = line.source[node.inner]
        found = self.asked.venue(text) if text else None
        if found is not None and found.known and found.year is None and "/badge/" in node.url:
            year = YEAR.search(node.url)
            found = found._replace(year=int(year[0]) if year else None)
        if found is not None and found.known and found.year is not None:
            place = node.inner.start
            span = Span(place + found.start, place + found.end)
            self.venues.append((1, Mention(found.text, span, found.name, found.year, found.kind)))
        elif (
            not self._badge_venue(node)
            and text.strip()
            and "shields.io" in node.url
            and self.asked.fields.label(text) is None
        ):
            self.keywords.append(Piece(text, node.inner))

    def _code_tag(self, line: Line, node: Node) -> bool:
        """Take a code span as a venue or a place, if it is one."""
        text, place = line.source[node.inner], node.inner.start
        if is_date(text):
            self.date = self.date or Piece(text, node.inner)
            return True
        found = self.asked.venue(text)
        if found is not None and (found.known or found.year is not None):
            span = Span(place + found.start, place + found.end)
            self.venues.append((2, Mention(found.text, span, found.name, found.year, found.kind)))
            return True
        if self.asked.is_place(text):
            self.institutions.append(Piece(text, node.inner))
            return True
        return False

    # -- the sum -------------------------------------------------------------------------------------------------

    def add_title(self, piece: Piece, joiner: str = ": ") -> None:
        """Take a part of the title; `joiner` stands between it and the part before."""
        if piece.text:
            self.title_parts.append((joiner, piece))

    @property
    def title(self) -> str | None:
        """The whole title as one would cite it."""
        if not self.title_parts:
            return None
        title = self.title_parts[0][1].text
        if len(self.title_parts) == 1 and title[0].isalnum() and title[-1].isalnum():
            return title
        for joiner, part in self.title_parts[1:]:
            title = title.rstrip(" :：") if joiner == ": " else title
            title += (" " if title.endswith(("?", "!")) else joiner) + part.text
        title = title.strip(" ,;|:")
        return (title[:-1] if title.endswith(".") and not title.endswith("..") else title) or None

    @property
    def venue(self) -> Mention | None:
        """Where the paper appeared: a mention in a place of its own before one in running text, a meeting before arXiv."""
        best: tuple[int, Mention] | None = None
        for rank, mention in self.venues:
            if rank and (best is None or rank > best[0]):
                best = (rank, mention)
        if (
            best is not None
            and best[1].year is None
            and self.date is not None
            and YEAR.fullmatch(self.date.text)
        ):
            return best[1]._replace(year=int(self.date.text))
        return best[1] if best else None


def _with_year_behind(mention: VenueMention, text: str) -> VenueMention:
    """The mention with the year that stands behind it: `… on Learning (ICML), 2024`."""
    found = YEAR_BEHIND.fullmatch(text, mention.end) if mention.known else None
    return mention if found is None else mention._replace(year=int(found[1]))
