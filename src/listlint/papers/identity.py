"""Who an entry is: the identities that its links state, and its title in a form that can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from listlint.papers.model import Role
from listlint.papers.titles import form_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from listlint.knowledge.hosts import Hosts, Identity
    from listlint.papers.model import Collection, Entry, Link, PaperList
    from listlint.papers.titles import TitleForm

__all__ = ["Listed", "is_preprint", "listed", "paper_links"]

# What stands there is no paper, or holds many.
NO_PAPERS = frozenset({"github", "hf", "zenodo"})
# Where a paper lies before, or besides, it is published: its title may still change there.
PREPRINTS = frozenset({"arxiv", "hal", "iacr", "openreview", "researchgate", "s2", "s2-corpus", "ssrn"})
# DOI prefixes of preprint servers: bioRxiv, Preprints.org, Research Square, OSF, TechRxiv, SSRN, ChemRxiv.
PREPRINT_DOIS = (
    "10.1101/",
    "10.20944/",
    "10.21203/",
    "10.31219/",
    "10.31234/",
    "10.36227/",
    "10.2139/",
    "10.26434/",
)


MAY_NAME = (Role.PAPER, Role.OTHER)


def is_preprint(identity: Identity) -> bool:
    """Whether the identity names a manuscript and not, as a publisher's does, one published paper."""
    if identity.namespace == "doi":
        return identity.id.startswith(PREPRINT_DOIS)
    return identity.namespace in PREPRINTS


def paper_links(entry: Entry, hosts: Hosts) -> Iterable[tuple[Link, Identity]]:
    """The links by which the entry names its paper, with their identities; one identity a namespace, the first.

    Links to code, slides, follow-up work and the like name something else, and a repository is no paper.
    """
    known: set[str] = set()
    for link in entry.links:
        if link.role not in MAY_NAME:
            continue
        facts = hosts.read(link.url)
        if facts.role != "paper" or facts.identity is None:
            continue
        for identity in facts.identities:
            if identity.namespace not in known and identity.namespace not in NO_PAPERS:
                known.add(identity.namespace)
                yield link, identity


@dataclass(eq=False, slots=True)
class Listed:
    """An entry in its list.

    `number` counts the list's entries from 0; `links` are its paper links with their identities, `ids` the identities
    alone; `form` is its title as it is compared.
    """

    papers: PaperList
    entry: Entry
    number: int
    links: tuple[tuple[Link, Identity], ...]
    ids: tuple[Identity, ...]
    form: TitleForm

    @classmethod
    def of(cls, papers: PaperList, entry: Entry, number: int, hosts: Hosts) -> Listed:
        """An entry as it is compared."""
        links = tuple(paper_links(entry, hosts))
        return cls(
            papers, entry, number, links, tuple(identity for _, identity in links), form_of(entry.title or "")
        )

    @property
    def path(self) -> str:
        """The path of the list."""
        return self.papers.path

    @property
    def order(self) -> tuple[str, int, int]:
        """By path, then by place: the same whatever the order in which lists were read."""
        return (self.papers.path, self.entry.span.start, self.number)

    def link_of(self, identity: Identity) -> Link:
        """The link that states the identity; raises KeyError where none does."""
        for link, stated in self.links:
            if stated == identity:
                return link
        raise KeyError(identity)

    def shares_section(self, other: Listed) -> bool:
        """Whether the two stand under the same heading of the same list."""
        return self.papers is other.papers and self.entry.section.spans == other.entry.section.spans


def listed(collection: Collection, hosts: Hosts) -> list[Listed]:
    """Every entry that has a title, in order."""
    found = [
        Listed.of(papers, entry, number, hosts)
        for papers in collection.lists
        for number, entry in enumerate(papers.entries)
        if entry.title
    ]
    found.sort(key=lambda one: one.order)
    return found
