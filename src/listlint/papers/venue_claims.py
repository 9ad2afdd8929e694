"""Where a paper appeared, as its entry says and as its links tell, and whether the two can both be true."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from listlint.expressions import expression
from listlint.papers.identity import paper_links

if TYPE_CHECKING:
    from collections.abc import Iterable

    from listlint.knowledge.hosts import Hosts
    from listlint.papers.model import Entry, Link, Mention

__all__ = [
    "PUBLISHED",
    "Claim",
    "compatible",
    "preprint_label",
    "rewritten",
    "said",
    "told",
    "told_by",
]

PUBLISHED = ("conference", "journal", "workshop")
# Series whose proceedings bear another year than the meeting, or that meet around the turn of the year.
LOOSE = frozenset({"ACML", "ASPLOS", "CoRL", "HiPEAC", "IJCAI", "LoG", "PVLDB", "VLDB"})
ABBREVIATED = re.compile(r"[A-Z]{3,8}W")
PARTS = re.compile(r"[^\W_]+")
YEAR = expression(r"(?<!\d)(?:19|20)\d\d(?!\d)|(?<!\d)\d\d(?!\d)")


class Addressed(Protocol):
    """Whatever has an address."""

    @property
    def url(self) -> str: ...


Named = TypeVar("Named", bound=Addressed)


class Claim(NamedTuple):
    """A venue with its year, where known; `kind` is `conference`, `journal` or `workshop`."""

    name: str
    year: int | None
    kind: str

    def __str__(self) -> str:
        return self.name if self.year is None else f"{self.name} {self.year}"


def said(entry: Entry) -> list[tuple[Mention, Claim]]:
    """All places and times at which an entry says that its paper appeared: no preprints, nor venues that nobody knows."""
    return [
        (mention, Claim(mention.name, mention.year, mention.kind))
        for mention in entry.venues
        if mention.kind in PUBLISHED
    ]


def told(entry: Entry, hosts: Hosts) -> list[tuple[Link, Claim]]:
    """What the addresses of an entry's paper links tell."""
    return told_by([link for link, _ in paper_links(entry, hosts)], hosts)


def told_by(links: Iterable[Named], hosts: Hosts) -> list[tuple[Named, Claim]]:
    """What the addresses of these links tell, each address once."""
    seen: set[str] = set()
    found = []
    for link in links:
        facts = hosts.read(link.url)
        if facts.venue is not None and facts.kind in PUBLISHED and link.url not in seen:
            seen.add(link.url)
            found.append((link, Claim(facts.venue, facts.year, facts.kind)))
    return found


def preprint_label(entry: Entry) -> Mention | None:
    """The mention by which an entry calls its paper a preprint and nothing else; the label of a link is none."""
    mentions = entry.venues
    for mention in mentions:
        if mention.kind != "preprint":
            return None
    labels = [link.span for link in entry.links]
    free = [mention for mention in mentions if not any(label.touches(mention.span) for label in labels)]
    return free[0] if free else None


def compatible(one: Claim, other: Claim) -> bool:
    """Whether one paper may have appeared at both.

    A paper may have a conference's and a journal's version, and its workshop may be part of either. Joint meetings
    (`ACL-IJCNLP`), tracks and findings agree with the meeting they belong to, except for workshops.
    """
    if one == other:
        return True
    if "journal" in (one.kind, other.kind) and one.kind != other.kind:
        return True
    ours, theirs = _parts(one.name), _parts(other.name)
    if one.kind != other.kind or not (ours <= theirs or theirs <= ours):
        return False
    if one.year is None or other.year is None or one.year == other.year:
        return True
    loose = one.kind == "journal" or not LOOSE.isdisjoint(ours | theirs)
    return loose and abs(one.year - other.year) == 1


def _parts(name: str) -> frozenset[str]:
    """The words of a name; `CVPRW` is the `CVPR Workshop`."""
    if ABBREVIATED.fullmatch(name):
        return frozenset({name[:-1], "Workshop"})
    return frozenset(PARTS.findall(name))


def rewritten(text: str, wrong: Claim, right: Claim) -> str | None:
    """The mention `text`, which says `wrong`, made to say `right`; None where it gives no place for that."""
    if right.year is None or wrong.year is None:
        return None
    years = [found for found in YEAR.finditer(text) if int(found[0]) % 100 == wrong.year % 100]
    if len(years) != 1:
        return None
    if wrong.name != right.name:
        return str(right)
    found = years[0]
    return text[: found.start()] + str(right.year)[-len(found[0]) :] + text[found.end() :]
