"""`missing-bibtex`: papers without a record to cite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.findings import Finding
from listlint.papers.identity import paper_links
from listlint.papers.model import Entry
from listlint.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.knowledge.hosts import Hosts

__all__ = ["missing_bibtex"]


@rule("BIB004", "missing-bibtex", on=Entry, default=False)
def missing_bibtex(entry: Entry, hosts: Hosts) -> Iterator[Finding]:
    """Every paper of the list has a BibTeX record, so that readers can cite it."""
    if entry.bibtex is None and any(True for _ in paper_links(entry, hosts)):
        yield Finding(entry.place, f'"{entry.title}" has no BibTeX record')
