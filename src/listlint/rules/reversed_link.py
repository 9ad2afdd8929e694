"""`reversed-link`: brackets the wrong way round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.findings import Effect, Finding, Fix, Severity
from listlint.markdown.broken_links import reversed_links
from listlint.papers.model import PaperList
from listlint.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["reversed_link"]

_FIELDS = frozenset({"authors", "institutions", "keywords", "links", "marks", "notes", "title", "venue"})


@rule("LNK005", "reversed-link", on=PaperList, severity=Severity.ERROR)
def reversed_link(papers: PaperList) -> Iterator[Finding]:
    """A link's text stands in square brackets and its address in round ones: the other way round it is no link."""
    for broken in reversed_links(papers.tree):
        fix = Fix(
            broken.edits,
            f'write "{broken.edits[0].text}"',
            effect=Effect(_FIELDS, removed=1, reveals=2, repair=True),
        )
        yield Finding(broken.span, broken.fault, fix=fix)
