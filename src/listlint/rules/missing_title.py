"""`missing-title`: links to papers that nothing names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.findings import Finding
from listlint.papers.model import PaperList
from listlint.papers.untitled import untitled
from listlint.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.knowledge.knowledge import Knowledge

__all__ = ["missing_title"]


@rule("ENT002", "missing-title", on=PaperList)
def missing_title(papers: PaperList, knowledge: Knowledge) -> Iterator[Finding]:
    """A link to a paper stands beside the paper's title."""
    for span, url in untitled(papers, knowledge):
        yield Finding(span, f'nothing names the paper at "{url}"')
