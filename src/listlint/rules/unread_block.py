"""`unread-block`: papers that are read as no entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.findings import Finding, Severity
from listlint.papers.model import PaperList
from listlint.papers.unread import unread
from listlint.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.knowledge.knowledge import Knowledge

__all__ = ["unread_block"]


@rule("ENT012", "unread-block", on=PaperList, severity=Severity.INFO)
def unread_block(papers: PaperList, knowledge: Knowledge) -> Iterator[Finding]:
    """Each paper that a list links to can be told from its neighbours, and is read as an entry."""
    for one in unread(papers, knowledge):
        more = f", nor {one.papers - 1} more of this {one.kind}" if one.papers > 1 else ""
        yield Finding(one.span, f'no entry holds the paper at "{one.url}"{more}')
