"""Who an entry is: the identities that its links state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.papers.model import Role

if TYPE_CHECKING:
    from listlint.knowledge.hosts import Hosts, Identity
    from listlint.papers.model import Entry, Link

__all__ = ["is_preprint", "paper_links"]

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


def paper_links(entry: Entry, hosts: Hosts) -> list[tuple[Link, Identity]]:
    """The links by which the entry names its paper, with their identities; one identity a namespace, the first.

    Links to code, slides, follow-up work and the like name something else, and a repository is no paper.
    """
    known: set[str] = set()
    found = []
    for link in entry.links:
        if link.role not in MAY_NAME:
            continue
        facts = hosts.read(link.url)
        if facts.role != "paper" or facts.identity is None:
            continue
        for identity in facts.identities:
            if identity.namespace not in known and identity.namespace not in NO_PAPERS:
                known.add(identity.namespace)
                found.append((link, identity))
    return found
