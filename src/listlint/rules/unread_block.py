"""`unread-block`: papers that are read as no entry."""

from __future__ import annotations

from collections.abc import Iterator  # noqa: TC003 - resolved at run time

from listlint.findings import Finding, Severity
from listlint.knowledge.knowledge import Knowledge  # noqa: TC001 - resolved at run time
from listlint.papers.model import PaperList
from listlint.papers.unread import unread
from listlint.rule import rule

__all__ = ["unread_block"]


@rule("ENT012", "unread-block", on=PaperList, severity=Severity.INFO)
def unread_block(papers: PaperList, knowledge: Knowledge) -> Iterator[Finding]:
    """Each paper that a list links to can be told from its neighbours, and is read as an entry."""
    for one in unread(papers, knowledge):
        more = f", nor {one.papers - 1} more of this {one.kind}" if one.papers > 1 else ""
        yield Finding(one.span, f'no entry holds the paper at "{one.url}"{more}')
