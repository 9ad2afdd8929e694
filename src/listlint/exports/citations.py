"""What a bibliography says of an entry: the facts that BibTeX and CSL share, and keys to cite them by."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from listlint.exports.latex import from_latex
from listlint.exports.names import read_authors, read_bibtex_authors
from listlint.papers.model import Role
from listlint.papers.records import identifiers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from listlint.exports.names import Name
    from listlint.knowledge.knowledge import Knowledge
    from listlint.papers.model import BibTeX, Entry

__all__ = ["Citation", "cite", "keys"]

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
ARXIV_YEAR = re.compile(r"(?:[a-z.\-]+/)?(\d\d)\d\d")
WORD = re.compile(r"[a-z0-9]+")
SMALL_WORDS = frozenset(
    (
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "is",
        "it",
        "of",
        "on",
        "or",
        "the",
        "to",
        "toward",
        "towards",
        "via",
        "with",
    )
)
LONGEST_WORD = 24


@dataclass(frozen=True, slots=True, eq=False)
class Citation:
    """An entry as one cites it. `venue` is spelt out, `venue_short` canonical; `own` is the list's BibTeX record."""

    title: str
    authors: tuple[Name, ...]
    kind: str
    venue: str | None
    venue_short: str | None
    year: int | None
    ids: Mapping[str, str]
    url: str | None
    others: tuple[tuple[str, str], ...]
    institutions: tuple[str, ...]
    keywords: tuple[str, ...]
    notes: tuple[str, ...]
    own: BibTeX | None


def cite(entry: Entry, knowledge: Knowledge) -> Citation:
    """The citation of an entry; what its own BibTeX record alone knows, the record tells."""
    own = entry.bibtex
    fields = own.fields if own is not None else {}
    ids = dict(identifiers(entry, knowledge.hosts))
    if "doi" in fields:
        ids.setdefault("doi", fields["doi"])
    venue = entry.venue
    known = knowledge.venues.find(venue.name) if venue is not None else None
    primary = entry.primary
    url = primary.url if primary is not None else None
    name = venue.name if venue is not None else None
    return Citation(
        title=entry.title or fields.get("title") or url or "Untitled",
        authors=_authors(entry),
        kind=venue.kind if venue is not None else "preprint" if "arxiv" in ids else "other",
        venue=known.full if known is not None else name,
        venue_short=name,
        year=_year(entry, ids, knowledge),
        ids=ids,
        url=url,
        others=tuple((link.role.value, link.url) for link in entry.links if link is not primary),
        institutions=tuple(piece.text for piece in entry.institutions),
        keywords=tuple(piece.text for piece in entry.keywords),
        notes=tuple(piece.text for piece in entry.notes),
        own=own,
    )


def _authors(entry: Entry) -> tuple[Name, ...]:
    if entry.authors:
        return tuple(name for piece in entry.authors for name in read_authors(piece.text))
    stated = entry.bibtex.fields.get("author", "") if entry.bibtex is not None else ""
    plain = (
        name._replace(family=from_latex(name.family), given=from_latex(name.given))
        for name in read_bibtex_authors(stated)
    )
    return tuple(name for name in plain if name.family)


def _year(entry: Entry, ids: Mapping[str, str], knowledge: Knowledge) -> int | None:
    """The year of the venue, else of the record, the date or the address."""
    if entry.venue is not None and entry.venue.year is not None:
        return entry.venue.year
    for text in (
        entry.bibtex.fields.get("year", "") if entry.bibtex else "",
        entry.date.text if entry.date else "",
    ):
        if match := YEAR.search(text):
            return int(match[0])
    for link in entry.links:
        facts = knowledge.hosts.read(link.url)
        if link.role is Role.PAPER and facts.year is not None:
            return facts.year
    if match := ARXIV_YEAR.match(ids.get("arxiv", "")):
        return (1900 if match[1] > "90" else 2000) + int(match[1])
    return None


def keys(citations: Iterable[Citation]) -> list[str]:
    """A key for each citation, all different: its record's own, else made of author, year and title.

    A key depends on its entry alone; where two would be the same, the later one is numbered.
    """
    wanted = [_own_key(one) or _new_key(one) for one in citations]
    taken: set[str] = set()
    reserved = {key.lower() for key in wanted}
    found = []
    for key in wanted:
        free, number = key, 2
        while free.lower() in taken or (free is not key and free.lower() in reserved):
            free, number = f"{key}-{number}", number + 1
        taken.add(free.lower())
        found.append(free)
    return found


def _own_key(citation: Citation) -> str | None:
    key = citation.own.key if citation.own is not None else ""
    return key if re.fullmatch(r"[^\s,{}()=\"#%\\~'@]+", key) else None


def _new_key(citation: Citation) -> str:
    family = "".join(_words(citation.authors[0].family))[:LONGEST_WORD] if citation.authors else ""
    title = [word for word in _words(citation.title) if word not in SMALL_WORDS]
    if not title:
        return f"paper-{hashlib.sha256(citation.title.encode()).hexdigest()[:8]}"
    year = str(citation.year or "")
    if family:
        return f"{family}{year}{title[0][:LONGEST_WORD]}"
    return f"{title[0][:LONGEST_WORD]}{year}{title[1][:LONGEST_WORD] if len(title) > 1 else ''}"


def _words(text: str) -> list[str]:
    """The words of a text in small ASCII letters."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return WORD.findall(plain.replace("-", "").replace("'", ""))
