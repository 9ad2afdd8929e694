"""`missing-bibtex`: papers without a record to cite."""

from __future__ import annotations

from collections.abc import Iterator  # noqa: TC003 - resolved at run time

from listlint.findings import Finding
from listlint.knowledge.hosts import Hosts  # noqa: TC001 - resolved at run time
from listlint.papers.identity import paper_links
from listlint.papers.model import Entry
from listlint.rule import rule

__all__ = ["missing_bibtex"]


@rule("BIB004", "missing-bibtex", on=Entry, default=False)
def missing_bibtex(entry: Entry, hosts: Hosts) -> Iterator[Finding]:
    """Every paper of the list has a BibTeX record, so that readers can cite it."""
    if entry.bibtex is None and any(True for _ in paper_links(entry, hosts)):
        yield Finding(entry.place, f'"{entry.title}" has no BibTeX record')
