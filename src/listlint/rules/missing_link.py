"""`missing-link`: papers without a link, in lists that link theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.findings import Finding, Severity
from listlint.papers.model import PaperList
from listlint.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.papers.model import Entry

__all__ = ["missing_link"]

FEWEST = 5  # entries that make a habit
MOST = 0.8
ADDRESSES = ("url", "doi", "eprint", "ee", "link", "howpublished")


@rule("ENT001", "missing-link", on=PaperList, severity=Severity.INFO)
def missing_link(papers: PaperList) -> Iterator[Finding]:
    """A paper has a link where the list's other papers have one."""
    bare = [entry for entry in papers.entries if not _is_linked(entry)]
    if len(papers.entries) < FEWEST or (len(papers.entries) - len(bare)) < len(papers.entries) * MOST:
        return
    for entry in bare:
        yield Finding(entry.place, f'"{entry.title}" has no link')


def _is_linked(entry: Entry) -> bool:
    return bool(entry.links) or (
        entry.bibtex is not None and any(entry.bibtex.fields.get(name) for name in ADDRESSES)
    )
